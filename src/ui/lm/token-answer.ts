import type { Connection } from '../../core/connection/model';
import { redactSecrets } from '../../core/redact';
import { decodeToken, type DecodedToken } from '../../core/tokens/decode';
import { explainClaims } from '../../core/tokens/explain';
import { oneLine } from '../../core/tokens/seen';
import { judgeToken, summarise } from '../../core/tokens/verdicts';

/** A token to explain, and what it is judged by. */
export interface Subject {
  readonly token: string;
  readonly connection?: Connection | undefined;
  readonly expectedUse?: 'id' | 'access' | undefined;
}

/** Models pay by length. */
const MOST_CLAIMS = 200;
const MOST_CHARACTERS = 40_000;
const LONGEST_NAME = 100;
const LONGEST_VALUE = 2000;
/** Characters that are looked at for secrets before a text is cut. */
const LOOKED_AT = 20_000;

/**
 * What a model is told of a token, as JSON: kind, checks, header and claims with their meanings, never the token. All
 * texts out of it are hostile: each is one line, bounded, and without tokens of others. Throws as decodeToken does.
 */
export function tokenAnswer({ token, connection, expectedUse }: Subject, nowMs: number): string {
  const decoded = decodeToken(token);
  const verdicts = judgeToken(decoded, { connection, expectedUse, nowMs });
  return JSON.stringify(
    {
      kind: decoded.kind,
      ...(connection ? { connection: connection.id } : {}),
      summary: clean(summarise(verdicts, decoded, nowMs).sentence, LONGEST_VALUE),
      checks: verdicts.map(({ check, status, sentence }) => ({
        check,
        status,
        sentence: clean(sentence, LONGEST_VALUE),
      })),
      header: headerOf(decoded),
      ...claimsOf(decoded, nowMs),
    },
    undefined,
    2,
  );
}

interface ToldClaim {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
}

/** Cognito's claims come before the others, so that it is those that are left out. */
function claimsOf(decoded: DecodedToken, nowMs: number): { claims: ToldClaim[]; claimsLeftOut?: string } {
  const all = explainClaims(decoded, nowMs).flatMap((group) => group.claims);
  const claims: ToldClaim[] = [];
  let left = MOST_CHARACTERS;
  for (const { name, value, meaning } of all) {
    if (claims.length >= MOST_CLAIMS || left <= 0) break;
    const claim = {
      name: clean(name, LONGEST_NAME),
      value: clean(value, LONGEST_VALUE),
      // Names that stand in a claim twice are in it.
      meaning: clean(meaning, LONGEST_VALUE),
    };
    claims.push(claim);
    left -= claim.name.length + claim.value.length + claim.meaning.length;
  }
  if (claims.length === all.length) return { claims };
  return {
    claims,
    claimsLeftOut: `${all.length - claims.length} of ${all.length} claims are left out here.`,
  };
}

/** What a verifier needs; not what an attacker may have put beside it. */
function headerOf({ header }: DecodedToken) {
  const shown = ['alg', 'kid', 'typ', 'cty', 'enc'].filter((name) => typeof header[name] === 'string');
  return Object.fromEntries(shown.map((name) => [name, clean(String(header[name]), LONGEST_NAME)]));
}

/** Characters that nobody sees, and their names in sentences, come out first: within a token they would hide it. */
function clean(text: string, most: number): string {
  const visible = text.slice(0, LOOKED_AT).replace(/\p{Cf}+|\[U\+[0-9A-F]{4,6}\]/gu, '');
  return oneLine(redactSecrets(visible), most);
}
