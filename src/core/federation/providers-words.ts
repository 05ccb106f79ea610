import * as l10n from '@vscode/l10n';
import type { FoundKind, NeededArtefact, ProviderKind } from './providers';
import { PROVIDERS, PROVIDER_KINDS } from './providers';

/** What people call a provider. */
export function providerName(kind: ProviderKind): string {
  switch (kind) {
    case 'user-pool':
      return l10n.t('User pool');
    case 'google':
      return 'Google';
    case 'facebook':
      return 'Facebook';
    case 'amazon':
      return 'Login with Amazon';
    case 'apple':
      return l10n.t('Sign in with Apple');
    case 'twitter':
      return l10n.t('Twitter (before it was X)');
    case 'oidc':
      return l10n.t('OpenID Connect provider');
    case 'saml':
      return l10n.t('SAML provider');
    case 'developer':
      return l10n.t('Developer provider');
  }
}

/** The provider behind a key of a Logins map, as DescribeIdentity lists them; a key that is its own name stays. */
export function nameOfKey(key: string): string {
  const kind = PROVIDER_KINDS.find((one) => PROVIDERS[one].key === key);
  if (kind) return providerName(kind);
  return /^arn:[a-z-]+:iam::\d*:(?:saml|oidc)-provider\/(.+)$/.exec(key)?.[1] ?? key;
}

/** What a provider needs, with its article: "an ID token". */
export function neededPhrase(needs: NeededArtefact): string {
  switch (needs) {
    case 'id-token':
      return l10n.t('an ID token');
    case 'access-token':
      return l10n.t('an access token');
    case 'token-pair':
      return l10n.t('an access token and its secret, as TOKEN;SECRET');
    case 'saml-response':
      return l10n.t('a SAML response');
    case 'openid-token':
      return l10n.t('the OpenID token of the identity pool');
  }
}

/** Where a person gets what the provider needs. One or two sentences. */
export function whereToGet(kind: ProviderKind): string {
  switch (kind) {
    case 'user-pool':
      return l10n.t('Sign in to the user pool: the ID token is "IdToken" in the answer, or "id_token".');
    case 'google':
      return l10n.t(
        'Google Identity Services give it as "credential", its token endpoint as "id_token". The scope "openid" must be asked for.',
      );
    case 'facebook':
      return l10n.t(
        'FB.getLoginStatus gives it as "accessToken". A token of Limited Login (three parts with dots) is not accepted.',
      );
    case 'amazon':
      return l10n.t('amazon.Login.authorize gives it as "access_token"; it begins with "Atza|".');
    case 'apple':
      return l10n.t('Sign in with Apple gives it as "id_token", beside the code.');
    case 'twitter':
      return l10n.t(
        'The old sign-in with Twitter (OAuth 1) gives "oauth_token" and "oauth_token_secret"; write them with a semicolon between.',
      );
    case 'oidc':
      return l10n.t(
        'The token endpoint of the provider gives it as "id_token". The scope "openid" must be asked for.',
      );
    case 'saml':
      return l10n.t(
        'It is the form field "SAMLResponse" that the provider posts after the sign-in. The network view of the browser shows it. It is good for a few minutes.',
      );
    case 'developer':
      return l10n.t(
        'Your backend gets it as "Token" by GetOpenIdTokenForDeveloperIdentity. Paste the token, or the whole answer with "IdentityId".',
      );
  }
}

/** What was pasted instead, with its article. `from`: its issuer, maker or user pool, where it tells. */
export function foundPhrase(found: FoundKind, from: string | undefined): string {
  switch (found) {
    case 'user-pool-id-token':
      return from ? l10n.t('an ID token of user pool {0}', from) : l10n.t('an ID token of a user pool');
    case 'user-pool-access-token':
      return from
        ? l10n.t('an access token of user pool {0}', from)
        : l10n.t('an access token of a user pool');
    case 'id-token':
      return from ? l10n.t('an ID token of {0}', from) : l10n.t('an ID token that names no issuer');
    case 'access-token':
      return from ? l10n.t('an access token of {0}', from) : l10n.t('an access token');
    case 'openid-token':
      return l10n.t("an identity pool's OpenID token");
    case 'refresh-token':
      return from
        ? l10n.t('a refresh token of {0}', from)
        : l10n.t('a refresh token, or another encrypted one');
    case 'opaque-token':
      return from
        ? l10n.t('an access token of {0}', from)
        : l10n.t('a token that only its maker can read, most likely an access token');
    case 'token-pair':
      return l10n.t('a token and a secret with a semicolon between');
    case 'saml-response':
      return from ? l10n.t('a SAML response of {0}', from) : l10n.t('a SAML response');
    case 'saml-part':
      return l10n.t('a part of a SAML response, without the response around it');
    case 'saml-refusal':
      return l10n.t('a SAML response by which the provider refuses the sign-in');
    case 'xml':
      return l10n.t('an XML document that is not a SAML response');
    case 'code':
      return l10n.t('an address with an authorization code, which still has to be traded for tokens');
    case 'error-answer':
      return from
        ? l10n.t('the answer of a sign-in that failed with "{0}"', from)
        : l10n.t('the answer of a sign-in that failed');
    case 'aws-keys':
      return l10n.t('a set of AWS keys');
    case 'empty':
      return l10n.t('empty');
    case 'too-large':
      return l10n.t('a text of more than a million characters');
    case 'unreadable':
      return l10n.t('no token: its parts are not complete, or it is other text');
  }
}
