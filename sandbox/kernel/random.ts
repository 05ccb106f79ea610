import { randomInt, randomUUID } from 'node:crypto';

const LOWER_ALNUM = 'abcdefghijklmnopqrstuvwxyz0123456789';
const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' + LOWER_ALNUM;

export function randomFrom(alphabet: string, length: number): string {
  let text = '';
  for (let index = 0; index < length; index++) text += alphabet.charAt(randomInt(alphabet.length));
  return text;
}

/** `abc123…`, the alphabet of app client ids and secrets. */
export function lowerAlnum(length: number): string {
  return randomFrom(LOWER_ALNUM, length);
}

export function alnum(length: number): string {
  return randomFrom(ALNUM, length);
}

export function digits(length: number): string {
  return randomFrom('0123456789', length);
}

export function uuid(): string {
  return randomUUID();
}
