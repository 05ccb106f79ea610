/** Longest wait that Cognito imposes after failed sign-ins, in seconds. */
export const longestLockoutSeconds = 15 * 60;

/**
 * How long Cognito refuses even the right password after so many failures in a row, in seconds: 1 s after the fifth,
 * doubling up to about 15 minutes. Undefined below five. (Developer guide, user pool authentication flow.)
 */
export function lockoutSeconds(failedAttempts: number | undefined): number | undefined {
  if (failedAttempts === undefined || failedAttempts < 5) return undefined;
  return Math.min(longestLockoutSeconds, 2 ** (failedAttempts - 5));
}
