import { generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import type { Clock } from '../kernel/types';
import { decodeJwt, type DecodedJwt } from '../userpools/tokens/jwt';

/** Issuer of all identity pools' own tokens, whatever the region. */
export const OPENID_ISSUER = 'https://cognito-identity.amazonaws.com';
/** Where the issuer publishes its keys. */
export const OPENID_JWKS_PATH = '/.well-known/jwks_uri';
const TAGS_CLAIM = 'https://aws.amazon.com/tags';

export interface OpenIdTokenRequest {
  readonly identityId: string;
  readonly poolId: string;
  /** `unauthenticated`, or `authenticated` and what is known of the logins. */
  readonly amr: readonly string[];
  /** How long the token holds. */
  readonly seconds: number;
  /** Principal tags, which become session tags. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What a verified token says. */
export interface OpenIdClaims {
  readonly identityId: string;
  readonly poolId: string;
  readonly amr: readonly string[];
  /** Seconds since the epoch. */
  readonly expiresAt: number;
  readonly tags: Readonly<Record<string, string>>;
  /** All claims as they stand in the token. */
  readonly claims: Readonly<Record<string, unknown>>;
}

export type OpenIdTokenFault = 'not-ours' | 'bad-signature' | 'expired';

/** Why a token is not taken; `message` names the times where it is too old, and never the token. */
export class OpenIdTokenRefused extends Error {
  constructor(
    readonly reason: OpenIdTokenFault,
    message: string,
    /** Seconds since the epoch, of a token that is too old. */
    readonly expiredAt?: number,
  ) {
    super(message);
    this.name = 'OpenIdTokenRefused';
  }
}

/** The tokens that identity pools give out themselves, by GetOpenIdToken and GetOpenIdTokenForDeveloperIdentity. */
export interface OpenIdTokens {
  mint(request: OpenIdTokenRequest): string;
  /** Throws OpenIdTokenRefused. */
  verify(token: string): OpenIdClaims;
  /** The key set as it is published. */
  jwks(): unknown;
}

interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export function createOpenIdTokens(options: {
  readonly region: string;
  readonly accountId: string;
  readonly clock: Clock;
}): OpenIdTokens {
  const { region, accountId, clock } = options;
  const kid = `${region}1`;
  let made: KeyPair | undefined;
  // Most runs never need one.
  const keys = (): KeyPair => (made ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));
  const now = (): number => Math.floor(clock.now() / 1000);

  function isOurs({ header, signedPart, signature }: DecodedJwt): boolean {
    if (header['alg'] !== 'RS512' || header['kid'] !== kid) {
      return false;
    }
    return verify('RSA-SHA512', Buffer.from(signedPart), keys().publicKey, signature);
  }

  return {
    mint({ identityId, poolId, amr, seconds, tags = {} }) {
      const issuedAt = now();
      const names = Object.keys(tags);
      const lists = Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]]));
      const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      const signedPart = `${encode({ kid, typ: 'JWS', alg: 'RS512' })}.${encode({
        sub: identityId,
        aud: poolId,
        amr,
        iss: OPENID_ISSUER,
        [`${OPENID_ISSUER}/identity-pool-arn`]: `arn:aws:cognito-identity:${region}:${accountId}:identitypool/${poolId}`,
        ...(names.length === 0 ? {} : { [TAGS_CLAIM]: { principal_tags: lists, transitive_tag_keys: [] } }),
        exp: issuedAt + seconds,
        iat: issuedAt,
      })}`;
      const signature = sign('RSA-SHA512', Buffer.from(signedPart), keys().privateKey);
      return `${signedPart}.${signature.toString('base64url')}`;
    },

    verify(token) {
      const jwt = decodeJwt(token);
      if (jwt?.claims['iss'] !== OPENID_ISSUER) {
        throw new OpenIdTokenRefused('not-ours', 'not a token of an identity pool');
      }
      if (!isOurs(jwt)) {
        throw new OpenIdTokenRefused('bad-signature', 'the signature is not of this identity pool service');
      }
      const { sub, aud, amr, exp } = jwt.claims;
      const expiresAt = Number(exp);
      const time = now();
      if (time >= expiresAt) {
        throw new OpenIdTokenRefused('expired', `Token expired: ${time} >= ${expiresAt}`, expiresAt);
      }
      return {
        identityId: String(sub),
        poolId: String(aud),
        amr: texts(amr),
        expiresAt,
        tags: readTags(jwt.claims),
        claims: jwt.claims,
      };
    },

    jwks() {
      const { e, n } = keys().publicKey.export({ format: 'jwk' });
      return { keys: [{ kty: 'RSA', alg: 'RS512', use: 'sig', kid, n, e }] };
    },
  };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

function readTags(claims: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const claim = claims[TAGS_CLAIM] as { principal_tags?: Record<string, readonly string[]> } | undefined;
  return Object.fromEntries(
    Object.entries(claim?.principal_tags ?? {}).flatMap(([name, [value]]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
  );
}
