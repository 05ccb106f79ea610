import * as vscode from 'vscode';
import { jwksUrl } from '../../core/connection/derive';
import type { Connection } from '../../core/connection/model';
import type { SignatureFinding, SignatureVerifier } from '../../core/ports';
import { issuersOf } from '../../core/connection/derive';
import { decodeToken, prettyJson } from '../../core/tokens/decode';
import { judgeToken, summarise } from '../../core/tokens/verdicts';
import type { CommandHandler } from '../../host/command-registrar';
import { plain } from '../../host/plain';
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
        ? vscode.l10n.t('The debug session has ended: its variables are gone.')
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
    const { iss } = decoded.claims;
    const connection =
      typeof iss === 'string'
        ? parts.settings.connections().find((known) => issuersOf(known).includes(iss))
        : undefined;
    const url = connection && typeof iss === 'string' ? jwksUrl(connection, iss) : undefined;
    if (url === undefined) {
      await parts.tokens.inspect(token, { source });
      return;
    }
    const signature: SignatureFinding = await (await parts.verifier()).verify(token, url);
    const nowMs = Date.now();
    const { status, sentence } = summarise(
      judgeToken(decoded, { connection, nowMs, signature }),
      decoded,
      nowMs,
    );
    const inspect = vscode.l10n.t('Inspect');
    const tell =
      status === 'failed' ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
    const chosen = await tell(plain(sentence), inspect);
    if (chosen === inspect) await parts.tokens.inspect(token, { source });
  });
