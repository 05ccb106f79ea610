const icons: readonly (readonly [RegExp, string])[] = [
  [/\.(png|jpe?g|gif|webp|avif|bmp|ico|svg)$/i, 'file-media'],
  [/\.(mp4|mov|webm|mp3|wav|ogg|flac)$/i, 'file-media'],
  [/\.(zip|gz|tgz|bz2|xz|zst|7z|rar|tar)$/i, 'file-zip'],
  [/\.pdf$/i, 'file-pdf'],
  [/\.(json|jsonl|ndjson|geojson)$/i, 'json'],
  [/\.(md|markdown)$/i, 'markdown'],
  [/\.(bin|exe|dll|so|wasm|parquet|dat)$/i, 'file-binary'],
  [/\.(ts|js|mjs|cjs|tsx|jsx|py|java|go|rs|c|cpp|h|cs|rb|php|sh|html|css|xml|ya?ml|toml)$/i, 'file-code'],
  [/\.(txt|log|csv|tsv)$/i, 'file-text'],
];

/** The codicon for a file of this name. */
export function fileIcon(name: string): string {
  return icons.find(([pattern]) => pattern.test(name))?.[1] ?? 'file';
}
