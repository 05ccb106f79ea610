import { createHmac } from 'node:crypto';
import { AwsError } from '../kernel/aws-error';
import { sameSecret } from '../kernel/secrets';
import type { AppClient } from './model';

const refuse = (message: string): AwsError => new AwsError('NotAuthorizedException', message);

/** What a wrong hash is answered with; REFRESH_TOKEN_AUTH has words of its own. */
export function unverifiable(client: AppClient): AwsError {
  return refuse(`Unable to verify secret hash for client ${client.id}`);
}

/** Checks SECRET_HASH: base64 of HMAC-SHA256 over username and client id, the username exactly as sent. */
export function checkSecretHash(
  client: AppClient,
  username: string,
  hash: string | undefined,
  mismatch: AwsError = unverifiable(client),
): void {
  if (client.secret === undefined) {
    if (hash !== undefined)
      throw refuse(`Client ${client.id} is not configured for secret but secret was received`);
    return;
  }
  if (hash === undefined)
    throw refuse(`Client ${client.id} is configured for secret but secret was not received`);
  const expected = createHmac('sha256', client.secret)
    .update(username + client.id, 'utf8')
    .digest('base64');
  if (!sameSecret(hash, expected)) throw mismatch;
}

/** Checks the plain secret that GetTokensFromRefreshToken and RevokeToken take. */
export function checkClientSecret(client: AppClient, secret: string | undefined): void {
  if (client.secret === undefined) {
    if (secret !== undefined)
      throw refuse(`Client ${client.id} is not configured for secret but secret was received`);
    return;
  }
  if (secret === undefined)
    throw refuse(`Client ${client.id} is configured for secret but secret was not received`);
  if (!sameSecret(secret, client.secret)) throw unverifiable(client);
}
