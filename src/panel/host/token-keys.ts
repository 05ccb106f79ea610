import { connectionLabel, issuersOf, jwksUrl } from '../../core/connection/derive';
import type { Connection } from '../../core/connection/model';
import { isIdentityPoolIssuer, isUserPoolIssuer } from '../../core/tokens/decode';
import type { DecodedToken } from '../../core/tokens/decode';
import type { TokenKeys } from '../protocol';

/** Who could have signed a token, by what this window knows. */
export interface KeySource {
  readonly keys: TokenKeys;
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
    keys: { kind: 'issuer', name, host, fetched: false, ...fit },
    url: `${iss}/.well-known/${document}`,
  };
}

/** `aud` of ID tokens, `client_id` of access tokens. */
function isForClient({ kind, claims }: DecodedToken, { userPool }: Connection): boolean {
  const value = kind === 'access' ? claims['client_id'] : claims['aud'];
  const client = userPool?.clientId;
  return client !== undefined && (value === client || (Array.isArray(value) && value.includes(client)));
}
