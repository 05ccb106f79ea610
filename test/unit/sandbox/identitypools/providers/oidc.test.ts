import assert from 'node:assert/strict';
import { CreateOpenIDConnectProviderCommand, IAMClient } from '@aws-sdk/client-iam';
import { Browser } from '../../hostedui/browser';
import { CLIENT, startOidcProvider } from '../../hostedui/foreign-providers';
import { type Issuer, type Members, OWN_CLIENT, startIssuer } from './issuer';
import { ProviderScene, refusal, type Refusal, unsigned } from './scene';

const UNSUPPORTED = refusal('Token is not from a supported provider of this identity pool.');
const UNSIGNED = refusal("Invalid login token. Couldn't verify signed token.");
const failed = (why: RegExp): Refusal => refusal(why, 'ExternalServiceException');

describe('sandbox identity pools: logins of OpenID Connect providers', function () {
  this.timeout(20_000);
  let scene: ProviderScene;
  let issuer: Issuer;
  let other: Issuer;
  let pool: string;
  let bare: string;
  let offset = 0;
  const now = (): number => Date.now() + offset;

  before(async () => {
    scene = await ProviderScene.start();
    issuer = await startIssuer(now);
    other = await startIssuer(now, '/tenant/two');
    const OpenIdConnectProviderARNs = [await register(issuer), await register(other)];
    pool = await scene.pool({ OpenIdConnectProviderARNs });
    bare = await scene.pool({});
  });
  after(async () => {
    await Promise.all([issuer.stop(), other.stop()]);
    await scene.sandbox.stop();
  });
  beforeEach(() => {
    issuer.wrong = {};
  });

  async function register({ url }: { readonly url: string }, client = OWN_CLIENT): Promise<string> {
    const { api, region, admin } = scene.sandbox.description;
    const iam = new IAMClient({ endpoint: api, region, credentials: admin, maxAttempts: 1 });
    const created = await iam.send(
      new CreateOpenIDConnectProviderCommand({
        Url: url,
        ClientIDList: [client, 'another-app'],
        ThumbprintList: ['0'.repeat(40)],
      }),
    );
    return created.OpenIDConnectProviderArn ?? assert.fail('a provider has an ARN');
  }
  const login = (token: string, { name } = issuer): Record<string, string> => ({ [name]: token });

  it('lets a user in by the ID token, and knows them again', async () => {
    const first = await scene.getId(pool, login(issuer.token()));
    assert.equal(await scene.getId(pool, login(issuer.token({ aud: 'another-app' }))), first);
    assert.notEqual(await scene.getId(pool, login(issuer.token({ sub: 'bob' }))), first);
  });

  it('takes an issuer with a path, and one of several audiences', async () => {
    assert.ok(await scene.getId(pool, login(other.token(), other)));
    assert.ok(await scene.getId(pool, login(issuer.token({ aud: ['elsewhere', OWN_CLIENT] }))));
  });

  it('asks the issuer only about tokens that could be its own', async () => {
    issuer.fetches = 0;
    await scene.getId(pool, login(issuer.token()));
    assert.equal(issuer.fetches, 1);
    await scene.refuses(pool, login('opaque'), refusal(/Not a valid OpenId Connect/));
    await scene.refuses(pool, login(other.token()), refusal(/Issuer doesn't match/));
    assert.equal(issuer.fetches, 1);
  });

  it('gives five minutes of grace after the end of a token, and no more', async () => {
    const exp = Math.floor(Date.now() / 1000);
    assert.ok(await scene.getId(pool, login(issuer.token({ exp: exp - 290 }))));
    const refused = refusal(/^Invalid login token\. Token expired: \d{10} >= \d{10}$/);
    await scene.refuses(pool, login(issuer.token({ exp: exp - 301 })), refused);
  });

  it('follows the clock of the sandbox', async () => {
    const token = issuer.token();
    await scene.sandbox.control.advance(600);
    offset = 600_000;
    await scene.refuses(pool, login(token), refusal(/Token expired/));
    assert.ok(await scene.getId(pool, login(issuer.token())));
  });

  const tokens: readonly (readonly [string, () => string, Refusal])[] = [
    ['no audience', () => issuer.token({ aud: undefined }), refusal(/Missing a required claim: aud$/)],
    ['no subject', () => issuer.token({ sub: undefined }), refusal(/Missing a required claim: sub$/)],
    ['no end', () => issuer.token({ exp: undefined }), refusal(/Missing a required claim: exp$/)],
    ['another app', () => issuer.token({ aud: 'unknown-app' }), UNSUPPORTED],
    ['another key', () => issuer.token({}, 'unknown-key'), UNSIGNED],
    [
      'no real signature',
      () => unsigned({ iss: issuer.url, aud: OWN_CLIENT, sub: 'ada', exp: 9_999_999_999 }),
      UNSIGNED,
    ],
  ];
  for (const [what, token, refused] of tokens)
    it(`refuses a token with ${what}`, () => scene.refuses(pool, login(token()), refused));

  it('refuses an issuer that the pool does not have', () =>
    scene.refuses(bare, login(issuer.token()), UNSUPPORTED));

  it('refuses an issuer that the pool has and IAM does not', async () => {
    const name = 'login.unregistered.example';
    const gone = await scene.pool({
      OpenIdConnectProviderARNs: [`arn:aws:iam::123456789012:oidc-provider/${name}`],
    });
    const token = issuer.token({ iss: `https://${name}` });
    await scene.refuses(gone, { [name]: token }, UNSUPPORTED);
  });

  const faults: readonly (readonly [string, Issuer['wrong'] | { discovery: Members }, Refusal])[] = [
    ['answers an error', { status: 503 }, failed(/answered 503/)],
    ['names another issuer', { discovery: { issuer: 'http://127.0.0.1:1' } }, failed(/another issuer/)],
    ['names no keys', { discovery: { jwks_uri: undefined } }, failed(/no jwks_uri/)],
    [
      'keeps its keys where nobody answers',
      { discovery: { jwks_uri: 'http://127.0.0.1:1/keys' } },
      failed(/No JSON answer/),
    ],
    [
      'sends the sandbox to a machine without TLS',
      { discovery: { jwks_uri: 'http://issuer.example/keys' } },
      failed(/by https, or by http on this machine/),
    ],
    ['has no keys', { keys: [] }, UNSIGNED],
    ['has keys that are none', { keys: [{ kty: 'RSA', kid: 'issuer-key' }, 'x'] }, UNSIGNED],
  ];
  for (const [what, wrong, refused] of faults)
    it(`refuses an issuer that ${what}`, async () => {
      issuer.wrong = wrong;
      await scene.refuses(pool, login(issuer.token()), refused);
    });

  it('tells of an issuer that was reached once and is not any more', async () => {
    const brief = await startIssuer(now);
    const one = await scene.pool({ OpenIdConnectProviderARNs: [await register(brief)] });
    const token = brief.token();
    await scene.getId(one, login(token, brief));
    await brief.stop();
    await scene.refuses(one, login(token, brief), failed(/^The identity provider 127\.0\.0\.1:\d+ failed: /));
  });

  it('takes the ID token of a real provider, after a sign-in there', async () => {
    const back = 'http://localhost:8400/callback';
    const real = await startOidcProvider(back, new Map());
    try {
      const one = await scene.pool({
        OpenIdConnectProviderARNs: [await register({ url: real.issuer }, CLIENT.id)],
      });
      const browser = new Browser([real.issuer]);
      const asked = { client_id: CLIENT.id, redirect_uri: back, response_type: 'code', scope: 'openid' };
      const page = await browser.open(`${real.issuer}/auth?${new URLSearchParams(asked).toString()}`);
      const consent = await browser.submit(page, 'Sign-in', { login: 'ada', password: 'any' });
      const { left } = await browser.submit(consent, 'Continue');
      const answer = await fetch(`${real.issuer}/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: left?.searchParams.get('code') ?? '',
          redirect_uri: back,
          client_id: CLIENT.id,
          client_secret: CLIENT.secret,
        }),
      });
      const tokens = (await answer.json()) as Record<string, string>;
      const name = real.issuer.slice('http://'.length);
      assert.ok(await scene.getId(one, { [name]: tokens['id_token'] ?? '' }));
      const wrong = refusal('Invalid login token. Not a valid OpenId Connect identity token.');
      await scene.refuses(one, { [name]: tokens['access_token'] ?? '' }, wrong);
    } finally {
      await real.stop();
    }
  });
});
