import * as l10n from '@vscode/l10n';
import { issuerName } from '../../federation/providers';
import { textOf } from '../case';
import type { Case } from '../case';
import { short } from '../names';
import type { Words } from '../row';

/** The page of an OpenID Connect provider, opened in the browser: what went wrong there. */
export function providerFailed(c: Case): Words {
  const issuer = textOf(c, 'issuer');
  const name = issuer === undefined ? l10n.t('The provider') : short(issuerName(issuer), 80);
  const paste = l10n.t('Or paste an ID token that you got in another way.');
  if (textOf(c, 'reason') === 'discovery') {
    return {
      title: l10n.t('{0} does not say where its sign-in page is', name),
      why: l10n.t('Its discovery document cannot be used: {0}.', detailOf(c)),
      fix: l10n.t(
        'Check the issuer: it is the "iss" of its tokens, and the document stands at ISSUER/.well-known/openid-configuration. {0}',
        paste,
      ),
      actions: ['sign-in-with-provider', 'edit-connection'],
    };
  }
  return {
    title: l10n.t('{0} did not sign you in', name),
    why: reasonOf(c, name),
    fix: l10n.t(
      'At the provider, {0} must be a public client for the authorization code flow with PKCE, with {1} among its redirect URIs. {2}',
      clientOf(c),
      textOf(c, 'redirectUri') ?? 'http://localhost:8400/callback',
      paste,
    ),
    actions: ['sign-in-with-provider', 'edit-connection'],
  };
}

function reasonOf(c: Case, name: string): string {
  switch (textOf(c, 'reason')) {
    case 'timeout':
      return l10n.t(
        'Nothing came back from the browser in time. Where the page shows an error, the provider never sends the browser back; most often the redirect URI is not registered there.',
      );
    case 'no-id-token':
      return l10n.t('It answered without an ID token, which is what the identity pool wants.');
    default:
      return l10n.t('{0} answered: {1}.', name, detailOf(c));
  }
}

function detailOf(c: Case): string {
  return short((textOf(c, 'detail') ?? l10n.t('unknown')).replace(/[\s.]+$/, ''), 300);
}

function clientOf(c: Case): string {
  const id = textOf(c, 'clientId');
  return id === undefined ? l10n.t('the app') : l10n.t('client {0}', short(id, 80));
}
