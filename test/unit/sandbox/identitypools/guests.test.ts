import assert from 'node:assert/strict';
import {
  ADMINS,
  createPool,
  createRole,
  getId,
  NOW,
  PROVIDER,
  READERS,
  ROLES,
  type Scene,
  scene,
  token,
  trust,
} from './scene';

const GUESTS = `${ROLES}/Guests`;
const CONFIGURATION = {
  code: 'InvalidIdentityPoolConfigurationException',
  message: 'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
};

/** Trusts guests of a pool, and nobody else. */
function guestTrust(aud: string): string {
  return trust(aud, {
    Condition: {
      StringEquals: { 'cognito-identity.amazonaws.com:aud': aud },
      'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'unauthenticated' },
    },
  });
}

describe('sandbox identity pools: guests', () => {
  let world: Scene;
  let pool: string;
  let guest: string;
  const Logins = { [PROVIDER]: token() };

  const call = (operation: string, input: Record<string, unknown>): Record<string, unknown> =>
    world.call(operation, input);
  const newGuest = (): string => String(call('GetId', { IdentityPoolId: pool })['IdentityId']);
  const setRoles = (Roles: Record<string, string>): unknown =>
    call('SetIdentityPoolRoles', { IdentityPoolId: pool, Roles });
  const refuseGuests = (): unknown =>
    call('UpdateIdentityPool', {
      IdentityPoolId: pool,
      IdentityPoolName: 'notes app',
      AllowUnauthenticatedIdentities: false,
    });

  beforeEach(() => {
    world = scene();
    pool = createPool(world, { AllowUnauthenticatedIdentities: true });
    createRole(world, 'Guests', guestTrust(pool));
    createRole(world, 'Readers', trust(pool));
    setRoles({ authenticated: READERS, unauthenticated: GUESTS });
    guest = newGuest();
  });

  const forbidden = (id: string): { code: string; message: string } => ({
    code: 'NotAuthorizedException',
    message: `Access to Identity '${id}' is forbidden.`,
  });

  describe('are refused', () => {
    it('in a pool that does not take them, though they were let in before', () => {
      refuseGuests();
      const refusal = {
        code: 'NotAuthorizedException',
        message: 'Unauthenticated access is not supported for this identity pool.',
      };
      assert.throws(() => newGuest(), refusal);
      assert.throws(() => call('GetCredentialsForIdentity', { IdentityId: guest }), refusal);
    });

    for (const [what, Roles] of [
      ['without a role of theirs', { authenticated: READERS }],
      ['whose role does not exist', { unauthenticated: `${ROLES}/Nobody` }],
      ['whose role is for those who signed in', { unauthenticated: READERS }],
    ] as const) {
      it(what, () => {
        setRoles(Roles);
        assert.throws(() => call('GetCredentialsForIdentity', { IdentityId: guest }), CONFIGURATION);
      });
    }

    it('a role of their choice, and take their own by name', () => {
      const ask = (CustomRoleArn: string): unknown =>
        call('GetCredentialsForIdentity', { IdentityId: guest, CustomRoleArn });
      assert.throws(() => ask(ADMINS), { code: 'NotAuthorizedException', message: /role of guests/ });
      assert.ok(ask(GUESTS));
    });

    it('with logins that do not hold, and stay guests', () => {
      assert.throws(
        () => call('GetCredentialsForIdentity', { IdentityId: guest, Logins: { [PROVIDER]: 'garbage' } }),
        { code: 'NotAuthorizedException' },
      );
      assert.equal(call('GetCredentialsForIdentity', { IdentityId: guest })['IdentityId'], guest);
    });

    it('as soon as they have signed in', () => {
      call('GetCredentialsForIdentity', { IdentityId: guest, Logins });
      assert.throws(() => call('GetCredentialsForIdentity', { IdentityId: guest }), forbidden(guest));
    });
  });

  it('are somebody new each time', () => {
    assert.match(guest, /^us-east-1:[0-9a-f-]{36}$/);
    assert.equal(new Set([guest, newGuest(), newGuest(), getId(world, pool)]).size, 4);
  });

  it('get the role of guests for an hour, bounded by session policies, and say that they are guests', () => {
    const answer = call('GetCredentialsForIdentity', { IdentityId: guest });
    const keys = answer['Credentials'] as { AccessKeyId: string; Expiration: Date };
    assert.equal(answer['IdentityId'], guest);
    assert.deepEqual(keys.Expiration, new Date(NOW + 3600_000));
    const principal = world.credentials.find(keys.AccessKeyId)?.principal;
    assert.ok(principal);
    assert.equal(principal.roleName, 'Guests');
    assert.deepEqual(principal.context, {
      'cognito-identity.amazonaws.com:aud': pool,
      'cognito-identity.amazonaws.com:amr': ['unauthenticated'],
      'cognito-identity.amazonaws.com:sub': guest,
    });
    const all = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };
    call('PutRolePolicy', { RoleName: 'Guests', PolicyName: 'p', PolicyDocument: JSON.stringify(all) });
    const may = (action: string): boolean =>
      world.iam.authorizer.decide({ principal, action, resource: '*', context: {} }).allowed;
    assert.deepEqual(
      [may('s3:GetObject'), may('iam:GetRole'), may('ec2:RunInstances')],
      [true, false, false],
    );
  });

  describe('who sign in', () => {
    const describeIdentity = (IdentityId: string): Record<string, unknown> =>
      call('DescribeIdentity', { IdentityId });
    const signIn = (IdentityId: string, over: Record<string, unknown> = {}): unknown =>
      call('GetCredentialsForIdentity', { IdentityId, Logins, ...over })['IdentityId'];

    it('keep their identity where the login is new, and are found by it', () => {
      world.clock.advance(60);
      assert.equal(signIn(guest), guest);
      assert.deepEqual(describeIdentity(guest), {
        IdentityId: guest,
        Logins: [PROVIDER],
        CreationDate: new Date(NOW),
        LastModifiedDate: new Date(NOW + 60_000),
      });
      assert.equal(getId(world, pool), guest);
    });

    it('become who they were where the login is known, and the guest is gone', () => {
      const known = getId(world, pool);
      assert.equal(signIn(guest), known);
      assert.throws(() => signIn(guest), forbidden(guest));
      assert.throws(() => call('GetCredentialsForIdentity', { IdentityId: guest }), forbidden(guest));
      assert.deepEqual(describeIdentity(guest)['Logins'], []);
      assert.deepEqual(describeIdentity(known)['Logins'], [PROVIDER]);
      assert.equal(signIn(known), known);
    });

    it('get the role of those who signed in', () => {
      const { Credentials } = call('GetCredentialsForIdentity', { IdentityId: guest, Logins });
      const { AccessKeyId } = Credentials as { AccessKeyId: string };
      const principal = world.credentials.find(AccessKeyId)?.principal;
      assert.equal(principal?.roleName, 'Readers');
      assert.equal(principal.sessionPolicies, undefined);
    });

    it('may do so in a pool that takes no guests any more', () => {
      call('UpdateIdentityPool', {
        ...call('DescribeIdentityPool', { IdentityPoolId: pool }),
        AllowUnauthenticatedIdentities: false,
      });
      assert.equal(signIn(guest), guest);
    });

    it('cannot take the identity of a guest of another pool', () => {
      const other = createPool(world, { AllowUnauthenticatedIdentities: true, CognitoIdentityProviders: [] });
      const stranger = String(call('GetId', { IdentityPoolId: other })['IdentityId']);
      assert.throws(() => signIn(stranger), { message: /supported provider/ });
    });
  });
});
