import * as vscode from 'vscode';
import { isWorkbenchError } from '../../core/errors';
import { SessionEnded, type Ask } from './session-requests';

/** Does what needs a debug session; the signal aborts when the session ends. */
export async function untilEnd<T>(
  { id }: Pick<vscode.DebugSession, 'id'>,
  work: (ended: AbortSignal) => Promise<T>,
): Promise<T> {
  const ended = new AbortController();
  const watching = vscode.debug.onDidTerminateDebugSession((session) => {
    if (session.id === id) ended.abort();
  });
  try {
    return await work(ended.signal);
  } finally {
    watching.dispose();
  }
}

/** An adapter that ends refuses what it was asked, and its end is told later: one that lives knows its threads. */
export async function stillThere(ask: Ask): Promise<void> {
  try {
    await ask('threads', {});
  } catch (error) {
    throw isWorkbenchError(error) ? error : new SessionEnded('the debug session has ended');
  }
}
