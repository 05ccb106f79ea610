import assert from 'node:assert/strict';
import { APPS, ProviderScene, refusal, unsigned } from './scene';

const GOOGLE = 'accounts.google.com';
const APPLE = 'appleid.apple.com';
const FACEBOOK = 'graph.facebook.com';
const AMAZON = 'www.amazon.com';
const TWITTER = 'api.twitter.com';
const UNSUPPORTED = refusal('Token is not from a supported provider of this identity pool.');
const NOT_OIDC = refusal('Invalid login token. Not a valid OpenId Connect identity token.');

describe('sandbox identity pools: logins of social providers', function () {
  this.timeout(20_000);
  let scene: ProviderScene;
  let pool: string;
  let bare: string;

  before(async () => {
    scene = await ProviderScene.start();
    pool = await scene.pool({ SupportedLoginProviders: APPS, DeveloperProviderName: 'login.example.app' });
    bare = await scene.pool({});
  });
  after(() => scene.sandbox.stop());

  const token = (provider: string, over: Record<string, unknown> = {}): Promise<string> =>
    scene.sandbox.control.loginToken({
      provider,
      subject: 'ada',
      audience: APPS[provider as keyof typeof APPS].split(';')[0] ?? '',
      ...over,
    });

  describe('refuses', () => {
    const rows: readonly (readonly [
      what: string,
      key: string,
      value: () => string | Promise<string>,
      refusal: typeof UNSUPPORTED,
    ])[] = [
      ['an access token of Facebook under Google', GOOGLE, () => token(FACEBOOK), NOT_OIDC],
      ['an access token of Amazon under Apple', APPLE, () => token(AMAZON), NOT_OIDC],
      ['a garbage ID token', GOOGLE, () => 'a.b.c', NOT_OIDC],
      [
        'an ID token without audience',
        GOOGLE,
        () => unsigned({ iss: `https://${GOOGLE}`, sub: 'ada' }),
        refusal('Invalid login token. Missing a required claim: aud'),
      ],
      [
        'an ID token of Apple under Google',
        GOOGLE,
        () => token(APPLE),
        refusal("Invalid login token. Issuer doesn't match providerName"),
      ],
      ['an ID token for another app', GOOGLE, () => token(GOOGLE, { audience: 'other' }), UNSUPPORTED],
      [
        'an access token for another app',
        FACEBOOK,
        () => token(FACEBOOK, { audience: 'other' }),
        UNSUPPORTED,
      ],
      [
        'a forged ID token',
        GOOGLE,
        () => unsigned({ iss: `https://${GOOGLE}`, aud: APPS[GOOGLE], sub: 'ada', exp: 9_999_999_999 }),
        refusal("Invalid login token. Couldn't verify signed token."),
      ],
      [
        'changed claims',
        APPLE,
        async () => {
          const [header = '', claims = '', signature = ''] = (await token(APPLE)).split('.');
          const read = JSON.parse(Buffer.from(claims, 'base64url').toString()) as object;
          const changed = Buffer.from(JSON.stringify({ ...read, sub: 'eve' })).toString('base64url');
          return `${header}.${changed}.${signature}`;
        },
        refusal("Invalid login token. Couldn't verify signed token."),
      ],
      [
        'an ID token that expired more than five minutes ago',
        GOOGLE,
        () => token(GOOGLE, { expiresInSeconds: -301 }),
        refusal(/^Invalid login token\. Token expired: \d{10} >= \d{10}$/),
      ],
      [
        'an access token that has expired',
        AMAZON,
        () => token(AMAZON, { expiresInSeconds: -1 }),
        refusal(/^Invalid login token\. Token expired: \d{10} >= \d{10}$/),
      ],
      [
        'an ID token where Facebook gives access tokens',
        FACEBOOK,
        () => token(GOOGLE),
        refusal('Invalid login token. Not a valid access token of graph.facebook.com.'),
      ],
      [
        "Facebook's access token under Amazon",
        AMAZON,
        () => token(FACEBOOK),
        refusal('Invalid login token. Not a valid access token of www.amazon.com.'),
      ],
      [
        'the developer provider',
        'login.example.app',
        () => 'ada',
        refusal('Please provide a valid public provider.', 'InvalidParameterException'),
      ],
      ['an opaque token of somebody unknown', 'login.elsewhere.example', () => 'opaque', NOT_OIDC],
      [
        'an ID token of somebody unknown',
        'login.elsewhere.example',
        () => unsigned({ iss: 'https://login.elsewhere.example', aud: 'x', sub: 'ada' }),
        UNSUPPORTED,
      ],
    ];
    for (const [what, key, value, refused] of rows)
      it(what, async () => scene.refuses(pool, { [key]: await value() }, refused));

    for (const provider of Object.keys(APPS))
      it(`${provider} where the pool does not have it`, async () =>
        scene.refuses(bare, { [provider]: await token(provider) }, UNSUPPORTED));

    it('every login because of one', async () =>
      scene.refuses(
        pool,
        { [GOOGLE]: await token(GOOGLE), [FACEBOOK]: 'opaque' },
        {
          code: 'NotAuthorizedException',
          message: /Not a valid access token/,
        },
      ));
  });

  for (const provider of Object.keys(APPS))
    it(`knows a user of ${provider} again by another token`, async () => {
      const first = await scene.getId(pool, { [provider]: await token(provider) });
      assert.equal(await scene.getId(pool, { [provider]: await token(provider) }), first);
      const other = await token(provider, { subject: 'bob' });
      assert.notEqual(await scene.getId(pool, { [provider]: other }), first);
    });

  it('gives ID tokens five minutes of grace', async () => {
    const late = await token(GOOGLE, { expiresInSeconds: -290 });
    assert.ok(await scene.getId(pool, { [GOOGLE]: late }));
  });

  it('makes tokens that look like those of their provider', async () => {
    const idToken = await token(GOOGLE, { claims: { email: 'ada@example.com' } });
    const claims = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString()) as Record<
      string,
      unknown
    >;
    assert.equal(claims['iss'], 'https://accounts.google.com');
    assert.equal(claims['aud'], APPS[GOOGLE]);
    assert.equal(claims['email'], 'ada@example.com');
    assert.match(await token(FACEBOOK), /^EAAB[\w-]+$/);
    assert.match(await token(AMAZON), /^Atza\|[\w-]+$/);
    assert.match(await token(TWITTER), /^[\w-]+;[\w-]+$/);
  });

  const badOrders: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['a provider it does not play', { provider: 'login.example', subject: 'ada', audience: 'x' }],
    ['no subject', { provider: GOOGLE }],
    ['claims that are no object', { provider: GOOGLE, subject: 'ada', claims: [] }],
    ['a lifetime that is no number', { provider: GOOGLE, subject: 'ada', expiresInSeconds: 'long' }],
    ['an app that the seed does not have', { provider: TWITTER, subject: 'ada' }],
  ];
  for (const [what, order] of badOrders)
    it(`makes no token of ${what}`, async () => {
      const { status } = await fetch(`${scene.sandbox.description.control}/login-tokens`, {
        method: 'POST',
        ...(order === undefined ? {} : { body: JSON.stringify(order) }),
      });
      assert.equal(status, 400);
    });
});
