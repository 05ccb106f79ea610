/** Stands for a name or an ID that was taken out. */
const GONE = 'redacted';

/** Takes the names of one person out of a text. */
export type Sweep = (text: string) => string;

type Claims = Readonly<Record<string, unknown>>;

/** Found in the middle of words too: nothing else looks like them. */
const IDS = ['sub', 'email', 'phone_number'];
/** Found as whole words alone: a name may be part of any other word. */
const NAMES = ['cognito:username', 'username', 'preferred_username'];
/** Shorter ones are no IDs. */
const SHORTEST_ID = 6;
/** Longer ones are no names, and no patterns either. */
const LONGEST_NAME = 512;

/** Takes out what the claims call the person by. `isPersonal`: whether a value of a claim tells of a person at all. */
export function sweepOf(claims: Claims, isPersonal: (name: string, value: string) => boolean): Sweep {
  const own = [...IDS, ...NAMES].flatMap((name) => {
    const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
    // An application's own ID is no person's.
    if (typeof value !== 'string' || value === claims['client_id'] || !isPersonal(name, value)) return [];
    const isId = IDS.includes(name) ? value.length >= SHORTEST_ID : value.length > LONGEST_NAME;
    return [{ value, isId }];
  });
  const ids = own.filter(({ isId }) => isId).map(({ value }) => value);
  const names = own.filter(({ isId }) => !isId).map(({ value }) => value);
  const userIds = userIdsOf(claims).filter((id) => isPersonal('userId', id));
  const patterns = [...names, ...userIds].map(wholeWord);
  return (text) => {
    let clean = text;
    for (const id of ids) clean = clean.replaceAll(id, GONE);
    for (const pattern of patterns) clean = clean.replace(pattern, GONE);
    return clean.replace(/(CognitoSignIn:)[^]+/, `$1${GONE}`);
  };
}

/** The user's IDs at other providers. */
function userIdsOf({ identities }: Claims): string[] {
  if (!Array.isArray(identities)) return [];
  return identities.slice(0, 20).flatMap((item: unknown) => {
    const id = typeof item === 'object' && item !== null && 'userId' in item ? item.userId : undefined;
    return typeof id === 'string' && id !== '' && id.length <= LONGEST_NAME ? [id] : [];
  });
}

/** User names mostly count as the same in either case. */
function wholeWord(value: string): RegExp {
  const literal = value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'giu');
}

/**
 * The sign-in methods (`amr`) of an identity pool without the user: a provider stays, and of `provider:by:user` the
 * first two; `by` is CognitoSignIn, the app's ID there, or the identity pool's ID for developer identities.
 */
export function maskedMethods(methods: readonly unknown[]): unknown[] {
  const providers = methods.filter((one): one is string => typeof one === 'string' && isProvider(one));
  return methods.map((method) => (typeof method === 'string' ? maskedMethod(method, providers) : method));
}

const isProvider = (method: string): boolean => method.split(':').length <= 2;
const ARN = /^arn:(?:[^:]*:){4}[^:]*/;
/** Of an identity pool; it has a colon itself. */
const POOL_ID = /^[a-z]{2}(?:-[a-z]+)+-\d{1,2}:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?=:|$)/i;

function maskedMethod(method: string, providers: readonly string[]): string {
  const named = providers.filter((one) => method.startsWith(`${one}:`)).sort((a, b) => a.length - b.length);
  const provider = ARN.exec(method)?.[0] ?? named[0] ?? method.split(':')[0] ?? '';
  const rest = method.slice(provider.length + 1);
  const by = POOL_ID.exec(rest)?.[0] ?? rest.split(':')[0] ?? '';
  return rest === by ? method : `${provider}:${by}:${GONE}`;
}
