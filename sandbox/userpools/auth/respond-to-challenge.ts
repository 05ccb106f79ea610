import { AwsError } from '../../kernel/aws-error';
import { optionalText, optionalTextMap, requiredText, type Input } from '../../kernel/input';
import type { UserPoolContext } from '../context';
import { checkSecretHash } from '../secret-hash';
import { requiredParameter } from './parameters';
import { answerNewPassword } from './new-password';
import type { SrpChallenges } from './srp-challenge';

export function respondToAuthChallenge(context: UserPoolContext, srp: SrpChallenges, input: Input): unknown {
  const challenge = requiredText(input, 'ChallengeName');
  const { pool, client } = context.store.clientOf(input);
  const session = optionalText(input, 'Session');
  const responses = optionalTextMap(input, 'ChallengeResponses');
  const typed = requiredParameter(responses, 'USERNAME');
  checkSecretHash(client, typed, responses.get('SECRET_HASH'));
  switch (challenge) {
    case 'PASSWORD_VERIFIER':
      // This challenge comes without a session, so a session that comes back is nobody's.
      if (session !== undefined) context.sessions.require(session, client.id, challenge);
      return srp.verify(context, pool, client, typed, responses);
    case 'NEW_PASSWORD_REQUIRED':
      if (session === undefined)
        throw new AwsError('InvalidParameterException', 'Missing required parameter Session');
      return answerNewPassword(context, pool, client, { session, typed, responses });
    default:
      throw new AwsError(
        'InvalidParameterException',
        'Challenge response is not supported by this user pool.',
      );
  }
}
