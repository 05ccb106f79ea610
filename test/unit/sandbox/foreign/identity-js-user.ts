import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js';
import type { TestSandbox } from '../../../support/sandbox';

/** The library keeps tokens and devices in a web storage; this one forgets them with the test. */
export class MemoryStorage {
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
  /** The keys whose names end so. */
  keys(ending: string): readonly string[] {
    return [...this.items.keys()].filter((key) => key.endsWith(ending));
  }
}

/** What the library called back with: the name of the callback, and what came with it. */
export interface Outcome {
  readonly callback:
    | 'onSuccess'
    | 'newPasswordRequired'
    | 'mfaRequired'
    | 'totpRequired'
    | 'selectMFAType'
    | 'mfaSetup'
    | 'customChallenge';
  readonly session?: CognitoUserSession;
  readonly parameters: Readonly<Record<string, string>>;
  /** The user must say whether the device is remembered. */
  readonly askAboutDevice: boolean;
}

/** Runs one of the library's operations to whichever callback it ends in; rejects for onFailure. */
export function outcome(start: (callbacks: Callbacks) => void): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const asked =
      (callback: Outcome['callback']) =>
      (_name: unknown, parameters: Record<string, string>): void =>
        resolve({ callback, parameters, askAboutDevice: false });
    start({
      onSuccess: (session, askAboutDevice) =>
        resolve({
          callback: 'onSuccess',
          session,
          parameters: {},
          askAboutDevice: askAboutDevice === true,
        }),
      onFailure: reject,
      newPasswordRequired: asked('newPasswordRequired'),
      mfaRequired: asked('mfaRequired'),
      totpRequired: asked('totpRequired'),
      selectMFAType: asked('selectMFAType'),
      mfaSetup: asked('mfaSetup'),
      customChallenge: (parameters) =>
        resolve({ callback: 'customChallenge', parameters, askAboutDevice: false }),
    });
  });
}

type Asked = (name: unknown, parameters: Record<string, string>) => void;

interface Callbacks {
  onSuccess(session: CognitoUserSession, askAboutDevice?: boolean): void;
  onFailure(this: void, error: Error): void;
  newPasswordRequired: Asked;
  mfaRequired: Asked;
  totpRequired: Asked;
  selectMFAType: Asked;
  mfaSetup: Asked;
  customChallenge(parameters: Record<string, string>): void;
}

/** A seeded user of any pool, as the library sees one. */
export function libraryUser(
  sandbox: TestSandbox,
  username: string,
  storage = new MemoryStorage(),
): CognitoUser {
  const { userPoolId, clientId } = sandbox.userAnywhere(username);
  const Pool = new CognitoUserPool({
    UserPoolId: userPoolId,
    ClientId: clientId,
    endpoint: sandbox.description.api,
    Storage: storage,
  });
  return new CognitoUser({ Username: username, Pool, Storage: storage });
}

/** Signs in by SRP with the seed's password, or another. */
export function signIn(sandbox: TestSandbox, user: CognitoUser, password?: string): Promise<Outcome> {
  const Username = user.getUsername();
  const Password = password ?? sandbox.userAnywhere(Username).user.password;
  return outcome((callbacks) =>
    user.authenticateUser(new AuthenticationDetails({ Username, Password }), callbacks),
  );
}
