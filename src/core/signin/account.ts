import type { Connection } from '../connection/model';
import { WorkbenchError } from '../errors';
import type {
  ClientUser,
  CodeDelivery,
  Digest,
  MfaPreference,
  PoolDevice,
  PoolPasskey,
  PoolUser,
  UserPoolApi,
} from '../ports';
import { secretHash } from './secret-hash';
import { otpauthUri } from './totp';

/** The pool that an account belongs to, and how to reach it. */
export interface AccountPlace {
  readonly connection: Connection;
  readonly api: UserPoolApi;
  readonly digest: Digest;
  /** Needed where the app client has a secret. */
  readonly clientSecret?: string | undefined;
}

/** Somebody who is signed in. The token must carry the scope aws.cognito.signin.user.admin. */
export interface SignedInUser {
  readonly api: UserPoolApi;
  readonly accessToken: string;
}

export interface SignUpOutcome {
  /** No code is needed: the pool confirms by itself. */
  readonly confirmed: boolean;
  readonly delivery?: CodeDelivery | undefined;
}

/** More pages than any user fills; a server that never ends must not keep us forever. */
const MOST_PAGES = 50;

/** SignUp. Throws `signin.flow-unsupported`, `signin.secret-missing`, and what the API throws, as all of these do. */
export async function signUp(
  place: AccountPlace,
  user: {
    readonly username: string;
    readonly password?: string | undefined;
    readonly attributes?: Readonly<Record<string, string>> | undefined;
  },
  signal?: AbortSignal,
): Promise<SignUpOutcome> {
  const { confirmed, delivery } = await place.api.signUp(
    { ...clientUser(place, user.username), password: user.password, attributes: user.attributes ?? {} },
    signal,
  );
  return { confirmed, delivery };
}

/** ConfirmSignUp with the code of the message. `session` can begin a sign-in by the method `choice`. */
export async function confirmSignUp(
  place: AccountPlace,
  { username, code }: { readonly username: string; readonly code: string },
  signal?: AbortSignal,
): Promise<{ readonly session?: string | undefined }> {
  return place.api.confirmSignUp({ ...clientUser(place, username), code }, signal);
}

/** ResendConfirmationCode: where the new code goes. */
export async function resendConfirmationCode(
  place: AccountPlace,
  username: string,
  signal?: AbortSignal,
): Promise<CodeDelivery> {
  return place.api.resendConfirmationCode(clientUser(place, username), signal);
}

/** ForgotPassword: where the code goes. Clients that hide unknown users name a made-up destination for those. */
export async function forgotPassword(
  place: AccountPlace,
  username: string,
  signal?: AbortSignal,
): Promise<CodeDelivery> {
  return place.api.forgotPassword(clientUser(place, username), signal);
}

/** ConfirmForgotPassword: sets the new password by the code. */
export async function confirmForgotPassword(
  place: AccountPlace,
  {
    username,
    code,
    password,
  }: { readonly username: string; readonly code: string; readonly password: string },
  signal?: AbortSignal,
): Promise<void> {
  return place.api.confirmForgotPassword({ ...clientUser(place, username), code, password }, signal);
}

/** ChangePassword of somebody who is signed in; `previous` is left out by users without a password. */
export function changePassword(
  { api, accessToken }: SignedInUser,
  { previous, proposed }: { readonly previous?: string | undefined; readonly proposed: string },
  signal?: AbortSignal,
): Promise<void> {
  return api.changePassword({ accessToken, previousPassword: previous, proposedPassword: proposed }, signal);
}

/** GetUser: attributes and MFA settings. */
export function getUser({ api, accessToken }: SignedInUser, signal?: AbortSignal): Promise<PoolUser> {
  return api.getUser({ accessToken }, signal);
}

/** AssociateSoftwareToken: a new TOTP secret in base32, and what a QR code says of it. */
export async function associateSoftwareToken(
  { api, accessToken }: SignedInUser,
  label: { readonly issuer: string; readonly username: string },
  signal?: AbortSignal,
): Promise<{ readonly secret: string; readonly otpauthUri: string }> {
  const { secret } = await api.associateSoftwareToken({ accessToken }, signal);
  return { secret, otpauthUri: otpauthUri({ ...label, secret }) };
}

/** VerifySoftwareToken with the authenticator's first code: whether it fits. A wrong one usually throws EnableSoftwareTokenMFAException. */
export async function verifySoftwareToken(
  { api, accessToken }: SignedInUser,
  { code, deviceName }: { readonly code: string; readonly deviceName?: string | undefined },
  signal?: AbortSignal,
): Promise<boolean> {
  const { status } = await api.verifySoftwareToken({ accessToken, code, deviceName }, signal);
  return status === 'SUCCESS';
}

/** SetUserMFAPreference; what is left out stays as it is. */
export function setUserMfaPreference(
  { api, accessToken }: SignedInUser,
  preferences: {
    readonly sms?: MfaPreference | undefined;
    readonly softwareToken?: MfaPreference | undefined;
    readonly email?: MfaPreference | undefined;
  },
  signal?: AbortSignal,
): Promise<void> {
  return api.setUserMfaPreference({ accessToken, ...preferences }, signal);
}

/** ListDevices, all pages. */
export function listDevices({ api, accessToken }: SignedInUser, signal?: AbortSignal): Promise<PoolDevice[]> {
  return allPages(async (nextToken) => {
    const page = await api.listDevices({ accessToken, nextToken }, signal);
    return { items: page.devices, nextToken: page.nextToken };
  });
}

/** ForgetDevice at Cognito; `Sessions.forgetDevice` forgets the stored one with it. */
export function forgetDevice(
  { api, accessToken }: SignedInUser,
  deviceKey: string,
  signal?: AbortSignal,
): Promise<void> {
  return api.forgetDevice({ accessToken, deviceKey }, signal);
}

/** UpdateDeviceStatus: whether the device takes the place of a second factor. */
export function updateDeviceStatus(
  { api, accessToken }: SignedInUser,
  { deviceKey, remembered }: { readonly deviceKey: string; readonly remembered: boolean },
  signal?: AbortSignal,
): Promise<void> {
  return api.updateDeviceStatus({ accessToken, deviceKey, remembered }, signal);
}

/** ListWebAuthnCredentials, all pages. */
export function listWebAuthnCredentials(
  { api, accessToken }: SignedInUser,
  signal?: AbortSignal,
): Promise<PoolPasskey[]> {
  return allPages(async (nextToken) => {
    const page = await api.listWebAuthnCredentials({ accessToken, nextToken }, signal);
    return { items: page.passkeys, nextToken: page.nextToken };
  });
}

/** DeleteWebAuthnCredential. */
export function deleteWebAuthnCredential(
  { api, accessToken }: SignedInUser,
  credentialId: string,
  signal?: AbortSignal,
): Promise<void> {
  return api.deleteWebAuthnCredential({ accessToken, credentialId }, signal);
}

/** GlobalSignOut: every session of the user ends, everywhere. */
export function globalSignOut({ api, accessToken }: SignedInUser, signal?: AbortSignal): Promise<void> {
  return api.globalSignOut({ accessToken }, signal);
}

/** The hash is over the user name of this very request, as typed. */
function clientUser({ connection, digest, clientSecret }: AccountPlace, username: string): ClientUser {
  const pool = connection.userPool;
  if (!pool) {
    const detail = 'the connection has no user pool';
    throw new WorkbenchError('signin.flow-unsupported', detail, { detail });
  }
  const { clientId } = pool;
  if (!pool.hasClientSecret) return { clientId, username };
  if (!clientSecret) {
    const data = { connectionId: connection.id, clientId };
    throw new WorkbenchError('signin.secret-missing', `no client secret for client ${clientId}`, data);
  }
  return { clientId, username, secretHash: secretHash(digest, username, clientId, clientSecret) };
}

async function allPages<T>(
  ask: (
    nextToken: string | undefined,
  ) => Promise<{ readonly items: readonly T[]; readonly nextToken?: string | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await ask(nextToken);
    all.push(...answer.items);
    if (!answer.nextToken || answer.nextToken === nextToken) break;
    nextToken = answer.nextToken;
  }
  return all;
}
