import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { TimeoutError } from '../core/errors';
import { abortError } from '../core/session/abort';
import type { Site } from './call';
import { callSeconds } from './call';
import { toFault } from './faults';

type Body = GetObjectCommandOutput['Body'];

/** What the SDK hands out in Node: a readable stream, over which a checksum may be taken. */
type ByteStream = AsyncIterable<Uint8Array> & { destroy(reason?: Error): void };

/**
 * The bytes of an answer, in order. Ends with an error of the core where the connection breaks, the signal fires, or
 * nothing comes for as long as a call may take; time that the reader takes for itself does not count.
 */
export async function* chunksOf(body: Body, site: Site, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const stream = body as unknown as ByteStream;
  const stop = (): void => stream.destroy(signal && abortError(signal));
  signal?.addEventListener('abort', stop, { once: true });
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    if (signal?.aborted) throw abortError(signal);
    const chunks = stream[Symbol.asyncIterator]();
    for (;;) {
      timer = setTimeout(
        () => stream.destroy(new TimeoutError(site.operation, callSeconds)),
        callSeconds * 1000,
      );
      const next = await chunks.next();
      clearTimeout(timer);
      if (next.done) return;
      yield next.value;
    }
  } catch (error) {
    throw toFault(error, { ...site, seconds: callSeconds }, signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    stream.destroy();
  }
}
