import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { removeFolder, tempFolder } from '../../scripts/lib/temp.mjs';

export const ISSUER = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Sandbox01';

export interface SignedWith {
  readonly kid: string;
  readonly publicKey: KeyObject;
  sign(sub: string): string;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs ID tokens as a user pool does. */
export function signer(kid: string): SignedWith {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const iat = Math.floor(Date.now() / 1000);
  return {
    kid,
    publicKey,
    sign(sub) {
      const claims = {
        sub,
        'cognito:groups': ['readers', 'writers'],
        email_verified: true,
        iss: ISSUER,
        'cognito:username': sub,
        origin_jti: 'd9a5e1c2-4c4e-4d36-9d3b-0f2f3f2a1b11',
        aud: '7g0exampleclientid0co',
        event_id: '0c0f8a4e-51e5-4f3a-9d9a-5a8a1f0f2b7e',
        token_use: 'id',
        auth_time: iat,
        exp: iat + 86_400,
        iat,
        email: 'reader@example.com',
      };
      const input = `${part({ kid, alg: 'RS256' })}.${part(claims)}`;
      return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
    },
  };
}

export function keySet(keys: readonly Pick<SignedWith, 'kid' | 'publicKey'>[]): string {
  const exported = new Map(keys.map(({ publicKey }) => [publicKey, publicKey.export({ format: 'jwk' })]));
  return JSON.stringify({
    keys: keys.map(({ kid, publicKey }) => ({ ...exported.get(publicKey), kid, alg: 'RS256', use: 'sig' })),
  });
}

/**
 * A log of this size with so many tokens, one a line, among lines and fields of the usual kind. The tokens have ES256's
 * length of signature, or they alone would be more than the file.
 */
export function writeLog(megabytes: number, tokens: number): { readonly file: string; remove(): void } {
  const folder = tempFolder('tokens');
  const file = path.join(folder, 'app.log');
  const header = part({ kid: '2f1c0d9e', alg: 'ES256' });
  const perToken = Math.floor((megabytes * 1e6) / tokens);
  const handle = openSync(file, 'w');
  for (let from = 0; from < tokens; from += 1000) {
    const lines: string[] = [];
    for (let index = from; index < from + 1000; index += 1) lines.push(block(index, header, perToken));
    writeSync(handle, lines.join(''));
  }
  closeSync(handle);
  return { file, remove: () => removeFolder(folder) };
}

function block(index: number, header: string, length: number): string {
  const claims = part({
    sub: randomBytes(8).toString('hex'),
    exp: 1_767_229_200 + index,
    scope: 'openid email',
  });
  const token = `${header}.${claims}.${randomBytes(64).toString('base64url')}`;
  const time = new Date(1_767_225_600_000 + index * 7).toISOString();
  const line = `${time} INFO  [worker-${index % 16}] GET /api/v1/items/${index}?page=2 200 authorization="Bearer ${token}" ip=10.0.${index % 256}.7\n`;
  const filler = `${time} DEBUG [worker-${index % 16}] cache hit key=items:${index} size=${index * 31} every eye sees identity and code e.g. a.b.c\n`;
  const room = Math.max(0, length - line.length);
  return (
    line +
    filler.repeat(Math.ceil(room / filler.length)).slice(0, Math.max(0, room - 1)) +
    (room > 0 ? '\n' : '')
  );
}
