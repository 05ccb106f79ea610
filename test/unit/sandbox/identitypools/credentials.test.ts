import assert from 'node:assert/strict';
import {
  ADMINS,
  CLIENT,
  createPool,
  createRole,
  getId,
  NOW,
  OTHER_PROVIDER,
  PROVIDER,
  READERS,
  ROLES,
  type Scene,
  scene,
  token,
  trust,
} from './scene';

const KEY = `${PROVIDER}:${CLIENT}`;
const CONFIGURATION = {
  code: 'InvalidIdentityPoolConfigurationException',
  message: 'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
  status: 400,
};

interface Answer {
  readonly IdentityId: string;
  readonly Credentials: {
    readonly AccessKeyId: string;
    readonly SecretKey: string;
    readonly SessionToken: string;
    readonly Expiration: Date;
  };
}

describe('sandbox identity pools: GetCredentialsForIdentity', () => {
  let world: Scene;
  let pool: string;
  let IdentityId: string;

  function credentialsFor(claims: Record<string, unknown> = {}, over: Record<string, unknown> = {}): Answer {
    return world.call('GetCredentialsForIdentity', {
      IdentityId,
      Logins: { [PROVIDER]: token({ claims }) },
      ...over,
    }) as unknown as Answer;
  }

  function roleOf(answer: Answer): string | undefined {
    return world.credentials.find(answer.Credentials.AccessKeyId)?.principal.roleName;
  }

  function setRoles(ambiguous?: 'AuthenticatedRole' | 'Deny', authenticated: string | null = READERS): void {
    world.call('SetIdentityPoolRoles', {
      IdentityPoolId: pool,
      Roles: authenticated === null ? {} : { authenticated },
      ...(ambiguous === undefined
        ? {}
        : { RoleMappings: { [KEY]: { Type: 'Token', AmbiguousRoleResolution: ambiguous } } }),
    });
  }

  beforeEach(() => {
    world = scene();
    pool = createPool(world);
    createRole(world, 'Readers', trust(pool));
    createRole(world, 'Admins', trust(pool));
    setRoles();
    IdentityId = getId(world, pool);
  });

  it('gives credentials for an hour, in the name of the role and the identity', () => {
    const answer = credentialsFor();
    assert.equal(answer.IdentityId, IdentityId);
    assert.deepEqual(answer.Credentials.Expiration, new Date(NOW + 3600_000));
    const kept = world.credentials.find(answer.Credentials.AccessKeyId);
    assert.equal(kept?.secretAccessKey, answer.Credentials.SecretKey);
    assert.equal(kept.sessionToken, answer.Credentials.SessionToken);
    assert.deepEqual(kept.principal, {
      kind: 'role-session',
      accountId: '123456789012',
      arn: 'arn:aws:sts::123456789012:assumed-role/Readers/CognitoIdentityCredentials',
      userId: `${world.iam.findRole(READERS)?.id}:CognitoIdentityCredentials`,
      roleName: 'Readers',
      context: {
        'cognito-identity.amazonaws.com:aud': pool,
        'cognito-identity.amazonaws.com:amr': ['authenticated', PROVIDER, `${PROVIDER}:CognitoSignIn:reader`],
        'cognito-identity.amazonaws.com:sub': IdentityId,
      },
    });
  });

  describe('refuses logins', () => {
    for (const [what, Logins, code, message] of [
      [
        'of another user',
        { [PROVIDER]: token({ sub: 'admin' }) },
        'NotAuthorizedException',
        /^Logins don't match\. Please include at least one valid login for this identity or identity pool\.$/,
      ],
      [
        'that are missing',
        undefined,
        'NotAuthorizedException',
        /^Access to Identity 'us-east-1:[0-9a-f-]+' is forbidden\.$/,
      ],
      ['that are none', {}, 'NotAuthorizedException', /is forbidden/],
      [
        'of another pool',
        { [OTHER_PROVIDER]: token({ provider: OTHER_PROVIDER }) },
        'NotAuthorizedException',
        /supported provider/,
      ],
      [
        'of another client',
        { [PROVIDER]: token({ aud: 'other' }) },
        'NotAuthorizedException',
        /supported provider/,
      ],
      [
        'with an access token',
        { [PROVIDER]: JSON.stringify({ iss: `https://${PROVIDER}` }) },
        'NotAuthorizedException',
        /Missing a required claim: aud/,
      ],
      ['with garbage', { [PROVIDER]: 'garbage' }, 'NotAuthorizedException', /Not a valid OpenId Connect/],
      ['with an empty token', { [PROVIDER]: '' }, 'ValidationException', /'logins'/],
    ] as const) {
      it(what, () => {
        assert.throws(() => credentialsFor({}, { Logins }), { code, message, status: 400 });
      });
    }

    it('of another user who has an identity of their own', () => {
      getId(world, pool, { sub: 'admin' });
      assert.throws(() => credentialsFor({}, { Logins: { [PROVIDER]: token({ sub: 'admin' }) } }), {
        message: /^Logins don't match/,
      });
    });

    it('for an identity of another identity pool', () => {
      const other = createPool(world);
      assert.throws(() => credentialsFor({}, { IdentityId: getId(world, other, { sub: 'admin' }) }), {
        message: /^Logins don't match/,
      });
    });

    it('for an identity that is not there, or no identity at all', () => {
      assert.throws(() => credentialsFor({}, { IdentityId: 'us-east-1:0' }), {
        code: 'ResourceNotFoundException',
        message: "Identity 'us-east-1:0' not found.",
      });
      assert.throws(() => credentialsFor({}, { IdentityId: 'nonsense' }), { code: 'ValidationException' });
      assert.throws(() => credentialsFor({}, { IdentityId: undefined }), { code: 'ValidationException' });
    });

    it('of a provider that the pool gave up since', () => {
      world.call('UpdateIdentityPool', {
        IdentityPoolId: pool,
        IdentityPoolName: 'a',
        AllowUnauthenticatedIdentities: false,
      });
      assert.throws(() => credentialsFor(), { message: /supported provider/ });
    });
  });

  describe('chooses the role', () => {
    const groups = { 'cognito:groups': ['readers', 'admins'], 'cognito:roles': [READERS, ADMINS] };
    const preferred = { ...groups, 'cognito:preferred_role': ADMINS };

    for (const [what, ambiguous, claims, custom, role] of [
      ['by default, whatever the token says, without a mapping', undefined, preferred, undefined, 'Readers'],
      ['that the token prefers', 'Deny', preferred, undefined, 'Admins'],
      ['by default, where the token has no role', 'AuthenticatedRole', {}, undefined, 'Readers'],
      ['by default, where roles tie', 'AuthenticatedRole', groups, undefined, 'Readers'],
      ['that is asked for, out of those of the token', 'Deny', groups, ADMINS, 'Admins'],
      ['that is asked for, over the preferred one', 'Deny', preferred, READERS, 'Readers'],
      ['that is asked for and is the default, without a mapping', undefined, {}, READERS, 'Readers'],
    ] as const) {
      it(what, () => {
        setRoles(ambiguous);
        const CustomRoleArn = custom === undefined ? {} : { CustomRoleArn: custom };
        assert.equal(roleOf(credentialsFor(claims, CustomRoleArn)), role);
      });
    }

    for (const [what, ambiguous, claims, custom, message] of [
      [
        'where roles tie and ties are denied',
        'Deny',
        groups,
        undefined,
        /^The ambiguous role mapping rules denied this request\.$/,
      ],
      ['where the token has none and that is denied', 'Deny', {}, undefined, /ambiguous/],
      [
        'that is asked for and not in the token',
        'AuthenticatedRole',
        { 'cognito:roles': [READERS] },
        ADMINS,
        /not among the roles/,
      ],
      [
        'that is asked for, by a token without roles',
        'AuthenticatedRole',
        { 'cognito:roles': ADMINS },
        ADMINS,
        /not among the roles/,
      ],
      ['that is asked for, without a mapping', undefined, preferred, ADMINS, /not among the roles/],
    ] as const) {
      it(`and refuses one ${what}`, () => {
        setRoles(ambiguous);
        const CustomRoleArn = custom === undefined ? {} : { CustomRoleArn: custom };
        assert.throws(() => credentialsFor(claims, CustomRoleArn), {
          code: 'NotAuthorizedException',
          message,
        });
      });
    }

    it('by the mapping of the login that has one', () => {
      pool = createPool(world, {
        CognitoIdentityProviders: [
          { ProviderName: OTHER_PROVIDER, ClientId: 'other' },
          { ProviderName: PROVIDER, ClientId: CLIENT },
        ],
      });
      world.call('UpdateAssumeRolePolicy', { RoleName: 'Admins', PolicyDocument: trust(pool) });
      setRoles('Deny');
      IdentityId = getId(world, pool);
      const Logins = {
        [OTHER_PROVIDER]: token({ provider: OTHER_PROVIDER, aud: 'other' }),
        [PROVIDER]: token({ claims: preferred }),
      };
      assert.equal(roleOf(credentialsFor({}, { Logins })), 'Admins');
    });
  });

  describe('refuses where the roles are not in order', () => {
    it('no role at all', () => {
      setRoles(undefined, null);
      assert.throws(() => credentialsFor(), CONFIGURATION);
    });

    it('no default role where the mapping falls back on it', () => {
      setRoles('AuthenticatedRole', null);
      assert.throws(() => credentialsFor(), CONFIGURATION);
    });

    it('a role that does not exist, and the log names it', () => {
      setRoles(undefined, `${ROLES}/Nobody`);
      assert.throws(() => credentialsFor(), CONFIGURATION);
      assert.ok(world.lines.some((line) => line.includes('Nobody')));
    });

    for (const [what, policy] of [
      ['another pool', (): string => trust('us-east-1:00000000-0000-4000-8000-000000000000')],
      ['sts:AssumeRole', (): string => trust(pool, { Action: 'sts:AssumeRole' })],
      ['a service', (): string => trust(pool, { Principal: { Service: 'cognito-identity.amazonaws.com' } })],
      [
        'a mistyped key',
        (): string =>
          trust(pool, { Condition: { StringEquals: { 'cognito-identity.amazon.com:aud': pool } } }),
      ],
      [
        'guests',
        (): string =>
          trust(pool, {
            Condition: {
              'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'unauthenticated' },
            },
          }),
      ],
      [
        'another provider',
        (): string =>
          trust(pool, {
            Condition: {
              'ForAnyValue:StringEquals': { 'cognito-identity.amazonaws.com:amr': OTHER_PROVIDER },
            },
          }),
      ],
      [
        'another identity',
        (): string =>
          trust(pool, {
            Condition: { StringEquals: { 'cognito-identity.amazonaws.com:sub': 'us-east-1:other' } },
          }),
      ],
    ] as const) {
      it(`a trust policy for ${what}`, () => {
        world.call('UpdateAssumeRolePolicy', { RoleName: 'Readers', PolicyDocument: policy() });
        assert.throws(() => credentialsFor(), CONFIGURATION);
        assert.ok(world.lines.some((line) => line.includes(`trust policy of ${READERS}`)));
      });
    }

    it('a preferred role that does not trust the pool', () => {
      setRoles('Deny');
      world.call('UpdateAssumeRolePolicy', { RoleName: 'Admins', PolicyDocument: trust('us-east-1:0') });
      assert.throws(() => credentialsFor({ 'cognito:preferred_role': ADMINS }), CONFIGURATION);
    });

    it('and takes a trust policy for just this user of just this provider', () => {
      const amr = [PROVIDER, `${PROVIDER}:CognitoSignIn:reader`].map((value) => ({
        'ForAnyValue:StringEquals': { 'cognito-identity.amazonaws.com:amr': value },
      }));
      for (const Condition of amr) {
        const PolicyDocument = trust(pool, { Condition });
        world.call('UpdateAssumeRolePolicy', { RoleName: 'Readers', PolicyDocument });
        assert.equal(roleOf(credentialsFor()), 'Readers');
      }
    });
  });

  it('lets the session do what the role may, for its own identity', () => {
    const document = {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::b/private/${cognito-identity.amazonaws.com:sub}/*',
      },
    };
    world.call('PutRolePolicy', {
      RoleName: 'Readers',
      PolicyName: 'p',
      PolicyDocument: JSON.stringify(document),
    });
    const principal = world.credentials.find(credentialsFor().Credentials.AccessKeyId)?.principal;
    assert.ok(principal);
    const may = (folder: string): boolean =>
      world.iam.authorizer.decide({
        principal,
        action: 's3:GetObject',
        resource: `arn:aws:s3:::b/private/${folder}/a.txt`,
        context: {},
      }).allowed;
    assert.deepEqual([may(IdentityId), may('us-east-1:other')], [true, false]);
  });

  it('writes no token and no secret into the log', () => {
    setRoles(undefined, `${ROLES}/Nobody`);
    assert.throws(() => credentialsFor({ secret: 'very-secret' }));
    assert.doesNotMatch(world.lines.join('\n'), /very-secret/);
  });
});
