import { AwsError } from '../../kernel/aws-error';
import {
  optionalBoolean,
  optionalInteger,
  optionalRecord,
  optionalText,
  optionalTexts,
  requiredText,
  type Input,
} from '../../kernel/input';
import { checkFlowNames } from '../auth/auth-flows';
import type { AppClient, ClientSettings } from '../model';

const UNIT_SECONDS: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };
const DAY = 86_400;
const FLOWS = [
  'ADMIN_NO_SRP_AUTH',
  'CUSTOM_AUTH_FLOW_ONLY',
  'USER_PASSWORD_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ALLOW_USER_AUTH',
];

/** Kept and given back as they came. */
const ECHOED = [
  'AccessTokenValidity',
  'IdTokenValidity',
  'RefreshTokenValidity',
  'TokenValidityUnits',
  'SupportedIdentityProviders',
  'CallbackURLs',
  'LogoutURLs',
  'DefaultRedirectURI',
  'AllowedOAuthFlows',
  'AllowedOAuthScopes',
  'AllowedOAuthFlowsUserPoolClient',
  'AnalyticsConfiguration',
] as const;

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);

/** The settings of a create or an update: what is left out gets its default, in an update too. */
export function readClientSettings(input: Input, name: string): ClientSettings {
  const units = optionalRecord(input, 'TokenValidityUnits') ?? {};
  const explicitAuthFlows = optionalTexts(input, 'ExplicitAuthFlows', { oneOf: FLOWS });
  checkFlowNames(explicitAuthFlows);
  const rotation = optionalRecord(input, 'RefreshTokenRotation');
  const feature = rotation && requiredText(rotation, 'Feature', { oneOf: ['ENABLED', 'DISABLED'] });
  const grace = rotation && optionalInteger(rotation, 'RetryGracePeriodSeconds', { min: 0, max: 60 });
  return {
    name,
    explicitAuthFlows,
    accessTokenSeconds: lifetime(input, units, 'AccessToken', 'hours', 3600, [300, DAY]),
    idTokenSeconds: lifetime(input, units, 'IdToken', 'hours', 3600, [300, DAY]),
    refreshTokenSeconds: lifetime(input, units, 'RefreshToken', 'days', 30 * DAY, [3600, 3650 * DAY]),
    authSessionMinutes: optionalInteger(input, 'AuthSessionValidity', { min: 3, max: 15 }) ?? 3,
    hideUserExistence:
      optionalText(input, 'PreventUserExistenceErrors', { oneOf: ['LEGACY', 'ENABLED'] }) === 'ENABLED',
    revocation: optionalBoolean(input, 'EnableTokenRevocation') ?? true,
    rotation: feature === 'ENABLED' ? { graceSeconds: grace ?? 0 } : undefined,
    readAttributes: optionalTexts(input, 'ReadAttributes'),
    writeAttributes: optionalTexts(input, 'WriteAttributes'),
    echoed: Object.fromEntries(ECHOED.flatMap((key) => (input[key] == null ? [] : [[key, input[key]]]))),
  };
}

function lifetime(
  input: Input,
  units: Input,
  token: string,
  defaultUnit: string,
  defaultSeconds: number,
  [least, most]: readonly [number, number],
): number {
  const value = optionalInteger(input, `${token}Validity`, { min: 0 });
  const unit = optionalText(units, token, { oneOf: Object.keys(UNIT_SECONDS) }) ?? defaultUnit;
  if (value === undefined || value === 0) return defaultSeconds;
  const seconds = value * (UNIT_SECONDS[unit] ?? 1);
  if (seconds < least || seconds > most)
    throw invalid(`Invalid range for token validity: ${token} must live from ${least} to ${most} seconds.`);
  return seconds;
}

export function describeClient(client: AppClient): Record<string, unknown> {
  const { settings } = client;
  return {
    UserPoolId: client.poolId,
    ClientName: settings.name,
    ClientId: client.id,
    ...(client.secret !== undefined && { ClientSecret: client.secret }),
    LastModifiedDate: new Date(client.modifiedAt),
    CreationDate: new Date(client.createdAt),
    RefreshTokenValidity: 30,
    TokenValidityUnits: {},
    AllowedOAuthFlowsUserPoolClient: false,
    ...settings.echoed,
    ...(settings.explicitAuthFlows && { ExplicitAuthFlows: settings.explicitAuthFlows }),
    ...(settings.readAttributes && { ReadAttributes: settings.readAttributes }),
    ...(settings.writeAttributes && { WriteAttributes: settings.writeAttributes }),
    PreventUserExistenceErrors: settings.hideUserExistence ? 'ENABLED' : 'LEGACY',
    EnableTokenRevocation: settings.revocation,
    EnablePropagateAdditionalUserContextData: false,
    AuthSessionValidity: settings.authSessionMinutes,
    ...(settings.rotation && {
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: settings.rotation.graceSeconds },
    }),
  };
}
