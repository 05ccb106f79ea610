import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signJwt } from '../../../../../sandbox/userpools/tokens/jwt';

export type Members = Readonly<Record<string, unknown>>;

export const OWN_CLIENT = 'the-notes-app';
const KID = 'issuer-key';

/** An issuer with documents of its own over HTTP; `wrong` replaces what it says in them. */
export interface Issuer {
  readonly url: string;
  /** The key in Logins. */
  readonly name: string;
  wrong: { discovery?: Members; keys?: unknown; status?: number };
  /** How often its keys were fetched. */
  fetches: number;
  token(claims?: Members, keyId?: string): string;
  stop(): Promise<void>;
}

/** `path`: what stands after the host in the issuer's address. */
export async function startIssuer(now: () => number, path = ''): Promise<Issuer> {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = origin + path;
  const issuer: Issuer = {
    url,
    name: url.slice('http://'.length),
    wrong: {},
    fetches: 0,
    token(claims = {}, kid = KID) {
      const own = { iss: url, aud: OWN_CLIENT, sub: 'ada', exp: Math.floor(now() / 1000) + 60 };
      return signJwt({ kid, ...keys }, { ...own, ...claims });
    },
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
  server.on('request', (request, response) => {
    const { wrong } = issuer;
    const jwk = { ...keys.publicKey.export({ format: 'jwk' }), kid: KID, alg: 'RS256', use: 'sig' };
    const documents: Record<string, unknown> = {
      [`${path}/.well-known/openid-configuration`]: {
        issuer: url,
        jwks_uri: `${origin}/keys`,
        ...wrong.discovery,
      },
      '/keys': { keys: wrong.keys ?? [jwk] },
    };
    const found = documents[request.url ?? ''];
    if (request.url === '/keys') issuer.fetches += 1;
    response.writeHead(found === undefined ? 404 : (wrong.status ?? 200), {
      'content-type': 'application/json',
    });
    response.end(JSON.stringify(found ?? {}));
  });
  return issuer;
}
