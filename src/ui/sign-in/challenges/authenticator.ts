import qrcode from 'qrcode-generator';
import * as vscode from 'vscode';
import type { ChallengeAnswer, PendingChallenge } from '../../../core/signin/challenge';
import { askText } from '../../input';
import { pressed, refusal, sessionCountdown } from './common';

/** What an authenticator needs to know. */
export interface AuthenticatorSecret {
  readonly username: string;
  /** Base32. */
  readonly secret: string;
  readonly otpauthUri: string;
}

/** MFA_SETUP by TOTP: a QR code and the secret beside the input; closed when it is answered. */
export function answerTotpSetup(
  challenge: Extract<PendingChallenge, { kind: 'totp-setup' }>,
): Promise<ChallengeAnswer> {
  return pressed(async () => ({
    kind: 'totp-setup',
    ...(await askAuthenticatorCode(challenge, {
      back: challenge.canGoBack,
      ...sessionCountdown(challenge),
      ...refusal(challenge),
    })),
  }));
}

/** Shows the QR code and asks for the first code and a name. Throws CancelledError, BackPressed. */
export async function askAuthenticatorCode(
  shown: AuthenticatorSecret,
  more: { back?: boolean; countdown?: () => string; problem?: string } = {},
): Promise<{ code: string; deviceName: string }> {
  const panel = showAuthenticatorPanel(shown);
  const title = vscode.l10n.t('Set up an authenticator for {0}', shown.username);
  try {
    const code = await askText({
      title,
      prompt: vscode.l10n.t('Scan the QR code with your authenticator, then enter the code that it shows'),
      placeHolder: '123456',
      step: 1,
      totalSteps: 2,
      ...more,
      validate: (value) =>
        /^\d{6}$/.test(value.replace(/\s/g, '')) ? undefined : vscode.l10n.t('Enter the six digits.'),
    });
    const deviceName = await askText({
      title,
      prompt: vscode.l10n.t('A name for this authenticator; Cognito shows it when it asks for a code'),
      value: vscode.l10n.t('My authenticator'),
      step: 2,
      totalSteps: 2,
    });
    return { code: code.replace(/\s/g, ''), deviceName };
  } finally {
    panel.dispose();
  }
}

/** A page without script: the QR code is a picture in it, so the secret goes nowhere else. */
function showAuthenticatorPanel(shown: AuthenticatorSecret): vscode.WebviewPanel {
  const panel = vscode.window.createWebviewPanel(
    'cognitoWorkbench.authenticator',
    vscode.l10n.t('Authenticator of {0}', shown.username),
    { viewColumn: vscode.ViewColumn.Active, preserveFocus: true },
    { enableScripts: false, localResourceRoots: [] },
  );
  const code = qrcode(0, 'M');
  code.addData(shown.otpauthUri);
  code.make();
  const svg = code.createSvgTag({ cellSize: 6, margin: 24, scalable: false });
  const picture = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  const grouped = shown.secret.replace(/(.{4})/g, '$1 ').trim();
  const heading = vscode.l10n.t('Set up an authenticator for {0}', shown.username);
  const explain = vscode.l10n.t(
    'Scan this code with an authenticator app, or type the secret into it. Then enter the code that the app shows, in the input at the top.',
  );
  // The input lies over the top of the page.
  const style =
    'body{font-family:var(--vscode-font-family);color:var(--vscode-foreground);padding:72px 24px 24px;max-width:560px}' +
    'img{background:#fff;border-radius:4px;display:block;margin:16px 0;max-width:100%}' +
    'code{font-family:var(--vscode-editor-font-family);font-size:1.1em;user-select:all;overflow-wrap:anywhere}';
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString('base64url');
  panel.webview.html = `<!DOCTYPE html><html lang="${escapeHtml(vscode.env.language)}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'nonce-${nonce}'">
<style nonce="${nonce}">${style}</style><title>${escapeHtml(heading)}</title></head>
<body><h1>${escapeHtml(heading)}</h1><p>${escapeHtml(explain)}</p>
<img alt="${escapeHtml(vscode.l10n.t('QR code of the secret'))}" src="${picture}">
<p>${escapeHtml(vscode.l10n.t('Secret'))}: <code>${escapeHtml(grouped)}</code></p></body></html>`;
  return panel;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
