import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

import type {
  AccessRequest,
  Authorizer,
  Clock,
  CredentialStore,
  HttpRequest,
  HttpResponse,
  IssuedCredentials,
  Principal,
  SignatureCheck,
} from '../../../../sandbox/kernel/types';
import { createS3, type S3, type S3Options } from '../../../../sandbox/s3';
import { createSignatureVerifier } from '../../../../sandbox/sigv4';

export const START = Date.UTC(2026, 5, 1, 12, 0, 0);

export function fixedClock(start = START): Clock {
  let now = start;
  return { now: () => now, advance: (seconds) => void (now += seconds * 1000) };
}

export const ROOT: Principal = {
  kind: 'root',
  accountId: '123456789012',
  arn: 'arn:aws:iam::123456789012:root',
  userId: '123456789012',
  context: {},
};

export const READER: Principal = {
  kind: 'role-session',
  accountId: '123456789012',
  arn: 'arn:aws:sts::123456789012:assumed-role/Readers/CognitoIdentityCredentials',
  userId: 'AROAEXAMPLE:CognitoIdentityCredentials',
  roleName: 'Readers',
  context: {},
};

/** Lets everyone do all but what `refuse` names with a reason; keeps what was asked. */
export function authorizer(
  refuse: (request: AccessRequest) => string | undefined = () => undefined,
): Authorizer & {
  readonly asked: AccessRequest[];
} {
  const asked: AccessRequest[] = [];
  return {
    asked,
    decide(request) {
      asked.push(request);
      const reason = request.principal.kind === 'root' ? undefined : refuse(request);
      return { allowed: reason === undefined, reason: reason ?? 'allowed' };
    },
  };
}

/** Takes `x-test-principal: root | reader` for a signature, and the body as it is. */
export const trustingVerifier = {
  verify(request: HttpRequest): SignatureCheck {
    const principals: Readonly<Record<string, Principal>> = { root: ROOT, reader: READER };
    const principal = principals[request.headers['x-test-principal'] ?? ''];
    return { principal, body: request.body, trailers: {}, presigned: false };
  },
};

export function build(options: Partial<S3Options> = {}): S3 {
  return createS3({
    clock: fixedClock(),
    verifier: trustingVerifier,
    authorizer: authorizer(),
    region: 'us-east-1',
    log: () => undefined,
    ...options,
  });
}

export interface Ask {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  readonly as?: 'root' | 'reader' | 'nobody';
}

/** `target` is the request target as sent, undecoded: `/bucket/a%20b?x=y`. */
export function request(
  method: string,
  target: string,
  { headers = {}, body = '', as = 'root' }: Ask = {},
): HttpRequest {
  const question = target.indexOf('?');
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return {
    method,
    rawPath: question < 0 ? target : target.slice(0, question),
    rawQuery: question < 0 ? '' : target.slice(question + 1),
    headers: { 'content-length': String(bytes.length), 'x-test-principal': as, ...headers },
    body: bytes,
    sourceIp: '127.0.0.1',
  };
}

export function ask(s3: S3, method: string, target: string, options: Ask = {}): HttpResponse {
  return s3.handle(request(method, target, options), 'REQUEST1');
}

export function text(response: HttpResponse): string {
  return Buffer.from(response.body ?? '').toString('utf8');
}

/** All texts of an element, unescaped just as far as the tests need it. */
export function texts(response: HttpResponse, element: string): string[] {
  return [...text(response).matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map((match) =>
    (match[1] ?? '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&'),
  );
}

export function code(response: HttpResponse): string | undefined {
  return texts(response, 'Code')[0];
}

export const ADMIN_KEY = { accessKeyId: 'sandboxadmin', secretAccessKey: 'sandboxadmin' };
export const READER_KEY = {
  accessKeyId: 'ASIAREADER0000000000',
  secretAccessKey: 'reader-secret',
  sessionToken: 'reader-token/with+odd=bytes',
};

const credentials: CredentialStore = {
  issue: () => {
    throw new Error('not used here');
  },
  find(accessKeyId): IssuedCredentials | undefined {
    if (accessKeyId === ADMIN_KEY.accessKeyId) return { ...ADMIN_KEY, principal: ROOT };
    if (accessKeyId === READER_KEY.accessKeyId) return { ...READER_KEY, principal: READER };
    return undefined;
  },
};

export interface Served {
  readonly url: string;
  readonly s3: S3;
  client(config?: S3ClientConfig): S3Client;
  close(): Promise<void>;
}

/** S3 behind real HTTP on loopback, with the real signature check; the AWS SDK is the judge. */
export async function serve(options: Partial<S3Options> = {}): Promise<Served> {
  const clock: Clock = { now: () => Date.now(), advance: () => undefined };
  const s3 = build({ clock, verifier: createSignatureVerifier({ credentials, clock }), ...options });
  const clients: S3Client[] = [];
  const server: Server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const target = incoming.url ?? '/';
      const body = Buffer.concat(chunks);
      const headers: Record<string, string> = {};
      for (const [name, value] of Object.entries(incoming.headers))
        headers[name] = [value ?? ''].flat().join(',');
      const { rawPath, rawQuery } = request('', target);
      const method = incoming.method ?? '';
      const response = s3.handle(
        { method, rawPath, rawQuery, headers, body, sourceIp: '127.0.0.1' },
        'REQUEST1',
      );
      outgoing.writeHead(response.status, { ...response.headers });
      outgoing.end(response.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    url,
    s3,
    client(config = {}) {
      const client = new S3Client({
        endpoint: url,
        region: 'us-east-1',
        forcePathStyle: true,
        credentials: ADMIN_KEY,
        maxAttempts: 1,
        ...config,
      });
      clients.push(client);
      return client;
    },
    async close() {
      for (const client of clients) client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
