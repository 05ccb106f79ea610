import { decodeJwt, type DecodedJwt } from '../../userpools/tokens/jwt';
import { invalidToken, unsupportedProvider } from './refusals';

export interface IdTokenRules {
  /** As the `iss` claim spells them. */
  readonly issuers: readonly string[];
  /** The app ids that the pool takes; none where it does not have the provider at all. */
  readonly audiences: readonly string[];
  /** Called only once everything else but the expiry holds. */
  readonly isSigned: (jwt: DecodedJwt) => boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface IdTokenClaims {
  readonly clientId: string;
  readonly sub: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** How late a token of a provider outside Cognito may come, in seconds. */
const GRACE_SECONDS = 300;

/** Checks an ID token in the order of AWS's refusals: form, claims, issuer, app, signature, expiry. */
export function verifyIdToken(token: string, rules: IdTokenRules): IdTokenClaims {
  const jwt = decodeJwt(token);
  if (jwt === undefined) throw invalidToken('Not a valid OpenId Connect identity token.');
  const { iss, aud, sub, exp } = jwt.claims;
  const named: readonly unknown[] = Array.isArray(aud) ? aud : aud === undefined ? [] : [aud];
  if (named.length === 0) throw invalidToken('Missing a required claim: aud');
  if (typeof iss !== 'string' || !rules.issuers.includes(iss))
    throw invalidToken("Issuer doesn't match providerName");
  if (typeof sub !== 'string' || sub === '') throw invalidToken('Missing a required claim: sub');
  const clientId = rules.audiences.find((audience) => named.includes(audience));
  if (clientId === undefined) throw unsupportedProvider();
  if (!rules.isSigned(jwt)) throw invalidToken("Couldn't verify signed token.");
  const now = Math.floor(rules.now / 1000);
  if (typeof exp !== 'number') throw invalidToken('Missing a required claim: exp');
  if (now >= exp + GRACE_SECONDS) throw invalidToken(`Token expired: ${now} >= ${exp}`);
  return { clientId, sub, claims: jwt.claims };
}
