import * as l10n from '@vscode/l10n';
import type { Case } from '../case';
import { requestedRole } from '../case';
import { identityPoolCommand, updateIdentityPool } from '../cli';
import { identityPool, sentence, user } from '../names';
import type { Row } from '../row';

const services = ['cognito-identity'] as const;

/** Rows 87–89 and 97: the role that was asked for, the flow, and the mappings of the pool. */
export const flowRows: readonly Row[] = [
  {
    id: 'C88',
    services,
    fragments: ['flow is not enabled'],
    say: (c) => ({
      title: l10n.t('The basic flow is switched off'),
      why: l10n.t(
        '{0} allows the enhanced flow only ("AllowClassicFlow" is false). There the pool itself chooses the role.',
        sentence(identityPool(c)),
      ),
      fix: l10n.t(
        'Use the enhanced flow. Or let an administrator switch the basic flow on with the copied command.',
      ),
      actions: ['use-enhanced-flow', 'copy-cli-command'],
      cliCommand: updateIdentityPool(c, '{AllowClassicFlow: `true`}'),
    }),
  },
  {
    id: 'C89',
    services,
    fragments: ['not supported with rolemappings', 'not supported with role mappings'],
    say: (c) => ({
      title: l10n.t('The basic flow does not go with role mappings'),
      why: l10n.t(
        '{0} chooses roles by groups or rules. In the basic flow the caller would choose, so Cognito does not give out its token.',
        sentence(identityPool(c)),
      ),
      fix: l10n.t('Use the enhanced flow; roles that the mapping allows can be chosen there too.'),
      actions: ['use-enhanced-flow', 'copy-cli-command'],
      cliCommand: identityPoolCommand(c, 'get-identity-pool-roles'),
    }),
  },
  {
    id: 'C87',
    services,
    operations: ['GetCredentialsForIdentity'],
    codes: ['NotAuthorized', 'InvalidParameter'],
    // AWS documents the refusal and not its words.
    when: (c) => /custom ?role|requested role|role.{0,40}(not allowed|not among|not in the)/.test(c.text),
    say: (c) => ({
      title: l10n.t('The identity pool does not let {0} have this role', user(c)),
      why: l10n.t(
        '{0} was asked for. A role can be chosen only among those in the token ("cognito:roles": {1}), or among those whose rule fits the token; guests and pools without a mapping have no choice.',
        requestedRole(c) ?? l10n.t('Another role'),
        rolesIn(c),
      ),
      fix: l10n.t(
        'Choose one of these roles, or none: then the pool chooses. If the connection names a role ("identityPool.roleArn"), correct or remove it.',
      ),
      actions: ['choose-role', 'edit-connection', 'find-cause'],
    }),
  },
  {
    id: 'C97',
    services,
    codes: ['InvalidParameter'],
    fragments: ['rolemapping providername'],
    say: (c) => ({
      title: l10n.t('The role mapping names a provider that the pool does not have'),
      why: l10n.t(
        'A mapping stands under the name of its provider exactly as the pool has it; that of a user pool has the app client behind a colon: {0}:{1}.',
        c.loginKey ?? 'cognito-idp.REGION.amazonaws.com/POOL-ID',
        c.clientId ?? 'CLIENT-ID',
      ),
      fix: l10n.t(
        'Correct the key of the mapping, or add the provider first. The copied command shows the providers of the pool.',
      ),
      actions: ['copy-cli-command', 'show-details'],
      cliCommand: identityPoolCommand(c, 'describe-identity-pool'),
    }),
  },
];

function rolesIn(c: Case): string {
  const roles = c.context.tokenClaims?.['cognito:roles'];
  const names = Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
  return names.length === 0 ? l10n.t('none') : names.slice(0, 10).join(', ');
}
