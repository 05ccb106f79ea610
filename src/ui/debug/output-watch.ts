import * as vscode from 'vscode';

/** Takes what a program printed, where it may hold a token. */
export interface OutputTaker {
  take(session: vscode.DebugSession, text: string): void;
}

/** Output events after a hopeful one that are passed on too: an adapter may cut a token over several. */
const FOLLOWING = 4;

/**
 * Looks at what debugged programs print, with any adapter. Cheap until a text holds the beginning of a token; then
 * `load` brings whoever reads it.
 */
export function watchDebugOutput(load: () => Promise<OutputTaker>): vscode.Disposable {
  return vscode.debug.registerDebugAdapterTrackerFactory('*', {
    createDebugAdapterTracker: (session) => {
      let following = 0;
      return {
        onDidSendMessage: (message: unknown) => {
          const text = outputOf(message);
          if (text === undefined) return;
          // Base64url of `{"`, or of `{` and a line break.
          if (text.includes('eyJ') || text.includes('ewo')) following = FOLLOWING;
          else if (following === 0) return;
          else following -= 1;
          // Without the part that reads it nothing is offered; the program goes on.
          load().then(
            (taker) => taker.take(session, text),
            () => undefined,
          );
        },
      };
    },
  });
}

function outputOf(message: unknown): string | undefined {
  const { type, event, body } = (message ?? {}) as {
    type?: unknown;
    event?: unknown;
    body?: { output?: unknown; category?: unknown };
  };
  if (type !== 'event' || event !== 'output' || body?.category === 'telemetry') return undefined;
  return typeof body?.output === 'string' ? body.output : undefined;
}
