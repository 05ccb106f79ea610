import { randomBytes } from 'node:crypto';
import type { HttpResponse } from '../../kernel/types';
import type { AuthorizeRequest } from '../authorize-request';
import { redirect, withQuery } from '../page';
import { RedirectRefusal } from '../refusals';
import type { Visit } from '../visit';
import type { HostedUiWorld } from '../world';
import { discoverProvider, ForeignFailure } from './provider';

export const IDP_RESPONSE_PATH = '/oauth2/idpresponse';

/** Sends the browser to another provider; the `state` brings it back to this sign-in. */
export async function startElsewhere(
  world: HostedUiWorld,
  visit: Visit,
  request: AuthorizeRequest,
  name: string,
): Promise<HttpResponse> {
  const provider = request.pool.providers.get(name);
  if (provider === undefined)
    throw new RedirectRefusal(request, 'invalid_request', 'Unknown identity provider');
  try {
    const foreign = await discoverProvider(provider);
    const nonce = randomBytes(24).toString('base64url');
    const step = { kind: 'elsewhere', provider: name, nonce } as const;
    const state = world.browsers.keep(visit.browser, { query: request.query, step });
    return redirect(
      withQuery(foreign.authorizeUrl, {
        client_id: foreign.clientId,
        redirect_uri: world.baseUrl() + IDP_RESPONSE_PATH,
        scope: foreign.scopes,
        response_type: 'code',
        state,
        nonce,
        ...(request.prompts.has('login') && { prompt: 'login' }),
        login_hint: request.loginHint,
      }),
    );
  } catch (error) {
    if (!(error instanceof ForeignFailure)) throw error;
    throw new RedirectRefusal(request, error.error, error.message);
  }
}
