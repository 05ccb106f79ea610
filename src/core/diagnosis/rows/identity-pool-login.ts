import * as l10n from '@vscode/l10n';
import { redactSecrets } from '../../redact';
import type { Case } from '../case';
import { identity, identityPool, short, user } from '../names';
import type { Row } from '../row';
import type { ActionId } from '../types';

const services = ['cognito-identity'] as const;
const refused = ['NotAuthorized', 'InvalidParameter'];

/** Rows 71, 72, 74, 90, 96 and 98: what comes of logins that are of the wrong kind, doubled, or not alive. */
export const loginRows: readonly Row[] = [
  {
    id: 'C71',
    services,
    codes: refused,
    fragments: ['not a cognito token'],
    say: (c) => ({
      title: l10n.t('The identity pool was given a token that is not its own'),
      why: l10n.t(
        'Developer identities stand under the name of the identity pool itself, and there it takes only the OpenID token that {0} made. Tokens of user pools and other providers go under the names of those.',
        identityPool(c),
      ),
      fix: l10n.t(
        'Sign in as developer identity with the token that GetOpenIdTokenForDeveloperIdentity gave. For any other token choose its provider.',
      ),
      actions: ['sign-in-as-developer', 'sign-in-with-provider'],
    }),
  },
  {
    id: 'C72',
    services,
    codes: refused,
    fragments: ["can't pass in a cognito token", 'cannot pass in a cognito token'],
    say: () => ({
      title: l10n.t("An identity pool's own token cannot find an identity"),
      why: l10n.t(
        'The OpenID token of a developer identity belongs to an identity already. GetId, which finds the identity of a login, does not take it.',
      ),
      fix: l10n.t(
        'Sign in as developer identity again and give the identity ID that came with the token: then GetId is left out.',
      ),
      actions: ['sign-in-as-developer'],
    }),
  },
  {
    id: 'C74',
    services,
    codes: ['Validation', 'ValidationError', 'InvalidParameter'],
    fragments: ["at 'logins"],
    say: (c) => ({
      title: l10n.t('The login of {0} is empty', user(c)),
      why: l10n.t(
        'A provider was named and no token given for it, or one that is too long. In browser sign-in the ID token is missing when the scope "openid" was not asked for or is not allowed.',
      ),
      fix: l10n.t('Sign in again. With browser sign-in add "openid" to "scopes" of the connection first.'),
      actions: [signInOf(c), 'edit-connection'],
    }),
  },
  {
    id: 'C90',
    services,
    codes: ['ResourceConflict'],
    say: (c) => ({
      title: l10n.t('This login cannot be linked to {0}', identity(c)),
      why: l10n.t(
        'Each login leads to one identity, and each identity has at most one login of a public provider. This one leads to another identity already, or the identity has another login of the same provider.',
      ),
      fix: l10n.t(
        'Sign in with this login alone: that is its own identity. To link it here, unlink it there (or the other login here) first.',
      ),
      actions: c.operation.includes('Developer')
        ? ['manage-developer-identities', 'sign-in-as-developer']
        : ['sign-in-with-provider', 'show-details'],
    }),
  },
  {
    id: 'C96',
    services,
    codes: ['NotAuthorized'],
    fragments: ['revoked', 'user is disabled', 'user does not exist', 'signed out'],
    say: (c) => ({
      title: l10n.t('The sign-in of {0} is over', user(c)),
      why: l10n.t(
        '{0} asks the user pool whether each token is still good (ServerSideTokenCheck). There the user was signed out everywhere, disabled or deleted after the token was made.',
        identityPool(c),
      ),
      fix: l10n.t('Sign in again. A user that is disabled must first be enabled by an administrator.'),
      actions: ['sign-in-again'],
    }),
  },
  {
    id: 'C98',
    services,
    codes: ['ExternalService'],
    say: (c) => ({
      title: l10n.t('The identity pool could not reach the provider'),
      why: l10n.t(
        '{0} asks the provider about the login, or fetches its keys, and got no usable answer. The fault is on the way there or at the provider.',
        identityPool(c),
      ),
      fix: l10n.t(
        'Try again in a moment. If it lasts, see whether the issuer of the provider can be reached from the internet and its certificate is valid.',
      ),
      actions: ['retry', 'show-details'],
    }),
  },
  {
    id: 'C.InvalidLogin',
    services,
    codes: ['NotAuthorized'],
    fragments: ['invalid login token'],
    say: (c) => ({
      title: l10n.t('The identity pool does not accept this login'),
      why: l10n.t('Something about the token of {0} is not right. It says: "{1}"', user(c), saidOf(c)),
      fix: l10n.t(
        'Sign in again to get a fresh one; providers give each token for one purpose and a short time.',
      ),
      actions: [signInOf(c), 'show-details'],
    }),
  },
];

function saidOf(c: Case): string {
  const text = redactSecrets(c.service?.awsMessage ?? '').replace(/^Invalid login token\.\s*/i, '');
  return short(text, 200);
}

/** How this kind of identity signs in again. */
export function signInOf(c: Case): ActionId {
  switch (c.context.identityKind) {
    case 'guest':
      return 'sign-in-as-guest';
    case 'developer':
      return 'sign-in-as-developer';
    case 'provider':
      return 'sign-in-with-provider';
    default:
      return 'sign-in-again';
  }
}
