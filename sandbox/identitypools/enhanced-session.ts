import type { IssuedCredentials } from '../kernel/types';
import { GUEST_SESSION_POLICIES, RoleRefused, type RoleSessions } from '../sts';
import { invalidConfiguration } from './roles';

/** The issuer of identity pools' own tokens: the federated principal of trust policies, and the prefix of keys. */
export const FEDERATED = 'cognito-identity.amazonaws.com';
const SESSION_NAME = 'CognitoIdentityCredentials';
/** Of the enhanced flow; nobody can change it. */
const LIFETIME_SECONDS = 3600;

export interface EnhancedRequest {
  readonly poolId: string;
  readonly identityId: string;
  /** `unauthenticated`, or `authenticated` and what is known of the logins. */
  readonly amr: readonly string[];
  readonly roleArn: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * The credentials of the enhanced flow. Guests are bounded by the scope-down policies whatever their role says.
 * Throws InvalidIdentityPoolConfigurationException for every refusal of STS, as AWS hides them.
 */
export function enhancedSession(
  sessions: RoleSessions,
  request: EnhancedRequest,
): IssuedCredentials & { readonly sessionToken: string; readonly expiresAt: number } {
  const { poolId, identityId, amr, roleArn, tags } = request;
  const guest = amr.includes('unauthenticated');
  try {
    return sessions.assume({
      roleArn,
      sessionName: SESSION_NAME,
      federated: FEDERATED,
      context: { [`${FEDERATED}:aud`]: poolId, [`${FEDERATED}:amr`]: amr, [`${FEDERATED}:sub`]: identityId },
      ...(tags === undefined ? {} : { tags }),
      durationSeconds: LIFETIME_SECONDS,
      ...(guest ? { sessionPolicies: GUEST_SESSION_POLICIES, ownPolicies: false } : {}),
    }).credentials;
  } catch (error) {
    throw error instanceof RoleRefused ? invalidConfiguration() : error;
  }
}
