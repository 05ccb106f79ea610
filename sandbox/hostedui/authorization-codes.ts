import { createHash } from 'node:crypto';
import type { Clock } from '../kernel/types';
import { uuid } from '../kernel/random';
import { fingerprint, sameSecret } from '../kernel/secrets';

/** What a code stands for. */
export interface AuthorizationCode {
  readonly poolId: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly nonce: string | undefined;
  readonly codeChallenge: string | undefined;
  readonly sub: string;
  /** Seconds since the epoch. */
  readonly authTime: number;
}

const LIFE_MS = 5 * 60_000;

/** Codes between /oauth2/authorize and /oauth2/token: five minutes, one use. */
export class AuthorizationCodes {
  private readonly codes = new Map<
    string,
    { readonly code: AuthorizationCode; readonly expiresAt: number }
  >();

  constructor(private readonly clock: Clock) {}

  issue(code: AuthorizationCode): string {
    const now = this.clock.now();
    for (const [key, { expiresAt }] of this.codes) if (expiresAt <= now) this.codes.delete(key);
    const value = uuid();
    this.codes.set(fingerprint(value), { code, expiresAt: now + LIFE_MS });
    return value;
  }

  /** Uses up a live code of this client; a code that another client sends stays good for its own. */
  take(value: string, clientId: string): AuthorizationCode | undefined {
    const key = fingerprint(value);
    const found = this.codes.get(key);
    if (found === undefined || found.code.clientId !== clientId) return undefined;
    this.codes.delete(key);
    return this.clock.now() < found.expiresAt ? found.code : undefined;
  }
}

/** RFC 7636: the verifier of a code that was asked for with a challenge, and none for one without. */
export function provesChallenge(challenge: string | undefined, verifier: string | undefined): boolean {
  if (challenge === undefined || verifier === undefined) return challenge === verifier;
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false;
  return sameSecret(createHash('sha256').update(verifier, 'ascii').digest('base64url'), challenge);
}
