import { AwsError } from '../kernel/aws-error';
import { type Input, requiredText } from '../kernel/input';
import type { Clock, Operation } from '../kernel/types';
import { iamOperation, optionalList, readTags } from './iam-input';
import { type OidcProvider, type ProviderStore, withoutScheme } from './provider-store';

const CLIENT_ID = { min: 1, max: 255 };
const MAX_CLIENT_IDS = 100;
const MAX_THUMBPRINTS = 5;

/** The OpenID Connect providers of the account. */
export function oidcProviderOperations(
  providers: ProviderStore,
  options: { readonly clock: Clock; readonly accountId: string },
): Record<string, Operation> {
  return {
    CreateOpenIDConnectProvider: iamOperation((input) => {
      const url = readUrl(input);
      const provider: OidcProvider = {
        arn: `arn:aws:iam::${options.accountId}:oidc-provider/${withoutScheme(url)}`,
        url,
        clientIds: limited(optionalList(input, 'ClientIDList', CLIENT_ID), MAX_CLIENT_IDS, 'ClientIds'),
        thumbprints: readThumbprints(input),
        createdAt: new Date(options.clock.now()),
        tags: readTags(input),
      };
      if (providers.findOidc(provider.arn) !== undefined) {
        throw new AwsError('EntityAlreadyExists', `Provider with url ${url} already exists.`, 409);
      }
      providers.putOidc(provider);
      return {
        OpenIDConnectProviderArn: provider.arn,
        ...(provider.tags.length === 0 ? {} : { Tags: provider.tags }),
      };
    }),

    GetOpenIDConnectProvider: iamOperation((input) => {
      const { url, clientIds, thumbprints, createdAt, tags } = getProvider(providers, input);
      return {
        Url: withoutScheme(url),
        ClientIDList: clientIds,
        ThumbprintList: thumbprints,
        CreateDate: createdAt,
        ...(tags.length === 0 ? {} : { Tags: tags }),
      };
    }),

    ListOpenIDConnectProviders: iamOperation(() => ({
      OpenIDConnectProviderList: providers.allOidc().map(({ arn }) => ({ Arn: arn })),
    })),

    AddClientIDToOpenIDConnectProvider: iamOperation((input) => {
      const provider = getProvider(providers, input);
      const added = new Set([...provider.clientIds, requiredText(input, 'ClientID', CLIENT_ID)]);
      providers.putOidc({ ...provider, clientIds: limited([...added], MAX_CLIENT_IDS, 'ClientIds') });
      return {};
    }),

    RemoveClientIDFromOpenIDConnectProvider: iamOperation((input) => {
      const provider = getProvider(providers, input);
      const removed = requiredText(input, 'ClientID', CLIENT_ID);
      providers.putOidc({ ...provider, clientIds: provider.clientIds.filter((id) => id !== removed) });
      return {};
    }),

    /** A provider that is not there is as good as deleted. */
    DeleteOpenIDConnectProvider: iamOperation((input) => {
      providers.removeOidc(providerArn(input));
      return {};
    }),
  };
}

/** AWS takes https only; the sandbox takes http as well, for issuers on this machine. */
function readUrl(input: Input): string {
  const text = requiredText(input, 'Url', { min: 1, max: 255 });
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local = url !== undefined && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  const sound =
    (url?.protocol === 'https:' || (url?.protocol === 'http:' && local)) &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '';
  if (!sound) {
    throw new AwsError('ValidationError', 'Invalid Open ID Connect Provider URL');
  }
  return text.replace(/\/$/, '');
}

function readThumbprints(input: Input): readonly string[] {
  const given = optionalList(input, 'ThumbprintList', { min: 40, max: 40 });
  if (given.some((thumbprint) => !/^[0-9a-f]+$/i.test(thumbprint))) {
    throw new AwsError('ValidationError', 'Thumbprint must be a hexadecimal number');
  }
  return limited(given, MAX_THUMBPRINTS, 'Thumbprints');
}

function limited(list: readonly string[], max: number, what: string): readonly string[] {
  if (list.length > max) {
    throw new AwsError(
      'LimitExceeded',
      `Cannot exceed quota for ${what}PerOpenIdConnectProvider: ${max}`,
      409,
    );
  }
  return list;
}

function providerArn(input: Input): string {
  return requiredText(input, 'OpenIDConnectProviderArn', { min: 20, max: 2048 });
}

function getProvider(providers: ProviderStore, input: Input): OidcProvider {
  const arn = providerArn(input);
  const provider = providers.allOidc().find((one) => one.arn === arn);
  if (provider === undefined) {
    throw new AwsError('NoSuchEntity', `OpenIDConnect Provider not found for arn ${arn}`, 404);
  }
  return provider;
}
