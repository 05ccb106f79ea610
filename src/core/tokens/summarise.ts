import * as l10n from '@vscode/l10n';
import { formatAgo, formatTimeLeft } from '../time';
import type { DecodedToken } from './decode';
import { audienceWords, isOfCognito } from './judge-audience';
import { timeOf } from './judge-times';
import { seen } from './seen';
import type { Verdict, VerdictCheck, VerdictStatus } from './verdicts';

export interface TokenSummary {
  readonly status: VerdictStatus;
  /** One localised line, such as `Signature valid · issued by us-east-1_Sandbox01 for client web · 59 min left`. */
  readonly sentence: string;
}

/** What matters most comes first: without a good signature nothing else counts, and a wrong kind fails other checks too. */
const WEIGHT: readonly VerdictCheck[] = ['signature', 'use', 'issuer', 'audience', 'not-yet-valid', 'expiry'];

/** One line for all verdicts: the failure that matters most, else who issued the token for whom and how long it lasts. */
export function summarise(verdicts: readonly Verdict[], decoded: DecodedToken, nowMs: number): TokenSummary {
  const failed = WEIGHT.flatMap((check) =>
    verdicts.filter((verdict) => verdict.check === check && verdict.status === 'failed'),
  );
  const [first, ...more] = failed;
  if (first) {
    const others =
      more.length === 1 ? l10n.t('1 more check failed') : l10n.t('{0} more checks failed', more.length);
    return {
      status: 'failed',
      sentence: more.length === 0 ? first.sentence : `${first.sentence} · ${others}`,
    };
  }
  if (decoded.encrypted)
    return { status: 'unknown', sentence: l10n.t('Encrypted: only Cognito can read it') };
  const signature = verdicts.find(({ check }) => check === 'signature');
  const signed = signature?.status === 'ok' ? l10n.t('Signature valid') : l10n.t('Signature not checked');
  const status = verdicts.some((verdict) => verdict.status === 'unknown') ? 'unknown' : 'ok';
  return {
    status,
    sentence: [signed, issuedLine(decoded), timeLine(decoded, nowMs)]
      .filter((part) => part !== '')
      .join(' · '),
  };
}

function issuedLine(decoded: DecodedToken): string {
  const { kind, claims } = decoded;
  const issuer = nameOfIssuer(claims.iss);
  const audience = kind === 'access' ? claims.client_id : claims.aud;
  if (audience === undefined) return issuer === '' ? '' : l10n.t('issued by {0}', issuer);
  if (kind === 'openid') return l10n.t('issued for identity pool {0}', seen(audience));
  // Elsewhere "aud" is an API as often as a client.
  if (!isOfCognito(decoded)) {
    const whom = audienceWords(audience);
    return issuer === '' ? l10n.t('issued for {0}', whom) : l10n.t('issued by {0} for {1}', issuer, whom);
  }
  const client = Array.isArray(audience) ? audienceWords(audience) : shortened(seen(audience));
  return issuer === ''
    ? l10n.t('issued for client {0}', client)
    : l10n.t('issued by {0} for client {1}', issuer, client);
}

/** The pool's ID; another provider's host. */
function nameOfIssuer(iss: unknown): string {
  if (typeof iss !== 'string') return '';
  const last = iss.split('/').at(-1) ?? '';
  if (last.includes('_')) return seen(last);
  return seen(URL.canParse(iss) ? new URL(iss).host : iss);
}

/** Client IDs have 26 characters; ten tell them apart. */
const shortened = (text: string): string => (text.length > 12 ? `${text.slice(0, 10)}…` : text);

function timeLine({ claims }: DecodedToken, nowMs: number): string {
  const end = timeOf(claims.exp);
  if (end === undefined) return '';
  return end > nowMs
    ? l10n.t('{0} left', formatTimeLeft(end - nowMs))
    : l10n.t('expired {0}', formatAgo(nowMs - end));
}
