import * as vscode from 'vscode';
import { connectionLabel } from '../../core/connection/derive';
import type { Connection } from '../../core/connection/model';
import { WorkbenchError } from '../../core/errors';
import {
  callbackModes,
  isPlainChoice,
  type CallbackHost,
  type CallbackMode,
} from '../../core/signin/hosted-ui';
import { plain } from '../../host/plain';
import { askChoice, askText, type Choice } from '../input';
import type { BrowserHabits } from './browser-memory';

/** What the person wants of the sign-in page; `app` needs no page. */
export type BrowserWish =
  | { readonly kind: 'page'; readonly identityProvider?: string; readonly prompt?: 'login' }
  | { readonly kind: 'app' };

/**
 * Asks only where there is something to choose: the first sign-in of a connection goes straight to the page, which
 * offers what the client allows; later ones may be as someone else. An app with a secret may sign in as itself.
 */
export async function askWish(connection: Connection, habits: BrowserHabits): Promise<BrowserWish> {
  const isConfidential = connection.userPool?.hasClientSecret === true;
  if (!habits.used && !isConfidential) return { kind: 'page' };
  const typed = 'type';
  const chosen = await askChoice<BrowserWish | typeof typed>({
    title: vscode.l10n.t('Sign in to {0}', connectionLabel(connection)),
    placeHolder: vscode.l10n.t('How do you want to sign in?'),
    items: [
      {
        label: vscode.l10n.t('In the browser'),
        detail: vscode.l10n.t('The sign-in page of the user pool; it may still know who you are.'),
        value: { kind: 'page' },
      },
      {
        label: vscode.l10n.t('In the browser, as someone else'),
        detail: vscode.l10n.t('The page asks again, whoever the browser is signed in as.'),
        value: { kind: 'page', prompt: 'login' },
      },
      ...habits.providers.map((name) => ({
        label: plain(vscode.l10n.t('Through {0}', providerLabel(name))),
        value: { kind: 'page' as const, identityProvider: name },
      })),
      {
        label: vscode.l10n.t('Through an identity provider…'),
        detail: vscode.l10n.t(
          'Skips the choice on the page: Google, a SAML or OIDC provider, or Cognito itself.',
        ),
        value: typed,
      },
      ...(isConfidential
        ? [
            {
              label: vscode.l10n.t('As the app itself (client credentials)'),
              detail: vscode.l10n.t('An access token without a user, for the custom scopes of the client.'),
              value: { kind: 'app' as const },
            },
          ]
        : []),
    ],
  });
  return chosen === typed
    ? { kind: 'page', identityProvider: await askProvider(connection, habits) }
    : chosen;
}

/** `identity_provider` as Cognito spells it. */
async function askProvider(connection: Connection, habits: BrowserHabits): Promise<string> {
  const title = vscode.l10n.t('Sign in to {0} through', connectionLabel(connection));
  const known = ['COGNITO', 'Google', 'Facebook', 'LoginWithAmazon', 'SignInWithApple'];
  const other: Choice<string> = {
    label: vscode.l10n.t('Another provider…'),
    detail: vscode.l10n.t('By the name that the user pool gives it (SAML, OIDC).'),
    value: '',
  };
  const chosen = await askChoice({
    title,
    placeHolder: vscode.l10n.t('Which identity provider?'),
    items: [
      ...known
        .filter((name) => !habits.providers.includes(name))
        .map((name) => ({ label: providerLabel(name), description: name, value: name })),
      other,
    ],
  });
  if (chosen !== '') return chosen;
  const name = await askText({
    title,
    prompt: vscode.l10n.t('Name of the identity provider, exactly as in the user pool'),
    validate: (value) => (value.trim() === '' ? vscode.l10n.t('Enter a name.') : undefined),
  });
  return name.trim();
}

function providerLabel(name: string): string {
  return name === 'COGNITO' ? vscode.l10n.t('Cognito user name and password') : name;
}

/** The way back from the browser: the plain one, the one that worked before, or the person's choice. */
export async function chooseMode(
  title: string,
  host: CallbackHost,
  habits: Pick<BrowserHabits, 'mode'>,
  possible: readonly CallbackMode[] = ['loopback', 'uri', 'paste'],
): Promise<CallbackMode> {
  const modes = callbackModes(host).filter((mode) => possible.includes(mode));
  const [first, second] = modes;
  if (first === undefined) {
    throw new WorkbenchError('signin.ports-taken', 'no way back from the browser', { ports: '' });
  }
  if (second === undefined || isPlainChoice(host)) return first;
  if (habits.mode !== undefined && modes.includes(habits.mode)) return habits.mode;
  return askChoice({
    title,
    placeHolder: vscode.l10n.t('How does the browser come back to this window?'),
    items: modes.map((mode) => ({ ...modeItem(mode), value: mode })),
  });
}

function modeItem(mode: CallbackMode): { label: string; detail: string } {
  switch (mode) {
    case 'paste':
      return {
        label: vscode.l10n.t('I paste the address'),
        detail: vscode.l10n.t(
          'Works everywhere. The browser ends at a localhost address that it cannot open; copy it from the address bar.',
        ),
      };
    case 'loopback':
      return {
        label: vscode.l10n.t('To a port of this machine'),
        detail: vscode.l10n.t(
          'Right where the browser runs on the same machine as the extensions, or their ports are forwarded.',
        ),
      };
    case 'uri':
      return {
        label: vscode.l10n.t('By a {0}:// link', vscode.env.uriScheme),
        detail: vscode.l10n.t('Right where the system opens such links with this VS Code.'),
      };
  }
}

/** What of this window decides how the browser comes back; asks VS Code about port forwarding where it matters. */
export async function callbackHost(ports: readonly number[]): Promise<CallbackHost> {
  const [port] = ports;
  const remote = vscode.env.remoteName !== undefined;
  return {
    uiKind: vscode.env.uiKind === vscode.UIKind.Web ? 'web' : 'desktop',
    remote,
    portForwarded: remote && port !== undefined && (await isForwarded(port)),
    ports: port !== undefined,
  };
}

/** The ports that the browser can come back to: of forwarded ones only the first was asked about. */
export function reachablePorts(ports: readonly number[], host: CallbackHost): readonly number[] {
  return host.portForwarded ? ports.slice(0, 1) : ports;
}

/** Whether the port has the same address where the browser runs; Cognito would take no other. */
async function isForwarded(port: number): Promise<boolean> {
  try {
    const outside = await vscode.env.asExternalUri(vscode.Uri.parse(`http://localhost:${port}/`));
    return outside.scheme === 'http' && outside.authority === `localhost:${port}`;
  } catch {
    return false;
  }
}
