import { optionalText, optionalTextMap, requiredText, type Input } from '../../kernel/input';
import type { UserPoolContext } from '../context';
import { checkSecretHash } from '../secret-hash';
import { signInAfterSignUp } from './after-sign-up';
import { allowedFlow } from './auth-flows';
import { requiredParameter } from './parameters';
import { refreshByAuthFlow } from './refresh';
import { beginSignIn } from './sign-in';
import { answerOf } from './sign-in-result';

export function initiateAuth(context: UserPoolContext, input: Input): unknown {
  const flow = requiredText(input, 'AuthFlow');
  const gate = { context, ...context.store.clientOf(input) };
  const parameters = optionalTextMap(input, 'AuthParameters');
  const session = optionalText(input, 'Session', { min: 20, max: 2048, secret: true });
  const allowed = allowedFlow(gate, flow);
  if (allowed === 'REFRESH_TOKEN_AUTH') return refreshByAuthFlow(gate, parameters);
  const typed = requiredParameter(parameters, 'USERNAME');
  if (allowed === 'USER_PASSWORD_AUTH') requiredParameter(parameters, 'PASSWORD');
  if (allowed === 'USER_SRP_AUTH') requiredParameter(parameters, 'SRP_A');
  checkSecretHash(gate.client, typed, parameters.get('SECRET_HASH'));
  if (allowed === 'USER_AUTH' && session !== undefined)
    return answerOf(gate, signInAfterSignUp(gate, typed, session));
  return answerOf(gate, beginSignIn(gate, allowed, parameters));
}
