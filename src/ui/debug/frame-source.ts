import * as vscode from 'vscode';
import type { Ask } from './session-requests';

/** Frames from the top among which the one in focus is searched. */
const LEVELS = 100;

interface Source {
  readonly path?: unknown;
  readonly sourceReference?: unknown;
}

const known = new WeakMap<vscode.DebugStackFrame, Source>();

/** Whether a document is the one that a frame is stopped in; a name means something else in any other. */
export async function isSourceOf(
  frame: vscode.DebugStackFrame,
  document: vscode.TextDocument,
  ask: Ask,
): Promise<boolean> {
  let source = known.get(frame);
  if (source === undefined) {
    const { threadId, frameId } = frame;
    source = sourceIn(await ask('stackTrace', { threadId, startFrame: 0, levels: LEVELS }), frameId);
    known.set(frame, source);
  }
  return isSame(source, document.uri, frame.session);
}

function sourceIn(body: unknown, frameId: number): Source {
  const { stackFrames } = (body ?? {}) as { stackFrames?: unknown };
  const frames: unknown[] = Array.isArray(stackFrames) ? stackFrames : [];
  const found = frames.find((frame) => (frame as { id?: unknown } | null)?.id === frameId);
  return (found as { source?: Source } | undefined)?.source ?? {};
}

/** VS Code gives an adapter's paths as URIs of its own side, which names the machine otherwise; cases differ too. */
function isSame({ path, sourceReference }: Source, uri: vscode.Uri, session: vscode.DebugSession): boolean {
  if (typeof path !== 'string') return false;
  if (typeof sourceReference === 'number' && sourceReference > 0)
    return vscode.debug.asDebugSourceUri({ path, sourceReference }, session).toString() === uri.toString();
  const own = /^[a-z][\w+.-]+:\/\//i.test(path) ? vscode.Uri.parse(path) : vscode.Uri.file(path);
  return own.path.toLowerCase() === uri.path.toLowerCase();
}
