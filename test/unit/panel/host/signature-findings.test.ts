import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { SignatureFinding } from '../../../../src/core/ports';
import { SignatureFindings } from '../../../../src/panel/host/signature-findings';
import { idClaims, tokenOf } from '../../core/tokens/make';

const url = 'https://keys.example/jwks.json';
const unknownKey = { ok: false, reason: 'unknown-key', detail: 'k' } as const;
const never = new AbortController().signal;
const first = tokenOf(idClaims);
const second = tokenOf({ ...idClaims, sub: 'other' });

describe('findings on signatures', () => {
  let asked: string[];
  let answer: () => Promise<SignatureFinding>;
  let findings: SignatureFindings;
  const ask = (text: string, at = url) => findings.of('access', text, at, never);

  beforeEach(() => {
    asked = [];
    answer = async () => unknownKey;
    const verify = (token: string) => {
      asked.push(token);
      return answer();
    };
    findings = new SignatureFindings({ verifier: async () => ({ verify }) });
  });

  it('are kept for the same token at the same keys', async () => {
    assert.deepEqual([await ask(first), await ask(first)], [unknownKey, unknownKey]);
    assert.equal(asked.length, 1);
    await ask(second);
    await ask(second, `${url}?other`);
    assert.deepEqual(asked, [first, second, second]);
  });

  it('hold no token', async () => {
    const holds = () => inspect(findings, { depth: 9, showHidden: true, maxStringLength: null });
    await ask(first);
    const [header = '', claims = '', signature = ''] = first.split('.');
    for (const part of [header, claims, signature]) assert.ok(!holds().includes(part), part);
    assert.ok(holds().includes(url), 'the test would see it');
  });

  it('are forgotten when they are cleared, also those that are still asked for', async () => {
    await ask(first);
    findings.clear();
    await ask(first);
    assert.equal(asked.length, 2);
    let tell: (finding: SignatureFinding) => void = () => assert.fail('nobody was asked');
    answer = () => new Promise((resolve) => (tell = resolve));
    const pending = ask(second);
    while (asked.length < 3) await new Promise(setImmediate);
    findings.clear();
    tell(unknownKey);
    assert.deepEqual(await pending, unknownKey);
    answer = async () => unknownKey;
    await ask(second);
    assert.equal(asked.length, 4);
  });

  it('are asked for again when the keys could not be had', async () => {
    answer = () => Promise.reject(new Error('offline'));
    await assert.rejects(ask(first), /offline/);
    answer = async () => unknownKey;
    assert.deepEqual(await ask(first), unknownKey);
  });
});
