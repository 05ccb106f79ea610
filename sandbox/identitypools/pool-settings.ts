import { AwsError } from '../kernel/aws-error';
import {
  constraintError,
  type Input,
  optionalBoolean,
  optionalRecords,
  optionalText,
  optionalTexts,
  requiredText,
} from '../kernel/input';
import { textMap } from './validation';

/** A user pool's app client whose ID tokens an identity pool takes. */
export interface CognitoProvider {
  /** `cognito-idp.REGION.amazonaws.com/POOLID` */
  readonly ProviderName: string;
  readonly ClientId: string;
  readonly ServerSideTokenCheck: boolean;
}

/** What Create and UpdateIdentityPool set, under the names of the API. */
export interface PoolSettings {
  readonly IdentityPoolName: string;
  readonly AllowUnauthenticatedIdentities: boolean;
  readonly AllowClassicFlow?: boolean;
  readonly SupportedLoginProviders?: Readonly<Record<string, string>>;
  readonly DeveloperProviderName?: string;
  readonly OpenIdConnectProviderARNs?: readonly string[];
  readonly CognitoIdentityProviders: readonly CognitoProvider[];
  readonly SamlProviderARNs?: readonly string[];
  readonly IdentityPoolTags: Readonly<Record<string, string>>;
}

const ARN = { min: 20, max: 2048 };
const LOGIN_PROVIDER = /^[\w./-]+$/;

/** Reads the settings; what is not given gets its default, in an update too. */
export function readPoolSettings(input: Input): PoolSettings {
  const IdentityPoolName = requiredText(input, 'IdentityPoolName', {
    min: 1,
    max: 128,
    pattern: /^[\w\s+=,.@-]+$/,
  });
  const AllowUnauthenticatedIdentities = optionalBoolean(input, 'AllowUnauthenticatedIdentities');
  if (AllowUnauthenticatedIdentities === undefined) {
    throw constraintError('AllowUnauthenticatedIdentities', undefined, 'not be null');
  }
  const logins = textMap(input, 'SupportedLoginProviders', {
    maxEntries: 10,
    maxKey: 128,
    maxValue: 128,
    keyPattern: LOGIN_PROVIDER,
  });
  const tags = textMap(input, 'IdentityPoolTags', { maxEntries: 50, maxKey: 128, maxValue: 256 });
  return {
    IdentityPoolName,
    AllowUnauthenticatedIdentities,
    ...given('AllowClassicFlow', optionalBoolean(input, 'AllowClassicFlow')),
    ...(logins.size === 0 ? {} : { SupportedLoginProviders: Object.fromEntries(logins) }),
    ...given(
      'DeveloperProviderName',
      optionalText(input, 'DeveloperProviderName', { min: 1, max: 128, pattern: /^[\w._-]+$/ }),
    ),
    ...given('OpenIdConnectProviderARNs', providerArns(input, 'OpenIdConnectProviderARNs', 'oidc-provider')),
    CognitoIdentityProviders: (optionalRecords(input, 'CognitoIdentityProviders') ?? []).map(readProvider),
    ...given('SamlProviderARNs', providerArns(input, 'SamlProviderARNs', 'saml-provider')),
    IdentityPoolTags: Object.fromEntries(tags),
  };
}

/** ARNs of one kind of IAM's providers; whether IAM has them is asked only when somebody comes with a token. */
function providerArns(input: Input, name: string, kind: string): readonly string[] | undefined {
  const arns = optionalTexts(input, name, ARN);
  const stranger = arns?.find((arn) => !new RegExp(`^arn:[\\w-]+:iam::\\d{12}:${kind}/.+$`).test(arn));
  if (stranger !== undefined) {
    // AWS's own words for this are not known to us.
    throw new AwsError('InvalidParameterException', `${stranger} is no ARN of IAM's ${kind}.`);
  }
  return arns;
}

function given<K extends string, V>(name: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { [P in K]?: V };
}

function readProvider(input: Input): CognitoProvider {
  return {
    ProviderName: requiredText(input, 'ProviderName', { min: 1, max: 128, pattern: /^[\w._:/-]+$/ }),
    ClientId: requiredText(input, 'ClientId', { min: 1, max: 128, pattern: /^[\w_]+$/ }),
    ServerSideTokenCheck: optionalBoolean(input, 'ServerSideTokenCheck') ?? false,
  };
}
