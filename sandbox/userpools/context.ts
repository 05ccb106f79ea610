import type { Outbox } from '../control/outbox';
import type { Clock } from '../kernel/types';
import type { ChallengeSessions } from './auth/challenge-sessions';
import type { SrpProofs } from './auth/srp-proofs';
import type { UserPoolStore } from './store';
import type { TokenFamilies } from './tokens/token-families';
import type { TriggerFunctions } from './triggers';

/** What the operations of user pools work with. */
export interface UserPoolContext {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  readonly store: UserPoolStore;
  readonly families: TokenFamilies;
  readonly sessions: ChallengeSessions;
  readonly proofs: SrpProofs;
  readonly functions: TriggerFunctions;
  readonly outbox: Outbox;
}
