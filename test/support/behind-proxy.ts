/** AWS as a person behind a company's proxy sees it: hosts of ours that answer for names of Amazon, over real TLS. */
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { der, selfSignedCertificate } from '../../sandbox/identitypools/providers/saml/certificate';
import { tempFolder } from '../../scripts/lib/temp.mjs';

export interface BehindProxy {
  /** For the setting `http.proxy`. */
  readonly proxy: string;
  /** A file with the certificate that the company had installed. */
  readonly authority: string;
  /** `host path` of each request that arrived. */
  readonly seen: readonly string[];
  /** `host:port` of each connection that the proxy was asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** A proxy that leads `host` to a TLS server of ours, and everything else nowhere. */
export async function behindProxy(host: string, answer: RequestListener): Promise<BehindProxy> {
  const seen: string[] = [];
  const asked: string[] = [];
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificate = pem(selfSignedCertificate(host, keys, [alternativeName(host)]));
  const authority = path.join(tempFolder('ca'), 'authority.pem');
  writeFileSync(authority, certificate);

  const key = keys.privateKey.export({ type: 'pkcs8', format: 'pem' });
  const service = createTlsServer({ key, cert: certificate }, (request, response) => {
    seen.push(`${request.headers.host ?? ''} ${request.url ?? ''}`);
    answer(request, response);
  });
  const port = await listening(service);

  const sockets = new Set<Socket>();
  const kept = (socket: Socket) => {
    sockets.add(socket);
    return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const proxy = createServer((_request, response) => response.writeHead(502).end());
  proxy.on('connection', kept).on('connect', (request, socket: Socket) => {
    asked.push(request.url ?? '');
    if (request.url !== `${host}:443`) {
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    const onward = kept(connect(port, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n')));
    onward.pipe(socket).pipe(onward);
  });
  return {
    proxy: `http://127.0.0.1:${await listening(proxy)}`,
    authority,
    seen,
    asked,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      service.closeAllConnections();
      await Promise.all([closed(service), closed(proxy)]);
    },
  };
}

/** subjectAltName with one DNS name (RFC 5280, 4.2.1.6). */
function alternativeName(host: string): Buffer {
  const names = der(0x30, der(0x82, Buffer.from(host, 'ascii')));
  return der(0x30, Buffer.from('0603551d11', 'hex'), der(0x04, names));
}

function pem(base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const closed = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
