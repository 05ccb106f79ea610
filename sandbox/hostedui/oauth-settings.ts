import type { AppClient } from '../userpools/model';

/** What an app client says about OAuth. */
export interface OAuthSettings {
  readonly enabled: boolean;
  /** `code`, `implicit`, `client_credentials` */
  readonly flows: readonly string[];
  readonly scopes: readonly string[];
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
  /** `COGNITO` and the names of other providers. */
  readonly identityProviders: readonly string[];
}

export function oauthSettingsOf(client: AppClient): OAuthSettings {
  return readOAuthSettings(client.settings.echoed);
}

/** Out of the members that CreateUserPoolClient takes. */
export function readOAuthSettings(members: Readonly<Record<string, unknown>>): OAuthSettings {
  const texts = (name: string): readonly string[] => {
    const value = members[name];
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
  };
  return {
    enabled: members['AllowedOAuthFlowsUserPoolClient'] === true,
    flows: texts('AllowedOAuthFlows'),
    scopes: texts('AllowedOAuthScopes'),
    callbackUrls: texts('CallbackURLs'),
    logoutUrls: texts('LogoutURLs'),
    identityProviders: texts('SupportedIdentityProviders'),
  };
}
