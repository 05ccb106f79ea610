import assert from 'node:assert/strict';
import { decodeToken } from '../../../../src/core/tokens/decode';
import { judgeLogin } from '../../../../src/core/tokens/judge-login';
import { fakeJwt } from '../../../support/fake-aws';

const NOW = Date.parse('2026-11-01T12:00:00Z');
const judged = (claims: Record<string, unknown>, provider = 'accounts.google.com') =>
  Object.fromEntries(
    judgeLogin(decodeToken(fakeJwt(claims)), provider, NOW).map(({ check, status }) => [check, status]),
  );
const good = { iss: 'https://accounts.google.com', iat: NOW / 1000 - 60, exp: NOW / 1000 + 60 };

describe('the login of an external provider', () => {
  it('is judged by issuer and times; its signature is left to the identity pool', () => {
    assert.deepEqual(judged(good), {
      signature: 'unknown',
      issuer: 'ok',
      expiry: 'ok',
      'not-yet-valid': 'ok',
    });
  });

  it('takes the issuer with or without its scheme, as Google writes it', () => {
    assert.equal(judged({ ...good, iss: 'accounts.google.com' }).issuer, 'ok');
    assert.equal(judged({ ...good, iss: 'https://id.example.com/a/' }, 'id.example.com/a').issuer, 'ok');
  });

  it('fails what the identity pool would refuse', () => {
    assert.equal(judged({ ...good, iss: 'https://accounts.google.com.example' }).issuer, 'failed');
    assert.equal(judged({ ...good, iss: undefined }).issuer, 'failed');
    assert.equal(judged({ ...good, exp: NOW / 1000 }).expiry, 'failed');
    assert.equal(judged({ ...good, iat: NOW / 1000 + 600 })['not-yet-valid'], 'failed');
  });
});
