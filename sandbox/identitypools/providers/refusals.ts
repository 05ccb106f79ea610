import { AwsError } from '../../kernel/aws-error';

/** A login token that does not hold; `reason` in the words of AWS where these are known. */
export function invalidToken(reason: string): AwsError {
  return new AwsError('NotAuthorizedException', `Invalid login token. ${reason}`);
}

/** A token that may be good, of a provider or an app that the pool does not have. */
export function unsupportedProvider(): AwsError {
  return new AwsError(
    'NotAuthorizedException',
    'Token is not from a supported provider of this identity pool.',
  );
}

/** The developer provider's name where only public providers may stand. */
export function notPublic(): AwsError {
  return new AwsError('InvalidParameterException', 'Please provide a valid public provider.');
}

/** A provider that does not answer, or not as one. */
export function unreachable(providerName: string, why: string): AwsError {
  return new AwsError('ExternalServiceException', `The identity provider ${providerName} failed: ${why}`);
}
