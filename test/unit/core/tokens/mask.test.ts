import assert from 'node:assert/strict';
import { decodeToken } from '../../../../src/core/tokens/decode';
import { redactToken } from '../../../../src/core/tokens/redact-token';
import { idClaims, tokenOf } from './make';

const claimsOf = (token: string): Record<string, unknown> => ({ ...decodeToken(token).claims });
const redacted = (claims: object): Record<string, unknown> => claimsOf(redactToken(tokenOf(claims)));

describe('names in a redacted token', () => {
  it('are without the person, and stay apart', () => {
    const orgs = {
      'alice@example.com': { role: 'owner' },
      'bob@corp.example': 1,
      'team-Alice.B': [{ 'alice.b': 2 }],
      'alice.b': true,
      '+491701234567': 'x',
      [idClaims.sub]: 'x',
      'https://app.example/roles': 'x',
      plain: 'x',
      redacted: 'x',
    };
    const claims = {
      username: 'alice.b',
      email: 'alice@example.com',
      orgs,
      groups: { 'alice.b': 'admin' },
      'app:alice@example.com': 'x',
      'custom:alice.b': 'x',
      'https://app.example/claims': 'x',
    };
    const shared = redacted(claims);
    assert.deepEqual(shared, {
      username: 'redacted',
      email: 'redacted@example.com',
      orgs: {
        redacted: { role: 'redacted' },
        'redacted@example.com': 0,
        'team-redacted': [{ redacted: 0 }],
        'redacted 2': false,
        '+10000000000': 'redacted',
        '00000000-0000-0000-0000-000000000000': 'redacted',
        'https://app.example/roles': 'redacted',
        plain: 'redacted',
        'redacted 3': 'redacted',
      },
      groups: { redacted: 'redacted' },
      'app:redacted': 'redacted',
      'custom:redacted': 'redacted',
      'https://app.example/claims': 'redacted',
    });
    assert.deepEqual(redacted(shared), shared);
  });

  it('stay where everybody knows the claim, whatever the person is called', () => {
    const claims = { username: 'email', email: 'a@corp.example', 'cognito:groups': ['email'], exp: 1 };
    assert.deepEqual(redacted(claims), {
      username: 'redacted',
      email: 'redacted@example.com',
      'cognito:groups': ['redacted'],
      exp: 1,
    });
  });

  it('are without the person in the header and in identities, too', () => {
    const header = { alg: 'RS256', ann: 'x', more: { 'ann@corp.example': 1 } };
    const claims = { username: 'ann', identities: [{ userId: 'u@corp.example', ann: 1, Ann: 2 }] };
    const shared = redactToken(tokenOf(claims, header));
    assert.deepEqual(decodeToken(shared).header, {
      alg: 'RS256',
      redacted: 'redacted',
      more: { 'redacted@example.com': 0 },
    });
    assert.deepEqual(claimsOf(shared)['identities'], [
      { userId: 'redacted@example.com', redacted: 0, 'redacted 2': 0 },
    ]);
    const again = { ...claimsOf(shared), groups: ['redacted@example.com'] };
    assert.deepEqual(redacted(again), again);
  });

  it('are written soon, however many they are', () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`m${at}@corp.example`, at]));
    const shared = redacted({ many })['many'] as object;
    assert.equal(Object.keys(shared).length, 20_000);
    assert.ok(Object.hasOwn(shared, 'redacted@example.com 20000'));
  });
});
