import { CancelledError, isWorkbenchError } from '../errors';

/** What a fired signal means: the product's own error where it carries one (a timeout), else that the person stopped. */
export function abortError(signal: AbortSignal): Error {
  return isWorkbenchError(signal.reason) ? signal.reason : new CancelledError(signal.reason);
}

/** Throws `abortError` where the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortError(signal);
}

/** Waits for `promise`, but no longer than until the signal fires; the work behind the promise goes on. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(abortError(signal));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
