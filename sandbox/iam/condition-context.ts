/** Keys that the sandbox can fill or knows to be absent. A policy that asks for another one is not understood. */
const KNOWN_KEYS: ReadonlySet<string> = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principaltype',
  'aws:securetransport',
  'aws:sourceip',
  'aws:tagkeys',
  'aws:userid',
  'aws:username',
  'cognito-identity.amazonaws.com:amr',
  'cognito-identity.amazonaws.com:aud',
  'cognito-identity.amazonaws.com:sub',
  's3:delimiter',
  's3:max-keys',
  's3:prefix',
  'sts:durationseconds',
  'sts:rolesessionname',
]);

const KNOWN_FAMILIES: readonly string[] = ['aws:principaltag/'];

export type ContextValues = Readonly<Record<string, string | readonly string[]>>;

/** The condition keys of one request; their names are case-insensitive. */
export interface ConditionContext {
  /** All values of a key; undefined when the request does not have it. */
  get(key: string): readonly string[] | undefined;
  /** Whether the sandbox knows what the key means; what a request carries is known by that. */
  knows(key: string): boolean;
}

/** Later sources win over earlier ones. */
export function conditionContext(...sources: readonly ContextValues[]): ConditionContext {
  const values = new Map<string, readonly string[]>();
  for (const source of sources) {
    for (const [key, value] of Object.entries(source)) {
      values.set(key.toLowerCase(), typeof value === 'string' ? [value] : value);
    }
  }
  return {
    get(key) {
      const found = values.get(key.toLowerCase());
      return found === undefined || found.length === 0 ? undefined : found;
    },
    knows(key) {
      const name = key.toLowerCase();
      return (
        values.has(name) ||
        KNOWN_KEYS.has(name) ||
        KNOWN_FAMILIES.some((family) => name.startsWith(family) && name.length > family.length)
      );
    },
  };
}
