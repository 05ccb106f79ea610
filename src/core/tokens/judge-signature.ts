import * as l10n from '@vscode/l10n';
import type { DecodedToken } from './decode';
import type { Judgement, Verdict } from './verdicts';

type Failure = { readonly reason: 'unknown-key' | 'bad-signature' | 'unsupported-algorithm' };

export function judgeSignature(decoded: DecodedToken, { signature }: Judgement): Verdict {
  const check = 'signature';
  const { alg, kid } = decoded.header;
  const key = typeof kid === 'string' ? kid : l10n.t('(no key ID)');
  if (decoded.signature === '' || alg === 'none') {
    const sentence = l10n.t('The token is not signed: anybody may have written it.');
    return { check, status: 'failed', sentence, expected: 'RS256', found: 'none' };
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
