import type { UserPoolContext } from './context';
import type { AppClient, UserPool } from './model';

/** Where somebody signs in: the pool and the app client, and what the operations work with. */
export interface Gate {
  readonly context: UserPoolContext;
  readonly pool: UserPool;
  readonly client: AppClient;
}
