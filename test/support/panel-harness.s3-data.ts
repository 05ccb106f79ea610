import type { Explanation } from '../../src/core/diagnosis/types';
import type { S3ListPage, S3ObjectDetails } from '../../src/core/ports';
import type { S3LocationView } from '../../src/panel/protocol';
import { bucket, identityId } from './panel-harness.data';

/** What S3 would answer to a reader of the sandbox. */
export const locations: readonly S3LocationView[] = [
  { address: `s3://${bucket}/private/${identityId}/`, label: 'private/${identityId}/', source: 'configured' },
  { address: `s3://${bucket}/public/`, label: 'public/', source: 'configured' },
  {
    address: 's3://team-share/',
    label: 's3://team-share/${groups}/',
    source: 'configured',
    problem: '${groups} is not known for this identity.',
  },
  {
    address: `s3://${bucket}/protected/${identityId}/`,
    label: `s3://${bucket}/protected/${identityId}/`,
    source: 'likely',
  },
];

export const accessDenied: Explanation = {
  id: 'E65',
  title: 'This role may not list secret/',
  why: 'S3 refused ListObjectsV2 for the role Readers: its policy allows s3:ListBucket only for some prefixes, and secret/ is none of them.',
  fix: 'Open a location that the role can list, sign in as an identity with another role, or let an administrator add secret/* to the condition s3:prefix.',
  actions: ['open-likely-locations', 'copy-cli-command', 'show-log', 'show-details'],
  possibleCauses: [
    { text: 'The policy of the role names other prefixes in s3:prefix.' },
    { text: 'The bucket’s own policy denies it.' },
  ],
  cliCommand: 'aws iam get-role-policy --role-name Readers --policy-name Readers',
  details: [
    { label: 'Operation', value: 's3:ListObjectsV2' },
    { label: 'Code', value: 'AccessDenied (403)' },
    {
      label: 'Message',
      value:
        'User: arn:aws:sts::123456789012:assumed-role/Readers/CognitoIdentityCredentials is not authorized',
    },
    { label: 'Request ID', value: '4442587FB7D0A2F9' },
  ],
};

const day = Date.UTC(2026, 2, 14, 9, 26, 53);
const object = (key: string, size: number, storageClass = 'STANDARD') => ({
  key,
  size,
  lastModified: day,
  storageClass,
});

/** Keys that try to hide, to look like others, or to break out. */
export const oddNames = [
  ' leading and trailing ',
  'two  spaces.txt',
  '100% sure.txt',
  'a+b=c.txt',
  'time 12:30:00.log',
  'caf\u00e9.txt',
  'cafe\u0301.txt',
  'line\nbreak.txt',
  'tab\there.txt',
  'photo\u202egnp.exe',
  '<img src=x onerror="window.hacked=1">.html',
  `${'very-long-name-'.repeat(20)}end.json`,
  '',
] as const;

const pageSize = 1000;
const many = Array.from({ length: 2500 }, (_, index) =>
  object(`public/many/item-${String(index + 1).padStart(5, '0')}.txt`, 40 + index),
);

/** One page of a folder, as S3 would give it for the role Readers. */
export function listPage(prefix: string, filter: string, token: string | undefined): S3ListPage {
  if (prefix === 'public/many/') {
    const all = many.filter((one) => one.key.startsWith(prefix + filter));
    const from = Number(token ?? 0);
    const end = from + pageSize;
    return {
      prefixes: [],
      objects: all.slice(from, end),
      ...(end < all.length ? { nextToken: String(end) } : {}),
    };
  }
  const whole = folders[prefix] ?? { prefixes: [], objects: [] };
  return {
    prefixes: whole.prefixes.filter((one) => one.startsWith(prefix + filter)),
    objects: whole.objects.filter((one) => one.key.startsWith(prefix + filter)),
  };
}

const own = `private/${identityId}/`;
const folders: Readonly<Record<string, S3ListPage>> = {
  '': { prefixes: ['private/', 'public/'], objects: [] },
  'private/': { prefixes: [own], objects: [] },
  [own]: {
    prefixes: [`${own}albums/`, `${own}exports/`],
    objects: [
      object(`${own}big.bin`, 6 * 1024 * 1024),
      object(`${own}photo.png`, 48_213),
      object(`${own}profile.json`, 312),
      object(`${own}report-2025.pdf`, 1_834_221, 'GLACIER'),
    ],
  },
  'public/': { prefixes: ['public/many/', 'public/odd/'], objects: [object('public/readme.md', 1204)] },
  'public/odd/': {
    prefixes: ['public/odd//', 'public/odd/key.txt/', 'public/odd/ /'],
    objects: oddNames.map((name) => object(`public/odd/${name}`, 12)),
  },
};

export function objectDetails(key: string): S3ObjectDetails {
  const json = key.endsWith('.json');
  const image = key.endsWith('.png');
  return {
    ...object(key, key.endsWith('big.bin') ? 6 * 1024 * 1024 : image ? 48_213 : 312),
    etag: '"9b2cf535f27731c974343645a3985328"',
    contentType: json
      ? 'application/json'
      : image
        ? 'image/png'
        : key.endsWith('.bin')
          ? 'application/octet-stream'
          : 'text/plain',
    encryption: 'AES256',
    metadata: { author: 'reader' },
  };
}

export const jsonText =
  '{"displayName":"Reader","id":12345678901234567890,"emails":["reader@example.com"],"settings":{"theme":"dark","empty":{},"list":[]},"html":"<b>not bold</b>"}';
