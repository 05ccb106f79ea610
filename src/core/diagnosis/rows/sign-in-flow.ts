import * as l10n from '@vscode/l10n';
import type { Case } from '../case';
import { userPoolClientCommand, userPoolCommand } from '../cli';
import { client, sentence, user, userPool } from '../names';
import type { Row } from '../row';

/** Rows 11, 13, 43, 47 and 48: flows and operations that this pool, client or region does not offer. */
export const flowRows: readonly Row[] = [
  {
    id: 'A11',
    services: ['cognito-idp'],
    codes: ['InvalidParameter'],
    fragments: ['initiate auth method not supported'],
    say: (c) => ({
      title: l10n.t('This way to sign in is for administrators only'),
      why: l10n.t(
        'Flows whose names begin with ADMIN_ work with AdminInitiateAuth, which needs IAM credentials. The public API does not know them.',
      ),
      fix: l10n.t(
        "Sign in with SRP or the password flow. Or run the copied command with an administrator's credentials.",
      ),
      actions: ['sign-in-with-srp', 'sign-in-with-password', 'copy-cli-command'],
      cliCommand: userPoolCommand(c, 'admin-initiate-auth', [
        ['--client-id', c.clientId],
        ['--auth-flow', 'ADMIN_USER_PASSWORD_AUTH'],
        [
          '--auth-parameters',
          c.username === undefined ? undefined : `USERNAME=${c.username},PASSWORD=PASSWORD`,
        ],
      ]),
    }),
  },
  {
    id: 'A13',
    services: ['cognito-idp'],
    codes: ['InvalidParameter'],
    fragments: ['only custom auth'],
    say: (c) => ({
      title: l10n.t('{0} allows custom challenges only', sentence(client(c))),
      why: l10n.t(
        'It is set to CUSTOM_AUTH_FLOW_ONLY, an older setting that leaves no other way to sign in.',
      ),
      fix: l10n.t(
        'Sign in with custom challenges, or have ExplicitAuthFlows of the client changed. The copied command shows them.',
      ),
      actions: ['sign-in-with-custom', 'copy-cli-command', 'edit-connection'],
      cliCommand: showFlows(c),
    }),
  },
  {
    id: 'A12',
    services: ['cognito-idp'],
    codes: ['InvalidParameter'],
    fragments: ['custom_auth'],
    say: (c) => ({
      title: l10n.t('{0} does not allow custom challenges', sentence(client(c))),
      why: l10n.t('ALLOW_CUSTOM_AUTH is not among its authentication flows.'),
      fix: l10n.t('Sign in with SRP, or have the flow allowed. The copied command shows those that are.'),
      actions: ['sign-in-with-srp', 'copy-cli-command', 'edit-connection'],
      cliCommand: showFlows(c),
    }),
  },
  {
    id: 'A43',
    services: ['cognito-idp'],
    codes: ['InvalidParameter'],
    fragments: ['user_auth'],
    say: (c) => ({
      title: l10n.t('{0} does not allow choice-based sign-in', sentence(client(c))),
      why: l10n.t(
        'ALLOW_USER_AUTH is not among its authentication flows. It also needs a feature plan above Lite.',
      ),
      fix: l10n.t('Sign in with SRP, or have the flow allowed. The copied command shows those that are.'),
      actions: ['sign-in-with-srp', 'copy-cli-command', 'edit-connection'],
      cliCommand: showFlows(c),
    }),
  },
  {
    id: 'A43',
    services: ['cognito-idp'],
    codes: ['FeatureUnavailableInTier'],
    say: (c) => ({
      title: l10n.t('The feature plan of the user pool does not include this'),
      why: l10n.t(
        '{0} is on a plan without what {1} asks for. Choice-based and passwordless sign-in, for example, need Essentials or Plus.',
        sentence(userPool(c)),
        c.operation,
      ),
      fix: l10n.t('Sign in with SRP, or have the plan changed. The copied command shows which one it is.'),
      actions: ['sign-in-with-srp', 'copy-cli-command'],
      cliCommand: userPoolCommand(c, 'describe-user-pool', [['--query', 'UserPool.UserPoolTier']]),
    }),
  },
  {
    id: 'A47',
    services: ['cognito-idp'],
    codes: ['OperationNotEnabled'],
    say: (c) => ({
      title: l10n.t('{0} is not offered in {1}', c.operation, c.region ?? l10n.t('this region')),
      why: l10n.t(
        'The pool is replicated to several regions, and this one is a secondary one, which offers only some operations.',
      ),
      fix: l10n.t("Use a connection to the pool's primary region for this."),
      actions: ['edit-connection'],
    }),
  },
  {
    id: 'A48',
    services: ['cognito-idp'],
    operations: ['SignUp', 'AdminCreateUser'],
    codes: ['InvalidParameter'],
    fragments: ['username should be'],
    say: (c) => ({
      title: l10n.t('{0} cannot be a user name in this pool', user(c)),
      why: /phone/.test(c.text)
        ? l10n.t(
            'Users of this pool sign up with an e-mail address or a phone number (with + and the country code) in place of a name of their own choice.',
          )
        : l10n.t(
            'Users of this pool sign up with their e-mail address in place of a name of their own choice.',
          ),
      fix: l10n.t(
        'Sign up again with such an address as the user name. The copied command shows which kinds.',
      ),
      actions: ['sign-up', 'copy-cli-command'],
      cliCommand: userPoolCommand(c, 'describe-user-pool', [['--query', 'UserPool.UsernameAttributes']]),
    }),
  },
];

function showFlows(c: Case): string | undefined {
  return userPoolClientCommand(c, 'describe-user-pool-client', [
    ['--user-pool-id', c.userPoolId],
    ['--query', 'UserPoolClient.ExplicitAuthFlows'],
  ]);
}
