import { AwsError } from './aws-error';

/** The JSON members of a request, read one by one with the errors that AWS's own front end gives. */
export type Input = Readonly<Record<string, unknown>>;

export interface TextRule {
  readonly pattern?: RegExp;
  readonly min?: number;
  readonly max?: number;
  readonly oneOf?: readonly string[];
  /** The value is not repeated in the error. */
  readonly secret?: boolean;
}

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);

function memberName(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

export function constraintError(
  name: string,
  value: string | number | undefined,
  constraint: string,
  secret = false,
): AwsError {
  const shown = secret ? '' : value === undefined ? ' null' : ` '${value}'`;
  return invalid(
    `1 validation error detected: Value${shown} at '${memberName(name)}' failed to satisfy constraint: Member must ${constraint}`,
  );
}

function wrongType(name: string, wanted: string): AwsError {
  return new AwsError('SerializationException', `${name} must be a ${wanted}`);
}

export function optionalText(input: Input, name: string, rule: TextRule = {}): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw wrongType(name, 'string');
  const fail = (constraint: string): AwsError => constraintError(name, value, constraint, rule.secret);
  if (rule.min !== undefined && value.length < rule.min)
    throw fail(`have length greater than or equal to ${rule.min}`);
  if (rule.max !== undefined && value.length > rule.max)
    throw fail(`have length less than or equal to ${rule.max}`);
  if (rule.pattern !== undefined && !rule.pattern.test(value))
    throw fail(`satisfy regular expression pattern: ${rule.pattern.source.replace(/^\^|\$$/g, '')}`);
  if (rule.oneOf !== undefined && !rule.oneOf.includes(value))
    throw fail(`satisfy enum value set: [${rule.oneOf.join(', ')}]`);
  return value;
}

export function requiredText(input: Input, name: string, rule: TextRule = {}): string {
  const value = optionalText(input, name, rule);
  if (value === undefined) throw constraintError(name, undefined, 'not be null', rule.secret);
  return value;
}

export function optionalBoolean(input: Input, name: string): boolean | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'boolean') throw wrongType(name, 'boolean');
  return value;
}

export function optionalInteger(
  input: Input,
  name: string,
  range: { readonly min?: number; readonly max?: number } = {},
): number | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(name, 'number');
  if (range.min !== undefined && value < range.min)
    throw constraintError(name, value, `have value greater than or equal to ${range.min}`);
  if (range.max !== undefined && value > range.max)
    throw constraintError(name, value, `have value less than or equal to ${range.max}`);
  return value;
}

export function isRecord(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function optionalRecord(input: Input, name: string): Input | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (!isRecord(value)) throw wrongType(name, 'structure');
  return value;
}

export function optionalRecords(input: Input, name: string): readonly Input[] | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || !value.every(isRecord)) throw wrongType(name, 'list of structures');
  return value;
}

export function optionalTexts(
  input: Input,
  name: string,
  rule: TextRule = {},
): readonly string[] | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw wrongType(name, 'list');
  return value.map((element: unknown) => requiredText({ [name]: element }, name, rule));
}

/** A map of strings; keys keep their spelling, and inherited names are not found in it. */
export function optionalTextMap(input: Input, name: string): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const [key, value] of Object.entries(optionalRecord(input, name) ?? {})) {
    if (value === null) continue;
    if (typeof value !== 'string') throw wrongType(`${name}.${key}`, 'string');
    map.set(key, value);
  }
  return map;
}
