import type { HttpResponse } from '../kernel/types';
import { clientOfPage } from './authorize-request';
import { oauthSettingsOf } from './oauth-settings';
import { redirect, withQuery } from './page';
import { PageRefusal } from './refusals';
import type { PageHandler } from './visit';

/**
 * GET /logout: forgets who is signed in to the client's pool in this browser, then goes to a registered `logout_uri`,
 * or back to the sign-in page for `redirect_uri`. Tokens live on.
 */
export const logout: PageHandler = (world, visit): HttpResponse => {
  const { query, browser } = visit;
  const { pool, client } = clientOfPage(world, query.get('client_id') ?? undefined);
  const { logoutUrls, callbackUrls } = oauthSettingsOf(client);
  const logoutUri = query.get('logout_uri');
  const redirectUri = query.get('redirect_uri');
  if (logoutUri === null && (redirectUri === null || query.get('response_type') === null))
    throw new PageRefusal('invalid_request', client.id);
  const registered =
    logoutUri === null ? callbackUrls.includes(redirectUri ?? '') : logoutUrls.includes(logoutUri);
  if (!registered) throw new PageRefusal('redirect_mismatch', client.id);
  browser.signedIn.delete(pool.id);
  browser.pending.clear();
  if (logoutUri === null) return redirect(`/login?${visit.request.rawQuery}`);
  return redirect(withQuery(logoutUri, { state: query.get('state') ?? undefined }));
};
