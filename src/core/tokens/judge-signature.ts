import * as l10n from '@vscode/l10n';
import { issuersOf } from '../connection/derive';
import type { SignatureFinding } from '../ports';
import { type DecodedToken, isIdentityPoolIssuer, isUserPoolIssuer } from './decode';
import { judgeKeys } from './judge-keys';
import { isRedacted } from './redact-token';
import { seen } from './seen';
import { lengthBeforeCut } from './token-shape';
import type { Judgement, Verdict } from './verdicts';

/** User pools and identity pools publish RSA keys, and so does whoever stands in for the configured pool. */
function signsWithRsa({ claims: { iss } }: DecodedToken, connection: Judgement['connection']): boolean {
  if (typeof iss !== 'string') return false;
  if (isIdentityPoolIssuer(iss) || isUserPoolIssuer(iss)) return true;
  return connection !== undefined && issuersOf(connection).includes(iss);
}

type Failure = Extract<SignatureFinding, { ok: false }>;

/** Nobody's signature, and signatures that such an issuer never makes, fail whatever a verifier or pasted keys found. */
export function judgeSignature(decoded: DecodedToken, { signature, keys, connection }: Judgement): Verdict {
  const check = 'signature';
  const { alg, kid } = decoded.header;
  const key = typeof kid === 'string' ? seen(kid) : l10n.t('(no key ID)');
  if (decoded.signature === '' || (typeof alg === 'string' && /^none$/i.test(alg))) {
    const sentence = l10n.t('The token is not signed: anybody may have written it.');
    const expected = signsWithRsa(decoded, connection) ? { expected: 'RS256' } : {};
    return { check, status: 'failed', sentence, ...expected, found: 'none', danger: 'unsigned' };
  }
  if (typeof alg === 'string' && /^HS\d/i.test(alg) && signsWithRsa(decoded, connection)) {
    const sentence = l10n.t(
      'Key confusion: the token says {0}, which signs with a shared secret, but its issuer signs with RSA keys, whose public half everybody can fetch. Whoever took that for the secret could have written it.',
      seen(alg),
    );
    return {
      check,
      status: 'failed',
      sentence,
      expected: 'RS256',
      found: seen(alg),
      danger: 'key-confusion',
    };
  }
  const cut = cutSentence(decoded);
  if (keys !== undefined) {
    const verdict = judgeKeys(keys);
    const fits = keys.ok || keys.reason !== 'bad-signature' || cut === undefined;
    return fits ? verdict : { ...verdict, sentence: cut };
  }
  if (signature === undefined) {
    const sentence = cut ?? l10n.t('Without keys nobody can tell whether the claims are genuine.');
    return { check, status: 'unknown', sentence };
  }
  if ('error' in signature) {
    const sentence = l10n.t('The issuer’s keys could not be fetched: {0}', signature.error);
    return { check, status: 'unknown', sentence };
  }
  if (signature.ok) {
    const kidSeen = seen(signature.kid);
    return {
      check,
      status: 'ok',
      sentence: l10n.t('The signature is valid: made with the pool’s key {0}.', kidSeen),
      found: kidSeen,
    };
  }
  const sentence =
    signature.reason === 'bad-signature' && cut !== undefined
      ? cut
      : reasonSentence(signature, key, seen(alg));
  return { check, status: 'failed', sentence, found: key };
}

/** Of a signature that is shorter than any of its algorithm: it was lost, rather than changed. */
function cutSentence(decoded: DecodedToken): string | undefined {
  if (isRedacted(decoded)) return l10n.t('This token was redacted: its signature was taken out.');
  const {
    header: { alg },
    signature: { length },
  } = decoded;
  if (typeof alg !== 'string') return undefined;
  const shortest = lengthBeforeCut(alg, length);
  if (shortest === undefined) return undefined;
  return l10n.t(
    'The signature is cut: it has {0} of {1} characters. Copy the whole token; it may go on in the next line.',
    length,
    shortest,
  );
}

function reasonSentence({ reason }: Failure, key: string, alg: string): string {
  switch (reason) {
    case 'unknown-key':
      return l10n.t('The pool has no key {0}: another pool issued the token, or the token was forged.', key);
    case 'bad-signature':
      return l10n.t(
        'The signature does not fit the pool’s key {0}: the token was changed after it was issued, or cut.',
        key,
      );
    case 'unsupported-algorithm':
      return l10n.t(
        'The token says that it is signed with {0}: expected RS256, which is all that user pools use.',
        alg,
      );
    case 'critical-header':
      return l10n.t(
        'The header names extensions ("crit") that a reader must understand or else refuse the token: user pools name none, and none is understood here.',
      );
  }
}
