import { AwsError } from '../kernel/aws-error';
import { type Input, optionalText, requiredText } from '../kernel/input';
import type { IdentityPool } from './store';
import { POOL_OR_IDENTITY_ID } from './validation';

const USER = { min: 1, max: 1024 };

/** The ID of a user in the developer's own directory. */
export function developerUser(input: Input, name: string): string {
  return requiredText(input, name, USER);
}

export function optionalDeveloperUser(input: Input, name: string): string | undefined {
  return optionalText(input, name, USER);
}

export function developerProviderName(input: Input): string {
  return requiredText(input, 'DeveloperProviderName', { min: 1, max: 128, pattern: /^[\w._-]+$/ });
}

export function optionalIdentityId(input: Input): string | undefined {
  return optionalText(input, 'IdentityId', { min: 1, max: 55, pattern: POOL_OR_IDENTITY_ID });
}

/** The words are known, the code is not. */
export function unsupportedDeveloperProvider(): AwsError {
  return new AwsError(
    'InvalidParameterException',
    'This identity pool does not support the specified developer provider.',
  );
}

/** Throws InvalidParameterException. */
export function mustSupport({ settings }: IdentityPool, providerName: string): void {
  if (settings.DeveloperProviderName !== providerName) {
    throw unsupportedDeveloperProvider();
  }
}
