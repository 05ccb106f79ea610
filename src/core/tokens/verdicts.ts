import type { Connection } from '../connection/model';
import type { SignatureFinding } from '../ports';
import { judgeAudience, judgeIssuer, judgeUse } from './judge-audience';
import { judgeExpiry, judgeNotYetValid } from './judge-times';
import { judgeSignature } from './judge-signature';
import type { KeyFinding } from './judge-keys';
import type { DecodedToken } from './decode';

export { summarise, type TokenSummary } from './summarise';

export type VerdictCheck = 'signature' | 'issuer' | 'audience' | 'use' | 'expiry' | 'not-yet-valid';
export type VerdictStatus = 'ok' | 'failed' | 'unknown';

export interface Verdict {
  readonly check: VerdictCheck;
  readonly status: VerdictStatus;
  /** One localised sentence: what was expected, what was found, what it means. */
  readonly sentence: string;
  readonly expected?: string;
  readonly found?: string;
  /** `clock`: a wrong clock on this computer would explain it. */
  readonly hint?: 'clock';
  /** An attack rather than a mistake: nobody signed it, or a public key served as the secret of an HMAC. */
  readonly danger?: 'unsigned' | 'key-confusion';
}

/** What a token is judged against. */
export interface Judgement {
  readonly expectedUse?: 'id' | 'access' | undefined;
  readonly connection?: Connection | undefined;
  /** Milliseconds. */
  readonly nowMs: number;
  /** What the verifier found, or why the keys could not be had; absent while it was not asked. */
  readonly signature?: SignatureFinding | { readonly error: string } | undefined;
  /** What came of keys that the person gave; goes before `signature`. */
  readonly keys?: KeyFinding | undefined;
}

/**
 * Judges a decoded token: one verdict per check, in the order signature, issuer, audience, use, expiry, not yet valid.
 * An encrypted token gets only the verdict on its use. Nothing but `signature` says that the claims are genuine.
 */
export function judgeToken(decoded: DecodedToken, against: Judgement): Verdict[] {
  if (decoded.encrypted) return [judgeUse(decoded, against)];
  return [
    judgeSignature(decoded, against),
    judgeIssuer(decoded, against),
    judgeAudience(decoded, against),
    judgeUse(decoded, against),
    judgeExpiry(decoded, against),
    judgeNotYetValid(decoded, against),
  ];
}
