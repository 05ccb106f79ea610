import {
  GetOpenIdTokenForDeveloperIdentityCommand,
  LookupDeveloperIdentityCommand,
  MergeDeveloperIdentitiesCommand,
  UnlinkDeveloperIdentityCommand,
} from '@aws-sdk/client-cognito-identity';
import type { DeveloperIdentityApi } from '../core/admin-port';
import type { AdminPlaces } from '../core/connection/admin-places';
import { WorkbenchError } from '../core/errors';
import type { AdminCaller } from './admin';
import { identityClient, neededPool } from './admin-pool';

const USERS_A_PAGE = 60;

/** https://docs.aws.amazon.com/cognito/latest/developerguide/developer-authenticated-identities.html */
export function developerIdentityApi(
  place: AdminPlaces['identityPool'],
  caller: AdminCaller,
): DeveloperIdentityApi {
  const clientFor = (attempts: 1 | 2, operation: string, signal: AbortSignal | undefined) =>
    identityClient(neededPool(place), caller, attempts, operation, signal);
  const poolId = () => neededPool(place).identityPoolId;
  return {
    async getOpenIdTokenForDeveloperIdentity(request, signal) {
      const { client, site } = await clientFor(1, 'GetOpenIdTokenForDeveloperIdentity', signal);
      const tags = request.principalTags;
      const command = new GetOpenIdTokenForDeveloperIdentityCommand({
        IdentityPoolId: poolId(),
        IdentityId: request.identityId,
        Logins: { ...request.logins },
        TokenDuration: request.durationSeconds,
        ...(tags && Object.keys(tags).length > 0 ? { PrincipalTags: { ...tags } } : {}),
      });
      const answer = await caller.run(site, (abortSignal) => client.send(command, { abortSignal }), signal);
      if (!answer.IdentityId || !answer.Token) throw incomplete(site.operation, 'identity ID or token');
      return { identityId: answer.IdentityId, token: answer.Token };
    },
    async lookupDeveloperIdentity(request, signal) {
      const { client, site } = await clientFor(2, 'LookupDeveloperIdentity', signal);
      const command = new LookupDeveloperIdentityCommand({
        IdentityPoolId: poolId(),
        IdentityId: request.identityId,
        DeveloperUserIdentifier: request.userIdentifier,
        MaxResults: USERS_A_PAGE,
        NextToken: request.nextToken,
      });
      const answer = await caller.run(site, (abortSignal) => client.send(command, { abortSignal }), signal);
      if (!answer.IdentityId) throw incomplete(site.operation, 'identity ID');
      return {
        identityId: answer.IdentityId,
        userIdentifiers: answer.DeveloperUserIdentifierList ?? [],
        nextToken: answer.NextToken,
      };
    },
    async mergeDeveloperIdentities(request, signal) {
      const { client, site } = await clientFor(1, 'MergeDeveloperIdentities', signal);
      const command = new MergeDeveloperIdentitiesCommand({
        IdentityPoolId: poolId(),
        DeveloperProviderName: request.providerName,
        SourceUserIdentifier: request.source,
        DestinationUserIdentifier: request.destination,
      });
      const answer = await caller.run(site, (abortSignal) => client.send(command, { abortSignal }), signal);
      if (!answer.IdentityId) throw incomplete(site.operation, 'identity ID');
      return answer.IdentityId;
    },
    async unlinkDeveloperIdentity(request, signal) {
      const { client, site } = await clientFor(1, 'UnlinkDeveloperIdentity', signal);
      const command = new UnlinkDeveloperIdentityCommand({
        IdentityPoolId: poolId(),
        IdentityId: request.identityId,
        DeveloperProviderName: request.providerName,
        DeveloperUserIdentifier: request.userIdentifier,
      });
      await caller.run(site, (abortSignal) => client.send(command, { abortSignal }), signal);
    },
  };
}

function incomplete(operation: string, what: string): WorkbenchError {
  return new WorkbenchError('signin.protocol', `${operation} gave no ${what}`);
}
