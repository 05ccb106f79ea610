import type { CredentialStore, Service } from '../../../../sandbox/kernel/types';
import { createRoleSessions, createSts, type TokenCheck } from '../../../../sandbox/sts';
import { NOW, start } from '../iam/scene';
import { credentialStore, type FakeClock, fakeClock } from '../sigv4/signed-requests';

type Claims = Readonly<Record<string, unknown>>;

/** A token in the form of a JWT, whose signature says how it is to be found: `good`, `bad-signature`, `no-keys`. */
export function tokenOf(claims: Claims, signature = 'good'): string {
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ alg: 'RS512' })}.${encode(claims)}.${signature}`;
}

function check(token: string): TokenCheck {
  const [, claims = '', signature] = token.split('.');
  if (signature === 'bad-signature' || signature === 'no-keys') return { fault: signature };
  return { claims: JSON.parse(Buffer.from(claims, 'base64url').toString()) as Claims };
}

export interface StsScene extends ReturnType<typeof start> {
  readonly service: Service;
  readonly credentials: CredentialStore;
  readonly clock: FakeClock;
}

export function stsScene(): StsScene {
  const world = start();
  const { iam, lines } = world;
  const clock = fakeClock(NOW);
  const credentials = credentialStore(clock);
  const log = (line: string): void => void lines.push(line);
  const { service } = createSts({
    iam,
    clock,
    roleSessions: createRoleSessions({ iam, credentials, accountId: '123456789012', log }),
    checkOwn: check,
    checkForeign: (_provider, token) => Promise.resolve(check(token)),
  });
  return { ...world, service, credentials, clock };
}
