import { generateKeyPair, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
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
const RSA = { modulusLength: 2048 };

async function signingKey(): Promise<SigningKey> {
  return { kid: randomBytes(32).toString('base64'), ...(await generate('rsa', RSA)) };
}

export async function generatePoolKeys(): Promise<PoolKeys> {
  const [id, access] = await Promise.all([signingKey(), signingKey()]);
  return { id, access };
}

/** Keys that are made when they are first needed, for pools that most runs do not touch. */
export function lazyPoolKeys(): PoolKeys {
  let id: SigningKey | undefined;
  let access: SigningKey | undefined;
  const make = (): SigningKey => ({
    kid: randomBytes(32).toString('base64'),
    ...generateKeyPairSync('rsa', RSA),
  });
  return {
    get id() {
      return (id ??= make());
    },
    get access() {
      return (access ??= make());
    },
  };
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
