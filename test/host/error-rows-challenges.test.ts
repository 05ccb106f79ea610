import assert from 'node:assert/strict';
import { TOTP } from 'otpauth';
import type { SessionRef } from '../../src/core/session/model';
import type { ChallengeAnswer, PendingChallenge } from '../../src/core/signin/challenge';
import { RowScenes, testRows } from '../support/host-rows';
import { useWorld } from '../support/host-world';

/** Gives these answers; what is refused is the end, as if the person gave up there. */
function answers(...given: ChallengeAnswer[]) {
  return (asked: PendingChallenge): Promise<ChallengeAnswer> => {
    if ('problem' in asked && asked.problem) return Promise.reject(asked.problem);
    const next = given.shift();
    return next ? Promise.resolve(next) : Promise.reject(new Error(`asked too often: ${asked.kind}`));
  };
}

const code = (digits: string): ChallengeAnswer => ({ kind: 'code', code: digits });

/** Rows of challenges, second factors, triggers and the person's own account. */
describe('rows of the error table: challenges and accounts', () => {
  const world = useWorld();
  const scene = new RowScenes(world);

  /** Sign-in of a name alone: this flow asks for no password. */
  const nameOnly = (entry: ReturnType<typeof world.entry>) => async () => {
    await world.connect(entry);
    world.person.types(/User name, or/, 'reader');
    return scene.command('signIn', { connectionId: entry['id'] });
  };
  const ofPool = async (options: Parameters<typeof world.newPool>[0], more = {}) => {
    const { user, ...pool } = await world.newPool(options);
    return scene.signIn(world.tokensOnly('own', { ...pool, ...more }), user);
  };
  const signedIn = async (username = 'reader'): Promise<SessionRef> => {
    await world.connect(world.entry('notes'));
    return world.signIn('notes', username);
  };
  /** Sign Up… as far as it goes: the name, an address, the password. */
  const signUp = (connectionId: string, username: string, email: string) => {
    world.person
      .types(/User name, or/, username)
      .types(/E-mail address/, email)
      .types(/New password/, 'Some-1-Password!')
      .types(/password again/, 'Some-1-Password!');
    return scene.command('signUp', { connectionId });
  };

  testRows([
    {
      id: 'A12',
      what: 'custom challenges that the client forbids',
      scene: async () => scene.signIn(world.tokensOnly('plain', { signIn: 'custom' }), scene.reader()),
      says: /does not allow custom challenges/,
    },
    {
      id: 'A12',
      what: 'custom challenges without the triggers for them',
      scene: () => ofPool({}, { signIn: 'custom' }),
      says: /trigger/i,
    },
    {
      id: 'A14',
      what: 'a trigger that leads nowhere',
      scene: () => ofPool({ LambdaConfig: { PreAuthentication: world.functionArn('nobody') } }),
      says: /lambda:InvokeFunction/,
    },
    {
      id: 'A15',
      what: 'a trigger that refuses, in its own words',
      scene: () => ofPool({ LambdaConfig: { PreAuthentication: world.functionArn('refusing') } }),
      says: /Only on weekdays/,
    },
    {
      id: 'A16',
      what: 'a trigger that answers nothing of use',
      scene: () => ofPool({ LambdaConfig: { PreAuthentication: world.functionArn('speechless') } }),
      says: /trigger/i,
    },
    {
      id: 'A27',
      what: 'a session that is over, twice',
      scene: () =>
        scene.challengeOf('sms', async () => {
          await world.advance(200);
          return code('123456');
        }),
      says: /3 minutes/,
    },
    {
      id: 'A28',
      what: 'a wrong code by SMS',
      scene: () => scene.challengeOf('sms', answers(code('000000000'))),
      says: /newest/,
    },
    {
      id: 'A29',
      what: "an authenticator's code that was used before",
      scene: async () => {
        const { totpSecret: secret } = world.sandbox.userAnywhere('totp').user;
        assert.ok(secret);
        const once = code(new TOTP({ secret }).generate());
        await scene.challengeOf('totp', answers(once));
        return scene.challengeOf('totp', answers(once));
      },
      says: /code/,
    },
    {
      id: 'A32',
      what: 'an authenticator in a pool without them',
      scene: async () => {
        const ref = await signedIn();
        world.person.picks(/MFA of reader/, 'Authenticator app');
        return scene.command('setUpMfa', { ref });
      },
      says: /authenticator|TOTP/i,
    },
    {
      id: 'A33',
      what: 'a first code of an authenticator that is wrong',
      scene: () =>
        scene.challengeOf('setup', answers({ kind: 'totp-setup', code: '000000', deviceName: 'phone' })),
      says: /clock/,
    },
    {
      id: 'A35',
      what: 'a user whose only factor was taken away',
      scene: async () => {
        const { user, ...pool } = await world.newPool({}, { phone_number: '+12065550199' });
        const named = { UserPoolId: pool.userPoolId, Username: user.username };
        await world.idp.setUserPoolMfaConfig({
          UserPoolId: pool.userPoolId,
          MfaConfiguration: 'OPTIONAL',
          SmsMfaConfiguration: {
            SmsConfiguration: { SnsCallerArn: world.role('SendsSms'), ExternalId: 'sandbox' },
          },
        });
        const SMSMfaSettings = { Enabled: true, PreferredMfa: true };
        await world.idp.adminSetUserMFAPreference({ ...named, SMSMfaSettings });
        await world.idp.adminDeleteUserAttributes({ ...named, UserAttributeNames: ['phone_number'] });
        return scene.signIn(world.tokensOnly('factorless', pool), user);
      },
      says: /factor/,
    },
    {
      id: 'A37',
      what: 'codes that were asked for too often',
      scene: async () => {
        await world.connect(world.entry('notes'));
        const { username } = await world.newUser();
        const input = { ClientId: world.sandbox.webClientId, Username: username };
        for (let turn = 0; turn < 20; turn++) await world.sandbox.call('ForgotPassword', input);
        return scene.command('forgotPassword', { connectionId: 'notes', username });
      },
      says: /an hour/,
      onlyTime: true,
    },
    {
      id: 'A43',
      what: 'choice-based sign-in that the client forbids',
      scene: () => nameOnly(world.tokensOnly('plain', { signIn: 'choice' }))(),
      says: /ALLOW_USER_AUTH/,
    },
    {
      id: 'A45',
      what: 'an ID token in place of the access token',
      scene: async () => {
        const ref = await signedIn();
        await world.doctor(ref, ({ tokens, ...session }) => ({
          ...session,
          ...(tokens ? { tokens: { ...tokens, accessToken: tokens.idToken ?? '' } } : {}),
        }));
        return scene.command('setUpMfa', { ref });
      },
      says: /access token/i,
    },
    {
      id: 'A46',
      what: 'an access token that was revoked',
      scene: async () => {
        const ref = await signedIn();
        const { tokens } = await world.session(ref);
        await world.sandbox.call('GlobalSignOut', { AccessToken: tokens?.accessToken });
        return scene.command('setUpMfa', { ref });
      },
      says: /revoked/,
    },
    {
      id: 'A48',
      what: 'a sign-up by a name where the pool wants an address',
      scene: async () => {
        const { userPoolId, clientId } = await world.newPool(
          { UsernameAttributes: ['email'] },
          { email: 'somebody@example.com' },
        );
        await world.connect(world.tokensOnly('addresses', { userPoolId, clientId }));
        return signUp('addresses', 'plain', 'plain@example.com');
      },
      says: /e-mail address/,
    },
    {
      id: 'N.account.user-exists',
      what: 'a sign-up by a name that is taken',
      scene: async () => {
        await world.connect(world.entry('notes'));
        return signUp('notes', 'reader', 'another@example.com');
      },
      says: /reset the password/,
    },
    {
      id: 'N.account.alias-exists',
      what: 'a sign-up with the address of somebody else',
      scene: async () => {
        await world.connect(world.entry('notes'));
        world.person.typesLater(/Confirm twin/, () => world.sandbox.lastCode('twin'));
        return signUp('notes', 'twin', 'reader@example.com');
      },
      says: /only one confirmed user/,
    },
    {
      id: 'N.account.sign-up-closed',
      what: 'a sign-up where only administrators make users',
      scene: async () => {
        const { userPoolId, clientId } = await world.newPool({
          AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
        });
        await world.connect(world.tokensOnly('closed', { userPoolId, clientId }));
        return signUp('closed', 'outsider', '');
      },
      says: /AllowAdminCreateUserOnly/,
    },
    {
      id: 'N.account.confirmed-already',
      what: 'a code for a user who was confirmed meanwhile',
      scene: async () => {
        const username = 'confirmed-meanwhile';
        await world.sandbox.call('SignUp', {
          ClientId: world.sandbox.webClientId,
          Username: username,
          Password: 'Signed-Up-1!',
          UserAttributes: [{ Name: 'email', Value: `${username}@example.com` }],
        });
        const refused = await scene.signIn(world.entry('notes'), { username, password: 'Signed-Up-1!' });
        await world.idp.adminConfirmSignUp(scene.named(username));
        world.explained.length = 0;
        const { node } = await world.connectionLine('notes');
        assert.ok(node.kind === 'connection' && node.entry.ok);
        const { connection } = node.entry;
        await world.handle.failures.run('confirm-sign-up', refused, { connection, username });
        return world.person.until('explanation', () => world.explained.at(-1));
      },
      says: /confirmed before/,
    },
    {
      id: 'N.account.no-address',
      what: 'a forgotten password of a user without an address',
      scene: async () => {
        const { user, ...pool } = await world.newPool();
        await world.connect(world.tokensOnly('addressless', pool));
        return scene.command('forgotPassword', { connectionId: 'addressless', username: user.username });
      },
      says: /verified/,
    },
    {
      id: 'N.account.not-resettable',
      what: 'a forgotten password of a user who never chose one',
      scene: async () => {
        await world.connect(world.entry('notes'));
        const { username } = await world.newUser({ temporary: true });
        return scene.command('forgotPassword', { connectionId: 'notes', username });
      },
      says: /temporary/,
    },
  ]);
});
