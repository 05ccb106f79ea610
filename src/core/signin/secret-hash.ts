import type { Digest } from '../ports';
import { toBase64, utf8 } from './bytes';

/**
 * SECRET_HASH of an app client with a secret: Base64(HMAC-SHA256(secret, username + clientId)).
 * `username` exactly as USERNAME of the same request says it.
 * Source: Amazon Cognito developer guide, "Computing secret hash values".
 */
export function secretHash(digest: Digest, username: string, clientId: string, clientSecret: string): string {
  return toBase64(digest.hmacSha256(utf8(clientSecret), utf8(username + clientId)));
}
