import * as v from 'valibot';
import { parseS3Address } from '../s3/address';
import { isClientId, isConnectionId, isRegion, parseIdentityPoolId, parseUserPoolId } from './ids';

export const DEFAULT_SCOPES: readonly string[] = [
  'openid',
  'email',
  'profile',
  'aws.cognito.signin.user.admin',
];
export const DEFAULT_CALLBACK_PORTS: readonly number[] = [8400, 8401, 8402];
export const SIGN_IN_METHODS = ['srp', 'password', 'browser', 'choice', 'custom'] as const;
export const FLOWS = ['enhanced', 'basic'] as const;
export const S3_CHECKSUMS = ['required', 'supported'] as const;

const text = (isRight: (value: string) => boolean) => v.pipe(v.string(), v.trim(), v.check(isRight));
const matching = (pattern: RegExp) => text((value) => pattern.test(value));

/** Host name with an optional port; a pasted `https://` and a closing slash are taken off. */
const domain = v.pipe(
  v.string(),
  v.trim(),
  v.transform((value) => value.replace(/^https:\/\//i, '').replace(/\/$/, '')),
  v.check((value) => /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/i.test(value)),
);

function isServiceAddress(value: string): boolean {
  if (!/^https?:\/\/[^/@?#]+(?:\/[^@?#]*)?$/i.test(value) || !URL.canParse(value)) return false;
  return new URL(value).hostname !== '';
}

const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65535));

function isJsonObject(value: string): boolean {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}

const endpoint = v.pipe(
  text(isServiceAddress),
  v.transform((value) => value.replace(/\/+$/, '')),
);

function isLocation(value: string): boolean {
  try {
    parseS3Address(value);
    return /^s3:\/\//i.test(value);
  } catch {
    return false;
  }
}

/** One entry of `cognitoWorkbench.connections`; says what is right, the sentences are made elsewhere. */
export const connectionSchema = v.object({
  id: text(isConnectionId),
  name: v.optional(text((value) => value.length > 0 && value.length <= 100)),
  userPool: v.optional(
    v.object({
      userPoolId: text((value) => parseUserPoolId(value) !== undefined),
      clientId: text(isClientId),
      hasClientSecret: v.optional(v.boolean(), false),
      domain: v.optional(domain),
      signIn: v.optional(v.picklist(SIGN_IN_METHODS), 'srp'),
      scopes: v.optional(v.array(matching(/^[\x21\x23-\x5b\x5d-\x7e]+$/)), [...DEFAULT_SCOPES]),
      callbackPorts: v.optional(v.array(port), [...DEFAULT_CALLBACK_PORTS]),
    }),
  ),
  identityPool: v.optional(
    v.object({
      identityPoolId: text((value) => parseIdentityPoolId(value) !== undefined),
      flow: v.optional(v.picklist(FLOWS), 'enhanced'),
      accountId: v.optional(matching(/^\d{12}$/)),
      roleArn: v.optional(matching(/^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/)),
      durationSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(900), v.maxValue(43_200))),
      sessionPolicy: v.optional(text(isJsonObject)),
      providers: v.optional(
        v.array(
          v.object({
            issuer: endpoint,
            clientId: matching(/^\S{1,512}$/),
            name: v.optional(text((value) => value.length > 0 && value.length <= 100)),
            scopes: v.optional(v.array(matching(/^[\x21\x23-\x5b\x5d-\x7e]+$/))),
            callbackPorts: v.optional(v.array(port)),
          }),
        ),
      ),
      developerProvider: v.optional(matching(/^[\w.-]{1,128}$/)),
      loginKey: v.optional(matching(/^(?!https?:\/\/)\S{1,2048}$/)),
    }),
  ),
  s3: v.optional(
    v.object({
      locations: v.optional(v.array(v.pipe(v.string(), v.check(isLocation))), []),
      region: v.optional(text(isRegion)),
    }),
  ),
  endpoints: v.optional(
    v.object({
      cognitoIdp: v.optional(endpoint),
      cognitoIdentity: v.optional(endpoint),
      sts: v.optional(endpoint),
      iam: v.optional(endpoint),
      s3: v.optional(endpoint),
      s3Checksums: v.optional(v.picklist(S3_CHECKSUMS)),
      hostedUi: v.optional(endpoint),
      jwks: v.optional(endpoint),
    }),
  ),
});

/** The fields of each level, for telling unknown ones; keyed by the level's path. */
export const KNOWN_FIELDS: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(connectionSchema.entries),
  userPool: Object.keys(connectionSchema.entries.userPool.wrapped.entries),
  identityPool: Object.keys(connectionSchema.entries.identityPool.wrapped.entries),
  s3: Object.keys(connectionSchema.entries.s3.wrapped.entries),
  endpoints: Object.keys(connectionSchema.entries.endpoints.wrapped.entries),
};
