import assert from 'node:assert/strict';
import {
  CLIENT,
  createPool,
  createRole,
  type FakeToken,
  getId,
  NOW,
  PROVIDER,
  READERS,
  type Scene,
  scene,
  token,
  trust,
} from './scene';

const provider = (n: number): string => `cognito-idp.us-east-1.amazonaws.com/us-east-1_Pool${n}`;
const at = (n: number, sub = 'reader'): FakeToken => ({ provider: provider(n), sub });
const logins = (...tokens: FakeToken[]): Record<string, string> =>
  Object.fromEntries(tokens.map((one) => [one.provider ?? PROVIDER, token(one)]));

describe('sandbox identity pools: several identities of one person', () => {
  let world: Scene;
  let pool: string;
  let first: string;
  let second: string;

  const call = (operation: string, input: Record<string, unknown>): Record<string, unknown> =>
    world.call(operation, input);
  const together = (...tokens: FakeToken[]): unknown =>
    call('GetId', { IdentityPoolId: pool, Logins: logins(...tokens) })['IdentityId'];
  const credentials = (IdentityId: string, ...tokens: FakeToken[]): unknown =>
    call('GetCredentialsForIdentity', { IdentityId, Logins: logins(...tokens) })['IdentityId'];
  const loginsOf = (IdentityId: string): unknown => call('DescribeIdentity', { IdentityId })['Logins'];

  beforeEach(() => {
    world = scene();
    const CognitoIdentityProviders = Array.from({ length: 25 }, (_, n) => ({
      ProviderName: provider(n),
      ClientId: CLIENT,
    }));
    pool = createPool(world, { CognitoIdentityProviders });
    createRole(world, 'Readers', trust(pool));
    call('SetIdentityPoolRoles', { IdentityPoolId: pool, Roles: { authenticated: READERS } });
    first = getId(world, pool, at(1));
    world.clock.advance(60);
    second = getId(world, pool, at(2));
  });

  describe('stay apart', () => {
    const conflict = { code: 'ResourceConflictException', message: /already has a login of/, status: 400 };

    it('where each has a login of the same provider', () => {
      together(at(2), at(3, 'one'));
      together(at(1), at(3, 'other'));
      assert.throws(() => together(at(1), at(2)), conflict);
      assert.deepEqual(loginsOf(first), [provider(1), provider(3)]);
      assert.deepEqual(loginsOf(second), [provider(2), provider(3)]);
    });

    it('where the login is of a provider that the identity has another login of', () => {
      assert.throws(() => credentials(first, at(1), at(1, 'other')), /Logins don't match/);
      together(at(1), at(3));
      assert.throws(() => together(at(1), at(3, 'other')), conflict);
      assert.throws(() => credentials(first, at(1), at(3, 'other')), conflict);
    });

    it('where they would have more than 20 logins', () => {
      for (let n = 5; n < 15; n++) together(at(1), at(n));
      for (let n = 15; n < 23; n++) together(at(2), at(n));
      assert.equal(together(at(1), at(23)), first);
      assert.throws(() => together(at(1), at(2)), {
        code: 'ResourceConflictException',
        message: /at most 20/,
      });
      assert.equal((loginsOf(first) as string[]).length, 12);
      assert.equal(together(at(2)), second);
    });

    it('where no login of the one that is asked for is given', () => {
      assert.throws(() => credentials(first, at(2)), /Logins don't match/);
      assert.throws(() => credentials(first, at(3)), /Logins don't match/);
    });
  });

  for (const [what, merge] of [
    ['GetId', (): unknown => together(at(2), at(1))],
    ['GetCredentialsForIdentity of the older', (): unknown => credentials(first, at(2), at(1))],
    ['GetCredentialsForIdentity of the younger', (): unknown => credentials(second, at(2), at(1))],
  ] as const) {
    it(`become the oldest of them by ${what} with the logins of both`, () => {
      assert.equal(merge(), first);
      assert.deepEqual(call('DescribeIdentity', { IdentityId: first }), {
        IdentityId: first,
        Logins: [provider(1), provider(2)],
        CreationDate: new Date(NOW),
        LastModifiedDate: new Date(NOW + 60_000),
      });
      assert.equal(together(at(2)), first);
      assert.equal(credentials(first, at(2)), first);
      assert.deepEqual(loginsOf(second), []);
      assert.throws(() => credentials(second, at(2)), {
        code: 'NotAuthorizedException',
        message: `Access to Identity '${second}' is forbidden.`,
      });
    });
  }

  it('take along what a merge brings besides', () => {
    const third = getId(world, pool, at(3));
    assert.equal(together(at(4), at(3), at(2), at(1)), first);
    assert.deepEqual(loginsOf(first), [1, 2, 3, 4].map(provider));
    assert.throws(() => credentials(third, at(3)), /is forbidden/);
  });
});
