import assert from 'node:assert/strict';
import type {
  AdminApi,
  IdentityPoolFacts,
  IdentityPoolRoles,
  RoleFact,
} from '../../../../src/core/admin-port';
import type { ServiceName } from '../../../../src/core/errors';
import { type AdminFactsQuestion, gatherAdminFacts } from '../../../../src/core/federation/admin-facts';
import { loginFacts } from '../../../../src/core/federation/login-facts';
import { fakeJwt, serviceError, testConnection } from '../../../support/fake-aws';
import { testSession } from '../../../support/sessions';

const arn = (name: string, account = '123456789012'): string => `arn:aws:iam::${account}:role/${name}`;
const connection = testConnection();
const PROVIDER = 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Sandbox01';
const claims = { sub: 'u-1', aud: 'web', 'cognito:username': 'rita', email: 'rita@example.com' };

const found = (name: string): RoleFact => ({
  arn: arn(name),
  roleId: 'AROAEXAMPLE',
  trustPolicy: '{}',
  maxSessionSeconds: 3600,
});
const pool: IdentityPoolFacts = {
  name: 'notes',
  allowGuests: true,
  classicFlow: true,
  providers: [],
  socialProviders: {},
  oidcProviderArns: ['arn:aws:iam::123456789012:oidc-provider/login.example.com/realm'],
  samlProviderArns: [],
};
const roles: IdentityPoolRoles = {
  authenticated: arn('Readers'),
  unauthenticated: arn('Guest'),
  mappings: {},
};

const unexpected = (): never => assert.fail('not asked');
function fakeAdmin(over: Partial<AdminApi> = {}): AdminApi {
  return {
    identityPoolRoles: () => Promise.resolve(roles),
    describeIdentityPool: () => Promise.resolve(pool),
    principalTagMap: () => Promise.resolve({ useDefaults: false, tags: {} }),
    groupsOfUser: () => Promise.resolve([{ name: 'readers', precedence: 1, roleArn: arn('Readers') }]),
    getRole: (name) => Promise.resolve(found(name)),
    rolePolicies: () => Promise.resolve([{ name: 'all', kind: 'inline', document: '{}' }]),
    describeIdentity: unexpected,
    listIdentities: unexpected,
    getOpenIdTokenForDeveloperIdentity: unexpected,
    lookupDeveloperIdentity: unexpected,
    mergeDeveloperIdentities: unexpected,
    unlinkDeveloperIdentity: unexpected,
    ...over,
  };
}

const denied = (service: ServiceName, operation: string) => () =>
  Promise.reject(serviceError(service, operation, 'AccessDenied', 'not authorized'));

const session = testSession({
  tokens: { idToken: fakeJwt(claims), accessToken: fakeJwt({}), expiresAt: 0 },
});
const ask = (over: Partial<AdminFactsQuestion> = {}): AdminFactsQuestion => ({
  connection,
  session,
  identityId: 'us-east-1:0f1e2d3c-0000-4000-8000-000000000000',
  flow: 'enhanced',
  nowMs: 0,
  ...over,
});

describe('facts that an administrator reads', () => {
  it('pool, groups, the role that the pool gives and the other one', async () => {
    const facts = await gatherAdminFacts(fakeAdmin(), ask());
    assert.equal(facts.choice?.roleArn, arn('Readers'));
    assert.deepEqual(facts.role, { state: 'found', role: found('Readers') });
    assert.deepEqual(
      [facts.otherRole?.arn, facts.groups?.length, facts.rolePolicies?.length],
      [arn('Guest'), 1, 1],
    );
    assert.deepEqual([facts.unread, facts.trustLogin.needsTagSession], [[], false]);
    assert.equal(facts.trustLogin.poolId, connection.identityPool?.identityPoolId);
  });

  it('the role that is held goes before the one that would be given', async () => {
    const received = 'arn:aws:sts::123456789012:assumed-role/Held/CognitoIdentityCredentials';
    const facts = await gatherAdminFacts(fakeAdmin(), ask({ received }));
    assert.deepEqual(facts.role, { state: 'found', role: found('Held') });
  });

  it('the basic flow takes the role that is named; the pool chooses nothing', async () => {
    const facts = await gatherAdminFacts(fakeAdmin(), ask({ flow: 'basic', roleArn: arn('Mine') }));
    assert.deepEqual([facts.choice, facts.role], [undefined, { state: 'found', role: found('Mine') }]);
  });

  it('tells what AWS refuses to show, and goes on', async () => {
    const facts = await gatherAdminFacts(
      fakeAdmin({
        describeIdentityPool: denied('cognito-identity', 'DescribeIdentityPool'),
        groupsOfUser: denied('cognito-idp', 'AdminListGroupsForUser'),
        rolePolicies: denied('iam', 'ListRolePolicies'),
        principalTagMap: denied('cognito-identity', 'GetPrincipalTagAttributeMap'),
      }),
      ask(),
    );
    assert.equal(facts.unread.length, 4);
    for (const sentence of facts.unread)
      assert.match(sentence, /could not be read: AccessDenied: not authorized$/);
    assert.equal(facts.role?.state, 'found');
    assert.equal(facts.trustLogin.tags, undefined, 'whether the session is tagged is not known');
    const noRole = await gatherAdminFacts(fakeAdmin({ getRole: denied('iam', 'GetRole') }), ask());
    assert.equal(noRole.role?.state, 'unreadable');
    assert.equal(noRole.rolePolicies, undefined);
  });

  it('throws where the roles of the pool cannot be read, and whatever is no answer of AWS', async () => {
    const noRoles = fakeAdmin({ identityPoolRoles: denied('cognito-identity', 'GetIdentityPoolRoles') });
    await assert.rejects(gatherAdminFacts(noRoles, ask()), { awsCode: 'AccessDenied' });
    const broken = new Error('no network');
    await assert.rejects(
      gatherAdminFacts(fakeAdmin({ getRole: () => Promise.reject(broken) }), ask()),
      broken,
    );
  });

  it('a role that IAM does not know, or knows under another path or in another account', async () => {
    const none = fakeAdmin({
      getRole: () => Promise.reject(serviceError('iam', 'GetRole', 'NoSuchEntityException', 'no')),
      rolePolicies: () =>
        Promise.reject(serviceError('iam', 'ListRolePolicies', 'NoSuchEntityException', 'no')),
    });
    const missing = await gatherAdminFacts(none, ask());
    assert.deepEqual([missing.role, missing.unread], [{ state: 'missing', arn: arn('Readers') }, []]);

    const moved = fakeAdmin({ getRole: () => Promise.resolve({ ...found('x'), arn: arn('team/Readers') }) });
    assert.equal((await gatherAdminFacts(moved, ask())).role?.state, 'missing');

    const elsewhere = fakeAdmin({
      getRole: (name) => Promise.resolve({ ...found(name), arn: arn(name, '999999999999') }),
    });
    const { role, unread } = await gatherAdminFacts(elsewhere, ask());
    assert.equal(role?.state, 'unreadable');
    assert.match(unread[0] ?? '', /account 123456789012, the administrator's is 999999999999/);
  });

  it('attributes for access control become the tags of the session', async () => {
    const asked: string[] = [];
    const api = fakeAdmin({
      principalTagMap: (provider) => {
        asked.push(provider);
        return Promise.resolve({ useDefaults: false, tags: { mail: 'email' } });
      },
    });
    const facts = await gatherAdminFacts(api, ask());
    assert.deepEqual(facts.trustLogin.tags, { mail: 'rita@example.com' });
    assert.deepEqual([facts.trustLogin.needsTagSession, facts.tagMap?.providerName], [true, asked[0]]);

    const logins = [{ provider: 'login.example.com/realm', token: fakeJwt({ sub: 'x', email: 'x@y.z' }) }];
    const provider = testSession({
      identityKey: 'idp:login.example.com%2Frealm:x',
      tokens: undefined,
      logins,
    });
    await gatherAdminFacts(api, ask({ session: provider }));
    assert.equal(asked.at(-1), pool.oidcProviderArns[0], 'IAM knows an OpenID provider by its ARN');
  });

  it('a guest has no groups and no attributes', async () => {
    const guest = testSession({ identityKey: 'guest', tokens: undefined });
    const api = fakeAdmin({ groupsOfUser: unexpected, principalTagMap: unexpected });
    const facts = await gatherAdminFacts(api, ask({ session: guest }));
    assert.deepEqual([facts.choice?.roleArn, facts.trustLogin.amr], [arn('Guest'), ['unauthenticated']]);
  });

  it('says so where rules read claims that cannot be read here', async () => {
    const key = 'graph.facebook.com';
    const facebook = testSession({
      identityKey: `idp:${key}:1`,
      tokens: undefined,
      logins: [{ provider: key, token: 'EAAopaque' }],
    });
    const rule = { claim: 'email', match: 'Equals', value: 'x', roleArn: arn('Mail') } as const;
    const mapped = {
      ...roles,
      mappings: { [key]: { type: 'Rules', ambiguous: 'AuthenticatedRole', rules: [rule] } },
    };
    const api = fakeAdmin({ identityPoolRoles: () => Promise.resolve(mapped as IdentityPoolRoles) });
    const { unread } = await gatherAdminFacts(api, ask({ session: facebook }));
    assert.match(unread.join(' '), /not readable here/);
  });
});

describe('facts of a login', () => {
  it('of a user, with the logins that are linked', () => {
    const linked = {
      ...session,
      logins: [{ provider: 'accounts.google.com', token: fakeJwt({ sub: 'g', aud: 'app' }) }],
    };
    const { roleLogin, amr } = loginFacts(connection, linked);
    assert.ok(roleLogin.kind === 'login');
    assert.deepEqual([roleLogin.key, roleLogin.claims['email']], [PROVIDER, 'rita@example.com']);
    assert.deepEqual(amr, [
      'authenticated',
      PROVIDER,
      `${PROVIDER}:CognitoSignIn:u-1`,
      'accounts.google.com',
      'accounts.google.com:app:g',
    ]);
  });

  it("of a developer's user, whose token tells what STS will be told", () => {
    const token = fakeJwt({
      amr: ['authenticated', 'login.app', 'login.app:pool:42'],
      'https://aws.amazon.com/tags': { principal_tags: { team: ['blue'] }, transitive_tag_keys: [] },
    });
    const developer = { providerName: 'login.app', userId: '42', by: 'profile' } as const;
    const facts = loginFacts(connection, {
      identityKey: 'dev:42',
      developer,
      logins: [{ provider: 'cognito-identity.amazonaws.com', token }],
    });
    assert.deepEqual(facts.amr, ['authenticated', 'login.app', 'login.app:pool:42']);
    assert.deepEqual(facts.ownTags, { team: 'blue' });
  });

  it('of a SAML assertion, as far as it names roles', () => {
    const provider = 'arn:aws:iam::123456789012:saml-provider/Corp';
    const xml = `<Response><Assertion><AttributeStatement><Attribute Name="https://aws.amazon.com/SAML/Attributes/Role"><AttributeValue>${provider},${arn('Editors')}</AttributeValue></Attribute></AttributeStatement></Assertion></Response>`;
    const token = Buffer.from(xml).toString('base64');
    const facts = loginFacts(connection, { identityKey: `idp:${provider}:x`, logins: [{ provider, token }] });
    assert.ok(facts.roleLogin.kind === 'login');
    assert.deepEqual(facts.roleLogin.claims, {
      'https://aws.amazon.com/SAML/Attributes/Role': [arn('Editors')],
    });
    assert.equal(facts.hidden, true);
  });
});
