import type { UserPoolSettings } from '../connection/model';
import { isServiceError, WorkbenchError } from '../errors';
import type { AuthTokens, Digest, UserPoolApi } from '../ports';
import { secretHash } from '../signin/secret-hash';
import type { TokenSet } from './model';
import { usernameOf } from './token-set';

/**
 * Why a refresh token brings nothing: Cognito refused it (after `user-disabled` it may be accepted again one day), did
 * so before (`refused-before`: it was not sent again), or there is none (`absent`).
 */
export type RefusalReason =
  'revoked' | 'expired' | 'reused' | 'user-gone' | 'user-disabled' | 'refused' | 'refused-before' | 'absent';

export interface RefreshTokenRequest {
  readonly pool: UserPoolSettings;
  readonly tokens: TokenSet & { readonly refreshToken: string };
  readonly clientSecret: string | undefined;
  /** The device of the sign-in, where the pool tracks devices. */
  readonly deviceKey?: string | undefined;
}

/**
 * New tokens for a refresh token: GetTokensFromRefreshToken, and REFRESH_TOKEN_AUTH only where the endpoint does not
 * know that operation. Cannot be cancelled: with rotation the answer holds the only refresh token that still works.
 */
export async function exchangeRefreshToken(
  request: RefreshTokenRequest,
  api: UserPoolApi,
  digest: Digest,
): Promise<AuthTokens> {
  const { pool, tokens, clientSecret, deviceKey } = request;
  const { clientId } = pool;
  try {
    return await api.getTokensFromRefreshToken({
      clientId,
      clientSecret,
      refreshToken: tokens.refreshToken,
      ...(deviceKey === undefined ? {} : { deviceKey }),
    });
  } catch (error) {
    if (!isUnknownOperation(error)) throw error;
  }
  const parameters: Record<string, string> = { REFRESH_TOKEN: tokens.refreshToken };
  if (deviceKey !== undefined) parameters.DEVICE_KEY = deviceKey;
  if (clientSecret) {
    parameters.SECRET_HASH = secretHash(digest, usernameOf(tokens) ?? '', clientId, clientSecret);
  }
  const answer = await api.initiateAuth({ flow: 'REFRESH_TOKEN_AUTH', clientId, parameters });
  if (answer.kind === 'tokens') return answer.tokens;
  const detail = `REFRESH_TOKEN_AUTH was answered by the challenge ${answer.name}`;
  throw new WorkbenchError('signin.protocol', detail, { detail });
}

/** Why the refresh token is refused; undefined where the error says nothing about the token (network, throttling, secret hash). */
export function refusalOf(error: unknown): RefusalReason | undefined {
  if (!isServiceError(error)) return undefined;
  const { awsCode, awsMessage } = error;
  if (awsCode === 'RefreshTokenReuseException') return 'reused';
  if (awsCode === 'UserNotFoundException') return 'user-gone';
  if (awsCode !== 'NotAuthorizedException' || /secret/i.test(awsMessage)) return undefined;
  if (/disabled/i.test(awsMessage)) return 'user-disabled';
  if (/revoked/i.test(awsMessage)) return 'revoked';
  if (/expired/i.test(awsMessage)) return 'expired';
  return /user does not exist/i.test(awsMessage) ? 'user-gone' : 'refused';
}

function isUnknownOperation(error: unknown): boolean {
  return (
    isServiceError(error) &&
    (error.awsCode === 'UnknownOperationException' || /unknown operation/i.test(error.awsMessage))
  );
}
