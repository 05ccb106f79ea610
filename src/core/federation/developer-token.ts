import { parseIdentityPoolId } from '../connection/ids';
import { WorkbenchError } from '../errors';
import type { Digest } from '../ports';
import { decodeToken } from '../tokens/decode';
import { loginFor } from './providers-login';

/** What a developer's backend gave: the answer of GetOpenIdTokenForDeveloperIdentity, read. Claims are unverified. */
export interface BackendAnswer {
  readonly token: string;
  readonly identityId: string;
  /** Milliseconds. */
  readonly expiresAt?: number | undefined;
  /** The identity pool that the token is for. */
  readonly identityPoolId?: string | undefined;
  /** Developer provider and the user's identifier there, as the token tells. */
  readonly providerName?: string | undefined;
  readonly userId?: string | undefined;
  /** The identity ID that was pasted beside the token, where it is another one than the token's. */
  readonly otherIdentityId?: string | undefined;
}

/**
 * Reads what was pasted: the whole JSON answer, the token alone, or identity ID and token in one line. Throws
 * `federation.wrong-artefact` as `loginFor`; `token.invalid` where the token names no identity.
 */
export function readBackendAnswer(text: string, digest: Digest): BackendAnswer {
  const beside = identityIdIn(text);
  const rest = beside === undefined || text.trim().startsWith('{') ? text : text.replace(beside, ' ');
  const login = loginFor({ kind: 'developer' }, rest, digest);
  const identityId = login.identityId ?? beside;
  if (identityId === undefined) throw new WorkbenchError('token.invalid', 'the token names no identity');
  const { claims } = decodeToken(login.token);
  const aud = typeof claims['aud'] === 'string' ? claims['aud'] : undefined;
  return {
    token: login.token,
    identityId,
    expiresAt: login.expiresAt,
    identityPoolId: aud,
    ...developerIn(claims['amr'], aud),
    ...(beside === undefined || beside === identityId ? {} : { otherIdentityId: beside }),
  };
}

/** `amr` holds `PROVIDER:REGION:GUID:USER`; REGION:GUID is the pool's id. */
function developerIn(amr: unknown, pool: string | undefined): { providerName?: string; userId?: string } {
  if (!Array.isArray(amr) || pool === undefined || pool === '') return {};
  for (const method of amr as unknown[]) {
    if (typeof method !== 'string') continue;
    const at = method.indexOf(`:${pool}:`);
    if (at > 0) return { providerName: method.slice(0, at), userId: method.slice(at + pool.length + 2) };
  }
  return {};
}

/** The identity ID in a paste; it has the form of a pool's id, which the paste may hold under its name as well. */
function identityIdIn(text: string): string | undefined {
  const named = /["']?identity_?id["']?\s*[:=]\s*["']?([a-z0-9-]+:[0-9a-f-]{36})/i.exec(text)?.[1];
  const bare = text.trim().startsWith('{') ? undefined : /(?:^|\s)([a-z0-9-]+:[0-9a-f-]{36})(?=$|[\s,;])/i;
  const found = named ?? bare?.exec(text)?.[1];
  return found !== undefined && parseIdentityPoolId(found) ? found : undefined;
}
