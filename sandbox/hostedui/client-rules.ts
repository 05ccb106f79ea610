import { AwsError } from '../kernel/aws-error';
import type { Input } from '../kernel/input';
import type { Operation, Service } from '../kernel/types';
import type { UserPoolContext } from '../userpools/context';
import type { UserPool } from '../userpools/model';
import { readOAuthSettings, type OAuthSettings } from './oauth-settings';
import type { ResourceServers } from './resource-servers';

export const OPENID_SCOPES: ReadonlySet<string> = new Set(['openid', 'email', 'phone', 'profile']);
const STANDARD_SCOPES: ReadonlySet<string> = new Set([...OPENID_SCOPES, 'aws.cognito.signin.user.admin']);

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);
const badFlow = (message: string): AwsError => new AwsError('InvalidOAuthFlowException', message);

/** CreateUserPoolClient and UpdateUserPoolClient, with AWS's rules for the OAuth settings before them. */
export function clientOperationsWithRules(
  context: UserPoolContext,
  service: Service,
  servers: ResourceServers,
): Record<string, Operation> {
  const { store } = context;
  const guarded = (name: string, withSecret: (pool: UserPool, input: Input) => boolean): Operation => {
    const run = service.operations[name];
    return (input, call) => {
      const pool = store.poolOf(input);
      checkOAuthSettings(pool, readOAuthSettings(input), withSecret(pool, input), servers);
      return run?.(input, call);
    };
  };
  return {
    CreateUserPoolClient: guarded('CreateUserPoolClient', (_, input) => input['GenerateSecret'] === true),
    UpdateUserPoolClient: guarded(
      'UpdateUserPoolClient',
      (pool, input) => store.clientWithin(pool, input).secret !== undefined,
    ),
  };
}

function checkOAuthSettings(
  pool: UserPool,
  settings: OAuthSettings,
  hasSecret: boolean,
  servers: ResourceServers,
): void {
  const { flows, scopes } = settings;
  for (const address of [...settings.callbackUrls, ...settings.logoutUrls]) checkCallback(address);
  const known = servers.scopesOf(pool);
  for (const scope of scopes)
    if (!STANDARD_SCOPES.has(scope) && !known.has(scope))
      throw new AwsError('ScopeDoesNotExistException', `Invalid scope requested: ${scope}`);
  for (const name of settings.identityProviders)
    if (name !== 'COGNITO' && !pool.providers.has(name))
      throw invalid(`The provider ${name} does not exist for User Pool ${pool.id}.`);
  const machine = flows.includes('client_credentials');
  if (machine && flows.length > 1)
    throw badFlow('client_credentials flow can not be selected along with code flow or implicit flow.');
  if (machine && !hasSecret)
    throw badFlow('client_credentials flow can not be selected if client does not have a client secret.');
  if (machine && scopes.some((scope) => STANDARD_SCOPES.has(scope)))
    throw badFlow('client_credentials flow can be selected only with custom scopes.');
  if (settings.enabled && (flows.length === 0 || scopes.length === 0))
    throw badFlow(
      'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
    );
  const browser = flows.includes('code') || flows.includes('implicit');
  if (settings.enabled && browser && settings.callbackUrls.length === 0)
    throw invalid('Must specify at least one valid URL in CallbackURLs.');
}

const PLAIN_HTTP_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

function checkCallback(address: string): void {
  if (!URL.canParse(address)) throw invalid(`${address} is not a valid redirect URI.`);
  const { protocol, hostname, hash } = new URL(address);
  if (hash !== '' || address.includes('#')) throw invalid(`${address} cannot contain a fragment.`);
  if (protocol === 'http:' && !PLAIN_HTTP_HOSTS.has(hostname))
    throw invalid(`${address} cannot use the HTTP protocol.`);
}
