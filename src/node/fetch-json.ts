import { readText } from './read-text';

const maxBytes = 200_000;
const milliseconds = 10_000;

/**
 * Fetches a small JSON document: no redirects, 10 s, at most 200 kB. `body` is undefined where the answer is no JSON or longer.
 * Throws what `fetch` throws.
 */
export async function fetchJson(
  url: string,
  signal: AbortSignal,
): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(url, {
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]),
    headers: { accept: 'application/json' },
  });
  const text = await readText(answer, maxBytes);
  try {
    return { status: answer.status, body: JSON.parse(text ?? '') as unknown };
  } catch {
    return { status: answer.status, body: undefined };
  }
}
