import type { Connection } from '../../core/connection/model';
import type { ProviderLogin } from '../../core/federation/providers-login';
import { askProvider, askWay } from './provider-choice';
import type { ChoiceParts } from './provider-choice';
import type { ProviderUser } from './provider-known';
import type { ProviderBrowser } from './provider-browser';
import { pasteLogin } from './provider-paste';
import type { PasteParts } from './provider-paste';
import { sandboxLogin } from './provider-sandbox';
import type { SandboxLoginParts } from './provider-sandbox';

export interface LoginParts extends PasteParts {
  readonly sandbox: (ChoiceParts & SandboxLoginParts)['sandbox'];
  readonly providerBrowser: ProviderBrowser;
}

/**
 * A login of an external provider, in the way that the person chooses; of the provider of `before`, where somebody
 * signs in again. Throws CancelledError and what the ways throw.
 */
export async function askLogin(
  parts: LoginParts,
  connection: Connection,
  title: string,
  before?: ProviderUser,
): Promise<ProviderLogin> {
  const { by, provider } = before
    ? await askWay(parts, connection, before.provider, title)
    : await askProvider(parts, connection, title);
  switch (by) {
    case 'paste':
      return pasteLogin(parts, connection, provider, title);
    case 'sandbox':
      return sandboxLogin(parts, connection, provider, title, before?.subject);
    case 'browser': {
      const issuer = provider.kind === 'oidc' ? provider.issuer : '';
      return parts.providerBrowser.login(connection, issuer, title, before !== undefined);
    }
  }
}
