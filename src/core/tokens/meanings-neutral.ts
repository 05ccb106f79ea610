import * as l10n from '@vscode/l10n';

/** What claims mean by their specifications (RFC 7519, RFC 8693, OpenID Connect), where Cognito’s own words would be wrong. */
const CLAIMS = new Map<string, () => string>([
  ['sub', () => l10n.t('Whom the token is about: the user’s ID at the issuer, or an application’s.')],
  ['iss', () => l10n.t('Who issued the token.')],
  ['aud', () => l10n.t('Whom the token is for; a service that is not named here must refuse it.')],
  ['iat', () => l10n.t('When this token was issued.')],
  ['acr', () => l10n.t('How strongly the user was authenticated.')],
  ['amr', () => l10n.t('The ways in which the user was authenticated.')],
  ['client_id', () => l10n.t('The client that the token was issued for.')],
  ['scope', () => l10n.t('What the token may be used for.')],
  ['username', () => l10n.t('The user name at the issuer.')],
  ['preferred_username', () => l10n.t('Attribute of the user: the name to show.')],
  ['email_verified', () => l10n.t('Whether the e-mail address was verified.')],
  ['groups', () => l10n.t('Groups of the user, as the issuer names them.')],
  ['roles', () => l10n.t('Roles of the user, as the issuer names them.')],
]);

const HEADER = new Map<string, () => string>([
  ['alg', () => l10n.t('How the token is signed or its key encrypted.')],
  ['kid', () => l10n.t('Which of the issuer’s keys signed the token.')],
  ['enc', () => l10n.t('How the content is encrypted.')],
  ['jku', () => l10n.t('An address of keys. It must not be followed.')],
  ['jwk', () => l10n.t('A key inside the token. It must not be trusted.')],
  ['x5u', () => l10n.t('An address of certificates. It must not be followed.')],
  ['x5c', () => l10n.t('Certificates inside the token. They must not be trusted.')],
  ['x5t', () => l10n.t('A SHA-1 hash of a certificate.')],
  ['x5t#S256', () => l10n.t('A SHA-256 hash of a certificate.')],
]);

/** Claims that Cognito alone gives a meaning to; in another issuer's token they are that issuer's own. */
const COGNITO_ALONE = /^(?:token_use|version|device_key|event_id|origin_jti|identities|(?:dev:)?custom:.*)$/;

/** In no registry, in a token that is not Cognito's. */
export const unregistered = (): string => l10n.t('Not a registered claim: its issuer knows what it means.');

/** The meaning of a claim of a token that is not Cognito's; undefined where Cognito's words are right for it too. */
export function neutralClaim(name: string): string | undefined {
  return COGNITO_ALONE.test(name) ? unregistered() : CLAIMS.get(name)?.();
}

/** The same for a member of the header. */
export function neutralHeader(name: string): string | undefined {
  return HEADER.get(name)?.();
}
