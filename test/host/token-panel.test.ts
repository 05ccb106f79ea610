import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import * as vscode from 'vscode';
import type { Connection } from '../../src/core/connection/model';
import type { KeyFinding } from '../../src/core/tokens/judge-keys';
import type { InspectorDeps } from '../../src/panel/host/deps';
import { TokenPanel } from '../../src/panel/host/token-panel';
import { takePanels } from '../support/host-panel';
import type { FakePage } from '../support/host-panel';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const tokenOf = (claims: object, kid = 'k'): string =>
  `${encode({ alg: 'RS256', kid })}.${encode(claims)}.${'A'.repeat(342)}`;
const valid: KeyFinding = { ok: true, alg: 'RS256', key: 'RSA, 2048 bits', weak: false };

/** The panel alone, with what surrounds it in the hands of the test. */
describe('token from anywhere: its panel, alone', () => {
  let panels: ReturnType<typeof takePanels>;
  let panel: TokenPanel;

  beforeEach(() => (panels = takePanels(vscode)));
  afterEach(() => {
    panel.dispose();
    panels.restore();
  });

  function open(deps: Partial<InspectorDeps>, token: string): FakePage {
    const changed = new vscode.EventEmitter<unknown>();
    panel = new TokenPanel({
      dist: vscode.Uri.file('/dist'),
      media: vscode.Uri.file('/media'),
      connections: () => [],
      onDidChangeConnections: changed.event,
      log: { error: () => undefined },
      failures: { explain: async () => ({ title: 'No', why: '', fix: '', actions: [], details: [] }) },
      ...deps,
    } as unknown as InspectorDeps);
    panel.inspect(token);
    const page = panels.pages.at(-1);
    assert.ok(page);
    page.ready();
    return page;
  }

  it('keeps the token that was inspected while keys were tried on the one before', async () => {
    let tried: (finding: KeyFinding) => void = () => assert.fail('nothing was tried');
    const verifyWithKeys = () => new Promise<KeyFinding>((resolve) => (tried = resolve));
    const page = open({ verifyWithKeys }, tokenOf({ sub: 'first' }));
    const asked = page.ask('token/useKeys', { keys: '{}' });
    const second = tokenOf({ sub: 'second' });
    panel.inspect(second);
    tried(valid);
    assert.deepEqual(await asked, { ok: false, explanation: undefined }, 'cancelled: it is of another token');
    assert.equal((await page.get('token/reveal', {})).parts.join('.'), second);
    assert.deepEqual((await page.get('token/load', {})).keys, { kind: 'unknown' });
  });

  it('judges a token that is inspected again anew', async () => {
    let tried: (finding: KeyFinding) => void = () => assert.fail('nothing was tried');
    const verifyWithKeys = () => new Promise<KeyFinding>((resolve) => (tried = resolve));
    const token = tokenOf({ sub: 'first' });
    const page = open({ verifyWithKeys }, token);
    const asked = page.ask('token/useKeys', { keys: '{}' });
    panel.inspect(token, 'The clipboard');
    tried(valid);
    assert.deepEqual(await asked, { ok: false, explanation: undefined });
    const view = await page.get('token/load', {});
    assert.equal(view.source, 'The clipboard');
    assert.equal(view.keys.kind, 'unknown');
  });

  it('asks for an unknown key of a configured pool once, and again for another token or other connections', async () => {
    const poolId = 'us-east-1_Sandbox01';
    const connection = { id: 'shop', label: 'Shop', region: 'us-east-1', userPool: { userPoolId: poolId } };
    const iss = `https://cognito-idp.us-east-1.amazonaws.com/${poolId}`;
    const changed = new vscode.EventEmitter<unknown>();
    let asked = 0;
    const verify = async () => {
      asked += 1;
      return { ok: false, reason: 'unknown-key', detail: 'k' } as const;
    };
    const token = tokenOf({ iss });
    const deps = {
      connections: () => [connection] as unknown as readonly Connection[],
      onDidChangeConnections: changed.event,
      verifier: async () => ({ verify }),
    };
    const page = open(deps, token);
    const judged = async () => {
      const { verdicts } = await page.get('token/load', {});
      assert.equal(verdicts.find(({ check }) => check === 'signature')?.status, 'failed');
      return asked;
    };
    assert.deepEqual([await judged(), await judged()], [1, 1]);
    panel.inspect(token);
    assert.deepEqual([await judged(), await judged()], [2, 2]);
    changed.fire(undefined);
    assert.deepEqual([await judged(), await judged()], [3, 3]);
  });

  it('forgets the token when it is closed, also where keys are still tried on it', async () => {
    let tried: (finding: KeyFinding) => void = () => assert.fail('nothing was tried');
    const verifyWithKeys = () => new Promise<KeyFinding>((resolve) => (tried = resolve));
    const token = tokenOf({ sub: 'first' });
    const page = open({ verifyWithKeys }, token);
    const holds = () => inspect(panel, { depth: 6, showHidden: true, maxStringLength: null }).includes(token);
    assert.ok(holds(), 'the test would see it');
    void page.ask('token/useKeys', { keys: '{}' });
    page.dispose();
    assert.ok(!holds(), 'closed');
    tried(valid);
    await new Promise(setImmediate);
    assert.ok(!holds(), 'and when the keys were tried');
  });
});
