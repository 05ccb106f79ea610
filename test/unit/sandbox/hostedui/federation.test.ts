import assert from 'node:assert/strict';
import {
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  CreateIdentityProviderCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { Browser, errorOn, linkOn, titleOf, type Stop } from './browser';
import {
  CLIENT,
  startLyingProvider,
  startOidcProvider,
  type Lies,
  type RunningProvider,
} from './foreign-providers';
import { CALLBACK, claimsOf, codeIn, Scene, type Members } from './scene';

const PEOPLE = new Map<string, Members>([
  ['ada', { email: 'ada@elsewhere.example', email_verified: true, name: 'Ada Elsewhere' }],
  ['nomail', { name: 'Without an address' }],
]);

describe('sandbox hosted UI: sign-in through another OpenID provider', function () {
  this.timeout(30_000);
  let scene: Scene;
  let elsewhere: RunningProvider;
  let liar: RunningProvider;
  let lies: Lies = {};
  let poolId: string;
  let client: string;
  let impatient: string;

  before(async () => {
    scene = await Scene.start();
    const redirectUri = `${scene.api}/oauth2/idpresponse`;
    elsewhere = await startOidcProvider(redirectUri, PEOPLE);
    liar = await startLyingProvider(
      () => lies,
      () => Date.now(),
    );
    const { UserPool } = await scene.admin.send(
      new CreateUserPoolCommand({
        PoolName: 'federated',
        Schema: [{ Name: 'email', AttributeDataType: 'String', Required: true, Mutable: true }],
      }),
    );
    poolId = UserPool?.Id ?? '';
    await scene.admin.send(new CreateUserPoolDomainCommand({ UserPoolId: poolId, Domain: 'federated' }));
    await addProvider('Elsewhere', { oidc_issuer: elsewhere.issuer }, ['elsewhere.example']);
    await addProvider('Liar', { oidc_issuer: liar.issuer });
    await addProvider('Stranger', { oidc_issuer: elsewhere.issuer, client_secret: 'wrong' });
    await addProvider('Plain', { oidc_issuer: 'http://provider.example' });
    await addProvider('Gone', { oidc_issuer: 'http://127.0.0.1:9' });
    client = await addClient(['COGNITO', 'Elsewhere', 'Liar', 'Stranger', 'Plain', 'Gone']);
    impatient = await addClient(['Elsewhere']);
  });
  after(async () => {
    await Promise.all([elsewhere.stop(), liar.stop(), scene.stop()]);
  });
  beforeEach(() => {
    lies = {};
  });

  async function addProvider(
    name: string,
    details: Record<string, string>,
    identifiers?: string[],
  ): Promise<void> {
    await scene.admin.send(
      new CreateIdentityProviderCommand({
        UserPoolId: poolId,
        ProviderName: name,
        ProviderType: 'OIDC',
        ProviderDetails: {
          client_id: CLIENT.id,
          client_secret: CLIENT.secret,
          authorize_scopes: 'openid email profile',
          attributes_request_method: 'GET',
          ...details,
        },
        AttributeMapping: { email: 'email', email_verified: 'email_verified', name: 'name', username: 'sub' },
        ...(identifiers && { IdpIdentifiers: identifiers }),
      }),
    );
  }

  async function addClient(providers: string[]): Promise<string> {
    const { UserPoolClient } = await scene.admin.send(
      new CreateUserPoolClientCommand({
        UserPoolId: poolId,
        ClientName: 'shop',
        SupportedIdentityProviders: providers,
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ['code'],
        AllowedOAuthScopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'],
        CallbackURLs: [CALLBACK],
      }),
    );
    return UserPoolClient?.ClientId ?? '';
  }

  const address = (change: Record<string, string | undefined> = {}): string =>
    scene.address({ client_id: client, ...change });
  const newBrowser = (): Browser => new Browser([scene.api, elsewhere.issuer, liar.issuer]);

  /** From the provider's own page to the app. */
  async function passElsewhere(browser: Browser, page: Stop, login: string): Promise<Stop> {
    assert.ok(page.address.startsWith(elsewhere.issuer), page.address);
    const consent = await browser.submit(page, 'Sign-in', { login, password: 'any' });
    return consent.left === undefined && consent.html.includes('>Continue</button>')
      ? browser.submit(consent, 'Continue')
      : consent;
  }

  async function claimsFrom(stop: Stop, id = client): Promise<Members> {
    const { body } = await scene.exchange(codeIn(stop), { client_id: id });
    return claimsOf(String(body['id_token']));
  }

  const refusedWith = (stop: Stop, error: string, description: RegExp): void => {
    assert.equal(stop.left?.href.split('?')[0], CALLBACK, stop.html);
    assert.equal(stop.left?.searchParams.get('error'), error);
    assert.match(stop.left?.searchParams.get('error_description') ?? '', description);
    assert.equal(stop.left?.searchParams.get('state'), 'st&te=1');
    assert.equal(stop.left?.searchParams.get('code'), null);
  };

  const refusals: readonly [name: string, lies: Lies, description: RegExp][] = [
    ['a signature by another key', { signedBySomebodyElse: true }, /its signature/],
    ['a key that the provider does not publish', { keyId: 'other' }, /its signature/],
    ['a token of another issuer', { claims: { iss: 'https://accounts.example' } }, /its issuer/],
    ['a token for another app', { claims: { aud: 'other' } }, /its audience/],
    ['a token of another sign-in', { claims: { nonce: 'other' } }, /its nonce/],
    ['a token without a nonce', { claims: { nonce: undefined } }, /its nonce/],
    ['an expired token', { claims: { exp: 1 } }, /it has expired/],
    ['a token without an end', { claims: { exp: undefined } }, /it has expired/],
    ['no token', { tokens: { id_token: undefined } }, /it is none/],
    ['an unsigned token', { tokens: { id_token: 'eyJhbGciOiJub25lIn0.e30.' } }, /it is none/],
    ['attributes of somebody else', { userInfo: { sub: 'grace' } }, /another user/],
    ['an address that is none', { userInfo: { email: 'nowhere' } }, /Invalid email address format/],
    ['no user name', { claims: { sub: undefined }, userInfo: { sub: undefined } }, /no user name/],
    [
      'an error',
      { tokenAnswer: { status: 400, body: '{"error":"invalid_grant"}' } },
      /answered 400: invalid_grant/,
    ],
    ['HTML for tokens', { tokenAnswer: { status: 200, body: '<html>' } }, /No JSON answer/],
  ];
  for (const [name, lie, description] of refusals) {
    it(`refuses ${name}`, async () => {
      lies = lie;
      const stop = await newBrowser().open(address({ identity_provider: 'Liar' }));
      const error = description.source.startsWith('No JSON') ? 'server_error' : 'invalid_request';
      refusedWith(stop, error, description);
    });
  }

  it('lets the honest version of it in', async () => {
    const claims = await claimsFrom(await newBrowser().open(address({ identity_provider: 'Liar' })));
    assert.equal(claims['cognito:username'], 'Liar_ada');
  });

  const unreachable: readonly [
    name: string,
    provider: string,
    lies: Lies,
    error: string,
    description: RegExp,
  ][] = [
    [
      'one whose discovery names another issuer',
      'Liar',
      { discovery: { issuer: 'https://accounts.example' } },
      'invalid_request',
      /names another issuer/,
    ],
    [
      'one without a token endpoint',
      'Liar',
      { discovery: { token_endpoint: undefined } },
      'invalid_request',
      /has no token_endpoint/,
    ],
    [
      'one that wants the secret without TLS',
      'Liar',
      { discovery: { token_endpoint: 'http://token.example/' } },
      'invalid_request',
      /by https/,
    ],
    ['one elsewhere without TLS', 'Plain', {}, 'invalid_request', /by https, or by http on this machine/],
    ['one that does not answer', 'Gone', {}, 'server_error', /No JSON answer from 127\.0\.0\.1:9/],
  ];
  for (const [name, provider, lie, error, description] of unreachable) {
    it(`refuses ${name}`, async () => {
      lies = lie;
      refusedWith(await newBrowser().open(address({ identity_provider: provider })), error, description);
    });
  }

  it('tells the app when the provider does not know the pool', async () => {
    const browser = newBrowser();
    const page = await browser.open(address({ identity_provider: 'Stranger' }));
    refusedWith(await passElsewhere(browser, page, 'ada'), 'invalid_request', /answered 401: invalid_client/);
  });

  it('tells the app what the provider refused', async () => {
    const browser = newBrowser();
    const page = await browser.open(address({ identity_provider: 'Elsewhere' }));
    const stop = await browser.open(linkOn(page, '[ Cancel ]'));
    refusedWith(stop, 'access_denied', /./);
  });

  it('tells the app which attributes are missing, and makes no user', async () => {
    const browser = newBrowser();
    const page = await browser.open(address({ identity_provider: 'Elsewhere' }));
    refusedWith(
      await passElsewhere(browser, page, 'nomail'),
      'invalid_request',
      /attributes required: \[email\]/,
    );
    const { Users } = await scene.admin.send(new ListUsersCommand({ UserPoolId: poolId }));
    assert.equal(
      Users?.some(({ Username }) => Username === 'Elsewhere_nomail'),
      false,
    );
  });

  it('believes no answer that it did not ask for', async () => {
    const browser = newBrowser();
    for (const query of ['', '?code=c', '?code=c&state=guessed']) {
      const stop = await browser.open(`${scene.api}/oauth2/idpresponse${query}`);
      assert.equal(errorOn(stop), 'invalid_state');
    }
  });

  it('believes no answer twice, and none of another browser', async () => {
    const recorded: string[] = [];
    const asking = new Browser([scene.api]);
    const toLiar = async (): Promise<string> =>
      (await asking.open(address({ identity_provider: 'Liar' }))).left?.searchParams.get('state') ?? '';
    for (let turn = 0; turn < 2; turn++) recorded.push(await toLiar());
    const back = (state: string | undefined): string =>
      `${scene.api}/oauth2/idpresponse?code=c&state=${state}`;
    assert.equal(errorOn(await newBrowser().open(back(recorded[0]))), 'invalid_state');
    lies = { tokenAnswer: { status: 400, body: '{}' } };
    assert.equal((await asking.open(back(recorded[0]))).left?.searchParams.get('error'), 'invalid_request');
    assert.equal(errorOn(await asking.open(back(recorded[0]))), 'invalid_state');
  });

  it('makes a user of the pool, with identities, attributes and group', async () => {
    const browser = newBrowser();
    const login = await browser.open(address());
    assert.equal(titleOf(login), 'Sign in to shop');
    const page = await browser.open(linkOn(login, 'Continue with Elsewhere'));
    const claims = await claimsFrom(await passElsewhere(browser, page, 'ada'));
    assert.equal(claims['cognito:username'], 'Elsewhere_ada');
    assert.equal(claims['email'], 'ada@elsewhere.example');
    assert.equal(claims['email_verified'], true);
    assert.equal(claims['name'], 'Ada Elsewhere');
    assert.deepEqual(claims['cognito:groups'], [`${poolId}_Elsewhere`]);
    const [identity] = claims['identities'] as Members[];
    assert.match(String(identity?.['dateCreated']), /^\d{13}$/);
    assert.deepEqual(
      { ...identity, dateCreated: '' },
      {
        userId: 'ada',
        providerName: 'Elsewhere',
        providerType: 'OIDC',
        issuer: null,
        primary: 'true',
        dateCreated: '',
      },
    );
    const named = { UserPoolId: poolId, Username: 'Elsewhere_ada' };
    const user = await scene.admin.send(new AdminGetUserCommand(named));
    assert.equal(user.UserStatus, 'EXTERNAL_PROVIDER');
    codeIn(await browser.open(address()));
  });

  it('finds the user again by the provider’s identifier, with new attributes, and not when disabled', async () => {
    const ada = PEOPLE.get('ada');
    PEOPLE.set('ada', { ...ada, name: 'Ada Married' });
    const open = async (): Promise<Stop> => {
      const browser = newBrowser();
      const page = await browser.open(address({ idp_identifier: 'elsewhere.example' }));
      return passElsewhere(browser, page, 'ada');
    };
    const first = await claimsFrom(await open());
    assert.equal(first['name'], 'Ada Married');
    const second = await claimsFrom(await open());
    assert.equal(second['sub'], first['sub']);
    const named = { UserPoolId: poolId, Username: 'Elsewhere_ada' };
    await scene.admin.send(new AdminDisableUserCommand(named));
    refusedWith(await open(), 'invalid_request', /User is disabled/);
    await scene.admin.send(new AdminEnableUserCommand(named));
  });

  it('goes straight there where the client has no other provider', async () => {
    const browser = newBrowser();
    const page = await browser.open(address({ client_id: impatient }));
    const claims = await claimsFrom(await passElsewhere(browser, page, 'ada'), impatient);
    assert.equal(claims['cognito:username'], 'Elsewhere_ada');
  });

  it('keeps the pool’s own users out where the client lets in those of another provider only', async () => {
    const browser = newBrowser();
    const page = await browser.open(address({}).replace('/oauth2/authorize', '/login'));
    const { search } = new URL(address({ client_id: impatient }));
    for (const path of ['/signup', '/forgotPassword'])
      assert.equal(errorOn(await browser.open(scene.api + path + search)), 'no_identity_provider');
    const foreignForm = { ...page, html: page.html.replaceAll(client, impatient) };
    const stop = await browser.submit(foreignForm, 'Sign in', { username: 'a', password: 'b' });
    assert.equal(errorOn(stop), 'no_identity_provider');
    const shown = await browser.open(`${scene.api}/login${search}`);
    assert.doesNotMatch(shown.html, /<form/);
    linkOn(shown, 'Continue with Elsewhere');
  });

  it('gives such a user no password sign-in', async () => {
    const browser = newBrowser();
    const page = await browser.open(address());
    const stop = await browser.submit(page, 'Sign in', { username: 'Elsewhere_ada', password: 'any' });
    assert.equal(stop.left, undefined);
    assert.notEqual(errorOn(stop), undefined);
  });
});
