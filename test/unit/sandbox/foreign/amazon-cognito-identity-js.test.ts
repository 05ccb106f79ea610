import assert from 'node:assert/strict';
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js';
import { startTestSandbox, type TestSandbox } from '../../../support/sandbox';

/** The library keeps tokens in a web storage; this one forgets them with the test. */
class Storage {
  private readonly items = new Map<string, string>();
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
  clear(): void {
    this.items.clear();
  }
}

interface SignIn {
  readonly session?: CognitoUserSession;
  readonly newPassword?: { attributes: Record<string, string>; required: readonly string[] };
}

describe('sandbox, judged by amazon-cognito-identity-js', function () {
  this.timeout(20_000);
  let sandbox: TestSandbox;

  before(async () => {
    sandbox = await startTestSandbox();
  });
  after(() => sandbox.stop());

  const cognitoUser = (Username: string): CognitoUser => {
    const Storage_ = new Storage();
    const Pool = new CognitoUserPool({
      UserPoolId: sandbox.userPoolId,
      ClientId: sandbox.webClientId,
      endpoint: sandbox.description.api,
      Storage: Storage_,
    });
    return new CognitoUser({ Username, Pool, Storage: Storage_ });
  };

  const signIn = (user: CognitoUser, Password: string): Promise<SignIn> =>
    new Promise((resolve, reject) => {
      const details = new AuthenticationDetails({ Username: user.getUsername(), Password });
      user.authenticateUser(details, {
        onSuccess: (session) => resolve({ session }),
        onFailure: reject,
        newPasswordRequired: (attributes: Record<string, string>, required: readonly string[]) =>
          resolve({ newPassword: { attributes, required } }),
      });
    });

  it('signs in by SRP', async () => {
    const { session } = await signIn(cognitoUser('reader'), sandbox.user('reader').password);
    assert.equal(session?.getIdToken().payload['cognito:username'], 'reader');
    assert.equal(session.isValid(), true);
  });

  it('signs in by SRP with an e-mail address', async () => {
    const { session } = await signIn(cognitoUser('reader@example.com'), sandbox.user('reader').password);
    assert.equal(session?.getIdToken().payload['cognito:username'], 'reader');
  });

  it('is refused with a wrong password, and as an unknown user', async () => {
    for (const name of ['reader', 'nobody'])
      await assert.rejects(signIn(cognitoUser(name), 'Wrong-1-Password'), {
        code: 'NotAuthorizedException',
        message: 'Incorrect username or password.',
      });
  });

  it('reads attributes, refreshes, and is signed out everywhere', async () => {
    const user = cognitoUser('admin');
    const { session } = await signIn(user, sandbox.user('admin').password);
    assert.ok(session);
    const email = await new Promise<unknown>((resolve, reject) => {
      user.getUserAttributes((error, attributes) =>
        error ? reject(error) : resolve(attributes?.find(({ Name }) => Name === 'email')?.Value),
      );
    });
    assert.equal(email, 'admin@example.com');
    const refreshed = await refresh(user, session);
    assert.notEqual(refreshed.getAccessToken().getJwtToken(), session.getAccessToken().getJwtToken());
    await new Promise<unknown>((resolve, reject) => {
      user.globalSignOut({ onSuccess: resolve, onFailure: reject });
    });
    // Asked without the library, which tries again for seconds before it gives a refused refresh up.
    const { body } = await sandbox.call('GetTokensFromRefreshToken', {
      ClientId: sandbox.webClientId,
      RefreshToken: session.getRefreshToken().getToken(),
    });
    assert.equal(body['message'], 'Refresh Token has been revoked');
  });

  it('changes a temporary password, once', async () => {
    const user = cognitoUser('newcomer');
    const { newPassword } = await signIn(user, sandbox.user('newcomer').password);
    assert.equal(newPassword?.attributes['email'], 'newcomer@example.com');
    assert.deepEqual(newPassword.required, []);
    const complete = (): Promise<CognitoUserSession> =>
      new Promise((resolve, reject) => {
        user.completeNewPasswordChallenge(
          'Changed-1-Sandbox!',
          {},
          { onSuccess: resolve, onFailure: reject },
        );
      });
    assert.equal((await complete()).isValid(), true);
    await assert.rejects(complete(), { code: 'NotAuthorizedException', message: /^Invalid session/ });
  });

  function refresh(user: CognitoUser, session: CognitoUserSession): Promise<CognitoUserSession> {
    return new Promise((resolve, reject) => {
      user.refreshSession(session.getRefreshToken(), (error, renewed: CognitoUserSession) =>
        error ? reject(error as Error) : resolve(renewed),
      );
    });
  }
});
