import { isServiceError } from '../errors';

/** The session of a challenge is over: its time, its one use, or (row 30 of the error table) it was lost on the way. */
export function isSessionOver(error: unknown): boolean {
  if (!isServiceError(error)) return false;
  const { awsCode, awsMessage } = error;
  switch (awsCode) {
    case 'NotAuthorizedException':
      return /invalid session|session (is|has) expired|session can only be used once/i.test(awsMessage);
    case 'InvalidParameterException':
      return /missing required parameter session/i.test(awsMessage);
    default:
      return awsCode === 'ExpiredCodeException';
  }
}

/** Cognito does not know the device whose key was sent. */
export function isUnknownDevice(error: unknown): boolean {
  return (
    isServiceError(error) && error.awsCode === 'ResourceNotFoundException' && /device/i.test(error.awsMessage)
  );
}

/** The device's own secret was refused (not a lockout): what is stored here does not fit what Cognito has. */
export function isRefusedSecret(error: unknown): boolean {
  return (
    isServiceError(error) &&
    error.awsCode === 'NotAuthorizedException' &&
    /incorrect username or password|device/i.test(error.awsMessage)
  );
}
