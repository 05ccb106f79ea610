import * as vscode from 'vscode';
import type { OidcProviderSettings } from '../../core/connection/model';
import { DEFAULT_CALLBACK_PORTS } from '../../core/connection/schema';
import { loopbackCallback } from '../../core/signin/hosted-ui';
import { isIssuerAddress } from '../../core/signin/issuer-site';
import { plain } from '../../host/plain';
import { askText, ButtonPressed } from '../input';

/** An app at a provider that no connection names yet. Throws CancelledError. */
export async function askOidcClient(issuer: string, title: string): Promise<OidcProviderSettings> {
  const address = issuer === '' ? await askIssuer(title) : issuer;
  return { issuer: address, clientId: await askClientId(address, title) };
}

async function askIssuer(title: string): Promise<string> {
  const issuer = await askText({
    title: plain(title),
    prompt: vscode.l10n.t('Issuer of the OpenID Connect provider: what stands as "iss" in its tokens'),
    placeHolder: 'https://login.example.com',
    step: 1,
    totalSteps: 2,
    validate: (text) =>
      isIssuerAddress(text)
        ? undefined
        : vscode.l10n.t('An issuer is an https address, such as {0}.', 'https://login.example.com'),
  });
  return issuer.trim().replace(/\/+$/, '');
}

async function askClientId(issuer: string, title: string): Promise<string> {
  const addresses = DEFAULT_CALLBACK_PORTS.map(loopbackCallback);
  for (;;) {
    try {
      const clientId = await askText({
        title: plain(title),
        prompt: vscode.l10n.t(
          'Client ID of the app at {0}: a public client (PKCE, without a secret) with the redirect URI {1}',
          issuer,
          addresses[0] ?? '',
        ),
        step: 2,
        totalSteps: 2,
        buttons: [{ id: 'copy', icon: 'copy', tooltip: vscode.l10n.t('Copy the redirect URIs') }],
        validate: (text) =>
          /^\S{1,512}$/.test(text.trim()) ? undefined : vscode.l10n.t('Enter the client ID, without blanks.'),
      });
      return clientId.trim();
    } catch (error) {
      if (!(error instanceof ButtonPressed)) throw error;
      await vscode.env.clipboard.writeText(addresses.join('\n'));
      vscode.window.setStatusBarMessage(
        vscode.l10n.t('$(check) Copied: register them as redirect URIs of the app'),
        6000,
      );
    }
  }
}
