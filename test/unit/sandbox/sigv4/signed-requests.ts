import { createHash, createHmac } from 'node:crypto';
import type { HttpRequest as SdkRequest, HttpResponse as SdkResponse } from '@smithy/types';
import { SignatureV4 } from '@smithy/signature-v4';
import { createCredentialStore } from '../../../../sandbox/credentials';
import type { Clock, CredentialStore, HttpRequest, Principal } from '../../../../sandbox/kernel/types';

export interface FakeClock extends Clock {
  set(time: number): void;
}

export function fakeClock(start: number): FakeClock {
  let time = start;
  return {
    now: () => time,
    advance: (seconds) => {
      time += seconds * 1000;
    },
    set: (to) => {
      time = to;
    },
  };
}

export const ADMIN: Principal = {
  kind: 'root',
  accountId: '123456789012',
  arn: 'arn:aws:iam::123456789012:root',
  userId: '123456789012',
  context: {},
};

export const SESSION: Principal = {
  kind: 'role-session',
  accountId: '123456789012',
  arn: 'arn:aws:sts::123456789012:assumed-role/Readers/CognitoIdentityCredentials',
  userId: 'AROAABCDEFGHIJKLMNOP:CognitoIdentityCredentials',
  roleName: 'Readers',
  context: {},
};

export function credentialStore(clock: Clock): CredentialStore {
  return createCredentialStore({
    clock,
    admin: { accessKeyId: 'sandboxadmin', secretAccessKey: 'sandboxadmin', principal: ADMIN },
  });
}

/** Thrown by the capturing handler, so that no request leaves the process. */
class Captured extends Error {
  constructor(readonly request: SdkRequest) {
    super('captured');
  }
}

const capturingHandler = {
  handle: (request: SdkRequest): Promise<{ response: SdkResponse }> => Promise.reject(new Captured(request)),
};

/** What an SDK client would have put on the wire for one call, signed by the SDK itself. */
export async function capture(
  call: (handler: typeof capturingHandler) => Promise<unknown>,
): Promise<HttpRequest> {
  try {
    await call(capturingHandler);
  } catch (error) {
    if (error instanceof Captured) {
      return onTheWire(error.request);
    }
    throw error;
  }
  throw new Error('the client sent nothing');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** An SDK request as the server reads it off the socket. */
export async function onTheWire(request: SdkRequest): Promise<HttpRequest> {
  const pairs = Object.entries(request.query ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value ?? '']).map((one) => `${encode(name)}=${encode(one)}`),
  );
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    method: request.method,
    rawPath: request.path,
    rawQuery: pairs.join('&'),
    headers,
    body: await readBody(request.body),
    sourceIp: '127.0.0.1',
  };
}

async function readBody(body: unknown): Promise<Buffer> {
  if (body === undefined || body === null) {
    return Buffer.alloc(0);
  }
  if (typeof body === 'string') {
    return Buffer.from(body, 'utf8');
  }
  if (body instanceof Uint8Array) {
    return Buffer.from(body);
  }
  const pieces: Buffer[] = [];
  for await (const piece of body as AsyncIterable<Uint8Array>) {
    pieces.push(Buffer.from(piece));
  }
  return Buffer.concat(pieces);
}

/** A URL as the server reads it off the request line. */
export function fromUrl(url: string, over: Partial<HttpRequest> = {}): HttpRequest {
  const [, host = '', rawPath = '', rawQuery = ''] = /^https?:\/\/([^/]+)([^?]*)\??(.*)$/.exec(url) ?? [];
  return {
    method: 'GET',
    rawPath,
    rawQuery,
    headers: { host },
    body: Buffer.alloc(0),
    sourceIp: '127.0.0.1',
    ...over,
  };
}

/** SHA-256 in the shape that the SDK's signer asks for. */
export class Sha256 {
  private readonly hash;
  constructor(secret?: unknown) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string);
  }
  update(data: string | Uint8Array): void {
    this.hash.update(data);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.hash.digest()));
  }
}

export interface SignedBy {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A request to an API service, signed by the SDK's signer. */
export async function signed(
  service: string,
  credentials: SignedBy,
  signingDate: Date,
  over: { region?: string; body?: string; headers?: Record<string, string>; path?: string } = {},
): Promise<HttpRequest> {
  const body = over.body ?? 'Action=GetCallerIdentity&Version=2011-06-15';
  const signer = new SignatureV4({
    service,
    region: over.region ?? 'us-east-1',
    credentials,
    sha256: Sha256,
    uriEscapePath: service !== 's3',
  });
  const request = await signer.sign(
    {
      method: 'POST',
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: over.path ?? '/',
      query: {},
      headers: { host: '127.0.0.1:4566', 'content-type': 'text/plain', ...over.headers },
      body,
    } as never,
    { signingDate },
  );
  return onTheWire(request as unknown as SdkRequest);
}
