import type { Clock, HttpRequest, Operation } from '../kernel/types';
import type { UserPools } from '../userpools/user-pools';
import { AuthorizationCodes } from './authorization-codes';
import { BrowserSessions } from './browser-sessions';
import { clientOperationsWithRules } from './client-rules';
import { resourceServerOperations, ResourceServers } from './resource-servers';
import { routeHostedUi, type HostedUiRoute } from './routes';
import type { HostedUiWorld } from './world';

/** The sign-in pages and OAuth endpoints of all user pools that have a domain; the client id tells which pool. */
export interface HostedUi {
  /** What it adds to the operations of user pools, or puts before them. */
  readonly operations: Readonly<Record<string, Operation>>;
  route(request: HttpRequest): HostedUiRoute | undefined;
}

export function createHostedUi(parts: {
  readonly clock: Clock;
  readonly userPools: UserPools;
  /** Where the pages are served; asked for only once they are. */
  readonly baseUrl: () => string;
}): HostedUi {
  const { clock, userPools, baseUrl } = parts;
  const { context: pools, service } = userPools;
  const servers = new ResourceServers();
  const world: HostedUiWorld = {
    clock,
    pools,
    servers,
    browsers: new BrowserSessions(clock),
    codes: new AuthorizationCodes(clock),
    baseUrl,
    findClient(clientId) {
      for (const pool of pools.store.pools.values()) {
        const client = pool.clients.get(clientId);
        if (client !== undefined) return pool.domain === undefined ? undefined : { pool, client };
      }
      return undefined;
    },
    async call(operation, input, { requestId, sourceIp }) {
      const run = service.operations[operation];
      if (run === undefined) throw new Error(`The hosted UI needs cognito-idp:${operation}`);
      return await run(input, { requestId, sourceIp, principal: undefined });
    },
  };
  return {
    operations: {
      ...resourceServerOperations(pools, servers),
      ...clientOperationsWithRules(pools, service, servers),
    },
    route: (request) => routeHostedUi(world, request),
  };
}
