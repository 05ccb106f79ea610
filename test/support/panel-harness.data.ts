import { explainRole } from '../../src/core/federation/why-role';
import type { ClaimGroup, ClaimKind, ExplainedClaim } from '../../src/core/tokens/explain';
import type { Verdict } from '../../src/core/tokens/verdicts';
import type { CredentialsView, FlowTrial, PanelState, TokensView } from '../../src/panel/protocol';

/** What a well-behaved host would answer: a reader of the sandbox, times relative to `now`. */
export const bucket = 'notes-app-uploads';
export const identityId = 'us-east-1:1f3c8a52-7d1b-4c0e-9a55-0c1de2f3a4b5';
const pool = 'us-east-1_Sandbox01';
const minutes = 60_000;

export function panelState(now: number): PanelState {
  return {
    ref: { connectionId: 'sandbox', identityKey: 'user:8f14e45f-ceea-467f-a9f5-7b2c9d1e0a34' },
    connectionId: 'sandbox',
    connectionLabel: 'Sandbox (us-east-1)',
    name: 'reader',
    kind: 'user',
    state: 'valid',
    expiresAt: now + 59 * minutes + 30_000,
    hasUserPool: true,
    hasIdentityPool: true,
    revision: 1,
  };
}

function claim(
  name: string,
  raw: unknown,
  meaning: string,
  kind: ClaimKind = 'text',
  timeMs?: number,
): ExplainedClaim {
  const value = typeof raw === 'string' ? raw : JSON.stringify(raw);
  return { name, raw, value, meaning, kind, ...(timeMs === undefined ? {} : { timeMs }) };
}

function header(): ClaimGroup[] {
  return [
    {
      id: 'header',
      title: 'Header',
      claims: [
        claim(
          'kid',
          'q3uCyb1Sj9hL0Wmt7fZpvA2kRr8xD4nGe6oTiEwYsUc=',
          'Which of the pool’s keys signed the token.',
        ),
        claim('alg', 'RS256', 'How it is signed: RSA with SHA-256.'),
      ],
    },
  ];
}

function verdicts(use: string): Verdict[] {
  return [
    { check: 'signature', status: 'ok', sentence: `Signed by ${pool} with a key that it publishes.` },
    { check: 'issuer', status: 'ok', sentence: `Issued by ${pool}.` },
    { check: 'audience', status: 'ok', sentence: 'For client 4sandboxwebclient00000000001.' },
    { check: 'use', status: 'ok', sentence: `It is ${use}.` },
    { check: 'expiry', status: 'ok', sentence: 'Valid for another 59 min.' },
    { check: 'not-yet-valid', status: 'ok', sentence: 'It is valid already.' },
  ];
}

export function tokensView(now: number): TokensView {
  const issued = now - 30_000;
  const expires = now + 59 * minutes + 30_000;
  const sub = claim(
    'sub',
    '8f14e45f-ceea-467f-a9f5-7b2c9d1e0a34',
    'The user’s unchanging ID in this user pool.',
  );
  const times = (more: ExplainedClaim[]): ClaimGroup => ({
    id: 'times',
    title: 'Times',
    claims: [
      claim('auth_time', issued / 1000, 'When the user signed in.', 'time', issued),
      claim('iat', issued / 1000, 'When the token was issued.', 'time', issued),
      claim('exp', expires / 1000, 'When the token ends.', 'time', expires),
      ...more,
    ],
  });
  const issuer = claim(
    'iss',
    `https://cognito-idp.us-east-1.amazonaws.com/${pool}`,
    'The user pool that issued the token.',
  );
  const sentence = `Signature valid · issued by ${pool} for client 4sandboxwe… · 59 min left`;
  return {
    cards: [
      {
        slot: 'id',
        present: true,
        kind: 'id',
        summary: { status: 'ok', sentence },
        verdicts: verdicts('an ID token, which is what an identity pool wants'),
        header: header(),
        groups: [
          {
            id: 'who',
            title: 'Who',
            claims: [
              sub,
              claim('cognito:username', 'reader', 'The user name in this pool.'),
              claim('email', 'reader@example.com', 'The e-mail address.'),
              claim('email_verified', true, 'Whether the address was confirmed.'),
            ],
          },
          {
            id: 'roles',
            title: 'Groups and roles',
            claims: [
              claim(
                'cognito:groups',
                ['readers'],
                'The groups of the user, the most important first.',
                'list',
              ),
              claim(
                'cognito:roles',
                ['arn:aws:iam::123456789012:role/Readers'],
                'The roles of these groups.',
                'list',
              ),
              claim(
                'cognito:preferred_role',
                'arn:aws:iam::123456789012:role/Readers',
                'The role of the group with the lowest precedence; an identity pool with Token mapping gives this one.',
                'arn',
              ),
            ],
          },
          {
            id: 'audience',
            title: 'Issuer and audience',
            claims: [
              issuer,
              claim('aud', '4sandboxwebclient00000000001', 'The app client that the token is for.'),
              claim('token_use', 'id', 'What the token is for.'),
            ],
          },
          times([]),
          {
            id: 'rest',
            title: 'Other claims',
            claims: [
              claim('origin_jti', '0c2f1e8e-5a3d-4b0a-8df6-7b0b0f3f5c11', 'Ties the token to one sign-in.'),
              claim('custom:note', '', 'An attribute of your own.'),
            ],
          },
        ],
        json: JSON.stringify(
          { header: { alg: 'RS256' }, claims: { sub: '8f14e45f', 'cognito:groups': ['readers'] } },
          null,
          2,
        ),
        expiresAt: expires,
        facts: [],
      },
      {
        slot: 'access',
        present: true,
        kind: 'access',
        summary: { status: 'ok', sentence },
        verdicts: verdicts('an access token, which is what the user pool’s own API wants'),
        header: header(),
        groups: [
          {
            id: 'who',
            title: 'Who',
            claims: [sub, claim('username', 'reader', 'The user name in this pool.')],
          },
          {
            id: 'roles',
            title: 'Groups and roles',
            claims: [
              claim(
                'cognito:groups',
                ['readers'],
                'The groups of the user, the most important first.',
                'list',
              ),
              claim('scope', 'aws.cognito.signin.user.admin', 'What the token allows.', 'list'),
            ],
          },
          {
            id: 'audience',
            title: 'Issuer and audience',
            claims: [issuer, claim('token_use', 'access', 'What the token is for.')],
          },
          times([]),
        ],
        json: '{\n  "header": {},\n  "claims": {}\n}',
        expiresAt: expires,
        facts: [],
      },
      {
        slot: 'refresh',
        present: true,
        kind: 'refresh',
        verdicts: [],
        header: [],
        groups: [],
        facts: [
          'Only Cognito can read a refresh token: it is encrypted.',
          'Received 30 seconds ago. By default it lasts 30 days; the app client decides.',
          'This session refreshes through GetTokensFromRefreshToken.',
        ],
      },
    ],
  };
}

/** The same tokens, judged bad: an access token in the ID token's place, with hostile claims. */
export function hostileTokens(now: number): TokensView {
  const [first, ...others] = tokensView(now).cards;
  if (!first) throw new Error('no card');
  return {
    cards: [
      {
        ...first,
        kind: 'access',
        summary: {
          status: 'failed',
          sentence: 'This is an access token: identity pools want the ID token · 1 more check failed',
        },
        verdicts: [
          {
            check: 'signature',
            status: 'failed',
            sentence: 'The signature does not fit the key that the token names.',
            hint: 'clock',
          },
          { check: 'issuer', status: 'unknown', sentence: 'The issuer could not be checked.' },
          {
            check: 'use',
            status: 'failed',
            sentence: 'This is an access token: identity pools want the ID token.',
            expected: 'id',
            found: 'access',
          },
        ],
        groups: [
          {
            id: 'rest',
            title: 'Other claims',
            claims: [
              claim('<img src=x onerror=alert(1)>', '<script>window.hacked=1</script>', '<b>bold</b>'),
              claim('custom:long', 'x'.repeat(4000), 'An attribute of your own.'),
              claim('custom:rtl', 'photo\u202egnp.exe', 'An attribute of your own.'),
              claim('custom:json', { a: [1, 2, { b: '<i>' }] }, 'An attribute of your own.', 'json'),
              claim('cognito:groups', ['a, b', '<u>c</u>'], 'The groups.', 'list'),
            ],
          },
        ],
      },
      ...others,
    ],
  };
}

export const secrets = {
  accessKeyId: 'ASIAEXAMPLEKEYIDXY4Q',
  secretAccessKey: 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY99',
  sessionToken: `IQoJb3JpZ2luX2VjE${'Zk3sLq9TnRwVb1Xc8YdPm5AeHg2UjFo7Kz4Ii6'.repeat(20)}==`,
} as const;

export function credentialsView(now: number): CredentialsView {
  return {
    available: true,
    identityId,
    expiresAt: now + 59 * minutes + 30_000,
    issuedAt: now - 30_000,
    accountId: '123456789012',
    roleName: 'Readers',
    callerArn: 'arn:aws:sts::123456789012:assumed-role/Readers/CognitoIdentityCredentials',
    masked: { accessKeyId: 'ASIA…XY4Q', secretAccessKey: '••••••••', sessionToken: '••••••••' },
    why: explainRole({
      claims: {
        'cognito:groups': ['readers'],
        'cognito:roles': ['arn:aws:iam::123456789012:role/Readers'],
        'cognito:preferred_role': 'arn:aws:iam::123456789012:role/Readers',
      },
      roleArn: 'arn:aws:iam::123456789012:role/Readers',
      connection: { id: 'sandbox' },
    }),
    adminName: 'the administrator of the sandbox',
    flowName: 'enhanced',
    trialRole: 'arn:aws:iam::123456789012:role/Readers',
    flow: [
      { label: 'Sign-in', detail: 'SRP with client web: ID, access and refresh token', atMs: now - 32_000 },
      { label: 'GetId', detail: `The identity pool knows this login as ${identityId}`, atMs: now - 31_000 },
      {
        label: 'GetCredentialsForIdentity',
        detail: 'Enhanced flow: the pool chose the role Readers',
        atMs: now - 30_000,
      },
      { label: 'GetCallerIdentity', detail: 'STS confirms role and account', atMs: now - 30_000 },
    ],
  };
}

export function flowTrial(now: number): FlowTrial {
  return {
    flow: 'basic',
    roleName: 'Readers',
    expiresAt: now + 60 * minutes,
    steps: [
      { label: 'GetOpenIdToken', detail: 'The identity pool gave a token of its own', milliseconds: 12 },
      { label: 'AssumeRoleWithWebIdentity', detail: 'STS took that token', milliseconds: 31, atMs: now },
    ],
  };
}
