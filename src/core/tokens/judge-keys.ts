import * as l10n from '@vscode/l10n';
import { seen } from './seen';
import type { Verdict } from './verdicts';

/** Why a signature was not found good with the keys that a person gave. */
export type KeyFault =
  | 'encrypted'
  | 'unsigned'
  | 'unsupported-algorithm'
  | 'critical-header'
  | 'key-confusion'
  | 'unknown-key'
  | 'no-fitting-key'
  | 'key-not-for-this'
  | 'unusable-key'
  | 'too-many-keys'
  | 'bad-signature';

/** What came of checking a signature with given keys. */
export type KeyFinding =
  | {
      readonly ok: true;
      readonly alg: string;
      /** Of the key, where it has one. */
      readonly kid?: string;
      /** `RSA, 2048 bits`, `EC, P-256`. */
      readonly key: string;
      /** The key is shorter than its algorithm asks for (RFC 7518, 3.2 and 3.3). */
      readonly weak: boolean;
    }
  | {
      readonly ok: false;
      readonly reason: KeyFault;
      readonly alg: string;
      /** As the token names it; empty where it names none. */
      readonly kid: string;
      /** Kinds of the given keys: `RSA, EC`. */
      readonly given: string;
    };

/** The verdict on a signature that was checked with given keys. */
export function judgeKeys(finding: KeyFinding): Verdict {
  const check = 'signature';
  if (finding.ok) {
    const { alg, key, weak } = finding;
    const sentence = weak
      ? l10n.t(
          'The signature is valid with the given key ({0}), which is too short for {1}: do not use it.',
          key,
          alg,
        )
      : l10n.t('The signature is valid with the given key ({0}). Whose key it is, only you know.', key);
    return { check, status: 'ok', sentence, found: alg };
  }
  const { reason } = finding;
  const [alg, kid] = [seen(finding.alg), seen(finding.kid)];
  const found = reason === 'unknown-key' ? kid : alg;
  const danger =
    reason === 'unsigned'
      ? ({ danger: 'unsigned' } as const)
      : reason === 'key-confusion'
        ? ({ danger: 'key-confusion' } as const)
        : {};
  return {
    check,
    status: statusOf(reason),
    sentence: sentenceOf({ ...finding, alg, kid }),
    found,
    ...danger,
  };
}

/** Where nothing could be tried, nothing is known; where a key or the token itself speaks against it, it failed. */
function statusOf(reason: KeyFault): Verdict['status'] {
  return reason === 'bad-signature' || reason === 'unsigned' || reason === 'key-confusion'
    ? 'failed'
    : 'unknown';
}

function sentenceOf({ reason, alg, kid, given }: Extract<KeyFinding, { ok: false }>): string {
  switch (reason) {
    case 'encrypted':
      return l10n.t('The token is encrypted: it has no signature to check.');
    case 'unsigned':
      return l10n.t('The token is not signed: anybody may have written it.');
    case 'unsupported-algorithm':
      return l10n.t('Not checked: the token is signed with {0}, which is not known here.', alg);
    case 'critical-header':
      return l10n.t(
        'Not checked: the header names extensions ("crit") that a reader must understand, and this one does not.',
      );
    case 'key-confusion':
      return l10n.t(
        'Key confusion: the token says {0}, which signs with a shared secret, but the given keys are public ({1}). Whoever knows such a key could have written it.',
        alg,
        given,
      );
    case 'unknown-key':
      return l10n.t('None of the given keys has the ID {0} that the token names.', kid);
    case 'no-fitting-key':
      return l10n.t('The token is signed with {0}; none of the given keys is for that ({1}).', alg, given);
    case 'key-not-for-this':
      return l10n.t(
        'The given key is not for signatures with {0}, as its "use", "key_ops" or "alg" says.',
        alg,
      );
    case 'unusable-key':
      return l10n.t('The given key cannot be used: its numbers make no key.');
    case 'too-many-keys':
      return l10n.t('The token names no key, and too many of the given ones could be it.');
    case 'bad-signature':
      return l10n.t(
        'The signature does not fit the given key: another key made it, or the token was changed after it was issued, or cut.',
      );
  }
}
