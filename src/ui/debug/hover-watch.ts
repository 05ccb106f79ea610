import * as vscode from 'vscode';
import { tokenSetting } from '../../host/token-settings';
import type { HeldTokens } from '../tokens/held-tokens';
import type { HoverCapability } from './hover-capability';
import type { Hovered } from './value-hover';

/** The part that evaluates. */
interface ValueHovers {
  valueHover(hovered: Hovered): Promise<vscode.Hover | undefined>;
}

/**
 * The hover over variables, there while a program is stopped and no longer. VS Code shows it where its own debug hover
 * has no value, and in place of that while Alt is held; only of adapters that evaluate for hovers. `load` brings what
 * evaluates.
 */
export function watchStoppedFrames(
  held: HeldTokens,
  capability: HoverCapability,
  load: () => Promise<ValueHovers>,
): vscode.Disposable {
  let hover: vscode.Disposable | undefined;
  const look = (): void => {
    const frame = stoppedFrame();
    if (frame === undefined || !capability.has(frame.session)) {
      hover?.dispose();
      hover = undefined;
    } else hover ??= register(held, load);
  };
  look();
  return vscode.Disposable.from(
    vscode.debug.onDidChangeActiveStackItem(look),
    vscode.debug.onDidTerminateDebugSession(({ id }) => held.forget(id)),
    { dispose: () => void hover?.dispose() },
  );
}

function register(held: HeldTokens, load: () => Promise<ValueHovers>): vscode.Disposable {
  return vscode.languages.registerHoverProvider('*', {
    provideHover: async (document, position, cancel) => {
      const frame = stoppedFrame();
      if (!frame || !tokenSetting('tokensHover', document)) return undefined;
      return (await load()).valueHover({ document, position, frame, held, cancel });
    },
  });
}

/** The frame in focus, while its thread is stopped. */
export function stoppedFrame(): vscode.DebugStackFrame | undefined {
  const item = vscode.debug.activeStackItem;
  return item instanceof vscode.DebugStackFrame ? item : undefined;
}
