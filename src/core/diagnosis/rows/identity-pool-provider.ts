import * as l10n from '@vscode/l10n';
import type { Case } from '../case';
import { identityPoolCommand } from '../cli';
import { identityPool, sentence } from '../names';
import type { Words } from '../row';

/** Row 65 of providers other than user pools: what an identity pool knows of each stands in a list of its own. */
export function providerUnknown(c: Case): Words {
  return {
    title: l10n.t('{0} refused the provider', sentence(identityPool(c))),
    why: l10n.t(
      'The pool lists the providers that it takes, each with the app that its tokens are made for ("aud" of an ID token). This provider is not among them, or the token was made for another app.',
    ),
    fix: l10n.t(
      'Get the token with the app that the pool names, or let an administrator add the provider. The copied command shows what is listed.',
    ),
    actions: ['sign-in-with-provider', 'copy-cli-command'],
    cliCommand: identityPoolCommand(c, 'describe-identity-pool', [
      ['--query', '[SupportedLoginProviders,OpenIdConnectProviderARNs,SamlProviderARNs]'],
    ]),
    ...(c.token.client
      ? { details: [{ label: l10n.t('Client in the token (aud)'), value: c.token.client }] }
      : {}),
  };
}
