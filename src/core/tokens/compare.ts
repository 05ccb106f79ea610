import * as l10n from '@vscode/l10n';
import { formatTimeLeft } from '../time';
import type { DecodedToken } from './decode';
import {
  type ClaimGroup,
  type ClaimGroupId,
  type ExplainedClaim,
  explainClaims,
  explainHeader,
} from './explain';
import { type EarlierTexts, prettyJsonText } from './json';

export type ClaimChange = 'same' | 'added' | 'removed' | 'changed';

export interface ComparedClaim {
  readonly name: string;
  readonly meaning: string;
  readonly change: ClaimChange;
  /** As explained in each token; absent where it has no such claim. */
  readonly left?: ExplainedClaim;
  readonly right?: ExplainedClaim;
  /** Of changed times: `1 h later`. */
  readonly note?: string;
  /** Items of changed lists of texts (groups, scopes). */
  readonly addedItems?: readonly string[];
  readonly removedItems?: readonly string[];
}

export interface ComparedGroup {
  readonly id: ClaimGroupId;
  readonly title: string;
  readonly rows: readonly ComparedClaim[];
}

const ORDER: readonly ClaimGroupId[] = ['header', 'who', 'roles', 'audience', 'times', 'rest'];

/**
 * Two tokens claim by claim, grouped as explainClaims does, the header first: `right` is what the later or other one has.
 * Values count as the same where their JSON is, whatever blanks are in it; numbers to the last digit. `nowMs` in milliseconds.
 */
export function compareTokens(left: DecodedToken, right: DecodedToken, nowMs: number): ComparedGroup[] {
  const [before, after] = [left, right].map((decoded) => [
    ...explainHeader(decoded),
    ...explainClaims(decoded, nowMs),
  ]) as [ClaimGroup[], ClaimGroup[]];
  return ORDER.flatMap((id) => {
    const [one, two] = [before, after].map((groups) => groups.find((group) => group.id === id));
    const title = (one ?? two)?.title;
    if (title === undefined) return [];
    const others = new Map(two?.claims.map((claim) => [claim.name, claim]));
    const known = new Map(one?.claims.map((claim) => [claim.name, claim]));
    const names = [...new Set([...known.keys(), ...others.keys()])];
    const rows = names.map((name) =>
      compared(name, known.get(name), others.get(name), rawOf(id, left, name) === rawOf(id, right, name)),
    );
    return [{ id, title, rows }];
  });
}

/** How many claims and headers differ. */
export function countChanges(groups: readonly ComparedGroup[]): number {
  return groups.flatMap(({ rows }) => rows).filter(({ change }) => change !== 'same').length;
}

function rawOf(id: ClaimGroupId, decoded: DecodedToken, name: string): string {
  const members = id === 'header' ? decoded.rawHeader : decoded.rawJson;
  if (!Object.hasOwn(members, name)) return '';
  const earlier = (id === 'header' ? decoded.earlierHeader : decoded.earlierClaims).get(name);
  const texts = [...(earlier?.texts ?? []), members[name] ?? ''].map(prettyJsonText);
  return [earlier?.count ?? 0, ...texts].join('\n');
}

function compared(
  name: string,
  left: ExplainedClaim | undefined,
  right: ExplainedClaim | undefined,
  same: boolean,
): ComparedClaim {
  const common = {
    name,
    meaning: (right ?? left)?.meaning ?? '',
    ...(left ? { left } : {}),
    ...(right ? { right } : {}),
  };
  if (!left) return { ...common, change: 'added' };
  if (!right) return { ...common, change: 'removed' };
  if (same) return { ...common, change: 'same' };
  return { ...common, change: 'changed', ...timeNote(left, right), ...listChanges(left, right) };
}

function timeNote({ timeMs: before }: ExplainedClaim, { timeMs: after }: ExplainedClaim): { note?: string } {
  if (before === undefined || after === undefined || before === after) return {};
  const span = formatTimeLeft(Math.abs(after - before));
  return { note: after > before ? l10n.t('{0} later', span) : l10n.t('{0} earlier', span) };
}

function listChanges(
  left: ExplainedClaim,
  right: ExplainedClaim,
): { addedItems?: string[]; removedItems?: string[] } {
  if (left.kind !== 'list' || right.kind !== 'list') return {};
  const [before, after] = [itemsOf(left.raw), itemsOf(right.raw)];
  const [had, has] = [new Set(before), new Set(after)];
  return {
    addedItems: [...has].filter((item) => !had.has(item)),
    removedItems: [...had].filter((item) => !has.has(item)),
  };
}

function itemsOf(raw: unknown): string[] {
  if (typeof raw === 'string') return raw.split(' ').filter((item) => item !== '');
  return Array.isArray(raw) ? raw.filter((item) => typeof item === 'string') : [];
}

const TIMES = new Set(['exp', 'iat', 'nbf', 'auth_time', 'updated_at', 'toe']);

/**
 * A token as a document for a diff: JSON with comments, names in alphabetical order, one item a line, times with their
 * date in UTC, every value of a name that stands there more than once; no signature. The same token gives the same text at any time.
 */
export function claimsDocument(decoded: DecodedToken): string {
  const claims = decoded.encrypted
    ? `  // ${l10n.t('Encrypted: only Cognito can read it').replaceAll('\n', ' ')}`
    : `  "claims": ${membersText(decoded.rawJson, decoded.earlierClaims)}`;
  return `{\n  "header": ${membersText(decoded.rawHeader, decoded.earlierHeader)}${decoded.encrypted ? '' : ','}\n${claims}\n}\n`;
}

function membersText(
  raw: Readonly<Record<string, string>>,
  earlier: ReadonlyMap<string, EarlierTexts>,
): string {
  const entries = Object.entries(raw).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return '{}';
  const lines = entries.flatMap(([name, value], index) => {
    const member = (text: string) =>
      `    ${JSON.stringify(name)}: ${prettyJsonText(text).replaceAll('\n', '\n    ')}`;
    const comma = index < entries.length - 1 ? ',' : '';
    const last = `${member(value)}${comma}${dateComment(name, value)}`;
    const before = earlier.get(name);
    if (!before) return [last];
    const more = before.count - before.texts.length;
    return [
      ...before.texts.map((text) => `${member(text)}, // ${l10n.t('not taken')}`),
      ...(more > 0 ? [`    // ${l10n.t('{0} more, not taken', more)}`] : []),
      last,
    ];
  });
  return `{\n${lines.join('\n')}\n  }`;
}

function dateComment(name: string, value: string): string {
  if (!TIMES.has(name) || !/^-?\d{1,12}(?:\.\d+)?$/.test(value)) return '';
  const date = new Date(Number(value) * 1000);
  return Number.isNaN(date.getTime()) ? '' : ` // ${date.toISOString()}`;
}
