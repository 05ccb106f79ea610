// Entry of the side bundle dist/diagnosis.js. It has its own copy of @vscode/l10n, which `configureText` sets up.
export { config as configureText } from '@vscode/l10n';
export { actionLabel } from './action-label';
export { explain } from './explain';
export { lockoutSeconds, longestLockoutSeconds } from './lockout';
export { describeSkew, measureSkew, skewLimitMs } from './skew';
export type { ClockSkew } from './skew';
export type { ActionId, Detail, ErrorContext, Explanation, PossibleCause } from './types';
