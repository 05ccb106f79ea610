import * as vscode from 'vscode';
import { DisposableStore } from '../../host/disposables';
import { affectsTokenSettings, tokenSetting } from '../../host/token-settings';
import type { TokenViewer } from '../tokens/token-viewer';
import { LensAlarm } from './lens-alarm';

export interface TokenPlacesDeps {
  readonly viewer: () => Promise<TokenViewer>;
  /** Takes the names of the files in sight that hold tokens. */
  readonly holding: (fileNames: readonly string[]) => void;
  /** Whoever notes what nobody waits for, and shows what a person asked for. */
  readonly failed: (what: string, error: unknown) => void;
  readonly asked: (what: string, error: unknown) => void;
}

/** Tokens in every document and terminal. Registers only: what looks at text is loaded when there is some. */
export function registerTokenPlaces(deps: TokenPlacesDeps): vscode.Disposable {
  const owned = new DisposableStore();
  const load = () => import('./index');
  const everywhere = '*';
  owned.add(
    vscode.languages.registerHoverProvider(everywhere, {
      provideHover: async (document, position) =>
        tokenSetting('tokensHover', document)
          ? (await load()).hoverAt(document, position, Date.now())
          : undefined,
    }),
  );
  owned.add(registerLenses(owned, load));
  owned.add(
    vscode.languages.registerCodeActionsProvider(
      everywhere,
      {
        provideCodeActions: async (document, range, context) =>
          (await load()).redactActions(document, range, context),
        resolveCodeAction: async (action) => (await load()).withEdit(action),
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
  owned.add(registerLinks(deps, load));
  owned.add(watchWhenNeeded(owned, deps, load));
  return owned;
}

type Load = () => Promise<typeof import('./index')>;

function registerLenses(owned: DisposableStore, load: Load): vscode.Disposable {
  const changed = owned.add(new vscode.EventEmitter<void>());
  const alarm = owned.add(new LensAlarm(() => changed.fire()));
  owned.add(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (affectsTokenSettings(event)) changed.fire();
    }),
  );
  return vscode.languages.registerCodeLensProvider('*', {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: async (document, cancel) => {
      if (!tokenSetting('tokensCodeLens', document)) return [];
      const { lenses, changeMs } = (await load()).codeLenses(document, Date.now(), cancel);
      alarm.changesIn(changeMs);
      return lenses;
    },
  });
}

function registerLinks({ viewer, asked }: TokenPlacesDeps, load: Load): vscode.Disposable {
  return vscode.window.registerTerminalLinkProvider({
    provideTerminalLinks: async ({ line, terminal }) =>
      (await load()).tokenLinks(line, terminal.name, Date.now()),
    handleTerminalLink: async (link: vscode.TerminalLink & { token?: unknown; source?: unknown }) => {
      const { token, source } = link;
      if (typeof token !== 'string' || typeof source !== 'string') return;
      try {
        await (await viewer()).inspect(token, { source });
      } catch (error) {
        asked('inspectToken', error);
      }
    },
  });
}

/** The watch begins with the first editor that is seen: without one there is nothing to mark. */
function watchWhenNeeded(owned: DisposableStore, deps: TokenPlacesDeps, load: Load): vscode.Disposable {
  const failed = (error: unknown) => deps.failed('tokens', error);
  let started = false;
  const start = (): void => {
    if (started || vscode.window.visibleTextEditors.length === 0) return;
    started = true;
    load()
      .then(({ DocumentWatch }) => owned.add(new DocumentWatch({ holding: deps.holding, failed })))
      .catch(failed);
  };
  setImmediate(start);
  return vscode.window.onDidChangeVisibleTextEditors(start);
}
