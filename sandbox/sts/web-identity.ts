import { type Iam, type OidcProvider, withoutScheme, type ContextValues } from '../iam';
import { AwsError } from '../kernel/aws-error';
import { isRecord } from '../kernel/input';
import type { Clock } from '../kernel/types';
import { tagsInToken } from './token-tags';

/** Who the bearer of a web identity token is, for the trust policy of a role. */
export interface WebIdentity {
  /** The federated principal: `cognito-identity.amazonaws.com`, or the ARN of an OIDC provider. */
  readonly federated: string;
  readonly subject: string;
  readonly audience: string;
  readonly context: ContextValues;
  readonly tags: Readonly<Record<string, string>>;
}

/** The claims of a token whose signature holds; the expiry is looked at afterwards. */
export type TokenCheck =
  { readonly claims: Readonly<Record<string, unknown>> } | { readonly fault: 'no-keys' | 'bad-signature' };

export interface WebIdentityParts {
  readonly iam: Pick<Iam, 'findOidcProvider'>;
  readonly clock: Clock;
  /** Checks a token of the identity pools themselves. */
  readonly checkOwn: (token: string) => TokenCheck;
  /** Checks a token of a provider that is registered in IAM, with the keys that it publishes. */
  readonly checkForeign: (provider: OidcProvider, token: string) => Promise<TokenCheck>;
}

const OWN = 'cognito-identity.amazonaws.com';

export function invalidToken(message: string): AwsError {
  return new AwsError('InvalidIdentityToken', message);
}

/** Reads a web identity token as STS does. Throws InvalidIdentityToken and ExpiredTokenException. */
export async function readWebIdentity(parts: WebIdentityParts, token: string): Promise<WebIdentity> {
  const unverified = claimsOf(token);
  const issuer = unverified?.['iss'];
  if (unverified === undefined || typeof issuer !== 'string') {
    throw invalidToken(
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
    );
  }
  const own = issuer === `https://${OWN}`;
  const provider = own ? undefined : parts.iam.findOidcProvider(issuer);
  if (!own && provider === undefined) {
    throw noKey();
  }
  const check = provider === undefined ? parts.checkOwn(token) : await parts.checkForeign(provider, token);
  if ('fault' in check) {
    throw check.fault === 'no-keys' ? noKey() : invalidToken('Provided Token is not a validly signed JWT');
  }
  const { claims } = check;
  checkTime(claims, parts.clock);
  const audience = audienceOf(claims, provider);
  const subject = requiredClaim(claims, 'sub');
  const prefix = provider === undefined ? OWN : withoutScheme(provider.url);
  const amr = texts(claims['amr']);
  return {
    federated: provider?.arn ?? OWN,
    subject,
    audience,
    context: {
      [`${prefix}:aud`]: audience,
      [`${prefix}:sub`]: subject,
      ...(amr.length === 0 ? {} : { [`${prefix}:amr`]: amr }),
    },
    tags: tagsInToken(claims),
  };
}

function noKey(): AwsError {
  return invalidToken(
    "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements",
  );
}

function checkTime(claims: Readonly<Record<string, unknown>>, clock: Clock): void {
  const expiry = claims['exp'];
  if (typeof expiry !== 'number') {
    throw invalidToken('Missing a required claim: exp');
  }
  const now = Math.floor(clock.now() / 1000);
  if (now >= expiry) {
    throw new AwsError(
      'ExpiredTokenException',
      `Token expired: current date/time ${now} must be before the expiration date/time ${expiry}`,
    );
  }
}

function audienceOf(claims: Readonly<Record<string, unknown>>, provider: OidcProvider | undefined): string {
  const audiences = texts([claims['aud']].flat());
  const [first] = audiences;
  if (first === undefined) {
    throw invalidToken('Missing a required claim: aud');
  }
  const taken =
    provider === undefined ? first : audiences.find((audience) => provider.clientIds.includes(audience));
  if (taken === undefined) {
    throw invalidToken('Incorrect token audience');
  }
  return taken;
}

function requiredClaim(claims: Readonly<Record<string, unknown>>, name: string): string {
  const value = claims[name];
  if (typeof value !== 'string' || value === '') {
    throw invalidToken(`Missing a required claim: ${name}`);
  }
  return value;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) {
    return undefined;
  }
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'));
    return isRecord(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}
