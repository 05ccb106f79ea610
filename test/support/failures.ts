import assert from 'node:assert/strict';
import { isWorkbenchError, type ErrorCode, type WorkbenchError } from '../../src/core/errors';

/** What a call fails with; a failure that is not one of the core's is a failed test. */
export async function failureOf(call: Promise<unknown>): Promise<WorkbenchError & { awsCode?: string }> {
  const error: unknown = await call.then(
    () => assert.fail('the call should fail'),
    (reason: unknown) => reason,
  );
  assert.ok(isWorkbenchError(error), `not an error of the core: ${String(error)}`);
  return error;
}

export async function failsWith(call: Promise<unknown>, code: ErrorCode): Promise<WorkbenchError> {
  const error = await failureOf(call);
  assert.equal(error.code, code, error.message);
  return error;
}
