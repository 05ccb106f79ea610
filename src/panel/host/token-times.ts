import type { DecodedToken } from '../../core/tokens/decode';
import { timeOf } from '../../core/tokens/judge-times';
import type { TokenCard } from '../protocol';

/** When the words about a token change: milliseconds. An encrypted token tells none. */
export function timesOf(
  { claims, encrypted }: DecodedToken,
  nowMs: number,
): Pick<TokenCard, 'expiresAt' | 'startsAt'> {
  if (encrypted) return {};
  // A time that is none would travel to the page as null, and be taken for 1970.
  const expiresAt = timeOf(claims['exp']);
  const starts = [claims['nbf'], claims['iat']].flatMap((start) => timeOf(start) ?? []);
  const startsAt = Math.max(...starts);
  return {
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(startsAt > nowMs ? { startsAt } : {}),
  };
}
