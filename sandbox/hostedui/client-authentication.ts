import { sameSecret } from '../kernel/secrets';
import type { HttpRequest } from '../kernel/types';
import type { AppClient, UserPool } from '../userpools/model';
import { OAuthRefusal } from './refusals';
import type { HostedUiWorld } from './world';

/** The form of a POST to an OAuth endpoint; throws OAuthRefusal invalid_request. */
export function readOAuthForm(request: HttpRequest): URLSearchParams {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') throw new OAuthRefusal('invalid_request');
  const form = new URLSearchParams(request.body.toString('utf8'));
  const names = [...form.keys()];
  if (new Set(names).size < names.length) throw new OAuthRefusal('invalid_request');
  return form;
}

/**
 * Which client asks, by Basic authentication or in the form. A client with a secret must send it, one without must not;
 * throws OAuthRefusal invalid_client.
 */
export function authenticateClient(
  world: HostedUiWorld,
  request: HttpRequest,
  form: URLSearchParams,
): { pool: UserPool; client: AppClient } {
  const header = request.headers['authorization'];
  const basic = header === undefined ? undefined : readBasic(header);
  const inForm = form.get('client_id') ?? undefined;
  const id = basic?.id ?? inForm;
  if (id === undefined) throw new OAuthRefusal(header === undefined ? 'invalid_request' : 'invalid_client');
  if (inForm !== undefined && inForm !== id) throw new OAuthRefusal('invalid_client');
  const found = world.findClient(id);
  const secret = basic?.secret ?? form.get('client_secret') ?? undefined;
  if (found === undefined || !fits(found.client, secret)) throw new OAuthRefusal('invalid_client');
  return found;
}

function fits(client: AppClient, secret: string | undefined): boolean {
  if (client.secret === undefined) return secret === undefined || secret === '';
  return secret !== undefined && sameSecret(secret, client.secret);
}

/** RFC 6749, 2.3.1: both parts are form-encoded before they are put together. */
function readBasic(header: string): { id: string; secret: string } {
  const match = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header);
  const text = Buffer.from(match?.[1] ?? '', 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) throw new OAuthRefusal('invalid_client');
  return { id: formDecode(text.slice(0, colon)), secret: formDecode(text.slice(colon + 1)) };
}

function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return text;
  }
}
