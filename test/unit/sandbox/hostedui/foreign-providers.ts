import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signJwt } from '../../../../sandbox/userpools/tokens/jwt';
import type { Members } from './scene';

export const CLIENT = { id: 'the-user-pool', secret: 'known-to-pool-and-provider' };

const KID = 'foreign-key';
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherKeys = (): typeof keys => generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = (key: KeyObject): Members => ({
  ...key.export({ format: 'jwk' }),
  kid: KID,
  alg: 'RS256',
  use: 'sig',
});

export interface RunningProvider {
  readonly issuer: string;
  stop(): Promise<void>;
}

async function serve(
  make: (issuer: string) => RequestListener | Promise<RequestListener>,
): Promise<RunningProvider> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on('request', await make(issuer));
  return {
    issuer,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A real provider with people of its own; any password does, and its pages ask for consent. */
export function startOidcProvider(
  redirectUri: string,
  people: ReadonlyMap<string, Members>,
): Promise<RunningProvider> {
  return serve(async (issuer) => {
    const { default: Provider } = await import('oidc-provider');
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT.id,
          client_secret: CLIENT.secret,
          redirect_uris: [redirectUri],
          token_endpoint_auth_method: 'client_secret_post',
        },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      findAccount: (_: unknown, accountId: string) => ({
        accountId,
        claims: () => ({ sub: accountId, ...people.get(accountId) }),
      }),
      jwks: { keys: [jwk(keys.privateKey)] },
      cookies: { keys: ['key of the cookies'] },
      pkce: { required: () => false },
    });
    return (request, response) => void provider.callback()(request, response);
  });
}

export const PUBLIC_CLIENT = 'cognito-workbench';

/** The same kind of provider for a client without a secret, whose ID tokens tell who the people are. */
export function startPublicProvider(
  redirectUris: readonly string[],
  people: ReadonlyMap<string, Members>,
): Promise<RunningProvider> {
  return serve(async (issuer) => {
    const { default: Provider } = await import('oidc-provider');
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: PUBLIC_CLIENT,
          redirect_uris: redirectUris,
          token_endpoint_auth_method: 'none',
          application_type: 'native',
        },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      conformIdTokenClaims: false,
      findAccount: (_: unknown, accountId: string) => ({
        accountId,
        claims: () => ({ sub: accountId, ...people.get(accountId) }),
      }),
      jwks: { keys: [jwk(keys.privateKey)] },
      cookies: { keys: ['key of the cookies'] },
      pkce: { required: () => true },
    });
    return (request, response) => void provider.callback()(request, response);
  });
}

/** What a provider says that cannot be trusted; each member replaces what an honest one would say. */
export interface Lies {
  readonly discovery?: Members;
  readonly claims?: Members;
  readonly userInfo?: Members;
  /** Members of the token answer. */
  readonly tokens?: Members;
  readonly tokenAnswer?: { readonly status: number; readonly body: string };
  readonly signedBySomebodyElse?: boolean;
  readonly keyId?: string;
}

/** A provider that signs everybody in at once, and lies as it is told to. */
export function startLyingProvider(lies: () => Lies, now: () => number): Promise<RunningProvider> {
  let nonce = '';
  return serve((issuer) => (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    const send = (body: Members | string, status = 200): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    const lie = lies();
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return send({
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          userinfo_endpoint: `${issuer}/userinfo`,
          jwks_uri: `${issuer}/keys`,
          ...lie.discovery,
        });
      case '/authorize': {
        nonce = url.searchParams.get('nonce') ?? '';
        const back = new URL(url.searchParams.get('redirect_uri') ?? '');
        back.search = new URLSearchParams({
          code: 'c',
          state: url.searchParams.get('state') ?? '',
        }).toString();
        response.writeHead(302, { location: back.href });
        return response.end();
      }
      case '/token': {
        if (lie.tokenAnswer !== undefined) return send(lie.tokenAnswer.body, lie.tokenAnswer.status);
        const { privateKey, publicKey } = lie.signedBySomebodyElse === true ? otherKeys() : keys;
        const claims = {
          iss: issuer,
          aud: CLIENT.id,
          sub: 'ada',
          nonce,
          exp: now() / 1000 + 300,
          ...lie.claims,
        };
        const id_token = signJwt({ kid: lie.keyId ?? KID, privateKey, publicKey }, claims);
        return send({ access_token: 'a', token_type: 'Bearer', id_token, ...lie.tokens });
      }
      case '/keys':
        return send({ keys: [jwk(keys.publicKey)] });
      default:
        return send({ sub: 'ada', email: 'ada@elsewhere.example', ...lie.userInfo });
    }
  });
}
