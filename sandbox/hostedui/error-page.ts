import type { HttpResponse } from '../kernel/types';
import { markup } from './markup';
import { page, redirect, withQuery } from './page';
import type { PageRefusal } from './refusals';
import type { PageHandler } from './visit';

/** What stands on the page, by its `error`. Only known ones: an address must not be able to put words into our mouth. */
const CAUSES: Readonly<Record<string, string>> = {
  redirect_mismatch: 'The redirect address is not registered with this app client, character by character.',
  invalid_request: 'A parameter that is required is missing, or stands there twice.',
  invalid_client: 'There is no such app client here, or its user pool has no domain.',
  unauthorized_client: 'Client is not enabled for OAuth2.0 flows.',
  no_identity_provider: 'No identity provider is enabled for this app client.',
  unsupported_challenge: 'The user pool asks something that these pages cannot answer.',
  invalid_state: 'The sign-in at the other provider does not belong to this browser, or was used before.',
  invalid_form: 'This form is too old, or came from elsewhere. Go back, load the page anew and try again.',
  expired: 'This sign-in has ended or took too long. Start it again in the app.',
};

export function toErrorPage(refusal: PageRefusal): HttpResponse {
  return redirect(withQuery('/error', { error: refusal.error, client_id: refusal.clientId }));
}

export const errorPage: PageHandler = (_, visit) => {
  const error = visit.query.get('error') ?? '';
  const cause = Object.hasOwn(CAUSES, error) ? CAUSES[error] : undefined;
  const content = markup`<p>An error was encountered with the requested page.</p>
${cause !== undefined && markup`<p><code id="error">${error}</code></p><p>${cause}</p>`}`;
  return page('Error', content, { status: 400 });
};
