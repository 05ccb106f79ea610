import { AwsError } from './aws-error';

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: string | undefined;
}

/** Cuts one page out of a list; the token names the last item given, so that it survives insertions and deletions. */
export function pageOf<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  limit: number,
  token: string | undefined,
): Page<T> {
  let start = 0;
  if (token !== undefined) {
    const key = Buffer.from(token, 'base64url').toString('utf8');
    const index = all.findIndex((item) => keyOf(item) === key);
    if (index < 0) throw new AwsError('InvalidParameterException', 'Invalid pagination token.');
    start = index + 1;
  }
  const items = all.slice(start, start + limit);
  const last = items.at(-1);
  const more = start + limit < all.length && last !== undefined;
  return { items, next: more ? Buffer.from(keyOf(last), 'utf8').toString('base64url') : undefined };
}
