import assert from 'node:assert/strict';
import type { Session } from '../../../../src/core/session/model';
import { IdentityScene } from '../../../support/identity-scene';

const OPEN = 'notes-app-open';

describe('identities of every kind before the sandbox', function () {
  this.timeout(20_000);
  let scene: IdentityScene;

  before(async () => {
    scene = await IdentityScene.start();
  });
  after(() => scene.sandbox.stop());
  afterEach(() => scene.tidy());

  const roleOf = async (session: Session): Promise<string> => (await scene.sessions.caller(session)).roleName;
  /** What the test says the session should have been, against what is stored. */
  const change = async (session: Session, over: Partial<Session>): Promise<void> =>
    scene.store.save({ ...session, ...over });

  it('a guest has the unauthenticated role, and the same identity the next time', async () => {
    const connection = scene.connect(OPEN);
    const { session } = await scene.sessions.beginAs(connection, { kind: 'guest' });
    assert.equal(await roleOf(session), 'OpenGuest');
    const { session: again } = await scene.sessions.beginAs(connection, { kind: 'guest' });
    assert.equal(again.identityId, session.identityId);
    assert.deepEqual(await scene.requestsOf(() => scene.sessions.refresh(again)), {
      GetCredentialsForIdentity: 1,
    });
  });

  it('a guest who signs in is linked; a second one is merged into that identity', async () => {
    const connection = scene.connect(OPEN);
    const first = (await scene.sessions.beginAs(connection, { kind: 'guest' })).session.identityId ?? '';
    const linked = await scene.sessions.signIn(connection, scene.as('reader'));
    assert.deepEqual(linked.identityChange, { kind: 'linked', from: first, to: first });
    assert.equal(await roleOf(linked.session), 'OpenReaders');
    await scene.sessions.signOut(linked.session);
    const second = (await scene.sessions.beginAs(connection, { kind: 'guest' })).session.identityId ?? '';
    const merged = await scene.sessions.signIn(connection, scene.as('reader'));
    assert.deepEqual(merged.identityChange, { kind: 'merged', from: second, to: first });
    // The guest of another window, whose identity is gone meanwhile.
    const guest = (await scene.sessions.beginAs(connection, { kind: 'guest' })).session;
    await change(guest, { identityId: second });
    const renewed = await scene.sessions.refresh(guest);
    assert.equal(renewed.identityChange?.kind, 'replaced');
    assert.notEqual(renewed.session.identityId, second);
  });

  it('a user of Google acts with that token alone, and can be linked to a user of the pool', async () => {
    const connection = scene.connect(OPEN);
    const login = await scene.google('g-linked');
    const identity = { kind: 'provider', login, subject: 'g-linked', name: 'g' } as const;
    const alone = await scene.sessions.beginAs(connection, identity);
    assert.equal(await roleOf(alone.session), 'OpenReaders');

    const { session } = await scene.sessions.signIn(connection, scene.as('both'));
    const own = await scene.google('g-of-both');
    const linked = await scene.sessions.link(session, own);
    assert.equal(linked.session.identityId, session.identityId);
    const byGoogle = { kind: 'provider', login: own, subject: 'g-of-both', name: 'g' } as const;
    const other = await scene.sessions.beginAs(connection, byGoogle);
    assert.equal(other.session.identityId, session.identityId, 'either login leads there');

    await scene.sessions.unlink(session, own.provider);
    const apart = await scene.sessions.beginAs(connection, byGoogle);
    assert.equal(apart.identityChange?.kind, 'replaced');
    assert.notEqual(apart.session.identityId, session.identityId);
  });

  it('a login that leads elsewhere already merges both identities, and says which one is left', async () => {
    const connection = scene.connect(OPEN);
    const login = await scene.google('g-older');
    const identity = { kind: 'provider', login, subject: 'g-older', name: 'g' } as const;
    const older = (await scene.sessions.beginAs(connection, identity)).session;
    const { session } = await scene.sessions.signIn(connection, scene.as('nobody'));
    const { session: joined, identityChange } = await scene.sessions.link(session, login);
    assert.ok([older.identityId, session.identityId].includes(joined.identityId));
    assert.deepEqual(
      [identityChange?.to ?? session.identityId, identityChange?.kind ?? 'replaced'],
      [joined.identityId, 'replaced'],
    );
    // Whoever is left behind finds the one that is left, by one more exchange.
    await scene.sessions.refresh(older);
    assert.equal((await scene.store.load(older))?.identityId, joined.identityId);
  });

  it('a developer-authenticated user gets the same identity every time, without GetId', async () => {
    const connection = scene.connect(OPEN);
    const developer = { providerName: 'login.notes.app', userId: 'rita', by: 'profile' } as const;
    const first = await scene.sessions.beginAs(connection, { kind: 'developer', developer });
    assert.equal(await roleOf(first.session), 'OpenReaders');
    await scene.pass(16);
    const asked = await scene.requestsOf(() => scene.sessions.refresh(first.session));
    assert.deepEqual(asked, { GetOpenIdTokenForDeveloperIdentity: 1, GetCredentialsForIdentity: 1 });
    assert.equal((await scene.store.load(first.session))?.identityId, first.session.identityId);
  });

  it('a developer-authenticated user whose identity was deleted gets another', async () => {
    const connection = scene.connect(OPEN);
    const developer = { providerName: 'login.notes.app', userId: 'deleted', by: 'profile' } as const;
    const { session } = await scene.sessions.beginAs(connection, { kind: 'developer', developer });
    await scene.admin.deleteIdentities({ IdentityIdsToDelete: [session.identityId ?? ''] });
    const { identityChange } = await scene.sessions.refresh(session);
    assert.equal(identityChange?.kind, 'replaced');
  });

  it('the basic flow gives the role that was named, for as long as it may', async () => {
    const roleArn = scene.role('OpenAuditor');
    const connection = scene.connect(OPEN, { flow: 'basic', roleArn, durationSeconds: 7200 });
    const { session } = await scene.sessions.signIn(connection, scene.as('reader'));
    assert.equal(await roleOf(session), 'OpenAuditor');
    const left = (session.credentials?.expiresAt ?? 0) - scene.now();
    assert.ok(left > 7_100_000 && left < 7_205_000, `two hours: ${left}`);
    scene.connect(OPEN, { flow: 'basic', roleArn, durationSeconds: 43_200 });
    await assert.rejects(scene.sessions.refresh(session), { awsCode: 'ValidationError' });
  });

  it('a role is chosen among those of the token, and no other', async () => {
    const connection = scene.connect('notes-app');
    const { session } = await scene.sessions.signIn(connection, scene.as('both'));
    assert.equal(await roleOf(session), 'Admins');
    const { session: chosen } = await scene.sessions.chooseRole(session, scene.role('Readers'));
    assert.equal(await roleOf(chosen), 'Readers');
    await assert.rejects(scene.sessions.chooseRole(session, scene.role('Guest')), {
      awsCode: 'NotAuthorizedException',
    });
    assert.equal(await roleOf(session), 'Readers', 'a refusal changes nothing');
  });

  it('rules choose by the claims of the token; whom none fits is denied', async () => {
    const connection = scene.connect('notes-app-rules');
    const found: Record<string, string | undefined> = {};
    for (const username of ['admin', 'both', 'reader', 'nobody']) {
      const { session, federationError } = await scene.sessions.signIn(connection, scene.as(username));
      found[username] = federationError ? federationError.message : await roleOf(session);
    }
    assert.deepEqual([found.admin, found.both, found.reader], ['RulesAdmins', 'RulesAdmins', 'RulesReaders']);
    assert.match(found.nobody ?? '', /ambiguous role mapping rules denied/);
  });

  describe('with something gone wrong meanwhile', () => {
    it('the identity ID of another user is asked for anew, once', async () => {
      const connection = scene.connect('notes-app');
      const reader = (await scene.sessions.signIn(connection, scene.as('reader'))).session;
      const admin = (await scene.sessions.signIn(connection, scene.as('admin'))).session;
      await change(reader, { identityId: admin.identityId });
      const asked = await scene.requestsOf(() => scene.sessions.refresh(reader));
      assert.deepEqual(asked, { GetCredentialsForIdentity: 2, GetId: 1 });
      assert.equal((await scene.store.load(reader))?.identityId, reader.identityId);
    });

    it('a deleted identity gets a successor, and the person is told', async () => {
      const connection = scene.connect('notes-app');
      const { session } = await scene.sessions.signIn(connection, scene.as('reader'));
      await scene.admin.deleteIdentities({ IdentityIdsToDelete: [session.identityId ?? ''] });
      const { identityChange } = await scene.sessions.refresh(session);
      assert.deepEqual([identityChange?.kind, identityChange?.from], ['replaced', session.identityId]);
    });

    it('an identity pool made anew under the same name: the old id is refused, the new one wants a sign-in', async () => {
      const make = () =>
        scene.admin.createIdentityPool({
          IdentityPoolName: 'again',
          AllowUnauthenticatedIdentities: true,
          CognitoIdentityProviders: [
            { ProviderName: scene.sandbox.providerName, ClientId: scene.sandbox.webClientId },
          ],
        });
      const [first, second] = [await make(), await make()];
      for (const { IdentityPoolId } of [first, second])
        await scene.admin.setIdentityPoolRoles({
          IdentityPoolId,
          Roles: { authenticated: scene.role('OpenReaders') },
        });
      await scene.iam.updateAssumeRolePolicy({
        RoleName: 'OpenReaders',
        PolicyDocument: trusting(first.IdentityPoolId, second.IdentityPoolId, scene.pool(OPEN)),
      });
      const connection = scene.connect(OPEN, { identityPoolId: first.IdentityPoolId ?? '' });
      const { session, federationError } = await scene.sessions.signIn(connection, scene.as('reader'));
      assert.equal(federationError, undefined);
      await scene.admin.deleteIdentityPool({ IdentityPoolId: first.IdentityPoolId });
      const asked = await scene.requestsOf(() =>
        assert.rejects(scene.sessions.refresh(session), { awsCode: 'ResourceNotFoundException' }),
      );
      assert.ok((asked.GetCredentialsForIdentity ?? 0) <= 1 && (asked.GetId ?? 0) <= 1, 'no loop');
      scene.connect(OPEN, { identityPoolId: second.IdentityPoolId ?? '' });
      await assert.rejects(scene.sessions.refresh(session), { code: 'session.other-configuration' });
    });

    it('an ID token that ends between GetId and the credentials is renewed, and the exchange goes on', async () => {
      const connection = scene.connect('notes-app');
      const { session } = await scene.sessions.signIn(connection, scene.as('reader'));
      await change(session, { identityId: undefined });
      let late = false;
      scene.change = (api) =>
        Object.assign(Object.create(api) as typeof api, {
          getId: async (...request: Parameters<typeof api.getId>) => {
            const id = await api.getId(...request);
            if (late) return id;
            late = true;
            await scene.sandbox.control.advance(3601);
            return id;
          },
        });
      const asked = await scene.requestsOf(() => scene.sessions.refresh(session));
      assert.equal(asked.GetTokensFromRefreshToken, 1);
      assert.equal((await scene.store.load(session))?.identityId, session.identityId);
      await scene.sandbox.control.advance(-3601);
    });

    it('a role that was deleted is one clear refusal, and a role that is there again works', async () => {
      const RoleName = 'Passing';
      const PolicyDocument = trusting(scene.pool(OPEN));
      const create = () => scene.iam.createRole({ RoleName, AssumeRolePolicyDocument: PolicyDocument });
      await create();
      const { roles } = await rolesOf(scene);
      await scene.admin.setIdentityPoolRoles({
        IdentityPoolId: scene.pool(OPEN),
        Roles: { ...roles, authenticated: scene.role(RoleName) },
      });
      const connection = scene.connect(OPEN);
      const { session, federationError } = await scene.sessions.signIn(connection, scene.as('reader'));
      assert.equal(federationError, undefined);
      await scene.iam.deleteRole({ RoleName });
      const asked = await scene.requestsOf(() =>
        assert.rejects(scene.sessions.refresh(session), {
          awsCode: 'InvalidIdentityPoolConfigurationException',
        }),
      );
      assert.deepEqual(asked, { GetCredentialsForIdentity: 1 });
      await create();
      await scene.sessions.refresh(session);
      await scene.admin.setIdentityPoolRoles({ IdentityPoolId: scene.pool(OPEN), Roles: roles });
    });
  });
});

function trusting(...pools: (string | undefined)[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: 'cognito-identity.amazonaws.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { 'cognito-identity.amazonaws.com:aud': pools } },
      },
    ],
  });
}

async function rolesOf(scene: IdentityScene): Promise<{ roles: Record<string, string> }> {
  const { Roles = {} } = await scene.admin.getIdentityPoolRoles({ IdentityPoolId: scene.pool(OPEN) });
  return { roles: Roles };
}
