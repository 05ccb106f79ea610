import type * as vscode from 'vscode';
import { isCancelled, isWorkbenchError } from '../../core/errors';
import { tokensOfConsole, type OpenDevtools } from './console-calls';
import { findInPrinted, type FoundToken } from './find-in-variable';
import { stillThere, untilEnd } from './session-end';
import { askWithin, SessionEnded, type Ask } from './session-requests';

export interface PrintedFindings {
  readonly tokens: readonly FoundToken[];
  /** Some token was there, and the debugger gives only its beginning. */
  readonly cut: boolean;
}

/** For one way to share a connection, which may hang. */
const DEVTOOLS_MS = 8000;

/**
 * The tokens in objects that a program printed, by the references of their output events. Throws CancelledError,
 * SessionEnded and TimeoutError.
 */
export function tokensOfPrinted(
  session: vscode.DebugSession,
  references: readonly number[],
  open: OpenDevtools,
  signal: AbortSignal,
): Promise<PrintedFindings> {
  return untilEnd(session, async (ended) => {
    const ask = askWithin(session, { signal, ended });
    const found = new Map<string, FoundToken>();
    let cut = false;
    for (const reference of references) {
      const findings = await findInPrinted(ask, reference);
      for (const one of findings.tokens) found.set(one.token, one);
      cut ||= findings.cut;
    }
    if (cut && sharesDevtools(session)) {
      const whole = await wholeTokens(ask, open, signal, ended);
      for (const one of whole) found.set(one.token, one);
      if (whole.length > 0) cut = false;
    }
    if (found.size === 0) await stillThere(ask);
    return { tokens: [...found.values()], cut };
  });
}

/** The JavaScript debugger of VS Code: for Node.js, browsers and extension hosts. */
const sharesDevtools = ({ type }: vscode.DebugSession): boolean => type.startsWith('pwa-');

async function wholeTokens(
  ask: Ask,
  open: OpenDevtools,
  signal: AbortSignal,
  ended: AbortSignal,
): Promise<FoundToken[]> {
  const limit = AbortSignal.any([signal, ended, AbortSignal.timeout(DEVTOOLS_MS)]);
  try {
    return await tokensOfConsole(ask, open, limit);
  } catch (error) {
    if (ended.aborted) throw new SessionEnded('the debug session has ended');
    if (signal.aborted || (isWorkbenchError(error) && !isCancelled(error))) throw error;
    // What is not shared stays cut.
    return [];
  }
}
