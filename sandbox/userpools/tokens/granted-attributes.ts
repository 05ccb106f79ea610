import type { AppClient, PoolUser } from '../model';

const BOOLEANS: ReadonlySet<string> = new Set(['email_verified', 'phone_number_verified']);
const BY_SCOPE: Readonly<Record<string, readonly string[]>> = {
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
};

/**
 * The attributes that a token may show: what the client may read, and of these what the scopes name. `profile` means
 * all of them, and so does `openid` without another scope of OpenID Connect; no scopes at all is sign-in by the API.
 */
export function grantedAttributes(
  user: PoolUser,
  client: AppClient,
  scopes: readonly string[] | undefined,
): Record<string, unknown> {
  const readable = client.settings.readAttributes;
  const named = scopes?.flatMap((scope) => BY_SCOPE[scope] ?? []) ?? [];
  const all = scopes === undefined || scopes.includes('profile') || named.length === 0;
  const claims: Record<string, unknown> = {};
  for (const [name, value] of user.attributes) {
    if (name === 'identities') {
      // Of a user from another identity provider; no setting or scope hides it.
      claims[name] = JSON.parse(value) as unknown;
      continue;
    }
    if (readable !== undefined && !readable.includes(name)) continue;
    if (!all && !named.includes(name)) continue;
    claims[name] = BOOLEANS.has(name) ? value === 'true' : value;
  }
  return claims;
}
