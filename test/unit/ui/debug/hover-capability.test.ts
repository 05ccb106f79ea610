import assert from 'node:assert/strict';
import type { DebugSession } from 'vscode';
import { HoverCapability } from '../../../../src/ui/debug/hover-capability';

describe('whether a debugger evaluates for hovers', () => {
  const session = { id: '1' } as DebugSession;
  const answer = (body: unknown) => ({ type: 'response', command: 'initialize', body });

  it('is what its answer to initialize says', () => {
    const capability = new HoverCapability();
    assert.equal(capability.has(session), false, 'nothing is known yet');
    capability.note(session, answer({ supportsEvaluateForHovers: true }));
    assert.equal(capability.has(session), true);
    assert.equal(capability.has({ id: '2' } as DebugSession), false);
  });

  it('may be told later, or taken back', () => {
    const capability = new HoverCapability();
    const told = (supportsEvaluateForHovers: boolean) => ({
      type: 'event',
      event: 'capabilities',
      body: { capabilities: { supportsEvaluateForHovers } },
    });
    capability.note(session, told(true));
    assert.equal(capability.has(session), true);
    capability.note(session, told(false));
    assert.equal(capability.has(session), false);
  });

  it('is no where nothing is said', () => {
    const capability = new HoverCapability();
    for (const message of [
      undefined,
      answer(undefined),
      answer({}),
      { type: 'response', command: 'evaluate', body: { supportsEvaluateForHovers: true } },
    ])
      capability.note(session, message);
    assert.equal(capability.has(session), false);
  });
});
