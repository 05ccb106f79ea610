import { AwsError } from '../kernel/aws-error';
import type { VerifiedLogin } from '../kernel/types';
import { COGNITO_PROVIDER } from './linking';
import { type OpenIdClaims, OpenIdTokenRefused, type OpenIdTokens } from './openid-tokens';

const refuse = (reason: string): AwsError =>
  new AwsError('NotAuthorizedException', `Invalid login token. ${reason}`);

/**
 * The login that an identity pool's own token stands for: whoever has it is its identity.
 * Throws NotAuthorizedException. A guest's token is none: it proves no login.
 */
export function ownLogin(tokens: OpenIdTokens, token: string): VerifiedLogin {
  const { identityId, poolId, amr, claims } = read(tokens, token);
  if (!amr.includes('authenticated')) {
    throw refuse('Not a Cognito token.');
  }
  return {
    providerName: COGNITO_PROVIDER,
    clientId: poolId,
    sub: identityId,
    claims,
    mappingKey: COGNITO_PROVIDER,
  };
}

function read(tokens: OpenIdTokens, token: string): OpenIdClaims {
  try {
    return tokens.verify(token);
  } catch (error) {
    if (!(error instanceof OpenIdTokenRefused)) {
      throw error;
    }
    throw error.reason === 'expired'
      ? refuse(error.message)
      : refuse(error.reason === 'not-ours' ? 'Not a Cognito token.' : "Couldn't verify signed token.");
  }
}
