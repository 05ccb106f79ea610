/** Entry of the side bundle `dist/verify.js`: signatures by aws-jwt-verify, keys by our own fetcher (decision 9). */
import { FailedAssertionError, JwtInvalidClaimError, JwtInvalidSignatureError } from 'aws-jwt-verify/error';
import type { Jwks } from 'aws-jwt-verify/jwk';
import { JwtVerifier } from 'aws-jwt-verify/jwt-verifier';
import type { Jwk, JwksSource, SignatureFinding, SignatureVerifier } from '../core/ports';
import { createJwksSource } from './jwks';
import type { JwksOptions } from './jwks';

export { verifyWithKeys } from './verify-with-keys';

/** Checks the signature alone; issuer, audience, use and times are judged in the core, one verdict each. */
export function createSignatureVerifier(source: JwksSource): SignatureVerifier {
  return {
    async verify(token, jwksUrl, signal) {
      const header = headerOf(token);
      const kid = header['kid'];
      const alg = header['alg'];
      if (typeof alg !== 'string' || !/^(RS|ES)(256|384|512)$|^EdDSA$/.test(alg)) {
        return { ok: false, reason: 'unsupported-algorithm', detail: String(alg) };
      }
      // Whoever does not understand all that `crit` names must refuse the token, and here nothing of it is (RFC 7515, 4.1.11).
      if (Object.hasOwn(header, 'crit')) return { ok: false, reason: 'critical-header', detail: '' };
      if (typeof kid !== 'string') return { ok: false, reason: 'unknown-key', detail: '' };
      const options = signal ? { signal } : {};
      let { keys } = await source.get(jwksUrl, options);
      if (!hasKey(keys, kid)) ({ keys } = await source.get(jwksUrl, { ...options, refetch: true }));
      if (!hasKey(keys, kid)) return { ok: false, reason: 'unknown-key', detail: kid };
      return check(
        token,
        kid,
        keys.filter((key) => key['kid'] === kid),
        jwksUrl,
      );
    },
  };
}

/** The verifier with keys fetched from the net and cached. */
export function createFetchingVerifier(options: JwksOptions): SignatureVerifier {
  return createSignatureVerifier(createJwksSource(options));
}

function check(token: string, kid: string, keys: readonly Jwk[], jwksUri: string): SignatureFinding {
  const verifier = JwtVerifier.create({ issuer: null, audience: null, jwksUri });
  try {
    verifier.cacheJwks({ keys } as unknown as Jwks);
    verifier.verifySync(token);
  } catch (error) {
    // Claims are tested after the signature, and are judged in the core.
    if (error instanceof JwtInvalidClaimError) return { ok: true, kid };
    if (error instanceof JwtInvalidSignatureError) return { ok: false, reason: 'bad-signature', detail: kid };
    if (error instanceof FailedAssertionError) {
      return { ok: false, reason: 'unsupported-algorithm', detail: error.message };
    }
    return { ok: false, reason: 'bad-signature', detail: error instanceof Error ? error.message : kid };
  }
  return { ok: true, kid };
}

function hasKey(keys: readonly Jwk[], kid: string): boolean {
  return keys.some((key) => key['kid'] === kid);
}

function headerOf(token: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
