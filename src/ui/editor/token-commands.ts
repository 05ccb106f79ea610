import * as vscode from 'vscode';
import { connectionLabel } from '../../core/connection/derive';
import type { Connection } from '../../core/connection/model';
import type { SignatureVerifier } from '../../core/ports';
import { decodeToken, prettyJson } from '../../core/tokens/decode';
import { judgeBySource, keySource } from '../../core/tokens/key-source';
import { summarise } from '../../core/tokens/verdicts';
import type { CommandHandler } from '../../host/command-registrar';
import { plain } from '../../host/plain';
import { withProgress } from '../../host/progress';
import type { HeldTokens } from '../tokens/held-tokens';
import type { TokenViewer } from '../tokens/token-viewer';
import { isHeld, tokenIn } from './token-place';

export interface TokenPlaceParts {
  readonly tokens: TokenViewer;
  readonly held: HeldTokens;
  readonly settings: { connections(): readonly Connection[] };
  readonly verifier: () => Promise<SignatureVerifier>;
}

/** The links of hovers and lenses bring where a token stands; all three begin by reading it there. */
function atPlace(held: HeldTokens, run: (token: string, source: string) => Promise<void>): CommandHandler {
  return async (argument) => {
    const found = tokenIn(argument, held);
    if (found) await run(found.token, found.source);
    else {
      const text = isHeld(argument)
        ? vscode.l10n.t(
            'This value is no longer held: its debug session has ended, or many others came after it.',
          )
        : vscode.l10n.t('There is no token here any more: the document was changed or closed.');
      void vscode.window.showInformationMessage(text);
    }
  };
}

export const inspectTokenAt = ({ tokens, held }: TokenPlaceParts): CommandHandler =>
  atPlace(held, (token, source) => tokens.inspect(token, { source }));

export const copyClaimsAt = ({ held }: TokenPlaceParts): CommandHandler =>
  atPlace(held, async (token) => {
    await vscode.env.clipboard.writeText(prettyJson(decodeToken(token)));
    vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Claims copied'), 3000);
  });

/** With the keys of a pool that is configured here; any other token goes to the Inspector, which asks before it fetches. */
export const verifyTokenAt = (parts: TokenPlaceParts): CommandHandler =>
  atPlace(parts.held, async (token, source) => {
    const decoded = decodeToken(token);
    const found = keySource(decoded, parts.settings.connections());
    const { connection, url } = found;
    if (connection === undefined || url === undefined) {
      await parts.tokens.inspect(token, { source });
      return;
    }
    const title = vscode.l10n.t('Fetching the keys of {0}', connectionLabel(connection));
    const signature = await withProgress(title, async (signal) =>
      (await parts.verifier()).verify(token, url, signal),
    );
    const nowMs = Date.now();
    const verdicts = judgeBySource(decoded, found, { nowMs, signature });
    const { status, sentence } = summarise(verdicts, decoded, nowMs);
    const inspect = vscode.l10n.t('Inspect');
    const tell =
      status === 'failed' ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
    const chosen = await tell(plain(sentence), inspect);
    if (chosen === inspect) await parts.tokens.inspect(token, { source });
  });
