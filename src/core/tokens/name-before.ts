/** Characters before a token in which its name is looked for. */
const NEAR = 120;
const LONGEST = 40;

const NAME = /([A-Za-z_][\w.-]{0,99})[\\"'`]{0,4}\s{0,9}[:=]\s{0,9}[\\"'`]{0,4}\s{0,9}(?:bearer\s{1,9})?$/i;

/**
 * The name that a text gives to a token which begins at `start`: of a member of JSON, a variable, a header or a parameter of
 * an address (`id_token`, `Authorization`). Of a path its last part. Undefined where there is none; never part of a token.
 */
export function nameBefore(text: string, start: number): string | undefined {
  const found = NAME.exec(text.slice(Math.max(0, start - NEAR), start))?.[1];
  const name = found?.split('.').at(-1);
  return name === undefined || name === '' || name.length > LONGEST || /^ey[A-Z0-9]/.test(name)
    ? undefined
    : name;
}

/** Whether a token that stands under this name renews others: nothing in an encrypted one says so. */
export const namesRefresh = (name: string | undefined): boolean =>
  name !== undefined && /refresh/i.test(name);
