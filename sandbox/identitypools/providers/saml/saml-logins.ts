import type { Clock } from '../../../kernel/types';
import type { LoginProvider } from '../login-provider';
import { unreachable, unsupportedProvider } from '../refusals';
import { readSamlMetadata, type SamlMetadata } from './saml-metadata';
import { checkSamlResponse } from './saml-response';

export interface SamlDirectory {
  findSamlProvider(arn: string): { readonly metadata: string } | undefined;
}

const SAML_PROVIDER = /^arn:[\w-]+:iam::\d{12}:saml-provider\/[\w._-]+$/;

/**
 * SAML responses of providers that are registered in IAM; the key in Logins is the provider's ARN. In the enhanced
 * flow only. A subset of SAML and XML Signature, see `saml-response.ts`.
 */
export function samlLogins({
  iam,
  clock,
}: {
  readonly iam: SamlDirectory;
  readonly clock: Clock;
}): LoginProvider {
  return {
    speaksFor: (name) => SAML_PROVIDER.test(name),
    verify({ settings }, arn, token) {
      const onPool = settings.SamlProviderARNs?.includes(arn) === true;
      const provider = onPool ? iam.findSamlProvider(arn) : undefined;
      if (provider === undefined) throw unsupportedProvider();
      const metadata = metadataOf(arn, provider.metadata);
      const { sub, claims } = checkSamlResponse(token, metadata, arn, clock.now());
      return { providerName: arn, clientId: metadata.entityId, sub, claims, mappingKey: arn };
    },
  };
}

function metadataOf(arn: string, text: string): SamlMetadata {
  try {
    return readSamlMetadata(text);
  } catch {
    throw unreachable(arn, 'its metadata are not read here.');
  }
}
