/** Tokens for the tests of this folder: built from text, so that they can hold what JSON.stringify never writes. */
export const part = (text: string): string => Buffer.from(text).toString('base64url');

export const tokenOfText = (header: string, claims: string, signature = 'c2ln'.repeat(86).slice(2)): string =>
  `${part(header)}.${part(claims)}.${signature}`;

export const tokenOf = (claims: object, header: object = { kid: 'k1', alg: 'RS256' }): string =>
  tokenOfText(JSON.stringify(header), JSON.stringify(claims));

export const refreshToken = [
  part('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}'),
  'a2V5',
  'aXY',
  'Y2lwaGVy',
  'dGFn',
].join('.');

export const ISSUER = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Sandbox01';
/** 2026-01-01T00:00:00Z, in seconds. */
export const ISSUED = 1_767_225_600;

export const idClaims = {
  sub: '5f1c0000-aaaa-4bbb-8ccc-0123456789ab',
  iss: ISSUER,
  aud: '7g0exampleclientid0co',
  token_use: 'id',
  'cognito:username': 'reader',
  'cognito:groups': ['readers'],
  auth_time: ISSUED,
  iat: ISSUED,
  exp: ISSUED + 3600,
};

export const accessClaims = {
  sub: idClaims.sub,
  iss: ISSUER,
  client_id: idClaims.aud,
  token_use: 'access',
  scope: 'aws.cognito.signin.user.admin',
  username: 'reader',
  auth_time: ISSUED,
  iat: ISSUED,
  exp: ISSUED + 3600,
};

export const openIdClaims = {
  sub: 'us-east-1:1f3c0000-aaaa-4bbb-8ccc-0123456789ab',
  aud: 'us-east-1:00000000-0000-0000-0000-000000000000',
  iss: 'https://cognito-identity.amazonaws.com',
  amr: ['authenticated', 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Sandbox01'],
  iat: ISSUED,
  exp: ISSUED + 600,
};
