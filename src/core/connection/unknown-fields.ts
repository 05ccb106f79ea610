import * as l10n from '@vscode/l10n';
import { LOCATION_PLACEHOLDERS } from './derive';
import type { ConnectionProblem } from './model';
import { KNOWN_FIELDS } from './schema';

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Number of single-letter edits between two words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

const plain = (word: string): string => word.replace(/[^a-z0-9]/gi, '').toLowerCase();

/** The known name that was probably meant: the same but for case and dashes, or at most two letters off. */
export function didYouMean(name: string, known: readonly string[]): string | undefined {
  if (name.length > 64) return undefined;
  const ranked = known
    .map((candidate) => ({ candidate, away: distance(plain(name), plain(candidate)) }))
    .filter(({ candidate, away }) => away <= Math.min(2, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.away - b.away);
  return ranked[0]?.candidate;
}

function where(field: string, level: string): string | undefined {
  return Object.keys(KNOWN_FIELDS).find((other) => other !== level && KNOWN_FIELDS[other]?.includes(field));
}

function unknownField(field: string, level: string): string {
  if (/secret|password/i.test(field) && field !== 'hasClientSecret') {
    return l10n.t(
      '"{0}" is ignored: secrets do not belong in settings. Set "hasClientSecret", and the secret is asked for once and kept in the secret store.',
      field,
    );
  }
  const meant = didYouMean(field, KNOWN_FIELDS[level] ?? []);
  if (meant !== undefined) return l10n.t('"{0}" is unknown and ignored. Did you mean "{1}"?', field, meant);
  const elsewhere = where(field, level);
  if (elsewhere !== undefined && elsewhere !== '') {
    return l10n.t('"{0}" is ignored here: it belongs in "{1}".', field, elsewhere);
  }
  return l10n.t('"{0}" is unknown and ignored.', field);
}

function unknownPlaceholders(entry: Fields): ConnectionProblem[] {
  const locations = isObject(entry.s3) ? entry.s3.locations : undefined;
  if (!Array.isArray(locations)) return [];
  return locations.flatMap((location: unknown, index) => {
    const names =
      typeof location === 'string'
        ? [...location.matchAll(/\$\{([^}]*)\}/g)].map((match) => match[1] ?? '')
        : [];
    return names
      .filter((name) => !Object.hasOwn(LOCATION_PLACEHOLDERS, name))
      .map((name) => ({
        path: `s3.locations[${index}]`,
        message: l10n.t(
          '"{0}" is not a placeholder: expected {1}.',
          `\${${name}}`,
          '${identityId}, ${sub}, ${username}',
        ),
      }));
  });
}

/** What is ignored in an entry, a sentence each: unknown fields (with what was probably meant) and placeholders. */
export function warningsOf(entry: Fields): ConnectionProblem[] {
  const fields = Object.entries(KNOWN_FIELDS).flatMap(([level, known]) => {
    const value = level === '' ? entry : entry[level];
    if (!isObject(value)) return [];
    return Object.keys(value)
      .filter((field) => !known.includes(field))
      .slice(0, 20)
      .map((field) => ({
        path: level === '' ? field : `${level}.${field}`,
        message: unknownField(field.slice(0, 64), level),
      }));
  });
  return [...fields, ...unknownPlaceholders(entry)];
}
