import { optionalText, optionalTextMap, requiredText, type Input } from '../../kernel/input';
import type { UserPoolContext } from '../context';
import { checkSecretHash } from '../secret-hash';
import { allowedFlow } from './auth-flows';
import { requiredParameter } from './parameters';
import { refreshByAuthFlow } from './refresh';
import { beginSignIn } from './sign-in';
import { answerOf } from './sign-in-result';

export function initiateAuth(context: UserPoolContext, input: Input): unknown {
  const flow = requiredText(input, 'AuthFlow');
  const gate = { context, ...context.store.clientOf(input) };
  const parameters = optionalTextMap(input, 'AuthParameters');
  optionalText(input, 'Session');
  const allowed = allowedFlow(gate, flow);
  if (allowed === 'REFRESH_TOKEN_AUTH') return refreshByAuthFlow(gate, parameters);
  const typed = requiredParameter(parameters, 'USERNAME');
  if (allowed === 'USER_PASSWORD_AUTH') requiredParameter(parameters, 'PASSWORD');
  if (allowed === 'USER_SRP_AUTH') requiredParameter(parameters, 'SRP_A');
  checkSecretHash(gate.client, typed, parameters.get('SECRET_HASH'));
  return answerOf(gate, beginSignIn(gate, allowed, parameters));
}
