import { randomBytes } from 'node:crypto';
import { uuid } from '../../kernel/random';
import { fingerprint } from '../../kernel/secrets';

/** What an OAuth endpoint granted; sign-in through the API has none. */
export interface OAuthGrant {
  readonly scopes: readonly string[];
}

/** All tokens that come from one sign-in. */
export interface TokenFamily {
  readonly eventId: string;
  readonly originJti: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly sub: string;
  /** The device that was used, or that got its key with this sign-in. */
  readonly deviceKey?: string | undefined;
  /** Seconds since the epoch. */
  readonly authTime: number;
  /** Milliseconds since the epoch; rotation does not move it. */
  readonly refreshExpiresAt: number;
  /** Of a sign-in through the hosted UI; its refreshed tokens keep the scopes. */
  readonly grant?: OAuthGrant;
  revoked: boolean;
}

export interface RefreshRecord {
  readonly family: TokenFamily;
  /** Set once the token was rotated out: until then (milliseconds) it may be sent again. */
  retiredFrom: number | undefined;
}

/** Which sign-ins are alive, and which refresh token belongs to which; the tokens themselves are not kept. */
export class TokenFamilies {
  private readonly byEvent = new Map<string, TokenFamily>();
  private readonly byRefreshToken = new Map<string, RefreshRecord>();

  open(sign: Omit<TokenFamily, 'eventId' | 'originJti' | 'revoked'>): TokenFamily {
    const family: TokenFamily = { ...sign, eventId: uuid(), originJti: uuid(), revoked: false };
    this.byEvent.set(family.eventId, family);
    return family;
  }

  /** A new refresh token: five parts, a real JWE header, and contents that mean nothing to anybody. */
  issueRefreshToken(family: TokenFamily): string {
    const header = Buffer.from('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}').toString('base64url');
    const opaque = [256, 12, 1024, 16].map((bytes) => randomBytes(bytes).toString('base64url'));
    const token = [header, ...opaque].join('.');
    this.byRefreshToken.set(fingerprint(token), { family, retiredFrom: undefined });
    return token;
  }

  findRefreshToken(token: string): RefreshRecord | undefined {
    return this.byRefreshToken.get(fingerprint(token));
  }

  find(eventId: unknown): TokenFamily | undefined {
    return typeof eventId === 'string' ? this.byEvent.get(eventId) : undefined;
  }

  revokeAllOf(poolId: string, sub: string): void {
    for (const family of this.byEvent.values())
      if (family.poolId === poolId && family.sub === sub) family.revoked = true;
  }
}
