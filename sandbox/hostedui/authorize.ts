import type { HttpResponse } from '../kernel/types';
import { readAuthorizeRequest } from './authorize-request';
import { startElsewhere } from './federation/start';
import { enabledUser, grantAccess } from './grant';
import { redirect } from './page';
import { RedirectRefusal } from './refusals';
import type { PageHandler } from './visit';

/** GET /oauth2/authorize: at once back to the app for who is signed in, else on to a sign-in page. */
export const authorize: PageHandler = (world, visit): HttpResponse | Promise<HttpResponse> => {
  const request = readAuthorizeRequest(world, visit.request.rawQuery);
  const { prompts, pool } = request;
  if (prompts.has('none') && prompts.size > 1)
    throw new RedirectRefusal(request, 'invalid_request', 'prompt=none stands alone');
  const anew = prompts.has('login') || prompts.has('select_account');
  const signedIn = anew ? undefined : world.browsers.signedIn(visit.browser, pool.id);
  const user = signedIn && enabledUser(pool, signedIn.sub);
  if (signedIn !== undefined && user !== undefined) return grantAccess(world, request, user, signedIn);
  if (prompts.has('none')) throw new RedirectRefusal(request, 'login_required');
  const { identityProvider } = request;
  if (identityProvider === undefined || identityProvider === 'COGNITO')
    return redirect(`/login?${request.query}`);
  return startElsewhere(world, visit, request, identityProvider);
};
