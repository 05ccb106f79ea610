import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { isConnectionId } from './ids';
import type {
  Connection,
  ConnectionEntry,
  ConnectionProblem,
  ConnectionSource,
  SettingsLayer,
} from './model';
import { connectionSchema, DEFAULT_CALLBACK_PORTS, DEFAULT_SCOPES } from './schema';
import { problemSentence } from './sentences';
import { warningsOf } from './unknown-fields';

type Fields = Readonly<Record<string, unknown>>;
type Usable = Extract<ConnectionEntry, { ok: true }>;

const failed = (
  label: string,
  source: ConnectionSource,
  problems: readonly ConnectionProblem[],
): ConnectionEntry => ({
  ok: false,
  label,
  source,
  problems,
});

/**
 * Reads `cognitoWorkbench.connections` of every layer, farthest first. Usable entries have their defaults filled; the
 * others carry all their problems, a localised sentence each. On equal ids the nearer layer wins, in the farther one's
 * place; within a layer the second is a problem. Never throws, whatever the values are.
 */
export function parseConnections(layers: readonly SettingsLayer[]): ConnectionEntry[] {
  const result: ConnectionEntry[] = [];
  for (const layer of layers) {
    const ownIds = new Set<string>();
    for (const entry of parseLayer(layer)) {
      if (!entry.ok) {
        result.push(entry);
        continue;
      }
      const { id } = entry.connection;
      const farther = result.findIndex((other) => other.ok && other.connection.id === id);
      if (ownIds.has(id)) result.push(duplicate(entry));
      else if (farther >= 0) result[farther] = entry;
      else result.push(entry);
      ownIds.add(id);
    }
  }
  return result;
}

function duplicate(entry: Usable): ConnectionEntry {
  const { id } = entry.connection;
  const message = l10n.t(
    'Another connection in these settings has the id "{0}" too: expected a different id for each.',
    id,
  );
  return failed(id, entry.source, [{ path: 'id', message }]);
}

function parseLayer({ source, value }: SettingsLayer): ConnectionEntry[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    const message = l10n.t(
      '"cognitoWorkbench.connections" has the wrong type: expected a list of connections, [{ … }].',
    );
    return [failed('cognitoWorkbench.connections', source, [{ path: '', message }])];
  }
  return Array.from(value as readonly unknown[], (item, index) => parseEntry(item, index, source));
}

function parseEntry(item: unknown, index: number, source: ConnectionSource): ConnectionEntry {
  const label = `#${index + 1}`;
  try {
    const fields: Fields =
      typeof item === 'object' && item !== null && !Array.isArray(item) ? (item as Fields) : {};
    const id = typeof fields.id === 'string' ? fields.id.trim() : '';
    const named = isConnectionId(id) ? id : label;
    const parsed = v.safeParse(connectionSchema, Array.isArray(item) ? undefined : item);
    if (!parsed.success) return failed(named, source, problemsOf(parsed.issues, item));
    if (!parsed.output.userPool && !parsed.output.identityPool) {
      const message = l10n.t('The connection leads nowhere: expected "userPool", "identityPool" or both.');
      return failed(named, source, [{ path: '', message }]);
    }
    return { ok: true, connection: withoutGaps(parsed.output), source, warnings: warningsOf(fields) };
  } catch {
    return failed(label, source, [
      { path: '', message: l10n.t('The entry could not be read: expected plain JSON.') },
    ]);
  }
}

function problemsOf(issues: readonly v.BaseIssue<unknown>[], item: unknown): ConnectionProblem[] {
  if (Array.isArray(item)) return [{ path: '', message: problemSentence('', '', false, item) }];
  const problems = new Map<string, ConnectionProblem>();
  for (const issue of issues) {
    const keys = (issue.path ?? []).map((step) => step.key);
    const path = keys
      .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
      .join('')
      .slice(1);
    if (problems.has(path)) continue;
    const field = keys.filter((key) => typeof key !== 'number').join('.');
    const insideList = typeof keys.at(-1) === 'number';
    problems.set(path, { path, message: problemSentence(path, field, insideList, inputAt(item, keys)) });
  }
  return [...problems.values()];
}

/** The value as written; an issue of a later step of the schema holds the value that the step before made. */
function inputAt(item: unknown, keys: readonly unknown[]): unknown {
  return keys.reduce<unknown>((value, key) => {
    return typeof value === 'object' && value !== null
      ? (value as Record<PropertyKey, unknown>)[key as PropertyKey]
      : undefined;
  }, item);
}

/** Drops the fields that are absent: the model knows them as absent, not as undefined. */
function withoutGaps(value: v.InferOutput<typeof connectionSchema>): Connection {
  const clean = (part: Fields): Fields =>
    Object.fromEntries(
      Object.entries(part)
        .filter(([, field]) => field !== undefined)
        .map(([name, field]) => [
          name,
          typeof field === 'object' && !Array.isArray(field) ? clean(field as Fields) : field,
        ]),
    );
  return clean(value) as unknown as Connection;
}

/** The entry to write into settings: what equals a default is left out. */
export function toSettings(connection: Connection): object {
  const { id, name, userPool, identityPool, s3, endpoints } = connection;
  return compact({
    id,
    name,
    userPool: userPool && {
      userPoolId: userPool.userPoolId,
      clientId: userPool.clientId,
      hasClientSecret: userPool.hasClientSecret || undefined,
      domain: userPool.domain,
      signIn: userPool.signIn === 'srp' ? undefined : userPool.signIn,
      scopes: sameList(userPool.scopes, DEFAULT_SCOPES) ? undefined : [...userPool.scopes],
      callbackPorts: sameList(userPool.callbackPorts, DEFAULT_CALLBACK_PORTS)
        ? undefined
        : [...userPool.callbackPorts],
    },
    identityPool: identityPool && {
      ...identityPool,
      flow: identityPool.flow === 'enhanced' ? undefined : identityPool.flow,
    },
    s3: s3 && { ...s3, locations: s3.locations.length === 0 ? undefined : [...s3.locations] },
    endpoints: endpoints && { ...endpoints },
  });
}

const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index]);

/** Without absent fields and without groups that are empty then. */
function compact(fields: Fields): Fields {
  const entries = Object.entries(fields).map(
    ([name, value]) => [name, isGroup(value) ? compact(value) : value] as const,
  );
  return Object.fromEntries(
    entries.filter(
      ([, value]) => value !== undefined && !(isGroup(value) && Object.keys(value).length === 0),
    ),
  );
}

const isGroup = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
