/** More pages than any account's quota makes: an endpoint that never ends is given up. */
const MOST_PAGES = 500;

/** The items of all pages, in order. */
export async function allPages<T>(
  page: (
    token: string | undefined,
  ) => Promise<{ readonly items: readonly T[]; readonly next: string | undefined }>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let token: string | undefined;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const { items, next } = await page(token);
    all.push(...items);
    if (next === undefined || next === '' || next === token) break;
    token = next;
  }
  return all;
}
