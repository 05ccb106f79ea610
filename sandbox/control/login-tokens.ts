import { isSocialName, SOCIAL_PROVIDERS, type SocialLogins } from '../identitypools/providers';
import { AwsError } from '../kernel/aws-error';
import { isRecord } from '../kernel/input';

const HOUR_SECONDS = 3600;

/**
 * POST login-tokens: what the sign-in of a provider outside Cognito would have given. For tests and the demo only;
 * the providers are the sandbox's own, so nothing that is made here is worth anything elsewhere.
 * In: {"provider", "subject", "claims"?, "expiresInSeconds"? (3600; may be in the past), "audience"? (the seed's app)};
 * out: {"token", "audience"}. Throws AwsError 400.
 */
export function createLoginTokens(
  social: Pick<SocialLogins, 'issue'>,
  defaultAudiences: Readonly<Record<string, string>>,
): (order: unknown) => unknown {
  return (order) => {
    if (!isRecord(order)) throw refuse('an order is an object with provider and subject');
    const { provider, subject, claims = {}, expiresInSeconds = HOUR_SECONDS } = order;
    if (typeof provider !== 'string' || !isSocialName(provider))
      throw refuse(`provider must be one of ${Object.keys(SOCIAL_PROVIDERS).join(', ')}`);
    if (typeof subject !== 'string' || subject === '') throw refuse('subject must be a text');
    if (!isRecord(claims)) throw refuse('claims must be an object');
    if (typeof expiresInSeconds !== 'number' || !Number.isInteger(expiresInSeconds))
      throw refuse('expiresInSeconds must be an integer');
    const audience = order['audience'] ?? defaultAudiences[provider];
    if (typeof audience !== 'string' || audience === '') throw refuse('audience must be an app id');
    return { token: social.issue(provider, { subject, audience, claims, expiresInSeconds }), audience };
  };
}

function refuse(message: string): AwsError {
  return new AwsError('BadRequest', message, 400);
}
