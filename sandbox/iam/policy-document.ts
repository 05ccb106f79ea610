import { AwsError } from '../kernel/aws-error';
import { type Input, isRecord } from '../kernel/input';
import { CONDITION_OPERATORS, parseOperatorName } from './condition-operators';

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A list, and whether it stands under its `Not…` name. */
export interface Choice {
  readonly negated: boolean;
  readonly values: readonly string[];
}

export interface PrincipalChoice {
  readonly negated: boolean;
  readonly principals: readonly { readonly type: string; readonly id: string }[];
}

export interface Statement {
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Choice;
  /** Of identity policies. */
  readonly resources: Choice | undefined;
  /** Of trust policies. */
  readonly principals: PrincipalChoice | undefined;
  readonly conditions: readonly Condition[];
}

export interface Policy {
  /** Variables are a thing of version 2012-10-17. */
  readonly hasVariables: boolean;
  readonly statements: readonly Statement[];
}

export type PolicyKind = 'identity' | 'trust';

const STATEMENT_MEMBERS: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
]);

/** Real operators that the evaluator does not understand: accepted here, they deny when they are met. */
const ALSO_VALID_OPERATORS: ReadonlySet<string> = new Set(['Null', 'BinaryEquals']);

export function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicyDocument', message, 400);
}

const syntax = (): AwsError => malformed('Syntax errors in policy.');

/** Reads a policy out of its JSON text. Throws MalformedPolicyDocument. */
export function parsePolicyText(text: string, kind: PolicyKind): Policy {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw malformed('This policy contains invalid Json');
  }
  return readPolicy(document, kind);
}

/** Reads a policy out of its JSON value. Throws MalformedPolicyDocument. */
export function readPolicy(document: unknown, kind: PolicyKind): Policy {
  if (
    !isRecord(document) ||
    Object.keys(document).some((name) => !['Version', 'Id', 'Statement'].includes(name))
  ) {
    throw syntax();
  }
  const version = document['Version'];
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    throw malformed('The policy must contain a valid version string');
  }
  const raw = document['Statement'];
  const list: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  if (list.length === 0) {
    throw syntax();
  }
  const statements = list.map((statement) => readStatement(statement, kind));
  const sids = statements.flatMap(({ sid }) => (sid === undefined ? [] : [sid]));
  if (new Set(sids).size < sids.length) {
    throw malformed('Statement IDs (SID) in a single policy must be unique.');
  }
  return { hasVariables: version === '2012-10-17', statements };
}

function readStatement(raw: unknown, kind: PolicyKind): Statement {
  if (!isRecord(raw) || Object.keys(raw).some((name) => !STATEMENT_MEMBERS.has(name))) {
    throw syntax();
  }
  const effect = raw['Effect'];
  const sid = raw['Sid'];
  if ((effect !== 'Allow' && effect !== 'Deny') || (sid !== undefined && typeof sid !== 'string')) {
    throw syntax();
  }
  const actions = readChoice(raw, 'Action');
  if (actions === undefined) {
    throw malformed('Policy statement must contain actions.');
  }
  if (actions.values.some((action) => action !== '*' && !/^[\w-]+:[\w*?]+$/.test(action))) {
    throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  }
  const members = { sid, effect, actions, conditions: readConditions(raw['Condition']) } as const;
  return kind === 'identity'
    ? { ...members, resources: readResources(raw), principals: undefined }
    : { ...members, resources: undefined, principals: readTrust(raw, actions) };
}

function readResources(raw: Input): Choice {
  if (raw['Principal'] !== undefined || raw['NotPrincipal'] !== undefined) {
    throw malformed('Policy document should not specify a principal.');
  }
  const resources = readChoice(raw, 'Resource');
  if (resources === undefined) {
    throw malformed('Policy statement must contain resources.');
  }
  for (const resource of resources.values) {
    if (resource !== '*' && !/^arn(:[^:]*){4}:./s.test(resource)) {
      throw malformed(`Resource ${resource} must be in ARN format or "*".`);
    }
  }
  return resources;
}

function readTrust(raw: Input, actions: Choice): PrincipalChoice {
  if (raw['Resource'] !== undefined || raw['NotResource'] !== undefined) {
    throw malformed('Has prohibited field Resource');
  }
  if (actions.values.some((action) => !/^sts:/i.test(action))) {
    throw malformed('AssumeRole policy may only specify STS AssumeRole actions.');
  }
  const negated = raw['NotPrincipal'] !== undefined;
  const principal = raw[negated ? 'NotPrincipal' : 'Principal'];
  if (principal === undefined || (negated && raw['Principal'] !== undefined)) {
    throw malformed('Missing required field Principal');
  }
  if (principal === '*') {
    return { negated, principals: [{ type: '*', id: '*' }] };
  }
  if (!isRecord(principal) || Object.keys(principal).length === 0) {
    throw syntax();
  }
  const principals = Object.entries(principal).flatMap(([type, ids]) => {
    if (!['AWS', 'Federated', 'Service', 'CanonicalUser'].includes(type)) {
      throw syntax();
    }
    return readTexts(ids).map((id) => ({ type, id }));
  });
  return { negated, principals };
}

function readChoice(raw: Input, name: 'Action' | 'Resource'): Choice | undefined {
  const [plain, negated] = [raw[name], raw[`Not${name}`]];
  if (plain !== undefined && negated !== undefined) {
    throw syntax();
  }
  const given = plain ?? negated;
  return given === undefined ? undefined : { negated: plain === undefined, values: readTexts(given) };
}

function readTexts(raw: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  if (list.length === 0) {
    throw syntax();
  }
  return list.map((item) => {
    if (typeof item !== 'string') {
      throw syntax();
    }
    return item;
  });
}

function readConditions(raw: unknown): Condition[] {
  if (raw === undefined) {
    return [];
  }
  if (!isRecord(raw)) {
    throw syntax();
  }
  return Object.entries(raw).flatMap(([operator, keys]) => {
    const { base } = parseOperatorName(operator);
    if (!CONDITION_OPERATORS.has(base) && !ALSO_VALID_OPERATORS.has(base)) {
      throw malformed(`Invalid Condition type : ${operator}.`);
    }
    if (!isRecord(keys)) {
      throw syntax();
    }
    return Object.entries(keys).map(([key, values]) => ({
      operator,
      key,
      values: readConditionValues(values),
    }));
  });
}

function readConditionValues(raw: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  return list.map((value) => {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      throw syntax();
    }
    return String(value);
  });
}
