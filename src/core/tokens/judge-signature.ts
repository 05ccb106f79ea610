import * as l10n from '@vscode/l10n';
import { issuersOf } from '../connection/derive';
import { type DecodedToken, isIdentityPoolIssuer, isUserPoolIssuer } from './decode';
import { judgeKeys } from './judge-keys';
import type { Judgement, Verdict } from './verdicts';

/** User pools and identity pools publish RSA keys, and so does whoever stands in for the configured pool. */
function signsWithRsa({ claims: { iss } }: DecodedToken, connection: Judgement['connection']): boolean {
  if (typeof iss !== 'string') return false;
  if (isIdentityPoolIssuer(iss) || isUserPoolIssuer(iss)) return true;
  return connection !== undefined && issuersOf(connection).includes(iss);
}

type Failure = { readonly reason: 'unknown-key' | 'bad-signature' | 'unsupported-algorithm' };

/** Nobody's signature, and signatures that such an issuer never makes, fail whatever a verifier found. */
export function judgeSignature(decoded: DecodedToken, { signature, keys, connection }: Judgement): Verdict {
  const check = 'signature';
  const { alg, kid } = decoded.header;
  const key = typeof kid === 'string' ? kid : l10n.t('(no key ID)');
  if (decoded.signature === '' || (typeof alg === 'string' && /^none$/i.test(alg))) {
    const sentence = l10n.t('The token is not signed: anybody may have written it.');
    return { check, status: 'failed', sentence, expected: 'RS256', found: 'none', danger: 'unsigned' };
  }
  if (keys !== undefined) return judgeKeys(keys);
  if (typeof alg === 'string' && /^HS\d/i.test(alg) && signsWithRsa(decoded, connection)) {
    const sentence = l10n.t(
      'Key confusion: the token says {0}, which signs with a shared secret, but its issuer signs with RSA keys, whose public half everybody can fetch. Whoever took that for the secret could have written it.',
      alg,
    );
    return { check, status: 'failed', sentence, expected: 'RS256', found: alg, danger: 'key-confusion' };
  }
  if (signature === undefined) {
    return { check, status: 'unknown', sentence: l10n.t('The signature was not checked.') };
  }
  if ('error' in signature) {
    const sentence = l10n.t(
      'The signature could not be checked, because the issuer’s keys were not to be had: {0}',
      signature.error,
    );
    return { check, status: 'unknown', sentence };
  }
  if (signature.ok) {
    return {
      check,
      status: 'ok',
      sentence: l10n.t('The signature is valid: made with the pool’s key {0}.', signature.kid),
      found: signature.kid,
    };
  }
  return { check, status: 'failed', sentence: reasonSentence(signature, key, String(alg)), found: key };
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
  }
}
