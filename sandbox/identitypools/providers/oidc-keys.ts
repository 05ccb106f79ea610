import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { getJson } from '../../hostedui/federation/foreign-http';
import { isRecord } from '../../kernel/input';
import type { DecodedJwt } from '../../userpools/tokens/jwt';

/** The signing keys of an OIDC issuer, or why they could not be had. */
export type IssuerKeys = { readonly keys: readonly JsonWebKey[] } | { readonly failure: string };

/** Discovers an issuer and fetches its keys, over real HTTP; never rejects. */
export async function fetchIssuerKeys(issuer: string): Promise<IssuerKeys> {
  try {
    const document = await getJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    if (document['issuer'] !== issuer) return { failure: 'its discovery document names another issuer.' };
    const address = document['jwks_uri'];
    if (typeof address !== 'string') return { failure: 'its discovery document has no jwks_uri.' };
    const { keys } = await getJson(address);
    const all: readonly unknown[] = Array.isArray(keys) ? keys : [];
    return { keys: all.filter(isRecord).filter(({ kty }) => kty === 'RSA') };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : 'no answer.' };
  }
}

/** RS256 by one of the keys; without a key id, any of them will do. */
export function isSignedByOneOf(keys: readonly JsonWebKey[], jwt: DecodedJwt): boolean {
  const { alg, kid } = jwt.header;
  if (alg !== 'RS256') return false;
  return keys
    .filter((key) => kid === undefined || key['kid'] === kid)
    .some((key) => {
      try {
        const publicKey = createPublicKey({ key, format: 'jwk' });
        return verify('RSA-SHA256', Buffer.from(jwt.signedPart), publicKey, jwt.signature);
      } catch {
        return false;
      }
    });
}
