import * as l10n from '@vscode/l10n';
import type { PrincipalTagMap } from '../admin-port';
import type { Claims } from './role-mapping-claims';

/** Keys and values of all tags of a session together (developer guide, "Using attributes for access control"). */
export const MAX_TAG_BYTES = 460;
const MAX_KEY = 128;
const MAX_VALUE = 256;
const DEFAULTS: Readonly<Record<string, string>> = { client: 'aud', username: 'sub' };

type Tags = Readonly<Record<string, string>>;

/** Tag to claim, the defaults filled in. */
export function tagClaims({ useDefaults, tags }: PrincipalTagMap): Tags {
  return useDefaults ? DEFAULTS : tags;
}

/** The tags that an identity pool makes of a token's claims; lists, structures and missing claims make none. */
export function sessionTags(map: PrincipalTagMap, claims: Claims): Record<string, string> {
  const entries = Object.entries(tagClaims(map)).flatMap(([tag, claim]) => {
    const value = Object.hasOwn(claims, claim) ? claims[claim] : undefined;
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return isPlain ? [[tag, String(value)] as const] : [];
  });
  return Object.fromEntries(entries);
}

export interface TagProblem {
  /** Localised: what was found and what is allowed. */
  readonly sentence: string;
  /** The tags to leave out, so that the rest is accepted. */
  readonly leaveOut: readonly string[];
}

/** What is wrong with the tags of a session: too long altogether or one by one, or a character that STS refuses. */
export function tagProblem(tags: Tags): TagProblem | undefined {
  const refused = Object.entries(tags).find(([key, value]) => !isTag(key, value));
  const total = bytesOf(tags);
  if (!refused && total <= MAX_TAG_BYTES) return undefined;

  const kept = Object.entries(tags)
    .filter(([key, value]) => isTag(key, value))
    .toSorted((a, b) => bytesOf([a]) - bytesOf([b]));
  while (bytesOf(kept) > MAX_TAG_BYTES) kept.pop();
  const names = new Set(kept.map(([key]) => key));
  return {
    sentence: refused ? refusal(...refused) : tooLong(tags, total),
    leaveOut: Object.keys(tags).filter((key) => !names.has(key)),
  };
}

function tooLong(tags: Tags, total: number): string {
  const sizes = Object.entries(tags)
    .toSorted((a, b) => bytesOf([b]) - bytesOf([a]))
    .map((tag) => l10n.t('{0}: {1} bytes', tag[0], bytesOf([tag])));
  return l10n.t(
    'The session tags take {0} bytes, and {1} are allowed ({2}).',
    total,
    MAX_TAG_BYTES,
    sizes.join(', '),
  );
}

function refusal(key: string, value: string): string {
  const length = [...value].length;
  return length > MAX_VALUE
    ? l10n.t('The session tag {0} has {1} characters, and {2} are allowed.', key, length, MAX_VALUE)
    : l10n.t(
        'The session tag {0} has a character that AWS refuses in tags, or a name that is too long.',
        key,
      );
}

const isTag = (key: string, value: string): boolean =>
  [...key].length <= MAX_KEY && [...value].length <= MAX_VALUE && [key, value].every(isAllowedText);

const isAllowedText = (text: string): boolean => /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(text);

function bytesOf(tags: Tags | readonly (readonly [string, string])[]): number {
  const entries = Array.isArray(tags)
    ? (tags as readonly (readonly [string, string])[])
    : Object.entries(tags);
  return new TextEncoder().encode(entries.flat().join('')).length;
}
