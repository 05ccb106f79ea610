import * as l10n from '@vscode/l10n';
import type { ErrorCode } from '../../errors';
import { textOf } from '../case';
import type { Case } from '../case';
import { userPoolCommand } from '../cli';
import { client, user } from '../names';
import type { Words } from '../row';
import type { BrowserCode } from './own-browser';

type SessionCode = Extract<ErrorCode, `connection.${string}` | `session.${string}` | `signin.${string}`>;

/** The product's own refusals around connections, sign-in and sessions. */
export const sessionWords: Readonly<
  Record<Exclude<SessionCode, BrowserCode | 'session.store-failed'>, (c: Case) => Words>
> = {
  'connection.invalid': (c) => ({
    title: connectionTitle(c),
    why: withReason(
      c,
      l10n.t('Its entry in the settings has a mistake; the tree names it beside the connection.'),
    ),
    fix: l10n.t(
      'Correct the entry under "cognitoWorkbench.connections". The other connections go on working.',
    ),
    actions: ['edit-connection'],
  }),
  'connection.not-found': (c) => {
    const id = textOf(c, 'connectionId', 'id');
    return {
      title: id ? l10n.t('There is no connection "{0}"', id) : l10n.t('There is no connection for this yet'),
      why: id
        ? l10n.t('It was removed from the settings, or stands in those of another workspace.')
        : l10n.t('No entry of "cognitoWorkbench.connections" has what is needed.'),
      fix: l10n.t('Add a connection to your user pool, or try the sandbox, which needs no AWS account.'),
      actions: ['add-connection', 'start-sandbox'],
    };
  },
  'connection.untrusted-endpoint': (c) => ({
    title: l10n.t('Nothing was sent to {0}', textOf(c, 'host', 'hosts') ?? l10n.t('that endpoint')),
    why: l10n.t(
      "The connection names a host that is not AWS's own, and it has not been allowed. A workspace could use such an entry to collect passwords.",
    ),
    fix: l10n.t(
      'If you know the host, try again and allow it. Otherwise remove the endpoint from the connection.',
    ),
    actions: ['retry', 'edit-connection'],
  }),
  'signin.challenge-unsupported': (c) => {
    const option = textOf(c, 'option');
    if (option === undefined) {
      return {
        title: l10n.t(
          'Cognito asks for {0}, which cannot be answered from here',
          textOf(c, 'challenge', 'name') ?? l10n.t('a further step'),
        ),
        why: l10n.t(
          'The sign-in of {0} has a step (a challenge) that only other programs can take.',
          user(c),
        ),
        fix: l10n.t('Sign in in the browser, or use a user without that step.'),
        actions: ['sign-in-in-browser', 'sign-in-again'],
      };
    }
    return {
      title: l10n.t('{0} cannot be set up during the sign-in', option),
      why: l10n.t(
        'Codes by SMS or e-mail need a phone number or an e-mail address of {0}, which has to be there before the sign-in.',
        user(c),
      ),
      fix: l10n.t(
        "Sign in again and choose the authenticator app. Or have the attribute set with the copied command and an administrator's credentials.",
      ),
      actions: ['sign-in-again', 'copy-cli-command'],
      cliCommand: userPoolCommand(c, 'admin-update-user-attributes', [
        ['--username', c.username],
        [
          '--user-attributes',
          option.startsWith('SMS')
            ? ['Name=phone_number,Value=PHONE-NUMBER', 'Name=phone_number_verified,Value=true']
            : ['Name=email,Value=ADDRESS', 'Name=email_verified,Value=true'],
        ],
      ]),
    };
  },
  'signin.browser-needed': (c) => ({
    title: l10n.t('The sign-in of {0} goes on in the browser', user(c)),
    why: l10n.t(
      "A passkey works only at the domain that it was made for. That is the pool's own sign-in page, which a window of VS Code is not.",
    ),
    fix: l10n.t('Sign in in the browser, or sign in again and choose another way.'),
    actions: ['sign-in-in-browser', 'sign-in-with-choice'],
  }),
  'signin.flow-unsupported': (c) =>
    c.context.connection && !c.context.connection.userPool
      ? {
          title: l10n.t('This connection has no user pool to sign in to'),
          why: l10n.t('Its entry has an identity pool only.'),
          fix: l10n.t('Add "userPool" with the pool id and the client id to the connection.'),
          actions: ['edit-connection'],
        }
      : {
          title: methodTitle(c),
          why: l10n.t('It has no requests of its own: the browser does it, on the pages of the user pool.'),
          fix: l10n.t(
            'Sign in in the browser, or set "signIn" of the connection to "srp", "password", "choice" or "custom".',
          ),
          actions: ['sign-in-in-browser', 'sign-in-with-srp', 'edit-connection'],
        },
  'signin.secret-missing': (c) => ({
    title: l10n.t('The secret of {0} is needed', client(c)),
    why: l10n.t('The connection says that the client has a secret, and none is stored on this machine.'),
    fix: l10n.t(
      'Set the client secret: it is in the console under App clients, "Show client secret". It is kept in VS Code\'s secret storage.',
    ),
    actions: ['set-client-secret', 'edit-connection'],
  }),
  'signin.protocol': (c) => ({
    title: l10n.t(
      'The answer to {0} is incomplete',
      c.operation === '' ? l10n.t('the sign-in') : c.operation,
    ),
    why: withReason(
      c,
      l10n.t('Something that every such answer must hold was missing, so the step was not carried on.'),
    ),
    fix: hasEndpoints(c)
      ? l10n.t(
          'Check that the endpoint of the connection is a complete stand-in for Cognito, then sign in again.',
        )
      : l10n.t('Sign in again. If it stays so, the log has what was received, without secrets.'),
    actions: ['sign-in-again', 'show-log'],
  }),
  'session.missing': (c) => ({
    title: c.username ? l10n.t('{0} is not signed in', c.username) : l10n.t('Nobody is signed in'),
    why: l10n.t('There is no session for this, or it was signed out in another window.'),
    fix: l10n.t('Sign in, then try again.'),
    actions: ['sign-in-again'],
  }),
  'session.unreadable': (c) => ({
    title: l10n.t('The stored session of {0} could not be read', user(c)),
    why: l10n.t(
      "What VS Code's secret storage returned is damaged, or a newer version of this extension wrote it.",
    ),
    fix: l10n.t('Sign in again: that stores a new session. Other sessions are not affected.'),
    actions: ['sign-in-again', 'show-log'],
  }),
  'session.other-configuration': (c) => ({
    title: l10n.t('The session of {0} belongs to an earlier form of this connection', user(c)),
    why: l10n.t(
      'The ids or endpoints of the connection have changed since the sign-in. Its tokens are not sent to the new ones.',
    ),
    fix: l10n.t('Sign in again, or put the earlier ids back.'),
    actions: ['sign-in-again', 'edit-connection'],
  }),
  'session.expired': (c) => ({
    title: l10n.t('The sign-in of {0} has expired', user(c)),
    why:
      textOf(c, 'reason') === 'refused-before'
        ? l10n.t('The tokens are past their time, and Cognito has refused the refresh token before.')
        : l10n.t('The tokens are past their time, and there is no refresh token that could renew them.'),
    fix: l10n.t('Sign in again; the user name is filled in.'),
    actions: ['sign-in-again'],
  }),
  'session.busy': () => ({
    title: l10n.t('Another window is refreshing this session'),
    why: l10n.t(
      'Windows take turns, because a refresh token may work only once. The other window has not finished in time.',
    ),
    fix: l10n.t('Try again in a moment.'),
    actions: ['retry'],
  }),
};

function hasEndpoints(c: Case): boolean {
  return Object.keys(c.context.connection?.endpoints ?? {}).length > 0;
}

function connectionTitle(c: Case): string {
  const { connection } = c.context;
  const name = connection?.name ?? connection?.id ?? textOf(c, 'connectionId', 'id', 'label');
  return name ? l10n.t('The connection {0} cannot be used', name) : l10n.t('This connection cannot be used');
}

function methodTitle(c: Case): string {
  const method = textOf(c, 'method', 'flow') ?? c.context.connection?.userPool?.signIn;
  return method
    ? l10n.t('Sign-in by "{0}" does not go through the user pools API', method)
    : l10n.t('This way to sign in does not go through the user pools API');
}

/** The general sentence, and what the error itself has to say. */
function withReason(c: Case, text: string): string {
  const reason = textOf(c, 'problem', 'detail');
  return reason ? l10n.t('{0} ({1})', text, reason) : text;
}
