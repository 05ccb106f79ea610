import { optionalText, requiredText, type Input } from '../../kernel/input';
import type { Operation } from '../../kernel/types';
import { limitAttempts } from '../attempts';
import { wrongPassword } from '../auth/sign-in-state';
import type { UserPoolContext } from '../context';
import { isPassword, setPassword } from '../passwords';
import { usernameKey } from '../store';
import { requireAccessToken } from '../tokens/access-token';

const WRONG_PASSWORDS_PER_HOUR = 5;

/** What a user who is signed in does with password and account. */
export function ownAccountOperations(context: UserPoolContext): Record<string, Operation> {
  return {
    ChangePassword: (input) => changePassword(context, input),
    DeleteUser(input) {
      const { pool, user } = requireAccessToken(context, input);
      pool.users.delete(usernameKey(pool, user.username));
      context.families.revokeAllOf(pool.id, user.sub);
      return {};
    },
  };
}

function changePassword(context: UserPoolContext, input: Input): unknown {
  const { pool, user } = requireAccessToken(context, input);
  const previous = optionalText(input, 'PreviousPassword', { min: 1, max: 256, secret: true });
  const proposed = requiredText(input, 'ProposedPassword', { min: 1, max: 256, secret: true });
  const now = context.clock.now();
  // Who signs in with codes only has no password to prove.
  if (user.password !== undefined) {
    const failed = user.attempts.get('change password');
    limitAttempts(user, 'change password', WRONG_PASSWORDS_PER_HOUR, now);
    if (previous === undefined || !isPassword(pool, user, previous)) throw wrongPassword();
    user.attempts.set('change password', failed ?? []);
  }
  setPassword(pool, user, proposed);
  user.modifiedAt = now;
  return {};
}
