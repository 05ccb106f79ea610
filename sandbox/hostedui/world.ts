import type { Call, Clock } from '../kernel/types';
import type { UserPoolContext } from '../userpools/context';
import type { AppClient, UserPool } from '../userpools/model';
import type { AuthorizationCodes } from './authorization-codes';
import type { BrowserSessions } from './browser-sessions';
import type { ResourceServers } from './resource-servers';

/** What the hosted UI works with. */
export interface HostedUiWorld {
  readonly clock: Clock;
  readonly pools: UserPoolContext;
  readonly servers: ResourceServers;
  readonly browsers: BrowserSessions;
  readonly codes: AuthorizationCodes;
  /** The client with this id, if its pool has a domain; without one there is no hosted UI. */
  findClient(clientId: string): { pool: UserPool; client: AppClient } | undefined;
  /** Calls an operation of the user pools as an app would, without a signature. */
  call(operation: string, input: Readonly<Record<string, unknown>>, call: CallFacts): Promise<unknown>;
  /** Where the pages are served. */
  baseUrl(): string;
}

export type CallFacts = Pick<Call, 'requestId' | 'sourceIp'>;
