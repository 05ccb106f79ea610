import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HostedUiSite } from '../../../src/core/signin/hosted-ui';
import type { BrowserAttempt, BrowserRequest } from '../../../src/core/signin/oauth';
import { createOAuthApi, type OAuthRecord } from '../../../src/node/oauth';
import { fakeJwt } from '../../support/fake-aws';

const clientId = '7g0client';
const redirectUri = 'http://localhost:8400/callback';
const original = 'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_AbCdEfGhI';
const updated = original.replace('https://', 'https://issuer-');

/** What the token endpoint was sent. */
interface Sent {
  readonly authorization: string | undefined;
  readonly form: URLSearchParams;
}

/** A token endpoint that answers as told, over real HTTP. */
class TokenEndpoint {
  readonly sent: Sent[] = [];
  answer: (sent: Sent, response: ServerResponse) => void = () => undefined;
  site!: HostedUiSite;
  host = '';
  private server!: Server;

  async open(): Promise<void> {
    this.server = createServer((request, response) => void this.take(request, response));
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    const at = (path: string) => `http://${this.host}${path}`;
    this.site = {
      issuers: [original, updated],
      authorize: at('/oauth2/authorize'),
      token: at('/oauth2/token'),
      revoke: at('/oauth2/revoke'),
      userInfo: at('/oauth2/userInfo'),
      logout: at('/logout'),
    };
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  json(value: unknown, status = 200, headers: Record<string, string> = {}): void {
    this.answer = (_sent, response) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(value));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const sent = { authorization: request.headers.authorization, form: new URLSearchParams(text) };
    this.sent.push(sent);
    this.answer(sent, response);
  }
}

describe('OAuth at the hosted pages', () => {
  const endpoint = new TokenEndpoint();
  const log: OAuthRecord[] = [];
  const api = createOAuthApi({ observe: (record) => log.push(record) });

  before(() => endpoint.open());
  after(() => endpoint.close());
  beforeEach(() => {
    endpoint.sent.length = 0;
    log.length = 0;
  });

  const request = (more: Partial<BrowserRequest> = {}): BrowserRequest => ({
    site: endpoint.site,
    clientId,
    scopes: ['openid', 'shop/read'],
    redirectUri,
    ...more,
  });
  const asked = (attempt: BrowserAttempt): URLSearchParams => new URL(attempt.url).searchParams;
  const callback = (attempt: BrowserAttempt): string =>
    `${attempt.redirectUri}?code=code-1&state=${attempt.state}`;
  const idToken = (attempt: BrowserAttempt, more: Record<string, unknown> = {}): string =>
    fakeJwt({
      iss: original,
      aud: clientId,
      sub: 'sub-reader',
      token_use: 'id',
      nonce: asked(attempt).get('nonce'),
      iat: Math.floor(Date.now() / 1000),
      exp: Math.floor(Date.now() / 1000) + 3600,
      ...more,
    });
  const answerOf = (id: string | undefined) => ({
    access_token: fakeJwt({ sub: 'sub-reader', token_use: 'access' }),
    ...(id === undefined ? {} : { id_token: id }),
    refresh_token: 'refresh-1',
    token_type: 'Bearer',
    expires_in: 1800,
  });
  /** An attempt whose answer is this ID token. */
  const redeemed = async (claims: Record<string, unknown>, more: Partial<BrowserRequest> = {}) => {
    const attempt = await api.begin(request(more));
    endpoint.json(answerOf(idToken(attempt, claims)));
    return attempt.redeem(callback(attempt));
  };
  const fails = async (work: Promise<unknown>, code: string): Promise<Record<string, unknown>> => {
    const error = await work.then(
      () => assert.fail('it should be refused'),
      (found: unknown) => found as Record<string, unknown>,
    );
    assert.equal(error.code, code, String(error.stack));
    return error;
  };

  describe('the address to open', () => {
    it('asks for a code with PKCE, state and nonce, encoded once', async () => {
      const attempt = await api.begin(request());
      assert.ok(attempt.url.startsWith(`${endpoint.site.authorize}?`));
      const query = asked(attempt);
      assert.equal(query.get('response_type'), 'code');
      assert.equal(query.get('client_id'), clientId);
      assert.equal(query.get('redirect_uri'), redirectUri);
      assert.equal(query.get('scope'), 'openid shop/read');
      assert.equal(query.get('code_challenge_method'), 'S256');
      assert.equal(query.get('state'), attempt.state);
      for (const name of ['state', 'nonce', 'code_challenge']) {
        assert.match(query.get(name) ?? '', /^[\w-]{32,}$/, name);
      }
      for (const name of ['identity_provider', 'prompt', 'login_hint']) assert.equal(query.has(name), false);
    });

    it('has new secrets each time', async () => {
      const [a, b] = [asked(await api.begin(request())), asked(await api.begin(request()))];
      for (const name of ['state', 'nonce', 'code_challenge'])
        assert.notEqual(a.get(name), b.get(name), name);
    });

    it('names the identity provider and asks for somebody else where told', async () => {
      const query = asked(
        await api.begin(request({ identityProvider: 'A&B + Söhne', prompt: 'login', loginHint: 'reader' })),
      );
      assert.equal(query.get('identity_provider'), 'A&B + Söhne');
      assert.equal(query.get('prompt'), 'login');
      assert.equal(query.get('login_hint'), 'reader');
    });

    it('leaves the scope out where all of the client are wanted', async () => {
      assert.equal(asked(await api.begin(request({ scopes: [] }))).has('scope'), false);
    });
  });

  describe('the code for tokens', () => {
    it('sends the code with the verifier and the same callback address', async () => {
      const attempt = await api.begin(request());
      const id = idToken(attempt);
      endpoint.json(answerOf(id));
      const tokens = await attempt.redeem(callback(attempt));
      assert.equal(tokens.idToken, id);
      assert.equal(tokens.refreshToken, 'refresh-1');
      assert.equal(tokens.expiresIn, 1800);
      const [sent] = endpoint.sent;
      assert.ok(sent && endpoint.sent.length === 1);
      assert.equal(sent.authorization, undefined);
      assert.equal(sent.form.get('grant_type'), 'authorization_code');
      assert.equal(sent.form.get('code'), 'code-1');
      assert.equal(sent.form.get('client_id'), clientId);
      assert.equal(sent.form.get('redirect_uri'), redirectUri);
      const verifier = sent.form.get('code_verifier') ?? '';
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      assert.equal(challenge, asked(attempt).get('code_challenge'));
    });

    it('repeats the address of VS Code as it was', async () => {
      const own = 'vscode://cognito-workbench.cognito-workbench/callback';
      await redeemed({}, { redirectUri: own });
      assert.equal(endpoint.sent[0]?.form.get('redirect_uri'), own);
    });

    it('sends a secret as Basic, and one with symbols in the body', async () => {
      await redeemed({}, { clientSecret: 'abc123' });
      const basic = Buffer.from(`${clientId}:abc123`).toString('base64');
      assert.equal(endpoint.sent[0]?.authorization, `Basic ${basic}`);
      assert.equal(endpoint.sent[0]?.form.has('client_secret'), false);
      await redeemed({}, { clientSecret: 'a:b+c/d=' });
      assert.equal(endpoint.sent[1]?.authorization, undefined);
      assert.equal(endpoint.sent[1]?.form.get('client_secret'), 'a:b+c/d=');
    });

    it("takes an ID token of either of the pool's issuers, with one request", async () => {
      assert.ok((await redeemed({ iss: updated })).idToken);
      assert.equal(endpoint.sent.length, 1);
    });

    for (const [what, claims] of [
      ['of another issuer', { iss: 'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_Other' }],
      ['of another client', { aud: 'other' }],
      ['with another nonce', { nonce: 'other' }],
      ['without a nonce', { nonce: undefined }],
    ] as const) {
      it(`refuses an ID token ${what}`, async () => {
        const error = await fails(redeemed(claims), 'token.invalid');
        assert.equal(endpoint.sent.length, 1);
        assert.doesNotMatch(JSON.stringify(error), /eyJ/);
      });
    }

    it('takes an ID token whatever the local clock says', async () => {
      const now = Math.floor(Date.now() / 1000);
      assert.ok((await redeemed({ iat: now - 90_000, exp: now - 86_400 })).idToken);
      assert.ok((await redeemed({ iat: now + 86_400, exp: now + 90_000 })).idToken);
    });

    it('takes an answer without an ID token: what lacks it says so itself', async () => {
      const attempt = await api.begin(request());
      endpoint.json(answerOf(undefined));
      const tokens = await attempt.redeem(callback(attempt));
      assert.equal(tokens.idToken, undefined);
      assert.ok(tokens.accessToken);
    });

    it('sends nothing for a callback of another state', async () => {
      const attempt = await api.begin(request());
      await fails(attempt.redeem(`${redirectUri}?code=x&state=other`), 'signin.protocol');
      assert.deepEqual(endpoint.sent, []);
    });
  });

  describe('refusals', () => {
    it('are of the service, with its code, words and request id', async () => {
      const attempt = await api.begin(request());
      const date = 'Sun, 01 Nov 2026 12:00:00 GMT';
      endpoint.json({ error: 'invalid_grant', error_description: 'Invalid code' }, 400, {
        'x-amz-cognito-request-id': 'request-7',
        date,
      });
      const error = await fails(attempt.redeem(callback(attempt)), 'service.refused');
      assert.equal(error.service, 'oauth');
      assert.equal(error.operation, '/oauth2/token');
      assert.equal(error.awsCode, 'invalid_grant');
      assert.equal(error.awsMessage, 'Invalid code');
      assert.deepEqual(error.data, {
        status: 400,
        requestId: 'request-7',
        grantType: 'authorization_code',
        redirectUri,
        scopes: 'openid shop/read',
        serverDateMs: Date.parse(date),
      });
    });

    it('are found behind a challenge header too', async () => {
      endpoint.json({ error: 'invalid_client' }, 401, { 'www-authenticate': 'Basic realm="cognito"' });
      const attempt = await api.begin(request({ clientSecret: 'wrong' }));
      const error = await fails(attempt.redeem(callback(attempt)), 'service.refused');
      assert.equal(error.awsCode, 'invalid_client');
    });

    it('are logged without a secret', async () => {
      endpoint.json({ error: 'invalid_grant' }, 400);
      const attempt = await api.begin(request());
      await fails(attempt.redeem(callback(attempt)), 'service.refused');
      await redeemed({});
      assert.deepEqual(
        log.map(({ operation, host, failure }) => ({ operation, host, failure })),
        [
          { operation: '/oauth2/token', host: endpoint.host, failure: 'oauth:/oauth2/token invalid_grant: ' },
          { operation: '/oauth2/token', host: endpoint.host, failure: undefined },
        ],
      );
    });
  });

  describe('what is no answer of a token endpoint', () => {
    const html = '<!doctype html><h1>Sign in to the network</h1>';
    const cases: [string, (response: ServerResponse) => void, string][] = [
      [
        'HTML with status 200',
        (r) => r.writeHead(200, { 'content-type': 'text/html' }).end(html),
        'network.not-aws',
      ],
      [
        'HTML with status 502',
        (r) => r.writeHead(502, { 'content-type': 'text/html' }).end(html),
        'network.not-aws',
      ],
      [
        'HTML that says it is JSON',
        (r) => r.writeHead(200, { 'content-type': 'application/json' }).end(html),
        'network.not-aws',
      ],
      ['a redirect', (r) => r.writeHead(302, { location: '/login' }).end(), 'network.not-aws'],
      ['nothing', (r) => r.writeHead(200).end(), 'network.not-aws'],
      [
        'JSON without an access token',
        (r) => r.writeHead(200, { 'content-type': 'application/json' }).end('{"token_type":"Bearer"}'),
        'signin.protocol',
      ],
      [
        'a JSON array',
        (r) => r.writeHead(200, { 'content-type': 'application/json' }).end('[]'),
        'signin.protocol',
      ],
      [
        'an error that is no text',
        (r) => r.writeHead(400, { 'content-type': 'application/json' }).end('{"error":7}'),
        'network.not-aws',
      ],
      [
        'an endless answer',
        (r) => r.writeHead(200, { 'content-type': 'application/json' }).end('x'.repeat(300_000)),
        'network.not-aws',
      ],
      ['a broken connection', (r) => void r.destroy(), 'network.reset'],
    ];
    for (const [what, answer, code] of cases) {
      it(`${what}: ${code}`, async () => {
        endpoint.answer = (_sent, response) => answer(response);
        const attempt = await api.begin(request());
        const error = await fails(attempt.redeem(callback(attempt)), code);
        assert.equal(endpoint.sent.length, 1, 'a code is sent once');
        if (code.startsWith('network.')) {
          assert.equal((error.data as { host: string }).host, endpoint.host);
        }
      });
    }

    it('nobody there: network.unreachable', async () => {
      const gone = new TokenEndpoint();
      await gone.open();
      gone.close();
      const attempt = await api.begin(request({ site: gone.site }));
      await fails(attempt.redeem(callback(attempt)), 'network.unreachable');
    });

    it('a cancelled wait is cancelled, not failed', async () => {
      const abort = new AbortController();
      endpoint.answer = () => abort.abort();
      const attempt = await api.begin(request());
      await fails(attempt.redeem(callback(attempt), abort.signal), 'cancelled');
      await fails(attempt.redeem(callback(attempt), abort.signal), 'cancelled');
      assert.equal(endpoint.sent.length, 1);
    });
  });

  describe('an app as itself', () => {
    const client = () => ({
      site: endpoint.site,
      clientId,
      clientSecret: 'abc123',
      scopes: ['shop/read', 'shop/write'],
    });

    it('gets an access token alone, for its scopes', async () => {
      endpoint.json({ access_token: 'access-1', token_type: 'Bearer', expires_in: 600 });
      assert.deepEqual(await api.clientTokens(client()), { accessToken: 'access-1', expiresIn: 600 });
      const [sent] = endpoint.sent;
      assert.equal(sent?.form.get('grant_type'), 'client_credentials');
      assert.equal(sent?.form.get('scope'), 'shop/read shop/write');
      assert.match(sent?.authorization ?? '', /^Basic /);
      await api.clientTokens({ ...client(), scopes: [] });
      assert.equal(endpoint.sent[1]?.form.has('scope'), false);
    });

    it('is refused with the words for machines', async () => {
      endpoint.json({ error: 'unauthorized_client' }, 400);
      const error = await fails(api.clientTokens(client()), 'service.refused');
      assert.equal((error.data as { grantType: string }).grantType, 'client_credentials');
    });
  });
});
