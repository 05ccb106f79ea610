import { decodeToken } from '../../src/core/tokens/decode';
import { excerptOf } from '../../src/core/tokens/excerpt';
import { judgeToken, summarise, type Judgement } from '../../src/core/tokens/verdicts';
import type { TokenKeys, TokenView } from '../../src/panel/protocol';

const pool = 'us-east-1_Sandbox01';
const issuer = `https://cognito-idp.us-east-1.amazonaws.com/${pool}`;

function part(json: string): string {
  const bytes = new TextEncoder().encode(json);
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** A token as the page's host would hold it; the signature is no real one. */
export function tokenOf(
  header: string,
  claims: string,
  signature = 'c2lnbmF0dXJl'.repeat(29).slice(0, 342),
): string {
  return [part(header), part(claims), signature].join('.');
}

function viewOf(
  token: string,
  now: number,
  keys: TokenKeys,
  judgement: Partial<Judgement> = {},
  more: Partial<TokenView> = {},
): TokenView {
  const decoded = decodeToken(token);
  const verdicts = judgeToken(decoded, { nowMs: now, ...judgement });
  const exp = decoded.claims['exp'];
  return {
    title: 'Token',
    source: 'Selection in server.log',
    present: true,
    kind: decoded.kind,
    summary: summarise(verdicts, decoded, now),
    verdicts,
    ...excerptOf(decoded, now),
    expiresAt: typeof exp === 'number' ? exp * 1000 : undefined,
    facts: [],
    parts: token.split('.').map((text, at) => ({
      name: (['header', 'claims', 'signature'] as const)[at] ?? 'signature',
      length: text.length,
      masked: text === '' ? '' : `${text.slice(0, 4)}…`,
    })),
    keys,
    warnings: [],
    ...more,
  };
}

export function accessToken(now: number): string {
  const claims = {
    sub: '8f14e45f-ceea-467f-a9f5-7b2c9d1e0a34',
    iss: issuer,
    client_id: '4sandboxwebclient00000000001',
    token_use: 'access',
    scope: 'aws.cognito.signin.user.admin openid',
    username: 'reader',
    'cognito:groups': ['readers'],
    auth_time: Math.floor(now / 1000) - 30,
    iat: Math.floor(now / 1000) - 30,
    exp: Math.floor(now / 1000) + 3570,
    jti: '4b0fb0a8-6a26-4d5c-9b1f-1a2b3c4d5e6f',
  };
  return tokenOf('{"kid":"q3uCyb1S","alg":"RS256"}', JSON.stringify(claims));
}

/** Of the sandbox, verified. */
export function tokenView(now: number, issued = now): TokenView {
  const signature = { ok: true, kid: 'q3uCyb1S' } as const;
  const connection = {
    id: 'sandbox',
    userPool: { userPoolId: pool, clientId: '4sandboxwebclient00000000001' },
  } as Judgement['connection'];
  const keys = { kind: 'connection', label: 'Sandbox', otherClient: false } as const;
  const more = { title: 'Access token', revocable: 'Sandbox' };
  return viewOf(accessToken(issued), now, keys, { signature, connection }, more);
}

/** Of a pool that no connection names. */
export function foreignToken(now: number): TokenView {
  const keys = {
    kind: 'issuer',
    name: 'us-east-1_Sandbox01',
    host: 'cognito-idp.us-east-1.amazonaws.com',
    fetched: false,
  } as const;
  return viewOf(accessToken(now), now, keys, {}, { title: 'Access token' });
}

/** Nobody signed it, its issuer is a stranger with a long name, and it tries to be read as a page. */
export function hostileToken(now: number): TokenView {
  const claims = `{"iss":"https://evil.example/<img src=x onerror=hacked=1>/${'a'.repeat(300)}","sub":"x","sub":"<b>admin</b>","exp":${Math.floor(now / 1000) - 7200},"big":12345678901234567890,"deep":{"list":[1,{"a":[true,null,"\\u202Egnp.exe"]}]},"roles":["a,b","c"],"__proto__":{"admin":true}}`;
  const token = tokenOf('{"alg":"none","jku":"https://evil.example/keys"}', claims, '');
  return viewOf(
    token,
    now,
    { kind: 'unknown', issuer: `https://evil.example/${'a'.repeat(300)}` },
    {},
    {
      warnings: [
        'The header brings its own key or its address (jku). It is not used here: whoever forges a token can name any key.',
        'Names that stand in it more than once: sub. The last value counts (RFC 7519, section 4); other readers may take another, or refuse the token.',
      ],
    },
  );
}

/** An ID token with much in it, which ended two hours ago; its header says HS256, as whoever confuses keys writes it. */
export function confusedToken(now: number): TokenView {
  const role = (name: string) => `arn:aws:iam::123456789012:role/service-role/${name}`;
  const claims = {
    sub: '8f14e45f-ceea-467f-a9f5-7b2c9d1e0a34',
    'cognito:username': 'reader',
    email: 'someone.with.a.very.long.name@department.example-company.co.uk',
    email_verified: true,
    identities: [{ userId: '1234567890', providerName: 'Google', providerType: 'Google', primary: 'true' }],
    'cognito:groups': ['readers', 'writers', 'a-group-with-a-name-that-is-rather-long'],
    'cognito:roles': [role('CognitoReaders'), role('CognitoWritersOfEverythingInTheBucket')],
    'cognito:preferred_role': role('CognitoReaders'),
    'https://aws.amazon.com/tags': { principal_tags: { team: ['a'] }, transitive_tag_keys: ['team'] },
    iss: issuer,
    aud: '4sandboxwebclient00000000001',
    token_use: 'id',
    auth_time: Math.floor(now / 1000) - 10_800,
    iat: Math.floor(now / 1000) - 10_800,
    exp: Math.floor(now / 1000) - 7200,
    nonce: 'Zm9vYmFy'.repeat(60),
    'custom:settings': '{"theme":"dark","panels":[1,2,{"open":true}]}',
  };
  const token = tokenOf('{"kid":"q3uCyb1S","alg":"HS256"}', JSON.stringify(claims));
  const keys = { kind: 'connection', label: 'Sandbox', otherClient: true, unfit: true } as const;
  return viewOf(token, now, keys, {}, { title: 'ID token' });
}

/** Of somebody who sends as much as a token can hold: `claims` of them, a list, and JSON in a claim. */
export function largeToken(now: number, claims: number): TokenView {
  const many = Array.from({ length: claims }, (_, at) => [`claim_${at}`, `value ${at}`] as const);
  const list = Array.from({ length: claims }, (_, at) => `group-${at}`);
  const nested = list.map((name) => [name]);
  const token = tokenOf(
    '{"kid":"q3uCyb1S","alg":"RS256"}',
    JSON.stringify({ sub: 'someone', 'cognito:groups': list, nested, ...Object.fromEntries(many) }),
  );
  return viewOf(token, now, { kind: 'unknown' }, {}, { title: 'Token' });
}

/** Texts in it turn around what stands behind them. */
export function turnedToken(now: number): TokenView {
  const claims = {
    sub: 'sub\u202Ebus',
    iss: 'https://evil.example/\u202Eloop',
    username: 'admin\u202Enimda',
    list: ['a\u202Eb'],
    deep: { text: 'x\u202Ey' },
    exp: Math.floor(now / 1000) + 600,
  };
  const json = JSON.stringify(claims);
  const keys = { kind: 'unknown', issuer: 'https://evil.example/\u202Eloop' } as const;
  const warnings = ['Names that stand in it more than once: a\u202Eb.'];
  const more = { title: 'Token', source: 'file\u202Etxt.exe', warnings };
  return viewOf(tokenOf('{"alg":"RS256","kid":"k\u202Eid"}', json), now, keys, {}, more);
}

const empty = { verdicts: [], header: [], groups: [], facts: [], parts: [], warnings: [] };

export function encryptedToken(): TokenView {
  const names = ['header', 'key', 'iv', 'ciphertext', 'tag'] as const;
  return {
    ...empty,
    title: 'Encrypted token',
    source: 'The clipboard',
    present: true,
    kind: 'refresh',
    keys: { kind: 'none' },
    summary: { status: 'unknown', sentence: 'Encrypted: only Cognito can read it' },
    facts: ['Encrypted for whoever issued it.', 'It has 1,820 characters.'],
    parts: names.map((name, at) => ({ name, length: 40 + at * 400, masked: 'eyJj…' })),
  };
}

export function noToken(): TokenView {
  return { ...empty, title: 'Token', present: false, kind: 'unknown', keys: { kind: 'none' } };
}

export function unreadableToken(): TokenView {
  return {
    ...noToken(),
    source: 'Pasted',
    present: true,
    error: {
      id: 'N.token.malformed',
      title: 'This is not a token',
      why: 'A token is three parts of base64url text with dots between them.',
      fix: 'Copy the whole token again, from "eyJ" to its last character.',
      actions: ['show-details'],
      details: [{ label: 'Part', value: 'claims' }],
    },
  };
}
