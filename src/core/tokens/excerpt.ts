import { prettyJson } from './decode';
import type { DecodedToken } from './decode';
import { explainClaims, explainHeader } from './explain';
import type { ClaimGroup, ExplainedClaim, ExplainedValue } from './explain';

/** What a page shows of a token: as much as can be drawn at once and read, however large the token is. */
export interface TokenExcerpt {
  readonly header: readonly ClaimGroup[];
  readonly groups: readonly ClaimGroup[];
  /** Pretty JSON of header and claims (no signature); absent for encrypted tokens. */
  readonly json?: string;
  /** Characters of the JSON that are left out at its end. */
  readonly jsonMore?: number;
}

/** Values of claims, and of members of the header. */
const MAX_VALUES = 500;
const MAX_HEADER_VALUES = 100;
/** Items of all lists together. */
const MAX_ITEMS = 1000;
/** Characters; those of a value also of each item of a list. */
const MAX_NAME = 300;
const MAX_VALUE = 10_000;
const MAX_JSON = 200_000;

/** Header and claims, explained as by explainHeader and explainClaims (`nowMs`: milliseconds), and their JSON. */
export function excerptOf(decoded: DecodedToken, nowMs: number): TokenExcerpt {
  return {
    header: firstOf(explainHeader(decoded), MAX_HEADER_VALUES),
    groups: firstOf(explainClaims(decoded, nowMs), MAX_VALUES),
    ...(decoded.encrypted ? {} : jsonOf(prettyJson(decoded))),
  };
}

function jsonOf(json: string): Pick<TokenExcerpt, 'json' | 'jsonMore'> {
  if (json.length <= MAX_JSON) return { json };
  const lineEnd = json.lastIndexOf('\n', MAX_JSON);
  const end = lineEnd > MAX_JSON / 2 ? lineEnd : MAX_JSON;
  return { json: json.slice(0, end), jsonMore: json.length - end };
}

function firstOf(groups: readonly ClaimGroup[], most: number): ClaimGroup[] {
  let values = most;
  let items = MAX_ITEMS;
  const shown = (value: ExplainedValue): ExplainedValue => {
    const cut = cutValue(value, items);
    if (Array.isArray(cut.raw)) items -= cut.raw.length;
    return cut;
  };
  return groups.map((group) => {
    const claims: ExplainedClaim[] = [];
    for (const claim of group.claims) {
      if (values <= 0) break;
      values -= 1 + (claim.earlier?.values.length ?? 0);
      const { name, earlier } = claim;
      claims.push({
        ...claim,
        ...shown(claim),
        name: cutText(name, MAX_NAME),
        ...(earlier ? { earlier: { ...earlier, values: earlier.values.map(shown) } } : {}),
      });
    }
    const more = group.claims.length - claims.length;
    return { ...group, claims, ...(more > 0 ? { more } : {}) };
  });
}

function cutValue(explained: ExplainedValue, mostItems: number): ExplainedValue {
  const { kind, value, raw } = explained;
  const list = kind === 'list' ? itemsOf(raw) : undefined;
  if (list) {
    // Items are shown one by one; joined, they would only travel twice.
    const items = list.slice(0, mostItems).map((item) => cutText(item, MAX_VALUE));
    const more = list.length - items.length;
    return { ...explained, value: '', raw: items, ...(more > 0 ? { more } : {}) };
  }
  // What is shown is the value; the rest would only travel twice.
  const bare = { ...explained, raw: null };
  if (value.length <= MAX_VALUE) return bare;
  return { ...bare, value: value.slice(0, MAX_VALUE), more: value.length - MAX_VALUE };
}

const cutText = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most)}…` : text;

function itemsOf(raw: unknown): string[] | undefined {
  if (typeof raw === 'string') return raw.split(' ').filter((item) => item !== '');
  return Array.isArray(raw) ? raw.map(String) : undefined;
}
