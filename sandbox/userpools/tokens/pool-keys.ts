import { generateKeyPair, randomBytes, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** One key pair per kind of token, as in AWS. */
export interface PoolKeys {
  readonly id: SigningKey;
  readonly access: SigningKey;
}

const generate = promisify(generateKeyPair);

async function signingKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generate('rsa', { modulusLength: 2048 });
  return { kid: randomBytes(32).toString('base64'), privateKey, publicKey };
}

export async function generatePoolKeys(): Promise<PoolKeys> {
  const [id, access] = await Promise.all([signingKey(), signingKey()]);
  return { id, access };
}

/** The key set as `/.well-known/jwks.json` publishes it. */
export function jwksOf(keys: PoolKeys): unknown {
  return {
    keys: [keys.id, keys.access].map(({ kid, publicKey }) => {
      const { e, n } = publicKey.export({ format: 'jwk' });
      return { alg: 'RS256', e, kid, kty: 'RSA', n, use: 'sig' };
    }),
  };
}
