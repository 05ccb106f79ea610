import * as vscode from 'vscode';
import type { HoverCapability } from './hover-capability';
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
 * Looks at what debugged programs print, with any adapter, and at what adapters can; asks them for nothing. Cheap until a text holds the
 * beginning of a token, or an object one of its names; then `load` brings whoever reads it.
 */
export function watchDebugOutput(
  load: () => Promise<OutputTaker>,
  capability: HoverCapability,
): vscode.Disposable {
  const over = new WeakSet<vscode.DebugSession>();
  const ended = vscode.debug.onDidTerminateDebugSession((session) => over.add(session));
  const trackers = vscode.debug.registerDebugAdapterTrackerFactory('*', {
    createDebugAdapterTracker: (session) => {
      let following = 0;
      return {
        onDidSendMessage: (message: unknown) => {
          capability.note(session, message);
          const output = outputOf(message);
          if (output === undefined) return;
          if (showsToken(output.text)) following = FOLLOWING;
          else if (following > 0) following -= 1;
          else if (output.reference === 0 || !mayHoldPrinted(output.text)) return;
          // Without the part that reads it nothing is offered; the program goes on.
          load().then(
            (taker) => {
              // A short program may be over before the reader is there: what it printed went with it.
              if (!over.has(session)) taker.take(session, output.text, output.reference, output.category);
            },
            () => undefined,
          );
        },
      };
    },
  });
  return vscode.Disposable.from(ended, trackers);
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
