import { optionalText, optionalTextMap, requiredText, type Input } from '../../kernel/input';
import type { UserPoolContext } from '../context';
import { isPassword } from '../passwords';
import { checkSecretHash } from '../secret-hash';
import { allowedFlow } from './auth-flows';
import { requiredParameter } from './parameters';
import { refreshByAuthFlow } from './refresh';
import { afterPassword } from './sign-in-result';
import { userForSignIn } from './sign-in-state';
import { checkPasswordFlow, type SrpChallenges } from './srp-challenge';

export function initiateAuth(context: UserPoolContext, srp: SrpChallenges, input: Input): unknown {
  const flow = requiredText(input, 'AuthFlow');
  const { pool, client } = context.store.clientOf(input);
  const parameters = optionalTextMap(input, 'AuthParameters');
  optionalText(input, 'Session');
  const allowed = allowedFlow(client, flow);
  if (allowed === 'REFRESH_TOKEN_AUTH') return refreshByAuthFlow(context, pool, client, parameters);
  const typed = requiredParameter(parameters, 'USERNAME');
  const secretName = allowed === 'USER_SRP_AUTH' ? 'SRP_A' : 'PASSWORD';
  const secret = requiredParameter(parameters, secretName);
  checkSecretHash(client, typed, parameters.get('SECRET_HASH'));
  if (allowed === 'USER_SRP_AUTH') return srp.start(context, pool, client, typed, secret);
  const user = checkPasswordFlow(
    userForSignIn(pool, client, typed),
    (candidate) => isPassword(pool, candidate, secret),
    context.clock.now(),
  );
  return afterPassword(context, pool, client, user);
}
