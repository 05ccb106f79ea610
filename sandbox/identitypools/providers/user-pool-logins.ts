import type { LoginVerifier } from '../../kernel/types';
import type { LoginProvider } from './login-provider';
import { invalidToken, unsupportedProvider } from './refusals';

const USER_POOL = /^cognito-idp\.[\w-]+\.amazonaws\.com(\.cn)?\//;

/** ID tokens of this sandbox's user pools. */
export function userPoolLogins(verifier: LoginVerifier): LoginProvider {
  return {
    speaksFor: (providerName) => USER_POOL.test(providerName),
    verify(pool, providerName, token) {
      const login = verifier.verifyIdToken(providerName, token);
      const provider = pool.settings.CognitoIdentityProviders.find(
        ({ ProviderName, ClientId }) => ProviderName === providerName && ClientId === login.clientId,
      );
      if (provider === undefined) throw unsupportedProvider();
      if (provider.ServerSideTokenCheck && !verifier.isLoginAlive(login)) {
        // AWS documents the refusal and not its words.
        throw invalidToken('Token is revoked.');
      }
      return login;
    },
  };
}
