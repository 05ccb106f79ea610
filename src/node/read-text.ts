/** Reads an answer's body as UTF-8; undefined, and no more of it read, where it is over `maxBytes`. */
export async function readText(answer: Response, maxBytes: number): Promise<string | undefined> {
  const body: AsyncIterable<Uint8Array> | undefined = answer.body ?? undefined;
  if (!body) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
