import assert from 'node:assert/strict';
import { RowScenes, testRows } from '../support/host-rows';
import { useWorld } from '../support/host-world';

/** The answer to NEW_PASSWORD_REQUIRED. */
const chosen = (newPassword: string) => ({ kind: 'new-password' as const, newPassword, attributes: {} });

/**
 * Rows of the error table that the sandbox can be brought to produce, each by itself and on the way that a person
 * takes. Rows 2 and 3, 36, 38 and the product's own of the network are produced in `faults-*`.
 */
describe('rows of the error table: user pools', () => {
  const world = useWorld();
  const scene = new RowScenes(world);

  testRows([
    {
      id: 'A1',
      what: 'a wrong password',
      scene: async () =>
        scene.signIn(world.entry('notes'), { ...(await world.newUser()), password: 'wrong' }),
      says: /user name or the password is not right/,
    },
    {
      id: 'A1',
      what: 'a user that does not exist, which the client hides',
      scene: () => scene.signIn(world.entry('notes'), { username: 'stranger', password: 'wrong' }),
      says: /Cognito says the same of a user that does not exist/,
    },
    {
      id: 'A4',
      what: 'a wrong client secret',
      scene: () => {
        world.person.types(/Client secret of backend/, 'not the secret');
        return scene.signIn(
          world.tokensOnly('backend', { clientId: scene.backendId(), hasClientSecret: true }),
          scene.reader(),
        );
      },
      says: /could not verify the secret/,
    },
    {
      id: 'A5',
      what: 'a client secret that the connection does not know of',
      scene: () => scene.signIn(world.tokensOnly('backend', { clientId: scene.backendId() }), scene.reader()),
      says: /has a secret, and none was sent/,
    },
    {
      id: 'A6',
      what: 'a secret for a public client',
      scene: () => {
        world.person.types(/Client secret of public/, 'needless');
        return scene.signIn(world.tokensOnly('public', { hasClientSecret: true }), scene.reader());
      },
      says: /has no secret, but one was sent/,
    },
    {
      id: 'A8',
      what: 'a wrong password with an e-mail address',
      scene: () => scene.signIn(world.entry('notes'), { username: 'reader@example.com', password: 'wrong' }),
      says: /USER_ID_FOR_SRP/,
    },
    {
      id: 'A9',
      what: 'the password flow where the client forbids it',
      scene: async () => {
        const ExplicitAuthFlows = ['ALLOW_USER_SRP_AUTH' as const, 'ALLOW_REFRESH_TOKEN_AUTH' as const];
        const clientId = await world.newClient({ ExplicitAuthFlows });
        return scene.signIn(world.tokensOnly('strict', { clientId, signIn: 'password' }), scene.reader());
      },
      says: /does not allow the password flow/,
    },
    {
      id: 'A10',
      what: 'SRP where the client forbids it',
      scene: async () => {
        const ExplicitAuthFlows = ['ALLOW_USER_PASSWORD_AUTH' as const, 'ALLOW_REFRESH_TOKEN_AUTH' as const];
        const clientId = await world.newClient({ ExplicitAuthFlows });
        return scene.signIn(world.tokensOnly('lax', { clientId }), scene.reader());
      },
      says: /does not allow SRP/,
    },
    {
      id: 'A17',
      what: 'a sign-up that was not confirmed',
      scene: async () => {
        const user = { username: `signed-up`, password: 'Signed-Up-1!' };
        const { status } = await world.sandbox.call('SignUp', {
          ClientId: world.sandbox.webClientId,
          Username: user.username,
          Password: user.password,
          UserAttributes: [{ Name: 'email', Value: `${user.username}@example.com` }],
        });
        assert.equal(status, 200);
        return scene.signIn(world.entry('notes'), user);
      },
      says: /has not confirmed the sign-up/,
    },
    {
      id: 'A18',
      what: 'a password that an administrator reset',
      scene: async () => {
        const clientId = await world.newClient({ PreventUserExistenceErrors: 'LEGACY' });
        const user = await world.newUser();
        await world.idp.adminResetUserPassword(scene.named(user.username));
        return scene.signIn(world.tokensOnly('legacy', { clientId }), user);
      },
      says: /must set a new password first/,
    },
    {
      id: 'A19',
      what: 'a user that does not exist, which the client shows',
      scene: async () => {
        const clientId = await world.newClient({ PreventUserExistenceErrors: 'LEGACY' });
        return scene.signIn(world.tokensOnly('legacy', { clientId }), {
          username: 'stranger',
          password: 'x',
        });
      },
      says: /There is no user stranger/,
    },
    {
      id: 'A20',
      what: 'a disabled user',
      scene: async () => {
        const user = await world.newUser();
        await world.idp.adminDisableUser(scene.named(user.username));
        return scene.signIn(world.entry('notes'), user);
      },
      says: /is disabled/,
    },
    {
      id: 'A21',
      what: 'a temporary password that has expired',
      scene: async () => {
        const user = await world.newUser({ temporary: true });
        await world.advance(8 * 86_400);
        return scene.signIn(world.entry('notes'), user, { method: 'password' });
      },
      says: /temporary password of .* has expired/,
    },
    {
      id: 'A22',
      what: 'a client that does not exist',
      scene: () => scene.signIn(world.tokensOnly('typo', { clientId: '5nosuchclient' }), scene.reader()),
      says: /There is no such app client/,
    },
    {
      id: 'A24',
      what: 'a new password without a required attribute',
      scene: async () => {
        const { UserPool } = await world.idp.createUserPool({
          PoolName: 'with-names',
          Schema: [{ Name: 'name', AttributeDataType: 'String', Required: true }],
        });
        const UserPoolId = UserPool?.Id ?? '';
        const { UserPoolClient } = await world.idp.createUserPoolClient({ UserPoolId, ClientName: 'app' });
        const user = { username: 'nameless', password: 'Nameless-1!' };
        const Username = user.username;
        await world.idp.adminCreateUser({
          UserPoolId,
          Username,
          TemporaryPassword: user.password,
          MessageAction: 'SUPPRESS',
        });
        const userPool = { userPoolId: UserPoolId, clientId: UserPoolClient?.ClientId };
        await world.connect(world.tokensOnly('names', userPool));
        return scene.challenge('names', user, async (asked) => {
          if (asked.problem) throw asked.problem;
          assert.ok('requiredAttributes' in asked);
          assert.deepEqual(asked.requiredAttributes, ['name']);
          return chosen('Nameless-2!');
        });
      },
      says: /needs the attribute name too/,
    },
    {
      id: 'A26',
      what: 'a new password that is too weak',
      scene: async () => {
        await world.connect(world.entry('notes'));
        return scene.challenge('notes', await world.newUser({ temporary: true }), async (asked) => {
          if ('problem' in asked && asked.problem) throw asked.problem;
          return chosen('weak');
        });
      },
      says: /Password not long enough/,
    },
    {
      id: 'A40',
      what: 'a refresh token that has expired',
      scene: async () => {
        await world.connect(world.entry('notes'));
        const ref = await world.signIn('notes', 'reader');
        await world.advance(31 * 86_400);
        return scene.renew(ref);
      },
      says: /end of its life/,
    },
    {
      id: 'A40',
      what: 'a refresh token that was revoked',
      scene: async () => {
        await world.connect(world.entry('notes'));
        const ref = await world.signIn('notes', 'reader');
        const { tokens } = await world.session(ref);
        await world.sandbox.call('GlobalSignOut', { AccessToken: tokens?.accessToken });
        return scene.renew(ref);
      },
      says: /was revoked/,
    },
    {
      id: 'A41',
      what: 'a refresh token of another client',
      scene: async () => {
        const clientId = await world.newClient();
        await world.connect(world.tokensOnly('one'), world.tokensOnly('two', { clientId }));
        const one = await world.signIn('one', 'reader');
        const two = await world.signIn('two', 'reader');
        const foreign = (await world.session(two)).tokens?.refreshToken;
        await world.doctor(one, (session) => ({
          ...session,
          ...(session.tokens ? { tokens: { ...session.tokens, refreshToken: foreign } } : {}),
        }));
        return scene.renew(one);
      },
      says: /issued to another app client/,
    },
    {
      id: 'A42',
      what: 'a rotated refresh token that another program has used',
      scene: async () => {
        const clientId = await world.newClient({ RefreshTokenRotation: { Feature: 'ENABLED' } });
        await world.connect(world.tokensOnly('rotating', { clientId }));
        const ref = await world.signIn('rotating', 'reader');
        const { tokens } = await world.session(ref);
        const input = { ClientId: clientId, RefreshToken: tokens?.refreshToken };
        assert.equal((await world.sandbox.call('GetTokensFromRefreshToken', input)).status, 200);
        return scene.renew(ref);
      },
      says: /has been used already/,
    },
  ]);
});
