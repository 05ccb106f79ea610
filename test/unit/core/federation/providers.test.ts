import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { explain } from '../../../../src/core/diagnosis';
import { isWorkbenchError } from '../../../../src/core/errors';
import type { WorkbenchError } from '../../../../src/core/errors';
import type { Provider, ProviderKind } from '../../../../src/core/federation/providers';
import { loginsKey, PROVIDER_KINDS } from '../../../../src/core/federation/providers';
import { readArtefact } from '../../../../src/core/federation/providers-artefact';
import { loginFor } from '../../../../src/core/federation/providers-login';
import { nameOfKey, providerName, whereToGet } from '../../../../src/core/federation/providers-words';
import type { Digest } from '../../../../src/core/ports';

const digest: Digest = {
  sha256: (data) => new Uint8Array(createHash('sha256').update(data).digest()),
  hmacSha256: () => assert.fail('not needed'),
  randomBytes: () => assert.fail('not needed'),
};

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object, header: object = {}): string =>
  `${encoded({ alg: 'RS256', kid: 'k', ...header })}.${encoded(claims)}.c2lnbmF0dXJlc2VjcmV0`;

const poolKey = 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI';
const pool = { iss: `https://${poolKey}`, sub: 'sub-1', exp: 1_800_000_000 };
const idToken = jwt({ ...pool, aud: 'client', token_use: 'id', 'cognito:username': 'reader' });
const accessToken = jwt({ ...pool, client_id: 'client', token_use: 'access', username: 'reader' });
const google = { iss: 'https://accounts.google.com', aud: 'app', sub: 'g-1', email: 'anna@example.com' };
const googleToken = jwt({ ...google, exp: 1_800_000_000 });
const appleToken = jwt({ iss: 'https://appleid.apple.com', aud: 'app', sub: 'a-1', exp: 1_800_000_000 });
const oidcToken = jwt({ iss: 'https://idp.example/realms/a', aud: 'app', sub: 'o-1', name: 'Anna' });
const oidcAccess = jwt({ iss: 'https://idp.example/realms/a', aud: 'api', sub: 'o-1' }, { typ: 'at+jwt' });
const poolId = 'eu-west-1:00000000-0000-4000-8000-000000000000';
const identityId = 'eu-west-1:1f3c0000-1111-4222-8333-444455556666';
const openIdToken = jwt(
  {
    iss: 'https://cognito-identity.amazonaws.com',
    aud: poolId,
    sub: identityId,
    amr: ['authenticated', 'login.myapp', `login.myapp:${poolId}:anna`],
    exp: 1_800_000_000,
  },
  { alg: 'RS512' },
);
const jwe = `${encoded({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a2V5.aXY.Y2lwaGVy.dGFn`;
const facebookToken = `EAA${'Gm0PX4ZCps'.repeat(8)}`;
const amazonToken = `Atza|${'IQEBLjAsAhRmHjNgHpi'.repeat(4)}`;

const OIDC: Provider = { kind: 'oidc', issuer: 'https://idp.example/realms/a' };
const USER_POOL: Provider = { kind: 'user-pool', key: poolKey };
const DEVELOPER: Provider = { kind: 'developer' };
const social = (kind: 'google' | 'facebook' | 'amazon' | 'apple' | 'twitter'): Provider => ({ kind });

function refusalOf(provider: Provider, text: string): WorkbenchError {
  try {
    loginFor(provider, text, digest);
  } catch (error) {
    if (isWorkbenchError(error)) return error;
  }
  return assert.fail('it was accepted');
}

describe('providers: which login a paste is', () => {
  const accepted: readonly (readonly [
    what: string,
    Provider,
    text: string,
    key: string,
    subject?: string,
  ])[] = [
    ['Google', social('google'), googleToken, 'accounts.google.com', 'g-1'],
    [
      "Google's other issuer",
      social('google'),
      jwt({ ...google, iss: 'accounts.google.com' }),
      'accounts.google.com',
      'g-1',
    ],
    ['Apple', social('apple'), appleToken, 'appleid.apple.com', 'a-1'],
    ['Facebook', social('facebook'), facebookToken, 'graph.facebook.com'],
    ['Facebook, of an unknown shape', social('facebook'), 'some-opaque-token', 'graph.facebook.com'],
    ['Amazon', social('amazon'), amazonToken, 'www.amazon.com'],
    ['Twitter', social('twitter'), '1234-token;secretsecret', 'api.twitter.com'],
    ['OIDC', OIDC, oidcToken, 'idp.example/realms/a', 'o-1'],
    [
      'OIDC with a slash at the end of its issuer',
      { kind: 'oidc', issuer: 'https://tenant.example/' },
      jwt({ iss: 'https://tenant.example/', aud: 'a', sub: 's' }),
      'tenant.example',
      's',
    ],
    ['a user pool as OIDC', { kind: 'oidc', issuer: poolKey }, idToken, poolKey, 'sub-1'],
    ['a user pool', USER_POOL, idToken, poolKey, 'sub-1'],
    [
      'a user pool of a stand-in',
      USER_POOL,
      jwt({ iss: 'http://127.0.0.1:4566/eu-west-1_AbCdEfGhI', aud: 'c', sub: 's', token_use: 'id' }),
      poolKey,
      's',
    ],
    ['a developer identity', DEVELOPER, openIdToken, 'cognito-identity.amazonaws.com', 'anna'],
  ];
  for (const [what, provider, text, key, subject] of accepted) {
    it(what, () => {
      const login = loginFor(provider, text, digest);
      assert.equal(login.provider, key);
      assert.equal(login.token, text);
      if (subject === undefined) assert.match(login.subject, /^[0-9a-f]{20}$/);
      else assert.equal(login.subject, subject);
    });
  }

  it('tells when the token ends, whom it names, and the identity ID that came with it', () => {
    const login = loginFor(social('google'), googleToken, digest);
    assert.equal(login.expiresAt, 1_800_000_000_000);
    assert.equal(login.displayName, 'anna@example.com');
    assert.equal(loginFor(DEVELOPER, openIdToken, digest).identityId, identityId);
    assert.equal(loginFor(DEVELOPER, openIdToken, digest).displayName, 'anna');
  });

  it('knows the same opaque token again, and tells two apart', () => {
    const subject = (token: string) => loginFor(social('facebook'), token, digest).subject;
    assert.equal(subject(facebookToken), subject(` ${facebookToken}\n`));
    assert.notEqual(subject(facebookToken), subject(`${facebookToken}x`));
  });

  it("names a developer token's key by its partition", () => {
    assert.equal(
      loginsKey(DEVELOPER, 'https://cognito-identity.cn-north-1.amazonaws.com.cn'),
      'cognito-identity.cn-north-1.amazonaws.com.cn',
    );
    assert.equal(loginsKey(DEVELOPER, 'https://evil.example'), 'cognito-identity.amazonaws.com');
    assert.equal(loginsKey({ kind: 'saml', providerArn: 'arn:x' }), 'arn:x');
  });

  it('makes one short line of a hostile name', () => {
    const name = `Anna\u202e\n${'x'.repeat(500)}`;
    const login = loginFor(OIDC, jwt({ iss: OIDC.issuer, aud: 'a', sub: 's', name }), digest);
    assert.match(login.displayName ?? '', /^Anna x{50,115}$/);
  });
});

describe('providers: forms of a paste', () => {
  const forms: readonly (readonly [what: string, text: string, token?: string])[] = [
    ['an Authorization header', `Authorization: Bearer ${googleToken}`],
    ['quotes and line breaks', `"${googleToken.slice(0, 50)}\n  ${googleToken.slice(50)}",`],
    [
      'an address with a fragment',
      `https://app.example/cb#access_token=ya29.abcdefgh&id_token=${googleToken}&state=x`,
    ],
    ['an address with a query', `myapp://cb?id_token=${googleToken}`],
    ['a fragment alone', `#state=x&id_token=${googleToken}`],
    [
      'a token answer',
      JSON.stringify({ access_token: 'ya29.abcdefgh', id_token: googleToken, expires_in: 3600 }),
    ],
    ["Google Identity Services' answer", JSON.stringify({ credential: googleToken, select_by: 'btn' })],
    ["Amplify's session", JSON.stringify({ idToken: { jwtToken: googleToken, payload: {} } })],
  ];
  for (const [what, text] of forms) {
    it(what, () => assert.equal(loginFor(social('google'), text, digest).token, googleToken));
  }

  it('takes the token that the provider needs out of several', () => {
    const answer = JSON.stringify({ id_token: googleToken, access_token: facebookToken });
    assert.equal(loginFor(social('facebook'), answer, digest).token, facebookToken);
    const cognito = JSON.stringify({
      AuthenticationResult: { AccessToken: accessToken, IdToken: idToken, RefreshToken: jwe },
    });
    assert.equal(loginFor(USER_POOL, cognito, digest).token, idToken);
    const developer = JSON.stringify({ IdentityId: identityId, Token: openIdToken });
    assert.equal(loginFor(DEVELOPER, developer, digest).token, openIdToken);
  });

  const kinds: readonly (readonly [text: string, kind: string, from?: string])[] = [
    ['', 'empty'],
    [' \n ', 'empty'],
    [idToken, 'user-pool-id-token', 'eu-west-1_AbCdEfGhI'],
    [accessToken, 'user-pool-access-token', 'eu-west-1_AbCdEfGhI'],
    [googleToken, 'id-token', 'https://accounts.google.com'],
    [oidcAccess, 'access-token', 'https://idp.example/realms/a'],
    [
      jwt({ iss: 'https://x.example', aud: 'a', sub: 's', scp: ['read'] }),
      'access-token',
      'https://x.example',
    ],
    [
      jwt({ iss: 'https://x.example', aud: 'a', sub: 's', typ: 'Bearer' }),
      'access-token',
      'https://x.example',
    ],
    [jwt({ iss: 'https://x.example', sub: 's' }), 'access-token', 'https://x.example'],
    [
      jwt({ iss: 'https://x.example', aud: 'a', scope: 'openid', nonce: 'n' }),
      'id-token',
      'https://x.example',
    ],
    [openIdToken, 'openid-token', 'https://cognito-identity.amazonaws.com'],
    [jwe, 'refresh-token'],
    ['1//0gabcdefghijk', 'refresh-token', 'Google'],
    ['Atzr|IQEBLzAtAhRP', 'refresh-token', 'Login with Amazon'],
    ['ya29.a0AfH6SMB', 'opaque-token', 'Google'],
    ['4/0AX4XfWh', 'code', 'Google'],
    ['https://app.example/cb?code=abc&state=x', 'code'],
    ['https://app.example/cb?error=access_denied', 'error-answer', 'access_denied'],
    ['https://app.example/', 'unreadable'],
    [JSON.stringify({ error: 'invalid_grant' }), 'error-answer', 'invalid_grant'],
    [JSON.stringify({ AccessKeyId: 'ASIA', SecretAccessKey: 's', Token: 'tttttttt' }), 'aws-keys'],
    ['ASIAABCDEFGHIJKLMNOP', 'aws-keys'],
    ['{"id_token": ', 'unreadable'],
    [`{"a":`.repeat(500), 'unreadable'],
    [idToken.slice(0, 60), 'unreadable'],
    ['what is a token?', 'unreadable'],
    ['x'.repeat(1_100_000), 'too-large'],
  ];
  for (const [text, kind, from] of kinds) {
    it(`${kind}: ${text.slice(0, 40)}`, () => {
      const found = readArtefact(text);
      assert.equal(found.kind, kind);
      if (from !== undefined) assert.equal(found.from, from);
    });
  }

  it('never throws, whatever is pasted', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.json(),
      fc.base64String(),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(text, fc.constantFrom('', 'eyJ', '<', 'PHN', '{', '#id_token='), (tail, head) => {
        assert.equal(typeof readArtefact(head + tail).kind, 'string');
      }),
    );
  });
});

describe('providers: the wrong kind is refused by its name', () => {
  const wrong: readonly (readonly [Provider, text: string, title: string, why: string])[] = [
    [
      social('google'),
      accessToken,
      'Google needs an ID token',
      'This is an access token of user pool eu-west-1_AbCdEfGhI; Google needs an ID token.',
    ],
    [
      social('google'),
      'ya29.a0AfH6SMBabc',
      'Google needs an ID token',
      'This is an access token of Google; Google needs an ID token.',
    ],
    [
      social('google'),
      appleToken,
      'Google needs an ID token',
      'This is an ID token of https://appleid.apple.com; it must be one of accounts.google.com.',
    ],
    [
      social('facebook'),
      jwt({ iss: 'https://www.facebook.com', aud: 'app', sub: 'f' }),
      'Facebook needs an access token',
      'This is an ID token of https://www.facebook.com; Facebook needs an access token.',
    ],
    [
      social('facebook'),
      amazonToken,
      'Facebook needs an access token',
      'This is an access token of Login with Amazon; it must be one of www.facebook.com.',
    ],
    [
      social('twitter'),
      'only-a-token',
      'Twitter (before it was X) needs an access token and its secret, as TOKEN;SECRET',
      'most likely an access token; Twitter',
    ],
    [
      OIDC,
      oidcAccess,
      'idp.example/realms/a needs an ID token',
      'an access token of https://idp.example/realms/a',
    ],
    [OIDC, googleToken, 'idp.example/realms/a needs an ID token', 'it must be one of idp.example/realms/a.'],
    [OIDC, jwe, 'idp.example/realms/a needs an ID token', 'a refresh token, or another encrypted one'],
    [
      USER_POOL,
      accessToken,
      'User pool needs an ID token',
      'an access token of user pool eu-west-1_AbCdEfGhI',
    ],
    [
      USER_POOL,
      jwt({ iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other', aud: 'c', token_use: 'id' }),
      'User pool needs an ID token',
      `an ID token of user pool eu-west-1_Other; it must be one of ${poolKey}.`,
    ],
    [
      DEVELOPER,
      idToken,
      'Developer provider needs the OpenID token of the identity pool',
      'an ID token of user pool',
    ],
    [
      { kind: 'saml', providerArn: 'arn:x' },
      idToken,
      'SAML provider needs a SAML response',
      'an ID token of user pool',
    ],
    [social('apple'), '', 'Sign in with Apple needs an ID token', 'Nothing was pasted.'],
  ];
  for (const [provider, text, title, why] of wrong) {
    it(`${provider.kind}: ${why}`, () => {
      const error = refusalOf(provider, text);
      assert.equal(error.code, 'federation.wrong-artefact');
      const found = explain(error, { nowMs: 0 });
      assert.equal(found.title, title);
      assert.ok(found.why.includes(why), found.why);
      assert.equal(found.fix, whereToGet(provider.kind));
      const first = { developer: 'sign-in-as-developer', 'user-pool': 'sign-in-again' }[
        provider.kind as string
      ];
      assert.equal(found.actions[0], first ?? 'sign-in-with-provider');
    });
  }

  it('gives nothing of the pasted text away', () => {
    for (const secret of [idToken, accessToken, facebookToken, `not a token ${'s3cr3t'.repeat(4)}`]) {
      for (const provider of [social('amazon'), { kind: 'saml', providerArn: 'arn:x' } as const, DEVELOPER]) {
        if (provider.kind === 'amazon' && secret === facebookToken) continue;
        const error = refusalOf(provider, secret);
        const all = JSON.stringify([error.message, error.data, explain(error, { nowMs: 0 })]);
        for (const part of [secret.slice(-16), 's3cr3t', 'c2lnbmF0']) assert.ok(!all.includes(part), all);
      }
    }
  });
});

describe('providers: names', () => {
  it('every kind has a name and a place where its login comes from', () => {
    const names = PROVIDER_KINDS.map(providerName);
    assert.equal(new Set(names).size, 9);
    const places = PROVIDER_KINDS.map((kind: ProviderKind) => whereToGet(kind));
    assert.equal(new Set(places).size, 9);
  });

  it('a key of a Logins map has the name of its provider', () => {
    assert.equal(nameOfKey('accounts.google.com'), 'Google');
    assert.equal(nameOfKey('arn:aws:iam::123456789012:saml-provider/Corp'), 'Corp');
    assert.equal(nameOfKey('idp.example/realms/a'), 'idp.example/realms/a');
  });
});
