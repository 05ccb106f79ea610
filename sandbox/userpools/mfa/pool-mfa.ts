import { AwsError } from '../../kernel/aws-error';
import { optionalBoolean, optionalRecord, optionalText, requiredText, type Input } from '../../kernel/input';
import type { Operation } from '../../kernel/types';
import type { UserPoolContext } from '../context';
import type { PoolMfa, UserPool } from '../model';

const CONFIGURATIONS = ['OFF', 'OPTIONAL', 'ON'] as const;
const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);

function readConfiguration(input: Input): PoolMfa['configuration'] | undefined {
  const text = optionalText(input, 'MfaConfiguration', { oneOf: CONFIGURATIONS });
  return CONFIGURATIONS.find((name) => name === text);
}

/** CreateUserPool can turn MFA on for SMS only; the other methods come with SetUserPoolMfaConfig. */
export function readMfaOfNewPool(input: Input): PoolMfa {
  const configuration = readConfiguration(input) ?? 'OFF';
  const SmsConfiguration = optionalRecord(input, 'SmsConfiguration');
  if (configuration !== 'OFF' && SmsConfiguration === undefined)
    throw invalid(
      'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
    );
  return {
    configuration,
    totp: false,
    sms: SmsConfiguration && { SmsConfiguration },
    email: undefined,
    webAuthn: undefined,
  };
}

export function poolMfaOperations(context: UserPoolContext): Record<string, Operation> {
  return {
    SetUserPoolMfaConfig(input) {
      const pool = context.store.poolOf(input);
      pool.mfa = readMfa(pool, input);
      return describeMfa(pool.mfa);
    },
    GetUserPoolMfaConfig: (input) => describeMfa(context.store.poolOf(input).mfa),
  };
}

/** What is left out is turned off, as everything that this operation sets. */
function readMfa(pool: UserPool, input: Input): PoolMfa {
  const configuration = readConfiguration(input) ?? 'OFF';
  const sms = optionalRecord(input, 'SmsMfaConfiguration');
  const smsConfiguration = sms && optionalRecord(sms, 'SmsConfiguration');
  if (smsConfiguration) requiredText(smsConfiguration, 'SnsCallerArn', { min: 20, max: 2048 });
  const email = optionalRecord(input, 'EmailMfaConfiguration');
  const webAuthn = optionalRecord(input, 'WebAuthnConfiguration');
  if (webAuthn) {
    optionalText(webAuthn, 'RelyingPartyId', { min: 1, max: 127 });
    optionalText(webAuthn, 'UserVerification', { oneOf: ['required', 'preferred'] });
    optionalText(webAuthn, 'FactorConfiguration', {
      oneOf: ['SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION'],
    });
  }
  const token = optionalRecord(input, 'SoftwareTokenMfaConfiguration') ?? {};
  const totp = optionalBoolean(token, 'Enabled') ?? false;
  if (email !== undefined && pool.settings.tier === 'LITE')
    throw new AwsError(
      'FeatureUnavailableInTierException',
      'Email MFA is not available in the feature plan of this user pool.',
    );
  if (configuration !== 'OFF' && !totp && sms === undefined && email === undefined)
    throw invalid("Invalid MFA configuration given, can't disable all MFAs and set MFA to ON or OPTIONAL.");
  if (configuration === 'ON' && pool.settings.firstFactors.some((factor) => factor.endsWith('_OTP')))
    throw invalid('MFA cannot be required while one-time passwords are allowed as first auth factors.');
  return { configuration, totp, sms, email, webAuthn };
}

function describeMfa(mfa: PoolMfa): Record<string, unknown> {
  return {
    ...(mfa.sms && { SmsMfaConfiguration: mfa.sms }),
    ...(mfa.totp && { SoftwareTokenMfaConfiguration: { Enabled: true } }),
    ...(mfa.email && { EmailMfaConfiguration: mfa.email }),
    ...(mfa.webAuthn && { WebAuthnConfiguration: mfa.webAuthn }),
    MfaConfiguration: mfa.configuration,
  };
}
