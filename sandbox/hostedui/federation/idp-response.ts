import type { HttpResponse } from '../../kernel/types';
import { readAuthorizeRequest, type AuthorizeRequest } from '../authorize-request';
import { grantAccess } from '../grant';
import { PageRefusal, RedirectRefusal } from '../refusals';
import type { PageHandler } from '../visit';
import type { HostedUiWorld } from '../world';
import { federatedUser } from './federated-user';
import { getJson } from './foreign-http';
import { verifyForeignIdToken } from './id-token';
import { discoverProvider, ForeignFailure, type ForeignProvider } from './provider';
import { IDP_RESPONSE_PATH } from './start';

/** GET /oauth2/idpresponse: back from another provider, with a code or its refusal. */
export const idpResponse: PageHandler = async (world, visit): Promise<HttpResponse> => {
  const { browser, query } = visit;
  const state = query.get('state') ?? '';
  const pending = browser.pending.get(state);
  if (pending?.step.kind !== 'elsewhere') throw new PageRefusal('invalid_state');
  browser.pending.delete(state);
  const request = readAuthorizeRequest(world, pending.query);
  const { provider: name, nonce } = pending.step;
  const refused = query.get('error');
  if (refused !== null)
    throw new RedirectRefusal(request, refused, query.get('error_description') ?? undefined);
  const code = query.get('code');
  if (code === null) throw new RedirectRefusal(request, 'invalid_request', 'The provider sent no code');
  try {
    const user = await userBehind(world, request, name, code, nonce);
    const signedIn = world.browsers.signIn(browser, request.pool.id, user.sub);
    return grantAccess(world, request, user, signedIn);
  } catch (error) {
    if (!(error instanceof ForeignFailure)) throw error;
    throw new RedirectRefusal(request, error.error, error.message);
  }
};

async function userBehind(
  world: HostedUiWorld,
  { pool }: AuthorizeRequest,
  name: string,
  code: string,
  nonce: string,
): Promise<ReturnType<typeof federatedUser>> {
  const provider = pool.providers.get(name);
  if (provider === undefined) throw new ForeignFailure('invalid_request', 'Unknown identity provider');
  const foreign = await discoverProvider(provider);
  const tokens = await getJson(foreign.tokenUrl, {
    method: 'POST',
    // Cognito knows no other way to authenticate at a provider.
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: world.baseUrl() + IDP_RESPONSE_PATH,
      client_id: foreign.clientId,
      ...(foreign.clientSecret !== undefined && { client_secret: foreign.clientSecret }),
    }),
  });
  const idToken = typeof tokens['id_token'] === 'string' ? tokens['id_token'] : '';
  const claims = await verifyForeignIdToken(foreign, idToken, nonce, world.clock.now());
  const more = await attributesFrom(foreign, tokens['access_token'], claims['sub']);
  return federatedUser(pool, provider, { ...claims, ...more }, world.clock.now());
}

async function attributesFrom(
  { userInfoUrl, userInfoByPost }: ForeignProvider,
  accessToken: unknown,
  sub: unknown,
): Promise<Readonly<Record<string, unknown>>> {
  if (userInfoUrl === undefined || typeof accessToken !== 'string') return {};
  const answer = await getJson(userInfoUrl, {
    method: userInfoByPost ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${accessToken}` },
  });
  if (answer['sub'] !== sub)
    throw new ForeignFailure('invalid_request', 'The provider tells of another user than it signed in.');
  return answer;
}
