import { Flights } from './session/flights';
import type { Clock } from './ports';

/** AWS credentials of somebody with rights in the account, long-lived or temporary. */
export interface AdminKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Milliseconds; absent where the source does not tell. */
  readonly expiresAt?: number;
}

/** Where a profile's credentials come from, by what its section holds. */
export type ProfileKind = 'keys' | 'role' | 'sso' | 'login' | 'process' | 'web-identity' | 'other';

/** A profile of the AWS configuration files. */
export interface AwsProfile {
  readonly name: string;
  readonly kind: ProfileKind;
}

export interface ProfileRequest {
  readonly profile: string;
  /** For calls of STS, where the profile names no region. */
  readonly region: string;
}

/** Gets the credentials of a profile; may ask the person for an MFA code. */
export type ProfileKeys = (request: ProfileRequest, signal: AbortSignal) => Promise<AdminKeys>;

/** Before they end, in milliseconds: a request must still be on time when it arrives. */
const MARGIN = 60_000;
/** For keys that name no end: files and processes may give others. */
const KEEP = 300_000;

/** Keeps the credentials of profiles until they end. Whoever asks at the same time shares one way to them, and one prompt. */
export class AdminKeyring {
  private readonly held = new Map<string, { keys: AdminKeys; until: number }>();
  private readonly flights = new Flights<AdminKeys>();

  constructor(
    private readonly load: ProfileKeys,
    private readonly clock: Clock,
  ) {}

  /** Throws as `load`; the caller's signal ends its own wait only. */
  async keys(request: ProfileRequest, signal?: AbortSignal): Promise<AdminKeys> {
    const { profile } = request;
    const known = this.held.get(profile);
    if (known && known.until > this.clock.now()) return known.keys;
    const start = async (shared: AbortSignal): Promise<AdminKeys> => {
      const keys = await this.load(request, shared);
      const now = this.clock.now();
      this.held.set(profile, { keys, until: (keys.expiresAt ?? now + KEEP + MARGIN) - MARGIN });
      return keys;
    };
    return this.flights.join(profile, start, signal);
  }

  /** AWS refused them, or the person changed something: the next call gets others. */
  forget(profile: string): void {
    this.held.delete(profile);
  }
}
