import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { isRecord } from '../../kernel/input';
import { decodeJwt, type DecodedJwt } from '../../userpools/tokens/jwt';
import { getJson } from './foreign-http';
import { ForeignFailure, type ForeignProvider } from './provider';

const SKEW_SECONDS = 300;

const refuse = (why: string): ForeignFailure =>
  new ForeignFailure('invalid_request', `The ID token of the provider is not valid: ${why}`);

/** The claims of a provider's ID token: RS256 by one of its keys, from it, for us, for this sign-in, not expired. */
export async function verifyForeignIdToken(
  provider: ForeignProvider,
  token: string,
  nonce: string,
  now: number,
): Promise<Readonly<Record<string, unknown>>> {
  const jwt = decodeJwt(token);
  if (jwt === undefined) throw refuse('it is none.');
  if (!(await isSigned(provider, jwt))) throw refuse('its signature.');
  const { claims } = jwt;
  const audience = Array.isArray(claims['aud']) ? (claims['aud'] as unknown[]) : [claims['aud']];
  if (claims['iss'] !== provider.issuer) throw refuse('its issuer.');
  if (!audience.includes(provider.clientId)) throw refuse('its audience.');
  if (claims['nonce'] !== nonce) throw refuse('its nonce.');
  const seconds = Math.floor(now / 1000);
  if (!(Number(claims['exp']) + SKEW_SECONDS > seconds)) throw refuse('it has expired.');
  return claims;
}

async function isSigned(provider: ForeignProvider, jwt: DecodedJwt): Promise<boolean> {
  if (jwt.header['alg'] !== 'RS256') return false;
  const { keys } = await getJson(provider.keysUrl);
  const all: readonly unknown[] = Array.isArray(keys) ? keys : [];
  const candidates = all
    .filter(isRecord)
    .filter(({ kid, kty }) => kty === 'RSA' && kid === jwt.header['kid']);
  return candidates.some((key) => {
    const publicKey = createPublicKey({ key: key as JsonWebKey, format: 'jwk' });
    return verify('RSA-SHA256', Buffer.from(jwt.signedPart), publicKey, jwt.signature);
  });
}
