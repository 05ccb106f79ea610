import { optionalText, optionalTextMap, requiredText, type Input } from '../../kernel/input';
import type { UserPoolContext } from '../context';
import { checkSecretHash } from '../secret-hash';
import { requiredParameter } from './parameters';
import { answerChallenge } from './sign-in';
import { answerOf } from './sign-in-result';

export function respondToAuthChallenge(context: UserPoolContext, input: Input): unknown {
  const challenge = requiredText(input, 'ChallengeName');
  const gate = { context, ...context.store.clientOf(input) };
  const session = optionalText(input, 'Session');
  const responses = optionalTextMap(input, 'ChallengeResponses');
  const clientMetadata = optionalTextMap(input, 'ClientMetadata');
  const typed = requiredParameter(responses, 'USERNAME');
  checkSecretHash(gate.client, typed, responses.get('SECRET_HASH'));
  return answerOf(gate, answerChallenge(gate, { challenge, session, typed, responses, clientMetadata }));
}
