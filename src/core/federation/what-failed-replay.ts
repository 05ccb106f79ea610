import * as l10n from '@vscode/l10n';
import { parseRole } from './role';
import type { FailureFinding } from './what-failed';
import { type CommandTarget, showIdentityPoolRoles, showTrust } from './what-failed-cli';

/** What STS answered to AssumeRoleWithWebIdentity for the same login and role. */
export type Replay =
  | { readonly outcome: 'ok'; readonly roleArn: string }
  | {
      readonly outcome: 'refused';
      readonly roleArn: string;
      /** With or without `Exception` at its end. */
      readonly awsCode: string;
      readonly awsMessage: string;
    };

/** What STS's own error tells, without a look at pool and role. Undefined where the basic flow was not tried. */
export function byReplay(target: CommandTarget, replay: Replay | undefined): FailureFinding | undefined {
  if (!replay) return undefined;
  const { roleArn } = replay;
  const name = parseRole(roleArn)?.name ?? roleArn;
  const command = showTrust(target, name);
  if (replay.outcome === 'ok') {
    return {
      certain: false,
      sentence: l10n.t(
        'STS gives the role {0} in the basic flow. So the enhanced flow asks for another role, or the identity pool has none for this login.',
        name,
      ),
      fix: l10n.t('Look at the roles and role mappings of the identity pool; the command shows them.'),
      command: showIdentityPoolRoles(target),
    };
  }
  switch (replay.awsCode.replace(/(Exception|Fault)$/, '')) {
    case 'AccessDenied':
      return /sts:TagSession/.test(replay.awsMessage)
        ? {
            cause: 'C83',
            certain: true,
            sentence: l10n.t('STS: the trust policy of {0} does not allow sts:TagSession.', name),
            fix: l10n.t(
              'Add sts:TagSession to the actions of the trust policy, or switch attributes for access control off. The command shows the policy.',
            ),
            command,
          }
        : {
            certain: false,
            sentence: l10n.t(
              'STS: {0} does not exist, or its trust policy does not let this login in (principal, action, identity pool or kind of user).',
              name,
            ),
            fix: l10n.t(
              "Compare the trust policy, which the command shows, or look with an administrator's AWS profile.",
            ),
            command,
          };
    case 'PackedPolicyTooLarge':
      return {
        cause: 'C84',
        certain: true,
        sentence: l10n.t(
          'STS: session tags and session policy do not fit into the session: {0}',
          replay.awsMessage,
        ),
        fix: l10n.t('Map fewer or shorter claims to tags, or shorten the session policy.'),
      };
    default:
      return {
        cause: 'other',
        certain: false,
        sentence: l10n.t('STS: {0}: {1}', replay.awsCode, replay.awsMessage),
        fix: l10n.t('Mend what STS says, and try again.'),
      };
  }
}
