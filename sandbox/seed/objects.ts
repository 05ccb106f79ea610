import { createCipheriv } from 'node:crypto';
import type { S3 } from '../s3';
import { BUCKET, USERS } from './names';
import { gradientPng } from './png';

export const BIG_BYTES = 6 * 1024 * 1024;
export const MANY = 2500;

/** Keys that clients like to get wrong. */
export const ODD_KEYS: readonly string[] = [
  'public/odd/a b.txt',
  'public/odd/ leading and trailing ',
  'public/odd/100%.txt',
  'public/odd/already%20encoded.txt',
  'public/odd/a+b.txt',
  'public/odd/us-east-1:colon.txt',
  'public/odd/caf\u00e9.txt',
  'public/odd/cafe\u0301.txt',
  'public/odd/\u65e5\u672c\u8a9e/\ud83d\udcdd.txt',
  'public/odd//two-slashes.txt',
  'public/odd/folder/',
  'public/odd/both',
  'public/odd/both/inside.txt',
  'public/odd/./dot.txt',
  'public/odd/../up.txt',
  'public/odd/back\\slash.txt',
  'public/odd/quote"and\'apostrophe.txt',
  'public/odd/question?mark#hash&and=equals.txt',
  'public/odd/<img src=x onerror="alert(1)"><script>alert(document.domain)</script>.html',
];

/** Six megabytes that look random and are the same every time. */
export function bigContents(): Buffer {
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, 's'), Buffer.alloc(16));
  return cipher.update(Buffer.alloc(BIG_BYTES));
}

export function seedSharedObjects(s3: S3): void {
  const put = (key: string, text: string): void =>
    s3.putObject(BUCKET, key, text, { contentType: 'text/plain; charset=utf-8' });
  put(
    'public/welcome.txt',
    'Welcome to the notes app.\nEverybody who signs in may read what is in public/.\n',
  );
  for (let number = 1; number <= MANY; number++)
    put(`public/many/note-${String(number).padStart(4, '0')}.txt`, `Note ${number}\n`);
  for (const key of ODD_KEYS) {
    if (key.endsWith('/')) s3.putObject(BUCKET, key, '', { contentType: 'application/x-directory' });
    else put(key, `The key of this object is ${JSON.stringify(key)}.\n`);
  }
  for (const { username, name } of USERS)
    put(
      `people/${username}/note.txt`,
      `Whoever comes with the tag username=${username} may read this, as ${name} may.\n`,
    );
  put('secret/plan.txt', 'The plan: only Admins can read this.\n');
}

export function seedOwnObjects(
  s3: S3,
  owner: { readonly username: string; readonly name: string; readonly sub: string },
  identityId: string,
  big: Buffer,
): void {
  const folder = `private/${identityId}/`;
  const profile = {
    username: owner.username,
    name: owner.name,
    userPoolSub: owner.sub,
    identityId,
    preferences: { theme: 'auto', language: 'en', notesPerPage: 50 },
    tags: ['sandbox', 'example'],
  };
  s3.putObject(BUCKET, `${folder}profile.json`, `${JSON.stringify(profile, null, 2)}\n`, {
    contentType: 'application/json',
  });
  const hue = (owner.username.charCodeAt(0) * 37) % 256;
  s3.putObject(BUCKET, `${folder}photo.png`, gradientPng(320, 240, hue), { contentType: 'image/png' });
  s3.putObject(BUCKET, `${folder}big.bin`, big, { contentType: 'application/octet-stream' });
}
