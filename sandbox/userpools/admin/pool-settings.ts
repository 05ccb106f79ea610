import {
  optionalBoolean,
  optionalInteger,
  optionalRecord,
  optionalRecords,
  optionalText,
  optionalTexts,
  requiredText,
  type Input,
} from '../../kernel/input';
import { AwsError } from '../../kernel/aws-error';
import { schemaOf } from '../attributes';
import type { DeviceSettings, PasswordPolicy, PoolSettings, UserPool } from '../model';
import { TRIGGERS, type TriggerName } from '../triggers';

/** The settings that CreateUserPool takes, AWS's defaults filled in. */
export function readPoolSettings(input: Input): PoolSettings {
  const usernameAttributes =
    optionalTexts(input, 'UsernameAttributes', { oneOf: ['phone_number', 'email'] }) ?? [];
  const aliasAttributes =
    optionalTexts(input, 'AliasAttributes', { oneOf: ['phone_number', 'email', 'preferred_username'] }) ?? [];
  if (usernameAttributes.length > 0 && aliasAttributes.length > 0)
    throw new AwsError(
      'InvalidParameterException',
      'Only one of the aliasAttributes or usernameAttributes can be set in a user pool.',
    );
  const configuration = optionalRecord(input, 'UsernameConfiguration') ?? {};
  const adminCreate = optionalRecord(input, 'AdminCreateUserConfig') ?? {};
  return {
    passwordPolicy: readPasswordPolicy(input, adminCreate),
    usernameAttributes,
    aliasAttributes,
    autoVerifiedAttributes:
      optionalTexts(input, 'AutoVerifiedAttributes', { oneOf: ['phone_number', 'email'] }) ?? [],
    // The API's own default, unlike the console's: without UsernameConfiguration names are case-sensitive.
    caseSensitive: optionalBoolean(configuration, 'CaseSensitive') ?? true,
    adminCreateUserOnly: optionalBoolean(adminCreate, 'AllowAdminCreateUserOnly') ?? false,
    schema: schemaOf(optionalRecords(input, 'Schema') ?? []),
    tier: optionalText(input, 'UserPoolTier', { oneOf: ['LITE', 'ESSENTIALS', 'PLUS'] }) ?? 'ESSENTIALS',
    firstFactors: readFirstFactors(input),
    devices: readDevices(input),
    recovery: readRecovery(input),
    verifyBeforeUpdate:
      optionalTexts(
        optionalRecord(input, 'UserAttributeUpdateSettings') ?? {},
        'AttributesRequireVerificationBeforeUpdate',
        { oneOf: ['phone_number', 'email'] },
      ) ?? [],
    triggers: readTriggers(input),
  };
}

function readFirstFactors(input: Input): readonly string[] {
  const policy = optionalRecord(optionalRecord(input, 'Policies') ?? {}, 'SignInPolicy') ?? {};
  const factors = optionalTexts(policy, 'AllowedFirstAuthFactors', {
    oneOf: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'],
  });
  if (factors === undefined) return ['PASSWORD'];
  if (!factors.includes('PASSWORD'))
    throw new AwsError('InvalidParameterException', 'PASSWORD must be an allowed first auth factor.');
  return factors;
}

function readDevices(input: Input): DeviceSettings | undefined {
  const devices = optionalRecord(input, 'DeviceConfiguration');
  if (devices === undefined) return undefined;
  return {
    skipsMfa: optionalBoolean(devices, 'ChallengeRequiredOnNewDevice') ?? false,
    onUserPrompt: optionalBoolean(devices, 'DeviceOnlyRememberedOnUserPrompt') ?? false,
  };
}

function readRecovery(input: Input): readonly string[] | undefined {
  const setting = optionalRecord(input, 'AccountRecoverySetting') ?? {};
  const oneOf = ['verified_email', 'verified_phone_number', 'admin_only'];
  return optionalRecords(setting, 'RecoveryMechanisms')
    ?.map((entry) => ({
      name: requiredText(entry, 'Name', { oneOf }),
      priority: optionalInteger(entry, 'Priority', { min: 1, max: 2 }) ?? 1,
    }))
    .sort((left, right) => left.priority - right.priority)
    .map(({ name }) => name);
}

function readTriggers(input: Input): ReadonlyMap<TriggerName, string> {
  const config = optionalRecord(input, 'LambdaConfig') ?? {};
  const triggers = new Map<TriggerName, string>();
  for (const name of TRIGGERS) {
    const arn = optionalText(config, name, { min: 20, max: 2048, pattern: /^arn:[\w+=/,.@-]+:lambda:.+$/ });
    if (arn !== undefined) triggers.set(name, arn);
  }
  return triggers;
}

function readPasswordPolicy(input: Input, adminCreate: Input): PasswordPolicy {
  const policies = optionalRecord(input, 'Policies') ?? {};
  const policy = optionalRecord(policies, 'PasswordPolicy');
  const given = policy ?? {};
  const whenUnset = policy === undefined;
  return {
    minimumLength: optionalInteger(given, 'MinimumLength', { min: 6, max: 99 }) ?? (whenUnset ? 8 : 6),
    requireUppercase: optionalBoolean(given, 'RequireUppercase') ?? whenUnset,
    requireLowercase: optionalBoolean(given, 'RequireLowercase') ?? whenUnset,
    requireNumbers: optionalBoolean(given, 'RequireNumbers') ?? whenUnset,
    requireSymbols: optionalBoolean(given, 'RequireSymbols') ?? whenUnset,
    historySize: optionalInteger(given, 'PasswordHistorySize', { min: 0, max: 24 }) ?? 0,
    temporaryValidityDays:
      optionalInteger(given, 'TemporaryPasswordValidityDays', { min: 0, max: 365 }) ??
      optionalInteger(adminCreate, 'UnusedAccountValidityDays', { min: 0, max: 365 }) ??
      7,
  };
}

export function describePool(pool: UserPool): Record<string, unknown> {
  const { settings } = pool;
  const policy = settings.passwordPolicy;
  return {
    Id: pool.id,
    Name: pool.name,
    Arn: pool.arn,
    CreationDate: new Date(pool.createdAt),
    LastModifiedDate: new Date(pool.createdAt),
    Policies: {
      PasswordPolicy: {
        MinimumLength: policy.minimumLength,
        RequireUppercase: policy.requireUppercase,
        RequireLowercase: policy.requireLowercase,
        RequireNumbers: policy.requireNumbers,
        RequireSymbols: policy.requireSymbols,
        ...(policy.historySize > 0 && { PasswordHistorySize: policy.historySize }),
        TemporaryPasswordValidityDays: policy.temporaryValidityDays,
      },
      SignInPolicy: { AllowedFirstAuthFactors: settings.firstFactors },
    },
    DeletionProtection: 'INACTIVE',
    LambdaConfig: Object.fromEntries(settings.triggers),
    SchemaAttributes: settings.schema.map(({ name, type, mutable, required }) => ({
      Name: name,
      AttributeDataType: type,
      DeveloperOnlyAttribute: false,
      Mutable: mutable,
      Required: required,
    })),
    ...(settings.usernameAttributes.length > 0 && { UsernameAttributes: settings.usernameAttributes }),
    ...(settings.aliasAttributes.length > 0 && { AliasAttributes: settings.aliasAttributes }),
    ...(settings.autoVerifiedAttributes.length > 0 && {
      AutoVerifiedAttributes: settings.autoVerifiedAttributes,
    }),
    UsernameConfiguration: { CaseSensitive: settings.caseSensitive },
    MfaConfiguration: pool.mfa.configuration,
    ...(settings.devices && {
      DeviceConfiguration: {
        ChallengeRequiredOnNewDevice: settings.devices.skipsMfa,
        DeviceOnlyRememberedOnUserPrompt: settings.devices.onUserPrompt,
      },
    }),
    ...(settings.recovery && {
      AccountRecoverySetting: {
        RecoveryMechanisms: settings.recovery.map((Name, index) => ({ Priority: index + 1, Name })),
      },
    }),
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: settings.verifyBeforeUpdate },
    EstimatedNumberOfUsers: pool.users.size,
    AdminCreateUserConfig: {
      AllowAdminCreateUserOnly: settings.adminCreateUserOnly,
      UnusedAccountValidityDays: policy.temporaryValidityDays,
    },
    ...(pool.domain !== undefined && { Domain: pool.domain }),
    UserPoolTags: {},
    UserPoolTier: settings.tier,
  };
}
