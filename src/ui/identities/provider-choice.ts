import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/model';
import type { Provider, ProviderKind } from '../../core/federation/providers';
import { issuerName, loginsKey, PROVIDERS } from '../../core/federation/providers';
import { neededPhrase, providerName } from '../../core/federation/providers-words';
import { plain } from '../../host/plain';
import type { SandboxController } from '../../host/sandbox-controller';
import type { Choice } from '../input';
import { askChoice, askText } from '../input';
import { labelOf, oidcProviders, providerOfKey } from './provider-known';

/** How a login of a provider comes: out of the clipboard, by its own page, or made by the sandbox. */
export interface ProviderWay {
  readonly by: 'paste' | 'browser' | 'sandbox';
  /** `oidc` without an issuer: the pasted token tells, or it is asked for. */
  readonly provider: Provider;
}

export interface ChoiceParts {
  readonly sandbox: Pick<SandboxController, 'loginProviders'>;
}

const social: readonly ('google' | 'facebook' | 'amazon' | 'apple')[] = [
  'google',
  'facebook',
  'amazon',
  'apple',
];

/** Whose login, and how it comes. Throws CancelledError. */
export async function askProvider(
  parts: ChoiceParts,
  connection: Connection,
  title: string,
): Promise<ProviderWay> {
  const chosen = await askChoice<ProviderWay | 'oidc' | 'saml'>({
    title: plain(title),
    placeHolder: vscode.l10n.t('Whose login?'),
    items: [
      ...sandboxItems(parts, connection),
      ...oidcProviders(connection).map(({ issuer, name }) => ({
        label: `$(globe) ${plain(name ?? issuerName(issuer))}`,
        description: vscode.l10n.t('opens the browser'),
        detail: plain(issuer),
        value: { by: 'browser' as const, provider: { kind: 'oidc' as const, issuer } },
      })),
      ...social.map((kind) => ({
        label: providerName(kind),
        detail: pasteWords(kind),
        value: { by: 'paste' as const, provider: { kind } },
      })),
      {
        label: vscode.l10n.t('An OpenID Connect provider…'),
        detail: vscode.l10n.t('Its sign-in page in the browser, or an ID token to paste'),
        value: 'oidc',
      },
      { label: vscode.l10n.t('A SAML provider…'), detail: pasteWords('saml'), value: 'saml' },
    ],
  });
  if (chosen === 'oidc') return askWay(parts, connection, { kind: 'oidc', issuer: '' }, title);
  if (chosen === 'saml') {
    return { by: 'paste', provider: { kind: 'saml', providerArn: await askSamlProvider(title) } };
  }
  return chosen;
}

/** How the login of this provider comes; asked where there is a choice. Throws CancelledError. */
export async function askWay(
  parts: ChoiceParts,
  connection: Connection,
  provider: Provider,
  title: string,
): Promise<ProviderWay> {
  const paste: Choice<ProviderWay> = {
    label: vscode.l10n.t('$(clippy) Paste {0}', neededPhrase(PROVIDERS[provider.kind].needs)),
    value: { by: 'paste', provider },
  };
  const key = loginsKey(provider);
  const browser: Choice<ProviderWay> = {
    label: vscode.l10n.t('$(globe) Open its sign-in page in the browser'),
    detail:
      key === ''
        ? vscode.l10n.t('For an app there that is a public client (PKCE, without a secret)')
        : plain(key),
    value: { by: 'browser', provider },
  };
  const items = [
    ...sandboxItems(parts, connection)
      .filter(({ value }) => loginsKey(value.provider) === key)
      .map(({ value }) => ({ label: vscode.l10n.t("$(beaker) Use a token of the sandbox's own"), value })),
    ...(provider.kind === 'oidc' ? [browser] : []),
    paste,
  ];
  if (items.length === 1) return paste.value;
  const placeHolder = vscode.l10n.t('How does the login of {0} come?', labelOf(connection, provider));
  return askChoice({ title: plain(title), placeHolder, items });
}

function sandboxItems({ sandbox }: ChoiceParts, connection: Connection): Choice<ProviderWay>[] {
  return sandbox.loginProviders(connection).map((key) => {
    const provider = providerOfKey(connection, key);
    return {
      label: `$(beaker) ${plain(labelOf(connection, provider))}`,
      description: vscode.l10n.t('played by the sandbox'),
      detail: vscode.l10n.t('It makes the token itself: nothing to paste, no account needed'),
      value: { by: 'sandbox' as const, provider },
    };
  });
}

function pasteWords(kind: ProviderKind): string {
  return vscode.l10n.t('Paste {0}', neededPhrase(PROVIDERS[kind].needs));
}

/** ARN of the provider in IAM. */
async function askSamlProvider(title: string): Promise<string> {
  const example = 'arn:aws:iam::123456789012:saml-provider/Acme';
  const arn = await askText({
    title: plain(title),
    prompt: vscode.l10n.t('ARN of the SAML provider in IAM, as the identity pool names it'),
    placeHolder: example,
    validate: (text) =>
      /^arn:aws[a-z-]*:iam::\d{12}:saml-provider\/[\w.-]{1,128}$/.test(text.trim())
        ? undefined
        : vscode.l10n.t('The ARN of a SAML provider looks like {0}.', example),
  });
  return arn.trim();
}
