import { decodeJwt } from '../userpools/tokens/jwt';
import type { ApiHandler } from './api-answer';
import { authenticateClient, readOAuthForm } from './client-authentication';
import { OAuthRefusal } from './refusals';

/** POST /oauth2/revoke: ends a sign-in by its refresh token. A token that means nothing (any more) is no error. */
export const revokeEndpoint: ApiHandler = (world, request) => {
  const form = readOAuthForm(request);
  const { client } = authenticateClient(world, request, form);
  const token = form.get('token');
  if (token === null || token === '') throw new OAuthRefusal('invalid_request');
  if (!client.settings.revocation)
    throw new OAuthRefusal('invalid_request', 'Token revocation is not enabled for this client');
  if (decodeJwt(token) !== undefined) throw new OAuthRefusal('unsupported_token_type');
  const record = world.pools.families.findRefreshToken(token);
  if (record === undefined) return undefined;
  if (record.family.clientId !== client.id) throw new OAuthRefusal('invalid_request');
  record.family.revoked = true;
  return undefined;
};
