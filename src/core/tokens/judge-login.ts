import * as l10n from '@vscode/l10n';
import { issuerName } from '../federation/providers';
import type { DecodedToken } from './decode';
import { judgeExpiry, judgeNotYetValid } from './judge-times';
import { seen } from './seen';
import type { Verdict } from './verdicts';

/**
 * Judges the token of an external provider, as an identity pool will take it: issuer against the key of the Logins map,
 * and times (`nowMs`: milliseconds). Its signature is the provider's affair: nobody is asked for its keys.
 */
export function judgeLogin(decoded: DecodedToken, provider: string, nowMs: number): Verdict[] {
  if (decoded.encrypted) return [];
  return [
    {
      check: 'signature',
      status: 'unknown',
      sentence: l10n.t('The identity pool checks it, with the keys of {0}.', provider),
    },
    judgeProvider(decoded, provider),
    judgeExpiry(decoded, { nowMs }),
    judgeNotYetValid(decoded, { nowMs }),
  ];
}

function judgeProvider({ claims }: DecodedToken, provider: string): Verdict {
  const check = 'issuer';
  const { iss } = claims;
  if (typeof iss === 'string' && issuerName(iss) === provider) {
    return {
      check,
      status: 'ok',
      sentence: l10n.t('Issued by {0}, the provider of this login.', provider),
      found: iss,
    };
  }
  const found = seen(iss);
  const sentence = l10n.t('Issued by {0}: expected {1}, the provider of this login.', found, provider);
  return { check, status: 'failed', sentence, expected: provider, found };
}
