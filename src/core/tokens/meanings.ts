import * as l10n from '@vscode/l10n';
import { isIdentityPoolIssuer, isUserPoolIssuer, type TokenKind } from './decode';
import { neutralClaim, neutralHeader, unregistered } from './meanings-neutral';
import { registeredClaim } from './meanings-registered';

/** What may change a claim's meaning. */
interface Context {
  readonly kind: TokenKind;
  readonly claims: Readonly<Record<string, unknown>>;
}

type Meaning = (context: Context) => string;

const isMachine = ({ kind, claims }: Context): boolean =>
  kind === 'access' && claims.username === undefined && claims.sub === claims.client_id;

/** Of nobody at Cognito: user pools say what a token is for. */
export function isForeign({ kind, claims: { iss } }: Context): boolean {
  return kind === 'unknown' && !isUserPoolIssuer(iss) && !isIdentityPoolIssuer(iss);
}

/** Registered JWT claims, OpenID Connect's, and Cognito's own, in Cognito's words. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  sub: (context) => {
    if (context.kind === 'openid')
      return l10n.t(
        'The identity ID in the identity pool; in policies it is ${cognito-identity.amazonaws.com:sub}.',
      );
    if (isMachine(context))
      return l10n.t('The client ID: this token belongs to an application, not to a user.');
    return l10n.t(
      'The user’s ID in the user pool; it never changes. It is not the identity ID that S3 policies use.',
    );
  },
  iss: (context) => {
    if (context.kind === 'openid') return l10n.t('Issued by Cognito identity pools.');
    return l10n.t('Who issued the token: the address and ID of the user pool.');
  },
  aud: ({ kind }) => {
    if (kind === 'openid')
      return l10n.t('The identity pool that the token is for; the role’s trust policy must name it.');
    if (kind === 'access') return l10n.t('The resource that the token is bound to (resource binding).');
    return l10n.t('The app client that the token was issued for; the identity pool must list this client.');
  },
  exp: () => l10n.t('The token is refused from this time on.'),
  nbf: () => l10n.t('The token is refused before this time.'),
  iat: () => l10n.t('When this token was issued; a refresh gives a new time.'),
  jti: () => l10n.t('The ID of this very token.'),
  azp: () => l10n.t('The client that the provider gave the token to.'),
  nonce: () => l10n.t('A value of the sign-in request, repeated so that the app can tell its own sign-in.'),
  auth_time: () => l10n.t('When the user really signed in; a refresh does not change it.'),
  at_hash: () => l10n.t('A hash of the access token that was issued along with this token.'),
  c_hash: () => l10n.t('A hash of the authorization code that was issued along with this token.'),
  s_hash: () => l10n.t('A hash of the state of the sign-in request.'),
  acr: () => l10n.t('How strongly the user was authenticated; present when the app asked for a step-up.'),
  amr: ({ kind }) =>
    kind === 'openid'
      ? l10n.t(
          'Authenticated or not, and by which provider; trust policies test it as cognito-identity.amazonaws.com:amr.',
        )
      : l10n.t('The ways in which the user was authenticated; present when the app asked for a step-up.'),
  sid: () => l10n.t('The session at the provider.'),

  token_use: () =>
    l10n.t('What the token is for: "id" says who the user is (identity pools want it), "access" opens APIs.'),
  client_id: () =>
    l10n.t('The app client that the token was issued for; access tokens have it in place of "aud".'),
  scope: () =>
    l10n.t(
      'What the token may be used for. "aws.cognito.signin.user.admin" opens the user’s own profile and settings in Cognito.',
    ),
  username: () => l10n.t('The user name in the user pool; ID tokens call it "cognito:username".'),
  version: () =>
    l10n.t('The version of the access token’s layout; 2 for tokens of the hosted sign-in pages.'),
  device_key: () =>
    l10n.t('The remembered device that was used to sign in; a refresh of this session needs it.'),
  event_id: () => l10n.t('Identifies the sign-in in the pool’s logs and Lambda triggers.'),
  origin_jti: () =>
    l10n.t('Ties all tokens of one sign-in together; revoking the refresh token ends them all.'),
  'cognito:username': () =>
    l10n.t('The user name in the user pool; for users of another provider, provider and ID.'),
  'cognito:groups': () =>
    l10n.t(
      'The groups of the user pool that the user is in, the one with the lowest precedence value first.',
    ),
  'cognito:roles': () =>
    l10n.t('The IAM roles of these groups; the identity pool may give any of them when the app asks for it.'),
  'cognito:preferred_role': () =>
    l10n.t(
      'The role of the group with the lowest precedence value; absent where two groups tie. The identity pool gives it when it takes the role from the token.',
    ),
  'cognito:user_status': () => l10n.t('The state of the user’s account in the user pool.'),
  'cognito:mfa_enabled': () => l10n.t('Whether the user has multi-factor authentication switched on.'),
  'cognito:email_alias': () => l10n.t('The e-mail address that the user may sign in with.'),
  'cognito:phone_number_alias': () => l10n.t('The phone number that the user may sign in with.'),
  identities: () => l10n.t('The other providers’ accounts that this user signs in with.'),
  'https://aws.amazon.com/tags': () =>
    l10n.t('The attributes for access control: policies see them as ${aws:PrincipalTag/…}.'),

  name: () => l10n.t('Attribute of the user: full name.'),
  given_name: () => l10n.t('Attribute of the user: given name.'),
  family_name: () => l10n.t('Attribute of the user: family name.'),
  middle_name: () => l10n.t('Attribute of the user: middle name.'),
  nickname: () => l10n.t('Attribute of the user: nickname.'),
  preferred_username: () =>
    l10n.t('Attribute of the user: the name to show; where the pool allows it, also a name to sign in with.'),
  profile: () => l10n.t('Attribute of the user: address of the profile page.'),
  picture: () => l10n.t('Attribute of the user: address of a picture.'),
  website: () => l10n.t('Attribute of the user: address of the website.'),
  email: () => l10n.t('Attribute of the user: e-mail address.'),
  email_verified: () =>
    l10n.t('Whether the e-mail address was verified, by the user pool or by the other provider.'),
  gender: () => l10n.t('Attribute of the user: gender.'),
  birthdate: () => l10n.t('Attribute of the user: date of birth.'),
  zoneinfo: () => l10n.t('Attribute of the user: time zone.'),
  locale: () => l10n.t('Attribute of the user: language and country.'),
  phone_number: () => l10n.t('Attribute of the user: phone number with its country code.'),
  phone_number_verified: () => l10n.t('Whether the phone number was verified.'),
  address: () => l10n.t('Attribute of the user: postal address.'),
  updated_at: () => l10n.t('When the user’s attributes were last changed.'),
};

const HEADER_MEANINGS: Readonly<Record<string, () => string>> = {
  alg: () =>
    l10n.t(
      'How the token is signed or its key encrypted; user pools sign with RS256, identity pools with RS512.',
    ),
  kid: () =>
    l10n.t(
      'Which of the issuer’s published keys signed the token; ID and access tokens have different ones.',
    ),
  typ: () => l10n.t('The kind of token.'),
  cty: () => l10n.t('What is inside the encryption.'),
  enc: () => l10n.t('How the content is encrypted; only Cognito has the key.'),
  zip: () => l10n.t('How the content was compressed before encryption.'),
  jku: () => l10n.t('An address of keys. Cognito never sets it, and it must not be followed.'),
  jwk: () => l10n.t('A key inside the token. Cognito never sets it, and it must not be trusted.'),
  x5u: () => l10n.t('An address of certificates. Cognito never sets it, and it must not be followed.'),
  x5c: () => l10n.t('Certificates inside the token. Cognito never sets them, and they must not be trusted.'),
  x5t: () => l10n.t('A SHA-1 hash of a certificate. Cognito never sets it.'),
  'x5t#S256': () => l10n.t('A SHA-256 hash of a certificate. Cognito never sets it.'),
  crit: () => l10n.t('Extensions that a reader must understand.'),
  b64: () => l10n.t('Whether the payload is base64url; if not, the signature is over other bytes.'),
  epk: () => l10n.t('The sender’s key for this token alone, from which the key of the content is agreed.'),
  apu: () => l10n.t('Information on the sender for the agreement of a key.'),
  apv: () => l10n.t('Information on the recipient for the agreement of a key.'),
  iv: () => l10n.t('The initialisation vector with which the key is encrypted.'),
  tag: () => l10n.t('The authentication tag of the encrypted key.'),
  p2s: () => l10n.t('The salt with which a key is made of a password.'),
  p2c: () => l10n.t('The rounds in which a key is made of a password.'),
  iss: () => l10n.t('A copy of the claim "iss", readable although the token is encrypted.'),
  sub: () => l10n.t('A copy of the claim "sub", readable although the token is encrypted.'),
  aud: () => l10n.t('A copy of the claim "aud", readable although the token is encrypted.'),
};

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** What a claim means, in one localised sentence; unknown ones are said to be unknown. */
export function claimMeaning(name: string, context: Context): string {
  const foreign = isForeign(context);
  const neutral = foreign ? neutralClaim(name) : undefined;
  if (neutral !== undefined) return neutral;
  const known = own(MEANINGS, name);
  if (known) return known(context);
  if (name.startsWith('dev:custom:'))
    return l10n.t('A custom attribute that only an administrator can change.');
  if (name.startsWith('custom:'))
    return l10n.t('A custom attribute of this user pool; its value is always text.');
  const registered = registeredClaim(name);
  if (registered) return registered.meaning;
  if (foreign) return unregistered();
  return l10n.t('Not a claim of Cognito: added by a pre token generation trigger or a provider.');
}

/** What a member of the header means. */
export function headerMeaning(name: string, context: Context): string {
  const foreign = isForeign(context);
  const neutral = foreign ? neutralHeader(name) : undefined;
  if (neutral !== undefined) return neutral;
  const unknown = () => (foreign ? l10n.t('Not a registered header.') : l10n.t('Not a header of Cognito.'));
  return (own(HEADER_MEANINGS, name) ?? unknown)();
}
