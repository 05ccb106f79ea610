import { originOf } from '../connection/derive';
import type { Connection } from '../connection/model';
import type { AuthTokens } from '../ports';
import type { SignedIn, SignInRequest } from '../signin/sign-in';
import { appIdentityKey, identityKeyOfClaims } from './keys';
import type { Session } from './model';
import { claimsOf, tokenSet, usernameOf } from './token-set';

/** The session of a user who has just signed in, at `now` (milliseconds). Throws `token.invalid` without a subject. */
export function userSession(
  connection: Connection,
  request: Pick<SignInRequest, 'method' | 'username'>,
  signedIn: SignedIn,
  now: number,
): Session {
  const tokens = tokenSet(signedIn.tokens, now);
  const claims = claimsOf(tokens.idToken ?? tokens.accessToken);
  const username = usernameOf(tokens) ?? signedIn.username;
  return {
    version: 1,
    connectionId: connection.id,
    identityKey: identityKeyOfClaims(claims),
    // In pools that sign in by e-mail or phone the user name is the sub, and for users of an identity provider it is
    // made of that provider's: neither says anything to anybody.
    name: username === claims.sub || claims.identities !== undefined ? request.username : username,
    signInName: request.username,
    signInMethod: request.method,
    origin: originOf(connection),
    tokens,
    ...(signedIn.deviceKey === undefined ? {} : { deviceKey: signedIn.deviceKey }),
    signedInAt: now,
  };
}

/** The session of an app that got an access token for itself, at `now` (milliseconds). */
export function appSession(connection: Connection, tokens: AuthTokens, now: number): Session {
  return {
    version: 1,
    connectionId: connection.id,
    identityKey: appIdentityKey,
    name: appIdentityKey,
    origin: originOf(connection),
    tokens: tokenSet(tokens, now),
    signedInAt: now,
  };
}

/** What a new sign-in takes over of the same identity's session before. */
export function inheriting(session: Session, { identityId, logins, roleArn }: Session): Session {
  return {
    ...session,
    ...(logins === undefined ? {} : { logins }),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(identityId === undefined ? {} : { identityId }),
  };
}
