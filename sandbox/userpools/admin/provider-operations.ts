import { AwsError } from '../../kernel/aws-error';
import {
  optionalInteger,
  optionalText,
  optionalTextMap,
  optionalTexts,
  requiredText,
} from '../../kernel/input';
import { pageOf } from '../../kernel/paging';
import type { Operation } from '../../kernel/types';
import type { UserPoolContext } from '../context';
import type { IdentityProvider, UserPool } from '../model';

const TYPES = ['SAML', 'Facebook', 'Google', 'LoginWithAmazon', 'SignInWithApple', 'OIDC'];

export function providerOperations(context: UserPoolContext): Record<string, Operation> {
  const { store } = context;
  const described = (pool: UserPool, provider: IdentityProvider): Record<string, unknown> => ({
    UserPoolId: pool.id,
    ProviderName: provider.name,
    ProviderType: provider.type,
    ProviderDetails: Object.fromEntries(provider.details),
    AttributeMapping: Object.fromEntries(provider.attributeMapping),
    IdpIdentifiers: provider.identifiers,
    LastModifiedDate: new Date(provider.createdAt),
    CreationDate: new Date(provider.createdAt),
  });
  return {
    CreateIdentityProvider(input) {
      const pool = store.poolOf(input);
      const name = requiredText(input, 'ProviderName', { min: 1, max: 32 });
      if (pool.providers.has(name))
        throw new AwsError('DuplicateProviderException', `A provider with the name ${name} already exists.`);
      const provider: IdentityProvider = {
        name,
        type: requiredText(input, 'ProviderType', { oneOf: TYPES }),
        details: optionalTextMap(input, 'ProviderDetails'),
        attributeMapping: optionalTextMap(input, 'AttributeMapping'),
        identifiers: optionalTexts(input, 'IdpIdentifiers') ?? [],
        createdAt: context.clock.now(),
      };
      pool.providers.set(name, provider);
      return { IdentityProvider: described(pool, provider) };
    },
    DescribeIdentityProvider(input) {
      const pool = store.poolOf(input);
      const name = requiredText(input, 'ProviderName', { min: 1, max: 32 });
      const provider = pool.providers.get(name);
      if (provider === undefined)
        throw new AwsError('ResourceNotFoundException', `Identity provider ${name} does not exist.`);
      return { IdentityProvider: described(pool, provider) };
    },
    ListIdentityProviders(input) {
      const pool = store.poolOf(input);
      const limit = optionalInteger(input, 'MaxResults', { min: 0, max: 60 }) || 60;
      const token = optionalText(input, 'NextToken', { min: 1 });
      const { items, next } = pageOf([...pool.providers.values()], ({ name }) => name, limit, token);
      return {
        Providers: items.map(({ name, type, createdAt }) => ({
          ProviderName: name,
          ProviderType: type,
          LastModifiedDate: new Date(createdAt),
          CreationDate: new Date(createdAt),
        })),
        NextToken: next,
      };
    },
  };
}
