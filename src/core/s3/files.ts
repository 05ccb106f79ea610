// What Windows refuses in names, and the direction marks that disguise an ending (`exe.txt` shown backwards).
const UNSAFE = /[<>:"/\\|?*\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])(?=\.|$)/i;
const MAX_BYTES = 240;

const byteLength = (text: string): number => new TextEncoder().encode(text).length;

/** A name to save an object under, safe on Windows, macOS and Linux: one segment, never empty, at most 240 bytes. */
export function fileNameFor(key: string): string {
  const last = key.replace(/\/+$/, '').split('/').at(-1) ?? '';
  const safe = shortened(last.replace(UNSAFE, '_').trimStart()).replace(/[. ]+$/, (end) =>
    '_'.repeat(end.length),
  );
  const name = RESERVED.test(safe) ? `_${safe}` : safe;
  return name === '' ? 'download' : name;
}

/** Cuts at whole characters, keeping the ending. */
function shortened(name: string): string {
  if (byteLength(name) <= MAX_BYTES) return name;
  const ending = /\.[^. ]{1,16}$/.exec(name)?.[0] ?? '';
  let stem = '';
  let left = MAX_BYTES - byteLength(ending);
  for (const char of name.slice(0, name.length - ending.length)) {
    left -= byteLength(char);
    if (left < 0) break;
    stem += char;
  }
  return stem + ending;
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Bytes in words, in steps of 1024: `0 B`, `1.5 KB`, `6 MB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) return '–';
  let value = bytes;
  let unit = 0;
  // 1023.5 would be rounded to 1024 of the smaller unit.
  while (value >= 1023.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits).replace(/\.0$/, '')} ${UNITS[unit] ?? ''}`;
}

export type PreviewKind = 'json' | 'text' | 'image' | 'none' | 'too-large';

/** Bytes. */
export const PREVIEW_LIMITS = { text: 1_048_576, image: 10_485_760 } as const;

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const IMAGE_TYPES = words('png jpeg jpg gif webp bmp svg+xml avif x-icon vnd.microsoft.icon');
const IMAGE_ENDINGS = words('png jpg jpeg gif webp bmp svg avif ico');
const JSON_ENDINGS = words('json geojson webmanifest har map');
const TEXT_ENDINGS = words(
  'txt md markdown log csv tsv xml html htm css js mjs cjs ts tsx jsx yml yaml toml ini cfg conf env properties sql sh bash zsh ps1 bat cmd py rb go rs java kt c h cpp hpp cs php swift tf tfvars graphql proto jsonl ndjson srt vtt pem crt csr gitignore dockerfile makefile readme license',
);
const TEXT_TYPES =
  /^(?:text\/.+|application\/(?:xml|.+\+xml|yaml|x-yaml|javascript|x-javascript|ecmascript|typescript|sql|toml|x-sh|x-ndjson|x-www-form-urlencoded|graphql|x-pem-file))$/;
const GENERIC_TYPES =
  /^(?:|application\/octet-stream|binary\/octet-stream|application\/x-directory|text\/plain)$/;

/**
 * Whether and how an object can be previewed. The content type decides; where it says nothing (absent, octet-stream,
 * plain text), the key's ending does. `size` in bytes, held against PREVIEW_LIMITS.
 */
export function previewKind(key: string, contentType: string | undefined, size: number): PreviewKind {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const kind = (GENERIC_TYPES.test(type) ? kindOfEnding(key) : undefined) ?? kindOfType(type);
  if (kind === 'none') return 'none';
  return size > (kind === 'image' ? PREVIEW_LIMITS.image : PREVIEW_LIMITS.text) ? 'too-large' : kind;
}

function kindOfType(type: string): 'json' | 'text' | 'image' | 'none' {
  if (/^(?:application|text)\/(?:.+\+)?json$/.test(type)) return 'json';
  if (type.startsWith('image/')) return IMAGE_TYPES.has(type.slice('image/'.length)) ? 'image' : 'none';
  return TEXT_TYPES.test(type) ? 'text' : 'none';
}

function kindOfEnding(key: string): 'json' | 'text' | 'image' | undefined {
  if (key.endsWith('/')) return undefined;
  const ending = /([^./]+)$/.exec(key)?.[1]?.toLowerCase() ?? '';
  if (JSON_ENDINGS.has(ending)) return 'json';
  if (IMAGE_ENDINGS.has(ending)) return 'image';
  return TEXT_ENDINGS.has(ending) ? 'text' : undefined;
}
