import type { Outbox } from '../control/outbox';
import type { Clock } from '../kernel/types';
import type { ChallengeSessions } from './auth/challenge-sessions';
import type { UserPoolStore } from './store';
import type { TokenFamilies } from './tokens/token-families';

/** What the operations of user pools work with. */
export interface UserPoolContext {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  readonly store: UserPoolStore;
  readonly families: TokenFamilies;
  readonly sessions: ChallengeSessions;
  readonly outbox: Outbox;
}
