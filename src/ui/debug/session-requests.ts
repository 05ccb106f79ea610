import { CancelledError, TimeoutError } from '../../core/errors';

/** Sends one request of the Debug Adapter Protocol to the session that is asked, and gives its body. */
export type Ask = (command: string, args: object) => Promise<unknown>;

/** The session is over; what was asked of it has no answer any more. */
export class SessionEnded extends Error {
  readonly code = 'debug.session-ended';
}

/** What a session must offer; `vscode.DebugSession` does. */
export interface Askable {
  customRequest(command: string, args?: object): Thenable<unknown>;
}

export interface AskLimits {
  /** Aborts when the person cancels. */
  readonly signal: AbortSignal;
  /** Aborts when the session ends. */
  readonly ended: AbortSignal;
  /** Milliseconds for one request. */
  readonly timeoutMs?: number;
}

/**
 * Asks a session within limits. Requests throw CancelledError, SessionEnded, TimeoutError, or what the adapter refused
 * with. Adapters may never answer (the program runs again, the adapter has died), so no wait depends on them alone.
 */
export function askWithin(session: Askable, { signal, ended, timeoutMs = 10_000 }: AskLimits): Ask {
  return (command, args) =>
    new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', cancel);
        ended.removeEventListener('abort', end);
        act();
      };
      const fail = (error: Error): void => settle(() => reject(error));
      const cancel = (): void => fail(new CancelledError());
      const end = (): void => fail(new SessionEnded('the debug session has ended'));
      const timer = setTimeout(() => fail(new TimeoutError(command, timeoutMs / 1000)), timeoutMs);
      if (signal.aborted) return cancel();
      if (ended.aborted) return end();
      signal.addEventListener('abort', cancel);
      ended.addEventListener('abort', end);
      session.customRequest(command, args).then(
        (body) => settle(() => resolve(body)),
        (error: unknown) => fail(error instanceof Error ? error : new Error(String(error))),
      );
    });
}
