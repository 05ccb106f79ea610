import { registeredClaim } from './meanings-registered';

const JWT = 'https://www.rfc-editor.org/rfc/rfc7519.html#section-4.1';
const JWS = 'https://www.rfc-editor.org/rfc/rfc7515.html#section-4.1';
const JWE = 'https://www.rfc-editor.org/rfc/rfc7516.html#section-4.1';
const OPENID = 'https://openid.net/specs/openid-connect-core-1_0.html';
const LOGOUT = 'https://openid.net/specs/openid-connect-frontchannel-1_0.html#rfc.section.3';
const EXCHANGE = 'https://www.rfc-editor.org/rfc/rfc8693.html#section-4';
const GUIDE = 'https://docs.aws.amazon.com/cognito/latest/developerguide';
const ID_TOKEN = `${GUIDE}/amazon-cognito-user-pools-using-the-id-token.html`;
const ACCESS_TOKEN = `${GUIDE}/amazon-cognito-user-pools-using-the-access-token.html`;
const ATTRIBUTES = `${GUIDE}/user-pool-settings-attributes.html`;

const words = (text: string): readonly string[] => text.split(' ');

const CLAIMS = new Map<string, string>([
  ...words('iss sub aud exp nbf iat jti').map((name, index) => [name, `${JWT}.${index + 1}`] as const),
  ...words(
    'name given_name family_name middle_name nickname preferred_username profile picture website email email_verified gender birthdate zoneinfo locale phone_number phone_number_verified updated_at',
  ).map((name) => [name, `${OPENID}#StandardClaims`] as const),
  ['address', `${OPENID}#AddressClaim`],
  ...words('azp nonce auth_time acr amr').map((name) => [name, `${OPENID}#IDToken`] as const),
  ['at_hash', `${OPENID}#CodeIDToken`],
  ['c_hash', `${OPENID}#HybridIDToken`],
  ['s_hash', 'https://openid.net/specs/openid-financial-api-part-2-1_0.html#id-token-as-detached-signature'],
  ['sid', LOGOUT],
  ['scope', `${EXCHANGE}.2`],
  ['client_id', `${EXCHANGE}.3`],
  ...words('token_use origin_jti event_id identities').map((name) => [name, ID_TOKEN] as const),
  ...words('username version device_key').map((name) => [name, ACCESS_TOKEN] as const),
  ['https://aws.amazon.com/tags', `${GUIDE}/attributes-for-access-control.html`],
]);

/** Where a claim is defined: an https address, or undefined for claims that nobody registered. */
export function claimSource(name: string): string | undefined {
  if (name.startsWith('cognito:')) return ID_TOKEN;
  if (name.startsWith('custom:') || name.startsWith('dev:custom:')) return ATTRIBUTES;
  return CLAIMS.get(name) ?? registeredClaim(name)?.source;
}

const HEADERS = new Map<string, string>([
  ...words('alg jku jwk kid x5u x5c x5t x5t#S256 typ cty crit').map(
    (name, index) => [name, `${JWS}.${index + 1}`] as const,
  ),
  ['enc', `${JWE}.2`],
  ['zip', `${JWE}.3`],
  ...words('epk apu apv').map(
    (name, index) =>
      [name, `https://www.rfc-editor.org/rfc/rfc7518.html#section-4.6.1.${index + 1}`] as const,
  ),
  ...words('iv tag').map(
    (name, index) =>
      [name, `https://www.rfc-editor.org/rfc/rfc7518.html#section-4.7.1.${index + 1}`] as const,
  ),
  ...words('p2s p2c').map(
    (name, index) =>
      [name, `https://www.rfc-editor.org/rfc/rfc7518.html#section-4.8.1.${index + 1}`] as const,
  ),
  ...words('iss sub aud').map(
    (name) => [name, 'https://www.rfc-editor.org/rfc/rfc7519.html#section-5.3'] as const,
  ),
  ['b64', 'https://www.rfc-editor.org/rfc/rfc7797.html#section-3'],
]);

/** Where a member of the header is defined. */
export function headerSource(name: string): string | undefined {
  return HEADERS.get(name);
}
