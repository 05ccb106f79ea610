import type { DeveloperIdentityApi } from '../admin-port';
import type { Connection } from '../connection/model';
import type { Clock } from '../ports';
import { decodeToken } from '../tokens/decode';
import type { DeveloperTokens } from './renewal';

/** What GetOpenIdTokenForDeveloperIdentity gives without a duration, in seconds. */
const DEFAULT_SECONDS = 900;

/** Asks Cognito with an administrator's credentials. Throws as `adminFor` and its API. */
export function developerTokensBy(
  adminFor: (connection: Connection) => Promise<DeveloperIdentityApi>,
  clock: Clock,
): DeveloperTokens {
  return async (connection, developer, identityId, signal) => {
    const api = await adminFor(connection);
    const { providerName, userId, tokenSeconds, principalTags } = developer;
    const request = {
      logins: { [providerName]: userId },
      identityId,
      durationSeconds: tokenSeconds,
      principalTags,
    };
    const asked = clock.now();
    const made = await api.getOpenIdTokenForDeveloperIdentity(request, signal);
    return { ...made, expiresAt: endOf(made.token) ?? asked + (tokenSeconds ?? DEFAULT_SECONDS) * 1000 };
  };
}

/** The token's own `exp`, in milliseconds. */
function endOf(token: string): number | undefined {
  try {
    const { exp } = decodeToken(token).claims;
    return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
