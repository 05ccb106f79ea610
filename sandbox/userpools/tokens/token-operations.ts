import { AwsError } from '../../kernel/aws-error';
import { optionalText, requiredText } from '../../kernel/input';
import type { Operation } from '../../kernel/types';
import { attributeList } from '../attributes';
import { getTokensFromRefreshToken } from '../auth/refresh';
import type { UserPoolContext } from '../context';
import { mfaMembers } from '../mfa/preference-operations';
import { checkClientSecret } from '../secret-hash';
import { userOf } from '../store';
import { requireAccessToken } from './access-token';
import { decodeJwt } from './jwt';

export function tokenOperations(context: UserPoolContext): Record<string, Operation> {
  return {
    GetTokensFromRefreshToken: (input) => getTokensFromRefreshToken(context, input),
    GetUser(input) {
      const { user } = requireAccessToken(context, input);
      return { Username: user.username, UserAttributes: attributeList(user), ...mfaMembers(user) };
    },
    GlobalSignOut(input) {
      const { pool, user } = requireAccessToken(context, input);
      context.families.revokeAllOf(pool.id, user.sub);
      return {};
    },
    AdminUserGlobalSignOut(input) {
      const pool = context.store.poolOf(input);
      context.families.revokeAllOf(pool.id, userOf(pool, input).sub);
      return {};
    },
    RevokeToken(input) {
      const token = requiredText(input, 'Token', { secret: true });
      const { client } = context.store.clientOf(input);
      checkClientSecret(client, optionalText(input, 'ClientSecret', { secret: true }));
      if (!client.settings.revocation)
        throw new AwsError(
          'UnsupportedOperationException',
          'Token revocation is not enabled for this client.',
        );
      const record = context.families.findRefreshToken(token);
      if (record === undefined) {
        if (decodeJwt(token) !== undefined)
          throw new AwsError('UnsupportedTokenTypeException', 'Unsupported token type.');
        throw new AwsError('InvalidParameterException', 'Invalid Refresh Token');
      }
      if (record.family.clientId !== client.id)
        throw new AwsError('UnauthorizedException', 'Token is not issued for this client.');
      record.family.revoked = true;
      return {};
    },
  };
}
