import assert from 'node:assert/strict';
import { readCallback, readPasted } from '../../../../src/core/signin/callback';
import { siteOf } from '../../../../src/core/signin/hosted-ui';
import { testConnection } from '../../../support/fake-aws';

const expected = { redirectUri: 'http://localhost:8400/callback', state: 'state-1' };
const { endpoints: _endpoints, ...connection } = testConnection();
const site = siteOf(
  { ...connection, userPool: { ...connection.userPool!, domain: 'login.shop.example' } },
  undefined,
);

const read = (query: string, at = expected.redirectUri) => readCallback(`${at}${query}`, expected);

describe('reading a callback', () => {
  it('takes the code of this attempt, and gives the address on as it is', () => {
    const address = `${expected.redirectUri}?code=abc-1&state=state-1`;
    assert.deepEqual(readCallback(address, expected), { kind: 'code', url: address });
  });

  it('takes it from the address of VS Code too', () => {
    const redirectUri = 'vscode://cognito-workbench.cognito-workbench/callback';
    const address = `${redirectUri}?state=state-1&code=abc`;
    assert.equal(readCallback(address, { redirectUri, state: 'state-1' }).kind, 'code');
    assert.equal(readCallback(address, expected).kind, 'foreign');
  });

  it('takes the refusal of this attempt, in readable words', () => {
    const found = read(
      '?error=invalid_request&error_description=PreSignUp+failed%2520with+error+no%2521&state=state-1',
    );
    assert.ok(found.kind === 'refused');
    assert.equal(found.error.service, 'oauth');
    assert.equal(found.error.operation, '/oauth2/authorize');
    assert.equal(found.error.awsCode, 'invalid_request');
    assert.equal(found.error.awsMessage, 'PreSignUp failed with error no!');
    assert.equal(found.error.data.redirectUri, expected.redirectUri);
  });

  it('leaves a description with a lone percent sign as it is', () => {
    const found = read('?error=x&error_description=100%25&state=state-1');
    assert.ok(found.kind === 'refused');
    assert.equal(found.error.awsMessage, '100%');
  });

  for (const [what, query, reason] of [
    ['another state', '?code=abc&state=state-2', 'state'],
    ['no state', '?code=abc', 'no-state'],
    ['an empty state', '?code=abc&state=', 'state'],
    ['its state twice', '?code=abc&state=state-1&state=state-1', 'state'],
    ['its state and another', '?code=abc&state=state-1&state=state-2', 'state'],
    ['a refusal of another state', '?error=access_denied&state=state-2', 'state'],
    ['neither code nor error', '?state=state-1', 'no-answer'],
    ['an empty code', '?code=&state=state-1', 'no-answer'],
    ['two codes', '?code=a&code=b&state=state-1', 'no-answer'],
  ] as const) {
    it(`ignores a callback with ${what}`, () => {
      const found = read(query);
      assert.ok(found.kind === 'foreign', found.kind);
      assert.equal(found.reason, reason);
    });
  }

  for (const at of [
    'http://localhost:8401/callback',
    'http://127.0.0.1:8400/callback',
    'http://localhost:8400/callback/',
    'https://localhost:8400/callback',
    'http://localhost:8400/',
  ]) {
    it(`ignores what came to ${at}`, () => {
      assert.deepEqual(read('?code=abc&state=state-1', at), { kind: 'foreign', reason: 'address' });
    });
  }

  it('keeps an error that names no attempt, as a hint', () => {
    const found = read('?error=invalid_scope');
    assert.ok(found.kind === 'foreign' && found.reason === 'no-state');
    assert.equal(found.error?.awsCode, 'invalid_scope');
  });

  it('ignores what is no address', () => {
    assert.deepEqual(readCallback('code=abc&state=state-1', expected), {
      kind: 'foreign',
      reason: 'address',
    });
  });
});

describe('reading what was pasted', () => {
  it('takes the redirected address, with what stands around it', () => {
    const pasted = `  <${expected.redirectUri}?code=abc&state=state-1>\n`;
    const found = readPasted(pasted, expected, site);
    assert.deepEqual(found, { kind: 'code', url: pasted.trim().slice(1, -1) });
  });

  it("takes the address of Cognito's own error page, which never comes back", () => {
    const found = readPasted(
      'https://login.shop.example/error?error=redirect_mismatch&client_id=x',
      expected,
      site,
    );
    assert.ok(found.kind === 'refused');
    assert.equal(found.error.awsCode, 'redirect_mismatch');
    const silent = readPasted('https://login.shop.example/error?client_id=x', expected, site);
    assert.ok(silent.kind === 'refused');
    assert.equal(silent.error.awsCode, 'error_page');
  });

  it('takes nothing else', () => {
    for (const text of [
      'https://login.shop.example/login?client_id=x',
      'https://evil.example/error?error=redirect_mismatch',
      `${expected.redirectUri}?code=abc&state=other`,
      'abc',
      '',
    ]) {
      assert.equal(readPasted(text, expected, site).kind, 'foreign', text);
    }
  });
});
