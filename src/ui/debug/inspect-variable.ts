import * as vscode from 'vscode';
import { isWorkbenchError } from '../../core/errors';
import { redactSecrets } from '../../core/redact';
import type { CommandHandler } from '../../host/command-registrar';
import { plain } from '../../host/plain';
import { withProgress } from '../../host/progress';
import type { TokenViewer } from '../tokens/token-viewer';
import { findInExpression, findInVariable, readVariable, type Findings } from './find-in-variable';
import { stoppedFrame } from './hover-watch';
import { stillThere, untilEnd } from './session-end';
import { askWithin, SessionEnded, type Ask } from './session-requests';
import { shortened } from './shortened';
import { chooseToken } from '../tokens/choose-token';

export interface DebugParts {
  readonly tokens: TokenViewer;
}

/** An expression that goes over several lines, or is longer, is a piece of program: nobody wants it run. */
const MAX_EXPRESSION = 500;

/** "Inspect as Token" on a line of Variables or Watch; VS Code gives `{ sessionId, container, variable }`. */
export function inspectVariable({ tokens }: DebugParts): CommandHandler {
  return async (argument) => {
    const { sessionId, variable } = readArgument(argument);
    if (!variable) {
      say(vscode.l10n.t('Choose Inspect as Token on a variable, while the program is stopped.'));
      return;
    }
    const session = sessionOf(sessionId);
    if (!session) return sayEnded();
    const frameId = frameOf(session);
    await inspectFound(tokens, session, variable.name, (ask) => findInVariable(ask, variable, frameId));
  };
}

/**
 * Evaluates the editor's selection in the stopped frame and shows the token that it gives. Returns false, having said
 * nothing, where no program is stopped or the selection is no expression to evaluate: the caller goes on.
 */
export async function inspectSelection(
  viewer: TokenViewer,
  editor: vscode.TextEditor | undefined,
): Promise<boolean> {
  const frame = stoppedFrame();
  if (!frame || !editor || !editor.selection.isSingleLine) return false;
  const expression = editor.document.getText(editor.selection).trim();
  if (expression === '' || expression.length > MAX_EXPRESSION) return false;
  await inspectFound(viewer, frame.session, expression, (ask) =>
    findInExpression(ask, expression, frame.frameId),
  );
  return true;
}

async function inspectFound(
  viewer: TokenViewer,
  session: vscode.DebugSession,
  name: string,
  find: (ask: Ask) => Promise<Findings>,
): Promise<void> {
  const shown = shortened(name);
  try {
    const title = vscode.l10n.t('Reading {0} from the debugger', shown);
    const findings = await withProgress(title, (signal) =>
      untilEnd(session, async (ended) => {
        const ask = askWithin(session, { signal, ended });
        const found = await find(ask);
        if (found.tokens.length === 0) await stillThere(ask);
        return found;
      }),
    );
    await show(viewer, shown, findings);
  } catch (error) {
    if (error instanceof SessionEnded) return sayEnded();
    if (isWorkbenchError(error) && error.code === 'timeout')
      return say(vscode.l10n.t('The debugger did not answer when it was asked for {0}.', shown));
    if (isWorkbenchError(error)) throw error;
    // What an adapter says names the program's expression, which may be a secret itself.
    const reason = redactSecrets(error instanceof Error ? error.message : String(error));
    say(vscode.l10n.t('The debugger cannot evaluate {0}: {1}', shown, reason));
  }
}

async function show(viewer: TokenViewer, name: string, { tokens, cut }: Findings): Promise<void> {
  const [first, ...others] = tokens.map((found) => ({ ...found, place: shortened(found.place) }));
  if (!first)
    return say(
      cut
        ? vscode.l10n.t(
            'The debugger gives only the beginning of the token in {0}. Print the value or copy it in the program.',
            name,
          )
        : vscode.l10n.t('There is no token in {0}.', name),
    );
  const { token, place } = await chooseToken(vscode.l10n.t('Tokens in {0}', name), [first, ...others]);
  await viewer.inspect(token, { source: vscode.l10n.t('{0} in the debugger', place) });
}

function readArgument(given: unknown) {
  const argument: unknown = Array.isArray(given) ? given[0] : given;
  const { sessionId, variable } = (argument ?? {}) as { sessionId?: unknown; variable?: unknown };
  return {
    sessionId: typeof sessionId === 'string' ? sessionId : undefined,
    variable: readVariable(variable),
  };
}

/** The session that the view shows is the one in focus. */
function sessionOf(id: string | undefined): vscode.DebugSession | undefined {
  const { activeStackItem, activeDebugSession } = vscode.debug;
  const known = [activeStackItem?.session, activeDebugSession];
  return known.find((session) => session !== undefined && (id === undefined || session.id === id));
}

function frameOf(session: vscode.DebugSession): number | undefined {
  const frame = stoppedFrame();
  return frame?.session.id === session.id ? frame.frameId : undefined;
}

const sayEnded = (): void => say(vscode.l10n.t('The debug session has ended: its variables are gone.'));

function say(text: string): void {
  void vscode.window.showWarningMessage(plain(text));
}
