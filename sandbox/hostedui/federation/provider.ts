import type { IdentityProvider } from '../../userpools/model';
import { getJson } from './foreign-http';

/** Where a provider of OpenID Connect answers, and as whom the pool speaks to it. */
export interface ForeignProvider {
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly scopes: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly userInfoUrl: string | undefined;
  readonly keysUrl: string;
  readonly userInfoByPost: boolean;
}

/** What the sign-in at another provider failed at; told to the app. */
export class ForeignFailure extends Error {
  constructor(
    readonly error: string,
    message: string,
  ) {
    super(message);
    this.name = 'ForeignFailure';
  }
}

/** Discovers an OIDC provider from its issuer; addresses in ProviderDetails come first. Throws ForeignFailure. */
export async function discoverProvider(provider: IdentityProvider): Promise<ForeignProvider> {
  const detail = (name: string): string | undefined => provider.details.get(name) || undefined;
  const issuer = detail('oidc_issuer');
  const clientId = detail('client_id');
  if (provider.type !== 'OIDC' || issuer === undefined || clientId === undefined)
    throw new ForeignFailure(
      'invalid_request',
      `The sandbox cannot sign in with the provider ${provider.name}.`,
    );
  const document = await getJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (document['issuer'] !== issuer)
    throw new ForeignFailure('invalid_request', `The issuer of ${provider.name} names another issuer.`);
  const address = (own: string, discovered: string): string | undefined => {
    const value = detail(own) ?? document[discovered];
    return typeof value === 'string' ? value : undefined;
  };
  const needed = (own: string, discovered: string): string => {
    const value = address(own, discovered);
    if (value === undefined)
      throw new ForeignFailure('invalid_request', `The provider ${provider.name} has no ${discovered}.`);
    return value;
  };
  return {
    name: provider.name,
    issuer,
    clientId,
    clientSecret: detail('client_secret'),
    scopes: detail('authorize_scopes') ?? 'openid',
    authorizeUrl: needed('authorize_url', 'authorization_endpoint'),
    tokenUrl: needed('token_url', 'token_endpoint'),
    keysUrl: needed('jwks_uri', 'jwks_uri'),
    userInfoUrl: address('attributes_url', 'userinfo_endpoint'),
    userInfoByPost: detail('attributes_request_method') === 'POST',
  };
}
