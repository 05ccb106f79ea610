import * as l10n from '@vscode/l10n';
import { redactSecrets } from '../../redact';
import { textOf } from '../case';
import type { Case } from '../case';
import { shellQuoted } from '../cli';
import { short } from '../names';
import type { Words } from '../row';

/** A profile of the AWS configuration gave no credentials. */
export function profileFailed(c: Case): Words {
  const profile = textOf(c, 'profile') ?? 'default';
  // Of a role the profile that its `source_profile` leads to.
  const source = textOf(c, 'source') ?? profile;
  const name = short(profile, 80);
  const said = textOf(c, 'detail');
  const detail = said === undefined ? '' : ` (${short(redactSecrets(said), 200)})`;
  switch (textOf(c, 'reason')) {
    case 'unknown':
      return {
        title: l10n.t('There is no AWS profile "{0}"', name),
        why: l10n.t(
          'Neither ~/.aws/config nor ~/.aws/credentials has a profile of that name (or the files that AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name).',
        ),
        fix: l10n.t('Choose a profile that is there, or add it with the copied command.'),
        actions: ['set-aws-profile', 'copy-cli-command'],
        cliCommand: `aws configure --profile ${shellQuoted(profile)}`,
      };
    case 'sso':
      return signIn(name, `aws sso login --profile ${shellQuoted(source)}`, detail);
    case 'login':
      return signIn(name, `aws login --profile ${shellQuoted(source)}`, detail);
    case 'process':
      return {
        title: l10n.t('The process of the AWS profile "{0}" gave no credentials', name),
        why: l10n.t('Its "credential_process" failed, or wrote something else than credentials{0}.', detail),
        fix: l10n.t(
          'Run the copied command in a terminal to see what is wrong. Programs that ask something there need their own sign-in first.',
        ),
        actions: ['copy-cli-command', 'retry', 'set-aws-profile'],
        cliCommand: callerCommand(profile),
      };
    case 'mfa':
      return {
        title: l10n.t('AWS did not accept the MFA code'),
        why: l10n.t('It belongs to another device, it is too old, or it was used before{0}.', detail),
        fix: l10n.t('Try again with the next code that the device shows.'),
        actions: ['retry', 'set-aws-profile'],
      };
    case 'refused':
      return {
        title: l10n.t('The AWS profile "{0}" may not take its role', name),
        why: l10n.t('AWS STS refused it{0}.', detail),
        fix: l10n.t(
          'The keys of its source profile must be alive, and the trust policy of the role must name them. The copied command tries the same.',
        ),
        actions: ['copy-cli-command', 'set-aws-profile'],
        cliCommand: callerCommand(profile),
      };
    default:
      return {
        title: l10n.t('The AWS profile "{0}" gives no credentials', name),
        why: l10n.t('Its section in the AWS configuration cannot be used as it is{0}.', detail),
        fix: l10n.t('Correct the profile (the copied command tries it), or choose another one.'),
        actions: ['copy-cli-command', 'set-aws-profile'],
        cliCommand: callerCommand(profile),
      };
  }
}

function signIn(name: string, command: string, detail: string): Words {
  return {
    title: l10n.t('The sign-in of the AWS profile "{0}" has ended', name),
    why: l10n.t('The AWS CLI keeps it for a few hours{0}.', detail),
    fix: l10n.t('Run this in a terminal, then try again: {0}', command),
    actions: ['copy-cli-command', 'retry', 'set-aws-profile'],
    cliCommand: command,
  };
}

function callerCommand(profile: string): string {
  return `aws sts get-caller-identity --profile ${shellQuoted(profile)}`;
}
