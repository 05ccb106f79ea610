import {
  AdminListGroupsForUserCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { AdminKeys } from '../core/admin-credentials';
import type { AdminApi, GroupFact } from '../core/admin-port';
import type { AdminPlaces } from '../core/connection/admin-places';
import { WorkbenchError, isServiceError } from '../core/errors';
import type { ServiceName } from '../core/errors';
import { developerIdentityApi } from './admin-developers';
import { identityPoolAdminApi } from './admin-pool';
import { allPages } from './admin-pages';
import type { CallObserver } from './call';
import { call, clientOptions } from './call';
import { roleReadApi } from './iam';

/** Called before each operation. */
export type AdminKeySource = (operation: string, signal?: AbortSignal) => Promise<AdminKeys>;

/** What the parts of the API share: how to get a client with fresh credentials, and how to call. */
export interface AdminCaller {
  /** `make` is called anew when the credentials are others. */
  client<C>(
    name: string,
    make: (credentials: AdminKeys) => C,
    operation: string,
    signal?: AbortSignal,
  ): Promise<C>;
  run<T extends { readonly $metadata: { requestId?: string } }>(
    site: { readonly service: ServiceName; readonly operation: string; readonly host: string },
    send: (abortSignal: AbortSignal) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T>;
}

/** Answers of AWS to keys that it does not know or no longer takes. */
const REFUSED_KEYS = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

/**
 * An administrator's calls of one connection. `refused` is told when AWS does not take the credentials, so that the
 * next call gets others. Operations of a pool that the connection lacks throw `federation.no-identity-pool` or
 * `connection.invalid`; all others as AdminApi says, and what `keys` throws.
 */
export function createAdminApi(
  places: AdminPlaces,
  keys: AdminKeySource,
  observe: CallObserver,
  refused: () => void = () => undefined,
): AdminApi {
  const clients = new Map<string, { keys: AdminKeys; client: unknown }>();
  const caller: AdminCaller = {
    async client(name, make, operation, signal) {
      const current = await keys(operation, signal);
      const known = clients.get(name);
      if (known?.keys === current) return known.client as ReturnType<typeof make>;
      const client = make(current);
      clients.set(name, { keys: current, client });
      return client;
    },
    async run(site, send, signal) {
      try {
        return await call(site, send, observe, signal);
      } catch (error) {
        if (isServiceError(error) && REFUSED_KEYS.has(error.awsCode)) refused();
        throw error;
      }
    },
  };
  return {
    ...identityPoolAdminApi(places.identityPool, caller),
    ...developerIdentityApi(places.identityPool, caller),
    ...roleReadApi(places.iam, caller),
    groupsOfUser: (username, signal) => groupsOfUser(places.userPool, caller, username, signal),
  };
}

const GROUPS_A_PAGE = 60;

async function groupsOfUser(
  place: AdminPlaces['userPool'],
  caller: AdminCaller,
  username: string,
  signal: AbortSignal | undefined,
): Promise<readonly GroupFact[]> {
  const operation = 'AdminListGroupsForUser';
  if (!place) throw new WorkbenchError('connection.invalid', 'the connection has no user pool');
  const { userPoolId } = place;
  const make = (credentials: AdminKeys) =>
    new CognitoIdentityProviderClient({ ...clientOptions(place, 2), credentials });
  const client = await caller.client('cognito-idp', make, operation, signal);
  const host = place.endpoint ?? `cognito-idp.${place.region}`;
  const site = { service: 'cognito-idp', operation, host } as const;
  const groups = await allPages(async (NextToken) => {
    const command = new AdminListGroupsForUserCommand({
      UserPoolId: userPoolId,
      Username: username,
      Limit: GROUPS_A_PAGE,
      NextToken,
    });
    const answer = await caller.run(site, (abortSignal) => client.send(command, { abortSignal }), signal);
    return { items: answer.Groups ?? [], next: answer.NextToken };
  });
  return groups.flatMap(({ GroupName, Precedence, RoleArn }) =>
    GroupName ? [{ name: GroupName, precedence: Precedence, roleArn: RoleArn }] : [],
  );
}
