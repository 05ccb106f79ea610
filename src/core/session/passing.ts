import { isServiceError, isWorkbenchError } from '../errors';

const BUSY_CODES = new Set(['TooManyRequestsException', 'InternalErrorException', 'LimitExceededException']);

/** Whether it may be over in a moment: no network, too many requests, a lock that is held. */
export function isPassing(error: unknown): boolean {
  if (isServiceError(error)) return BUSY_CODES.has(error.awsCode);
  if (!isWorkbenchError(error)) return false;
  return error.code.startsWith('network.') || error.code === 'timeout' || error.code === 'session.busy';
}
