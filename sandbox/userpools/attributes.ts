import { AwsError } from '../kernel/aws-error';
import { optionalRecords, optionalText, requiredText, type Input } from '../kernel/input';
import type { PoolUser, SchemaAttribute, UserPool } from './model';

const STANDARD = [
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'email',
  'email_verified',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'phone_number',
  'phone_number_verified',
  'address',
  'updated_at',
] as const;

/** The pool's attributes: the standard ones, with what the request changes about them, and its own `custom:` ones. */
export function schemaOf(requested: readonly Input[]): readonly SchemaAttribute[] {
  const schema = new Map<string, SchemaAttribute>();
  schema.set('sub', { name: 'sub', type: 'String', mutable: false, required: true });
  for (const name of STANDARD) {
    const type = name.endsWith('_verified') ? 'Boolean' : name === 'updated_at' ? 'Number' : 'String';
    schema.set(name, { name, type, mutable: true, required: false });
  }
  for (const entry of requested) addToSchema(schema, entry);
  return [...schema.values()];
}

/** The schema with further `custom:` attributes; throws where one is there already. */
export function withCustomAttributes(
  schema: readonly SchemaAttribute[],
  requested: readonly Input[],
): readonly SchemaAttribute[] {
  const all = new Map(schema.map((attribute) => [attribute.name, attribute]));
  for (const entry of requested) {
    const name = `custom:${requiredText(entry, 'Name', { min: 1, max: 20 })}`;
    if (all.has(name)) throw invalid(`${name}: Existing attribute already has name ${name}.`);
    addToSchema(all, entry, name);
  }
  return [...all.values()];
}

function addToSchema(schema: Map<string, SchemaAttribute>, entry: Input, fixedName?: string): void {
  const bare = requiredText(entry, 'Name', { min: 1, max: 20 });
  const name = fixedName ?? (schema.has(bare) ? bare : `custom:${bare}`);
  const known = optionalText(entry, 'AttributeDataType', {
    oneOf: ['String', 'Number', 'DateTime', 'Boolean'],
  });
  const type = (['Number', 'DateTime', 'Boolean'] as const).find((kind) => kind === known) ?? 'String';
  const required = entry['Required'] === true;
  if (required && name.startsWith('custom:'))
    throw invalid('Required custom attributes are not supported currently.');
  schema.set(name, { name, type, mutable: entry['Mutable'] !== false, required });
}

/** `[{Name, Value}]` as a map; every name must be in the pool's schema. */
export function readAttributes(pool: UserPool, input: Input, member: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const entry of optionalRecords(input, member) ?? []) {
    const name = requiredText(entry, 'Name', { min: 1, max: 32 });
    const value = optionalText(entry, 'Value', { max: 2048 }) ?? '';
    checkAttribute(pool, name, value);
    attributes.set(name, value);
  }
  return attributes;
}

export function checkAttribute(pool: UserPool, name: string, value: string): void {
  const definition = pool.settings.schema.find((entry) => entry.name === name);
  if (definition === undefined)
    throw invalid(
      `Attributes did not conform to the schema: ${name}: Attribute does not exist in the schema.\n`,
    );
  if (name === 'sub') throw invalid('Cannot modify the non-mutable attribute sub');
  if (name === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))
    throw invalid('Invalid email address format.');
  if (name === 'phone_number' && !/^\+\d{5,15}$/.test(value)) throw invalid('Invalid phone number format.');
}

/** Throws InvalidParameterException naming the required attributes that are missing. */
export function checkRequiredAttributes(pool: UserPool, attributes: ReadonlyMap<string, string>): void {
  const missing = missingAttributes(pool, attributes);
  if (missing.length > 0) {
    const complaints = missing.map((name) => `${name}: The attribute is required\n`).join('');
    throw invalid(`Attributes did not conform to the schema: ${complaints}`);
  }
}

export function missingAttributes(
  pool: UserPool,
  attributes: ReadonlyMap<string, string>,
): readonly string[] {
  return pool.settings.schema
    .filter(({ name, required }) => required && name !== 'sub' && !attributes.has(name))
    .map(({ name }) => name);
}

/** Throws where a user's attribute, once set, may not be changed or taken away. */
export function checkMutable(pool: UserPool, name: string): void {
  const definition = pool.settings.schema.find((entry) => entry.name === name);
  if (definition?.mutable === false) throw invalid(`user.${name}: Attribute cannot be updated.\n`);
}

export function attributeList(user: PoolUser): readonly { Name: string; Value: string }[] {
  return [
    ...[...user.attributes].map(([Name, Value]) => ({ Name, Value })),
    { Name: 'sub', Value: user.sub },
  ];
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
