import type { HostedUi } from '../hostedui';
import { OPENID_JWKS_PATH } from '../identitypools';
import { AwsError } from '../kernel/aws-error';
import type { HttpRequest, HttpResponse } from '../kernel/types';
import { routeJson, routeQuery, type Dispatcher } from './dispatch';
import type { Route } from './exchange';

/** The documents that a user pool publishes, by pool id; undefined where there is no such pool. */
export interface PoolDocuments {
  jwks(userPoolId: string): unknown;
  discovery(userPoolId: string): unknown;
  /** The keys of identity pools' own tokens. */
  openIdJwks(): unknown;
}

const WELL_KNOWN = /^\/([\w-]+_[0-9A-Za-z]+)\/\.well-known\/(jwks\.json|openid-configuration)$/;

/** Everything that answers on the API's port. */
export interface ApiParts {
  readonly dispatcher: Dispatcher;
  readonly documents: PoolDocuments;
  readonly hostedUi: HostedUi;
}

/** Says which operation an API request means. */
export function routeApi(request: HttpRequest, { dispatcher, documents, hostedUi }: ApiParts): Route {
  const target = request.headers['x-amz-target'];
  if (target !== undefined) return routeJson(request, target, dispatcher);
  const wellKnown = WELL_KNOWN.exec(request.rawPath);
  if (wellKnown !== null) {
    const [, poolId = '', file] = wellKnown;
    return file === 'jwks.json'
      ? documentRoute('jwks', request, poolId, documents.jwks(poolId))
      : documentRoute('discovery', request, poolId, documents.discovery(poolId));
  }
  if (request.rawPath === OPENID_JWKS_PATH) return documentRoute('jwks', request, '', documents.openIdJwks());
  if (request.rawPath === '/') return routeQuery(request, dispatcher);
  const page = hostedUi.route(request);
  if (page !== undefined) return { ...page, protocol: 'document' };
  return {
    operation: 'Unknown',
    protocol: 'document',
    run: () => {
      throw new AwsError('NotFound', 'There is nothing at this address.', 404);
    },
  };
}

function documentRoute(operation: string, request: HttpRequest, poolId: string, document: unknown): Route {
  return {
    operation,
    protocol: 'document',
    run: (): HttpResponse => {
      if (request.method !== 'GET' && request.method !== 'HEAD')
        throw new AwsError('MethodNotAllowed', 'Only GET is answered here.', 405);
      if (document === undefined)
        throw new AwsError('ResourceNotFoundException', `User pool ${poolId} does not exist.`, 400);
      return {
        status: 200,
        headers: { 'content-type': 'application/json', 'cache-control': 'public, max-age=86400' },
        body: JSON.stringify(document),
      };
    },
  };
}
