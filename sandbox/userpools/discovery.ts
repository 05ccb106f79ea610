import type { UserPool } from './model';
import { issuerOf } from './tokens/token-mint';

/**
 * `openid-configuration` of a pool. Keys and OAuth endpoints (of a pool with a domain) are where this document is; the
 * issuer keeps its AWS form.
 */
export function discoveryOf(pool: UserPool, region: string, baseUrl: string): Record<string, unknown> {
  return {
    ...(pool.domain !== undefined && {
      authorization_endpoint: `${baseUrl}/oauth2/authorize`,
      end_session_endpoint: `${baseUrl}/logout`,
      revocation_endpoint: `${baseUrl}/oauth2/revoke`,
      token_endpoint: `${baseUrl}/oauth2/token`,
      userinfo_endpoint: `${baseUrl}/oauth2/userInfo`,
    }),
    id_token_signing_alg_values_supported: ['RS256'],
    issuer: issuerOf(region, pool.id),
    jwks_uri: `${baseUrl}/${pool.id}/.well-known/jwks.json`,
    response_types_supported: ['code', 'token'],
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  };
}
