import { optionalText, optionalTextMap, requiredText } from '../../kernel/input';
import type { Operation } from '../../kernel/types';
import { allowedAdminFlow } from '../auth/auth-flows';
import { requiredParameter } from '../auth/parameters';
import { refreshByAuthFlow } from '../auth/refresh';
import { answerChallenge, beginSignIn } from '../auth/sign-in';
import { answerOf } from '../auth/sign-in-result';
import type { UserPoolContext } from '../context';
import { checkSecretHash } from '../secret-hash';

/** Sign-in as a server with an administrator's rights does it: the same challenges, one more flow. */
export function adminSignInOperations(context: UserPoolContext): Record<string, Operation> {
  const { store } = context;
  return {
    AdminInitiateAuth(input) {
      const pool = store.poolOf(input);
      const gate = { context, pool, client: store.clientWithin(pool, input) };
      const flow = allowedAdminFlow(gate, requiredText(input, 'AuthFlow'));
      const parameters = optionalTextMap(input, 'AuthParameters');
      if (flow === 'REFRESH_TOKEN_AUTH') return refreshByAuthFlow(gate, parameters);
      const typed = requiredParameter(parameters, 'USERNAME');
      checkSecretHash(gate.client, typed, parameters.get('SECRET_HASH'));
      return answerOf(gate, beginSignIn(gate, flow, parameters));
    },
    AdminRespondToAuthChallenge(input) {
      const pool = store.poolOf(input);
      const gate = { context, pool, client: store.clientWithin(pool, input) };
      const challenge = requiredText(input, 'ChallengeName');
      const session = optionalText(input, 'Session');
      const responses = optionalTextMap(input, 'ChallengeResponses');
      const clientMetadata = optionalTextMap(input, 'ClientMetadata');
      const typed = requiredParameter(responses, 'USERNAME');
      checkSecretHash(gate.client, typed, responses.get('SECRET_HASH'));
      return answerOf(gate, answerChallenge(gate, { challenge, session, typed, responses, clientMetadata }));
    },
  };
}
