import * as l10n from '@vscode/l10n';
import { redactSecrets } from '../../redact';
import type { Case } from '../case';
import { identityPool, serviceName, user, userPool } from '../names';
import type { Row, Words } from '../row';

/** For answers that no row of the table knows: what the service's code alone says. */
export const codeRows: readonly Row[] = [
  {
    id: 'S.Unavailable',
    when: (c) =>
      /^(Internal|InternalError|InternalFailure|InternalServer|InternalServerError|ServiceUnavailable|Unavailable|ExternalService)$/.test(
        c.code,
      ) || Number(c.data['status'] ?? 0) >= 500,
    say: (c) => ({
      title: l10n.t('{0} has a fault at the moment', name(c)),
      why: saying(
        c,
        l10n.t('The service could not carry out {0} and says that the reason is on its side.', c.operation),
      ),
      fix: l10n.t('Try again in a moment. If it lasts, see the AWS Health dashboard.'),
      actions: ['retry'],
    }),
  },
  {
    id: 'S.Signature',
    codes: ['SignatureDoesNotMatch', 'InvalidSignature', 'IncompleteSignature', 'MissingAuthenticationToken'],
    say: (c) => ({
      title: l10n.t('{0} could not verify the signature of {1}', name(c), c.operation),
      why: saying(
        c,
        l10n.t(
          'The secret key does not belong to the access key, or a proxy changed the request on its way.',
        ),
      ),
      fix: l10n.t('Refresh the credentials. If that does not help, look for a proxy that changes headers.'),
      actions: ['refresh-credentials', 'show-details'],
    }),
  },
  {
    id: 'S.Trigger',
    services: ['cognito-idp'],
    codes: ['UserLambdaValidation', 'UnexpectedLambda', 'InvalidLambdaResponse'],
    say: (c) => ({
      title: l10n.t('A Lambda trigger of the user pool stopped {0}', c.operation),
      why: saying(
        c,
        l10n.t('{0} calls a function of yours at this step, and it failed or refused.', userPool(c)),
      ),
      fix: l10n.t(
        'Look at the function\'s log in CloudWatch. The words after "with error" are the function\'s own. The pool lists its triggers under Extensions.',
      ),
      actions: ['show-details', 'sign-in-again'],
    }),
  },
  {
    id: 'S.NotAuthorized',
    services: ['cognito-idp'],
    codes: ['NotAuthorized'],
    say: (c) => ({
      title: l10n.t('Cognito refused {0} for {1}', c.operation, user(c)),
      why: saying(
        c,
        l10n.t('The user pool does not accept the sign-in or the token that came with the request.'),
      ),
      fix: l10n.t('Sign in again.'),
      actions: ['sign-in-again'],
    }),
  },
  {
    id: 'S.NotAuthorized',
    services: ['cognito-identity'],
    codes: ['NotAuthorized'],
    say: (c) => ({
      title: l10n.t('The identity pool refused {0}', user(c)),
      why: saying(
        c,
        l10n.t('{0} does not accept the sign-in that came with {1}.', identityPool(c), c.operation),
      ),
      fix: l10n.t('Refresh the credentials. If that does not help, sign in again.'),
      actions: ['refresh-credentials', 'sign-in-again'],
    }),
  },
  {
    id: 'S.ResourceNotFound',
    codes: ['ResourceNotFound', 'NoSuchEntity'],
    say: (c) => ({
      title: l10n.t('{0} does not know what {1} asked for', name(c), c.operation),
      why: saying(
        c,
        l10n.t('It was deleted, or an id of the connection belongs to another pool, region or account.'),
      ),
      fix: l10n.t('Compare the ids of the connection with the console.'),
      actions: ['edit-connection'],
    }),
  },
  {
    id: 'S.InvalidParameter',
    codes: ['InvalidParameter', 'Validation', 'ValidationError', 'InvalidRequest', 'InvalidArgument'],
    say: (c) => ({
      title: l10n.t('{0} did not accept the values of {1}', name(c), c.operation),
      why: saying(c, l10n.t('One of the values is not possible, or the pool is not set up for this.')),
      fix: l10n.t('Check the connection against the settings of the pool.'),
      actions: ['edit-connection', 'show-details'],
    }),
  },
  {
    id: 'S.AccessDenied',
    codes: ['AccessDenied', 'UnauthorizedOperation'],
    say: (c) => ({
      title: l10n.t('Your role may not call {0}', c.operation),
      why: saying(c, l10n.t('No policy of the role allows it, or another policy forbids it.')),
      fix: l10n.t('Use an identity with another role, or have the policy extended.'),
      actions: ['show-details'],
    }),
  },
];

/** The last resort still says who refused what, and in which words. */
export function unknownAnswer(c: Case): Words {
  return {
    title: l10n.t('{0} refused {1}', name(c), c.operation === '' ? l10n.t('the request') : c.operation),
    why: saying(c, l10n.t('This is an answer that Cognito Workbench has no explanation for.')),
    fix: l10n.t('The details have the whole answer and the request id, by which AWS Support can find it.'),
    actions: ['retry', 'show-details'],
  };
}

/** Our sentence, then the service's own. */
function saying(c: Case, ours: string): string {
  const theirs = redactSecrets(c.service?.awsMessage ?? '').trim();
  if (theirs === '' || theirs === 'UnknownError') return ours;
  return l10n.t('{0} It says: "{1}"', ours, theirs.slice(0, 300));
}

function name(c: Case): string {
  return serviceName(c.service?.service ?? 'cognito-idp');
}
