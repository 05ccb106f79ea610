import * as l10n from '@vscode/l10n';
import { brokenAt } from './json-place';
import { type Choice, type ConditionLine, type Policy, type PolicyKind, statementPath } from './model';
import type { PolicyProblem, PrincipalChoice, Statement } from './model';

/**
 * Reads an IAM policy document out of its JSON text (IAM JSON policy language). Never throws: what cannot be read is
 * among the problems, each with its place, and the rest is read all the same.
 */
export function parsePolicy(name: string, text: string, kind: PolicyKind): Policy {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return unreadable(name, l10n.t('The policy is not JSON ({0}).', placeOf(text)));
  }
  if (!isRecord(document)) return unreadable(name, l10n.t('The policy is not a JSON object.'));

  const problems: PolicyProblem[] = [];
  const version = document['Version'];
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    problems.push({ path: 'Version', sentence: l10n.t('The version must be "2012-10-17".') });
  }
  const raw = document['Statement'];
  const list = Array.isArray(raw) ? (raw as readonly unknown[]) : raw === undefined ? [] : [raw];
  if (list.length === 0) {
    problems.push({ path: 'Statement', sentence: l10n.t('The policy has no statement.') });
  }
  const statements = list.map((statement, index) => readStatement(statement, index, kind, problems));
  return { name, hasVariables: version === '2012-10-17', statements, problems, unreadable: false };
}

function unreadable(name: string, sentence: string): Policy {
  return {
    name,
    hasVariables: false,
    statements: [],
    problems: [{ path: '', sentence }],
    unreadable: true,
  };
}

function placeOf(text: string): string {
  const before = text.slice(0, brokenAt(text)).split('\n');
  return l10n.t('line {0}, column {1}', before.length, (before.at(-1)?.length ?? 0) + 1);
}

const MEMBERS: ReadonlySet<string> = new Set(
  'Sid Effect Action NotAction Resource NotResource Principal NotPrincipal Condition'.split(' '),
);

function readStatement(raw: unknown, index: number, kind: PolicyKind, all: PolicyProblem[]): Statement {
  const problems: PolicyProblem[] = [];
  const complain = (member: string | undefined, sentence: string): void => {
    problems.push({ path: statementPath(index, member), sentence });
  };
  const fields = isRecord(raw) ? raw : {};
  if (!isRecord(raw)) complain(undefined, l10n.t('A statement must be a JSON object.'));
  for (const member of Object.keys(fields)) {
    if (!MEMBERS.has(member)) complain(member, l10n.t('"{0}" is no element of a statement.', member));
  }

  const sid = fields['Sid'];
  const effect = fields['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') {
    complain('Effect', l10n.t('The effect must be "Allow" or "Deny".'));
  }
  const choice = (name: 'Action' | 'Resource'): Choice | undefined => readChoice(fields, name, complain);
  const actions = choice('Action');
  if (!actions) complain('Action', l10n.t('The statement names no action.'));
  const resources = choice('Resource');
  const principals = readPrincipals(fields, complain);
  if (kind === 'identity' && !resources) complain('Resource', l10n.t('The statement names no resource.'));
  if (kind === 'identity' && principals) complain('Principal', l10n.t('A principal has no place here.'));
  if (kind === 'trust' && !principals) complain('Principal', l10n.t('The statement names no principal.'));
  if (kind === 'trust' && resources) complain('Resource', l10n.t('A resource has no place here.'));
  const conditions = readConditions(fields['Condition'], complain);

  all.push(...problems);
  return {
    index,
    sid: typeof sid === 'string' && sid !== '' ? sid : undefined,
    effect: effect === 'Allow' || effect === 'Deny' ? effect : undefined,
    actions: actions ?? { negated: false, values: [] },
    resources,
    principals,
    conditions,
    problem: problems[0]?.sentence,
  };
}

type Complain = (member: string | undefined, sentence: string) => void;
type Fields = Readonly<Record<string, unknown>>;

function readChoice(fields: Fields, name: 'Action' | 'Resource', complain: Complain): Choice | undefined {
  const [plain, negated] = [fields[name], fields[`Not${name}`]];
  if (plain === undefined && negated === undefined) return undefined;
  if (plain !== undefined && negated !== undefined) {
    complain(name, l10n.t('"{0}" and "{1}" exclude each other.', name, `Not${name}`));
  }
  const member = plain === undefined ? `Not${name}` : name;
  return { negated: plain === undefined, values: readTexts(plain ?? negated, member, complain) };
}

function readPrincipals(fields: Fields, complain: Complain): PrincipalChoice | undefined {
  const member = fields['Principal'] === undefined ? 'NotPrincipal' : 'Principal';
  const negated = member === 'NotPrincipal';
  const raw = fields[member];
  if (raw === undefined) return undefined;
  if (raw === '*') return { negated, entries: [{ type: '*', id: '*' }] };
  if (!isRecord(raw)) {
    complain(member, l10n.t('A principal must be "*" or a JSON object.'));
    return { negated, entries: [] };
  }
  const entries = Object.entries(raw).flatMap(([type, ids]) =>
    readTexts(ids, `${member}.${type}`, complain).map((id) => ({ type, id })),
  );
  return { negated, entries };
}

function readConditions(raw: unknown, complain: Complain): ConditionLine[] {
  if (raw === undefined) return [];
  if (!isRecord(raw)) {
    complain('Condition', l10n.t('A condition must be a JSON object.'));
    return [];
  }
  return Object.entries(raw).flatMap(([operator, keys]) => {
    if (!isRecord(keys)) {
      complain(`Condition.${operator}`, l10n.t('A condition must be a JSON object.'));
      return [];
    }
    return Object.entries(keys).map(([key, values]) => ({
      operator,
      key,
      values: readTexts(values, `Condition.${operator}.${key}`, complain, ['number', 'boolean']),
    }));
  });
}

/** A text or a list of texts; `also` names other types that stand for their text. */
function readTexts(
  raw: unknown,
  member: string,
  complain: Complain,
  also: readonly ('number' | 'boolean')[] = [],
): string[] {
  const list = Array.isArray(raw) ? (raw as readonly unknown[]) : [raw];
  if (list.length === 0) complain(member, l10n.t('The list is empty.'));
  return list.flatMap((item) => {
    const type = typeof item;
    if (type === 'string' || also.some((other) => other === type)) return [String(item)];
    complain(member, l10n.t('Only texts may stand here.'));
    return [];
  });
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
