import * as l10n from '@vscode/l10n';
import type { Case } from '../case';
import { identityPoolCommand } from '../cli';
import { identity, identityPool, user } from '../names';
import type { Row, Words } from '../row';
import { developerRows } from './identity-pool-developer';
import { flowRows } from './identity-pool-flow';
import { loginRows, signInOf } from './identity-pool-login';
import { poolRoleRows } from './identity-pool-roles';
import { loginTokenRows } from './identity-pool-token';

const services = ['cognito-identity'] as const;

/** Rows 63 and 75–77: the pool or the identity itself. */
const identityRows: readonly Row[] = [
  {
    id: 'C63',
    services,
    codes: ['ResourceNotFound'],
    fragments: ['identitypool'],
    say: (c) => ({
      title: l10n.t('There is no {0}', identityPool(c)),
      why: l10n.t(
        'Cognito was asked in {0}, the region that the id begins with. The pool was deleted, or the id is mistyped.',
        c.identityRegion ?? l10n.t('the region'),
      ),
      fix: l10n.t(
        'Copy the identity pool id from the console again (Identity pools) and correct the connection.',
      ),
      actions: ['edit-connection', 'copy-cli-command'],
      cliCommand: identityPoolCommand(c, 'describe-identity-pool'),
    }),
  },
  {
    id: 'C75',
    services,
    codes: ['NotAuthorized'],
    fragments: ['is forbidden'],
    say: (c) => ({
      title: l10n.t('Cognito no longer lets {0} use {1}', user(c), identity(c)),
      why: l10n.t(
        'The identity was merged into another one and disabled, or it belongs to a signed-in user and no sign-in came with the request.',
      ),
      ...askAgain(c),
    }),
  },
  {
    id: 'C76',
    services,
    codes: ['NotAuthorized'],
    fragments: ["logins don't match", 'logins do not match'],
    say: (c) => ({
      title: l10n.t('The stored identity ID belongs to somebody else'),
      why: l10n.t(
        'The ID token of {0} does not go with {1}: that identity was made for another user of the pool.',
        user(c),
        identity(c),
      ),
      ...askAgain(c),
    }),
  },
  {
    id: 'C77',
    services,
    codes: ['ResourceNotFound'],
    fragments: ["identity '"],
    say: (c) => ({
      title: l10n.t('Cognito no longer knows {0}', identity(c)),
      why: l10n.t(
        'The identity was deleted from {0} after its ID had been stored here, or the pool was created anew.',
        identityPool(c),
      ),
      fix: l10n.t(
        'Refresh the credentials: a new identity is made. Its ID is another one, so that files under the old ID in S3 are no longer yours to open.',
      ),
      actions: askAgain(c).actions,
    }),
  },
];

/** The identity ID of a developer identity comes with its token; all others are asked for anew. */
function askAgain(c: Case): Pick<Words, 'fix' | 'actions'> {
  if (c.context.identityKind === 'developer') {
    return {
      fix: l10n.t(
        'Sign in as developer identity again, without an identity ID: the pool then says which one belongs to the user.',
      ),
      actions: ['sign-in-as-developer', 'manage-developer-identities'],
    };
  }
  return {
    fix: l10n.t(
      'Refresh the credentials: the stored identity ID is forgotten and asked for again. If that fails, sign in again.',
    ),
    actions: ['refresh-credentials', signInOf(c)],
  };
}

/** Part C of the error table. Order matters: the first row that fits speaks. */
export const identityPoolRows: readonly Row[] = [
  ...loginTokenRows,
  ...loginRows,
  ...flowRows,
  ...poolRoleRows,
  ...identityRows,
  ...developerRows,
];
