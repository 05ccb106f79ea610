import { AwsError } from '../kernel/aws-error';
import { type Input, requiredText } from '../kernel/input';
import type { Clock, Operation } from '../kernel/types';
import { iamOperation, readTags } from './iam-input';
import type { ProviderStore, SamlProvider } from './provider-store';

const HUNDRED_YEARS_MS = 100 * 365.25 * 24 * 3600 * 1000;

/** The SAML providers of the account. Their metadata is kept as it came: who checks assertions reads it. */
export function samlProviderOperations(
  providers: ProviderStore,
  options: { readonly clock: Clock; readonly accountId: string },
): Record<string, Operation> {
  return {
    CreateSAMLProvider: iamOperation((input) => {
      const metadata = readMetadata(input);
      const name = requiredText(input, 'Name', { min: 1, max: 128, pattern: /^[\w._-]+$/ });
      const arn = `arn:aws:iam::${options.accountId}:saml-provider/${name}`;
      if (providers.findSaml(arn) !== undefined) {
        throw new AwsError('EntityAlreadyExists', `SAMLProvider with name ${name} already exists.`, 409);
      }
      const createdAt = new Date(options.clock.now());
      const tags = readTags(input);
      const validUntil = new Date(createdAt.getTime() + HUNDRED_YEARS_MS);
      providers.putSaml({ arn, name, metadata, createdAt, validUntil, tags });
      return { SAMLProviderArn: arn, ...(tags.length === 0 ? {} : { Tags: tags }) };
    }),

    GetSAMLProvider: iamOperation((input) => {
      const { metadata, createdAt, validUntil, tags } = getProvider(providers, input);
      return {
        SAMLMetadataDocument: metadata,
        CreateDate: createdAt,
        ValidUntil: validUntil,
        ...(tags.length === 0 ? {} : { Tags: tags }),
      };
    }),

    ListSAMLProviders: iamOperation(() => ({
      SAMLProviderList: providers.allSaml().map(({ arn, createdAt, validUntil }) => ({
        Arn: arn,
        ValidUntil: validUntil,
        CreateDate: createdAt,
      })),
    })),

    UpdateSAMLProvider: iamOperation((input) => {
      const provider = getProvider(providers, input);
      providers.putSaml({ ...provider, metadata: readMetadata(input) });
      return { SAMLProviderArn: provider.arn };
    }),

    DeleteSAMLProvider: iamOperation((input) => {
      providers.removeSaml(getProvider(providers, input).arn);
      return {};
    }),
  };
}

function readMetadata(input: Input): string {
  const text = requiredText(input, 'SAMLMetadataDocument', { min: 1000, max: 10_000_000, secret: true });
  const sound =
    /<(?:[\w-]+:)?EntityDescriptor\b[^>]*\bentityID\s*=/.test(text) &&
    /<(?:[\w-]+:)?IDPSSODescriptor\b/.test(text) &&
    /<(?:[\w-]+:)?X509Certificate\b/.test(text);
  if (!sound) {
    throw new AwsError('InvalidInput', 'Could not parse metadata');
  }
  return text;
}

function getProvider(providers: ProviderStore, input: Input): SamlProvider {
  const arn = requiredText(input, 'SAMLProviderArn', { min: 20, max: 2048 });
  const provider = providers.findSaml(arn);
  if (provider === undefined) {
    throw new AwsError('NoSuchEntity', `Manifest not found for arn ${arn}`, 404);
  }
  return provider;
}
