import * as l10n from '@vscode/l10n';
import { redactSecrets } from '../../redact';
import type { Case } from '../case';
import { userPoolCommand } from '../cli';
import { userPool } from '../names';
import type { Row } from '../row';

/** Rows 12 and 14–16: the Lambda functions that a user pool calls. */
export const triggerRows: readonly Row[] = [
  {
    id: 'A12',
    services: ['cognito-idp'],
    codes: ['InvalidParameter'],
    fragments: ['custom auth lambda trigger is not configured'],
    say: (c) => ({
      title: l10n.t('The user pool has no custom challenges'),
      why: l10n.t(
        'Sign-in by custom challenges (CUSTOM_AUTH) needs three Lambda triggers: define, create and verify. {0} lacks at least one.',
        userPool(c),
      ),
      fix: l10n.t('Sign in with SRP, or have the triggers set up. The copied command shows which there are.'),
      actions: ['sign-in-with-srp', 'copy-cli-command'],
      cliCommand: showTriggers(c),
    }),
  },
  {
    id: 'A14',
    services: ['cognito-idp'],
    codes: ['UnexpectedLambda'],
    fragments: ['invocation failed due to configuration'],
    say: (c) => ({
      title: l10n.t('Cognito could not call the Lambda trigger {0}', triggerOf(c)),
      why: l10n.t(
        'The function was deleted, or its resource policy does not let cognito-idp.amazonaws.com invoke it for this user pool.',
      ),
      fix: l10n.t(
        'Have the function put back, or lambda:InvokeFunction allowed in its resource policy. The copied command lists the triggers of the pool.',
      ),
      actions: ['copy-cli-command', 'retry'],
      cliCommand: showTriggers(c),
    }),
  },
  {
    id: 'A15',
    services: ['cognito-idp'],
    codes: ['UserLambdaValidation', 'UnexpectedLambda', 'NotAuthorized'],
    fragments: ['failed with error'],
    say: (c) => ({
      title: l10n.t('{0} says: "{1}"', triggerOf(c), ownWords(c)),
      why: l10n.t(
        'These are the words of a Lambda trigger of {0}, which stopped {1}. Cognito itself had nothing against it.',
        userPool(c),
        c.operation,
      ),
      fix: l10n.t(
        "Look at the function's log in CloudWatch. The copied command lists the triggers of the pool with their functions.",
      ),
      actions: ['sign-in-again', 'copy-cli-command'],
      cliCommand: showTriggers(c),
    }),
  },
  {
    id: 'A16',
    services: ['cognito-idp'],
    codes: ['InvalidLambdaResponse'],
    say: (c) => ({
      title: l10n.t('Cognito could not understand what a Lambda trigger answered'),
      why: l10n.t(
        'A trigger of {0} ran without a fault and gave its answer in another form than Cognito expects. It need not be the last one of the chain.',
        userPool(c),
      ),
      fix: l10n.t(
        'Look at the logs of all triggers that take part. For custom challenges these are three: DefineAuthChallenge, CreateAuthChallenge and VerifyAuthChallengeResponse.',
      ),
      actions: ['copy-cli-command', 'sign-in-again'],
      cliCommand: showTriggers(c),
    }),
  },
];

function showTriggers(c: Case): string | undefined {
  return userPoolCommand(c, 'describe-user-pool', [['--query', 'UserPool.LambdaConfig']]);
}

/** The trigger that Cognito names: "PreAuthentication failed with error …"; "null" where it does not know it either. */
function triggerOf(c: Case): string {
  const name = /(\w+) (?:failed with error|invocation failed)/i.exec(c.service?.awsMessage ?? '')?.[1];
  return name === undefined || name === 'null' ? l10n.t('of the pool') : name;
}

/** What the function itself said. */
function ownWords(c: Case): string {
  const text = /failed with error\s*([^]{1,300})/i.exec(c.service?.awsMessage ?? '')?.[1] ?? '';
  const words = redactSecrets(text).trim().replace(/\.+$/, '');
  return words === '' ? l10n.t('nothing') : words;
}
