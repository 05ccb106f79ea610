import type { DecodedToken } from '../../core/tokens/decode';
import type { TokenCard } from '../protocol';

/** When the words about a token change: milliseconds. An encrypted token tells none. */
export function timesOf(
  { claims, encrypted }: DecodedToken,
  nowMs: number,
): Pick<TokenCard, 'expiresAt' | 'startsAt'> {
  if (encrypted) return {};
  const { exp, nbf, iat } = claims;
  const starts = [nbf, iat].flatMap((start) => (typeof start === 'number' ? [start * 1000] : []));
  const startsAt = Math.max(...starts);
  return {
    ...(typeof exp === 'number' ? { expiresAt: exp * 1000 } : {}),
    ...(startsAt > nowMs ? { startsAt } : {}),
  };
}
