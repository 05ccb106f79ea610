import * as l10n from '@vscode/l10n';
import { issuersOf } from '../connection/derive';
import type { Connection } from '../connection/model';
import { type DecodedToken, isIdentityPoolIssuer, isUserPoolIssuer } from './decode';
import { seen } from './seen';
import type { Judgement, Verdict, VerdictCheck } from './verdicts';

/** Whether it says to be a token of Cognito, or of the connection's issuer: of nobody else is known what his tokens hold. */
export function isOfCognito({ kind, claims: { iss } }: DecodedToken, connection?: Connection): boolean {
  if (kind !== 'unknown' || isUserPoolIssuer(iss) || isIdentityPoolIssuer(iss)) return true;
  return connection !== undefined && typeof iss === 'string' && issuersOf(connection).includes(iss);
}

/** Whom a token is for, in words: of several, the first and how many more. */
export function audienceWords(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0) return seen(value);
  const [first, ...more] = value as readonly unknown[];
  return more.length === 0 ? seen(first) : l10n.t('{0} and {1} more', seen(first), more.length);
}

const missing = (check: VerdictCheck, claim: string, expected?: string): Verdict => ({
  check,
  status: 'failed',
  sentence: l10n.t('The token has no "{0}": every token of Cognito has one.', claim),
  ...(expected === undefined ? {} : { expected }),
});

export function judgeIssuer(decoded: DecodedToken, { connection }: Judgement): Verdict {
  const check = 'issuer';
  const { iss } = decoded.claims;
  if (decoded.kind === 'openid') {
    return {
      check,
      status: 'ok',
      sentence: l10n.t('Issued by Cognito identity pools.'),
      found: seen(iss),
    };
  }
  const issuers = connection === undefined ? [] : issuersOf(connection);
  const [expected] = issuers;
  if (iss === undefined) {
    return isOfCognito(decoded) || expected !== undefined
      ? missing(check, 'iss', expected)
      : {
          check,
          status: 'unknown',
          sentence: l10n.t('The token does not say who issued it: it has no "iss".'),
        };
  }
  const found = seen(iss);
  if (expected === undefined) {
    return {
      check,
      status: 'unknown',
      sentence: l10n.t('Issued by {0}; there is no user pool to compare it with.', found),
      found,
    };
  }
  if (typeof iss === 'string' && issuers.includes(iss)) {
    return {
      check,
      status: 'ok',
      sentence: l10n.t('Issued by this connection’s user pool.'),
      expected: iss,
      found,
    };
  }
  const sentence = isIdentityPoolIssuer(iss)
    ? l10n.t('Issued by an identity pool: expected this connection’s user pool, {0}.', expected)
    : l10n.t(
        'Issued by {0}: expected {1}. The token belongs to another user pool or provider.',
        found,
        expected,
      );
  return { check, status: 'failed', sentence, expected, found };
}

/** `aud` of ID tokens and OpenID tokens, `client_id` of access tokens. */
export function judgeAudience(decoded: DecodedToken, { connection }: Judgement): Verdict {
  const check = 'audience';
  const claim = decoded.kind === 'access' ? 'client_id' : 'aud';
  const value = decoded.claims[claim];
  const forPool = decoded.kind === 'openid';
  const expected = forPool ? connection?.identityPool?.identityPoolId : connection?.userPool?.clientId;
  if (value === undefined) {
    return isOfCognito(decoded, connection)
      ? missing(check, claim, expected)
      : {
          check,
          status: 'unknown',
          sentence: l10n.t('The token does not say for whom it was issued: it has no "aud".'),
        };
  }
  const found = seen(value);
  const whom = audienceWords(value);
  if (expected === undefined) {
    return {
      check,
      status: 'unknown',
      sentence: l10n.t('Issued for {0}; there is nothing to compare it with.', whom),
      found,
    };
  }
  // Access tokens carry one client; only `aud` may be a list.
  const fits = value === expected || (claim === 'aud' && Array.isArray(value) && value.includes(expected));
  if (fits) {
    const sentence = forPool
      ? l10n.t('Issued for this connection’s identity pool.')
      : l10n.t('Issued for this connection’s app client.');
    return { check, status: 'ok', sentence, expected, found };
  }
  const sentence = forPool
    ? l10n.t('Issued for identity pool {0}: expected {1}.', whom, expected)
    : isOfCognito(decoded)
      ? l10n.t(
          'Issued for client {0}: expected {1}. The identity pool and your API may accept only one of them.',
          whom,
          expected,
        )
      : l10n.t(
          'Issued for {0}: expected {1}. The identity pool and your API may accept only one of them.',
          whom,
          expected,
        );
  return { check, status: 'failed', sentence, expected, found };
}

export function judgeUse(decoded: DecodedToken, { expectedUse }: Judgement): Verdict {
  const check = 'use';
  const found = decoded.kind;
  if (expectedUse === undefined) {
    return found === 'unknown'
      ? {
          check,
          status: 'unknown',
          sentence: l10n.t('The token does not say what it is for: it has no "token_use".'),
          found,
        }
      : { check, status: found === 'refresh' ? 'unknown' : 'ok', sentence: `${nameOfKind(decoded)}.`, found };
  }
  if (found === expectedUse)
    return { check, status: 'ok', sentence: `${nameOfKind(decoded)}.`, expected: expectedUse, found };
  const wanted =
    expectedUse === 'id'
      ? l10n.t('identity pools want the ID token')
      : l10n.t('Cognito’s user APIs and most resource servers want the access token');
  return {
    check,
    status: 'failed',
    sentence: `${nameOfKind(decoded)}: ${wanted}.`,
    expected: expectedUse,
    found,
  };
}

function nameOfKind({ kind }: DecodedToken): string {
  switch (kind) {
    case 'id':
      return l10n.t('This is an ID token');
    case 'access':
      return l10n.t('This is an access token');
    case 'openid':
      return l10n.t('This is an OpenID token of an identity pool');
    case 'refresh':
      return l10n.t('This is an encrypted token, as refresh tokens are; only Cognito can read it');
    case 'unknown':
      return l10n.t('This is not a token of a user pool');
  }
}
