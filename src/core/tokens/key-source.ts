import { connectionLabel, issuersOf, jwksUrl } from '../connection/derive';
import type { Connection } from '../connection/model';
import type { DecodedToken } from './decode';
import { isIdentityPoolIssuer, isUserPoolIssuer } from './decode';
import { judgeToken } from './verdicts';
import type { Judgement, Verdict } from './verdicts';

/** Whose keys could check a signature. */
export type SourceKeys =
  /** Encrypted or unsigned. */
  | { readonly kind: 'none' }
  /**
   * `otherClient`: of the same pool, for another app client than the connection's. `unfit`: no such key makes signatures
   * by the algorithm that the token names.
   */
  | {
      readonly kind: 'connection';
      readonly label: string;
      readonly otherClient: boolean;
      readonly unfit?: true;
    }
  /** A pool of Cognito that no connection names; asked only when the person says so. */
  | {
      readonly kind: 'issuer';
      readonly name: string;
      readonly host: string;
      readonly unfit?: true;
    }
  /** Anybody else: `iss` is never followed. */
  | { readonly kind: 'unknown'; readonly issuer?: string | undefined };

/** Who could have signed a token, by what this window knows. */
export interface KeySource {
  readonly keys: SourceKeys;
  /** Where the keys are; undefined where there is nobody to ask. */
  readonly url?: string | undefined;
  /** Whose pool issued it. */
  readonly connection?: Connection | undefined;
}

/**
 * The keys that fit a token's `iss`: of a connection whose pool it is (of several, the one with the token's client), or
 * of a pool of Cognito, which has one form of address only. No other `iss` gets an address.
 */
export function keySource(decoded: DecodedToken, connections: readonly Connection[]): KeySource {
  const { iss } = decoded.claims;
  if (decoded.encrypted || decoded.signature === '') return { keys: { kind: 'none' } };
  if (typeof iss !== 'string') return { keys: { kind: 'unknown' } };
  const ofPool = connections.filter((connection) => issuersOf(connection).includes(iss));
  const connection = ofPool.find((one) => isForClient(decoded, one)) ?? ofPool[0];
  if (connection) {
    const otherClient = !isForClient(decoded, connection);
    const keys = { kind: 'connection', label: connectionLabel(connection), otherClient } as const;
    return { keys: { ...keys, ...fitOf(decoded) }, connection, url: jwksUrl(connection, iss) };
  }
  if (isUserPoolIssuer(iss) || isIdentityPoolIssuer(iss)) return ofCognito(iss, fitOf(decoded));
  return { keys: { kind: 'unknown', issuer: iss } };
}

/** Published keys are public halves: they check signatures of these algorithms alone (RFC 7518, 3.1; RFC 8037). */
function fitOf({ header: { alg } }: DecodedToken): { unfit?: true } {
  return typeof alg === 'string' && /^(?:RS|ES)(?:256|384|512)$|^EdDSA$/.test(alg) ? {} : { unfit: true };
}

function ofCognito(iss: string, fit: { unfit?: true }): KeySource {
  const { host } = new URL(iss);
  const name = isUserPoolIssuer(iss) ? (iss.split('/').at(-1) ?? host) : host;
  const document = isUserPoolIssuer(iss) ? 'jwks.json' : 'jwks_uri';
  return {
    keys: { kind: 'issuer', name, host, ...fit },
    url: `${iss}/.well-known/${document}`,
  };
}

/**
 * Judges a token from anywhere by whose pool issued it. One of the same pool for another client is no worse for it:
 * nobody said for whom it should be. An expired one has no session here that could be refreshed.
 */
export function judgeBySource(
  decoded: DecodedToken,
  { keys, connection }: KeySource,
  found: Pick<Judgement, 'nowMs' | 'signature' | 'keys'>,
): Verdict[] {
  const verdicts = judgeToken(decoded, connection ? { ...found, connection } : found);
  if (keys.kind !== 'connection') return verdicts;
  const free = judgeToken(decoded, { nowMs: found.nowMs });
  return verdicts.map((verdict) => {
    const { check, status } = verdict;
    const isFree = check === 'audience' ? keys.otherClient : check === 'expiry' && status === 'failed';
    const other = isFree ? free.find((one) => one.check === check) : undefined;
    // Without the connection an issuer of one's own is a stranger's, whose tokens need no end.
    return other && (check === 'audience' || other.status === status) ? other : verdict;
  });
}

/** `aud` of ID tokens, `client_id` of access tokens. */
function isForClient({ kind, claims }: DecodedToken, { userPool }: Connection): boolean {
  const value = kind === 'access' ? claims['client_id'] : claims['aud'];
  const client = userPool?.clientId;
  return client !== undefined && (value === client || (Array.isArray(value) && value.includes(client)));
}
