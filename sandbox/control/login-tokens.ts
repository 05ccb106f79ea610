import {
  AWS_SAML,
  isSocialName,
  type SamlIssuer,
  SOCIAL_PROVIDERS,
  type SocialLogins,
} from '../identitypools/providers';
import { AwsError } from '../kernel/aws-error';
import { isRecord } from '../kernel/input';

const HOUR_SECONDS = 3600;

/**
 * POST login-tokens: what the sign-in of a provider outside Cognito would have given: an ID token, an access token, or
 * a SAML response with the claims as its attributes, signed by the seed's SAML provider. For tests and the demo only;
 * the providers are the sandbox's own, so nothing that is made here is worth anything elsewhere.
 * In: {"provider", "subject", "claims"?, "expiresInSeconds"? (3600; may be in the past), "audience"? (the seed's app)};
 * out: {"token", "audience"}. Throws AwsError 400.
 */
export function createLoginTokens(
  makers: {
    readonly socialLogins: Pick<SocialLogins, 'issue'>;
    readonly samlIssuer: Pick<SamlIssuer, 'issue'>;
  },
  defaultAudiences: Readonly<Record<string, string>>,
): (order: unknown) => unknown {
  return (order) => {
    if (!isRecord(order)) throw refuse('an order is an object with provider and subject');
    const { provider, subject, claims = {}, expiresInSeconds = HOUR_SECONDS } = order;
    const saml = typeof provider === 'string' && provider.includes(':saml-provider/');
    if (typeof provider !== 'string' || !(saml || isSocialName(provider)))
      throw refuse(
        `provider must be one of ${Object.keys(SOCIAL_PROVIDERS).join(', ')}, or the ARN of a SAML provider`,
      );
    if (typeof subject !== 'string' || subject === '') throw refuse('subject must be a text');
    if (!isRecord(claims)) throw refuse('claims must be an object');
    if (typeof expiresInSeconds !== 'number' || !Number.isInteger(expiresInSeconds))
      throw refuse('expiresInSeconds must be an integer');
    const audience = order['audience'] ?? (saml ? AWS_SAML : defaultAudiences[provider]);
    if (typeof audience !== 'string' || audience === '') throw refuse('audience must be an app id');
    const wanted = { subject, audience, claims, expiresInSeconds };
    const token = isSocialName(provider)
      ? makers.socialLogins.issue(provider, wanted)
      : makers.samlIssuer.issue(wanted);
    return { token, audience };
  };
}

function refuse(message: string): AwsError {
  return new AwsError('BadRequest', message, 400);
}
