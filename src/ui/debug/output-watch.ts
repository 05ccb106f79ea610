import * as vscode from 'vscode';
import { mayHoldPrinted, showsToken } from './printed-hint';

/** Takes what a program printed, where it may hold a token. */
export interface OutputTaker {
  /** `reference`: of what was printed, where it is more than text; 0 elsewhere. */
  take(session: vscode.DebugSession, text: string, reference: number, category: string): void;
}

/** Output events after a hopeful one that are passed on too: an adapter may cut a token over several. */
const FOLLOWING = 4;

interface Output {
  readonly text: string;
  readonly reference: number;
  readonly category: string;
}

/**
 * Looks at what debugged programs print, with any adapter; asks the adapter for nothing. Cheap until a text holds the
 * beginning of a token, or an object one of its names; then `load` brings whoever reads it.
 */
export function watchDebugOutput(load: () => Promise<OutputTaker>): vscode.Disposable {
  return vscode.debug.registerDebugAdapterTrackerFactory('*', {
    createDebugAdapterTracker: (session) => {
      let following = 0;
      return {
        onDidSendMessage: (message: unknown) => {
          const output = outputOf(message);
          if (output === undefined) return;
          if (showsToken(output.text)) following = FOLLOWING;
          else if (following > 0) following -= 1;
          else if (output.reference === 0 || !mayHoldPrinted(output.text)) return;
          // Without the part that reads it nothing is offered; the program goes on.
          load().then(
            (taker) => taker.take(session, output.text, output.reference, output.category),
            () => undefined,
          );
        },
      };
    },
  });
}

function outputOf(message: unknown): Output | undefined {
  const { type, event, body } = (message ?? {}) as {
    type?: unknown;
    event?: unknown;
    body?: { output?: unknown; category?: unknown; variablesReference?: unknown };
  };
  if (type !== 'event' || event !== 'output' || body?.category === 'telemetry') return undefined;
  if (typeof body?.output !== 'string') return undefined;
  const { output: text, variablesReference, category } = body;
  return {
    text,
    reference: typeof variablesReference === 'number' ? variablesReference : 0,
    category: typeof category === 'string' ? category : '',
  };
}
