import { CancelledError, NetworkError, ServiceError, TimeoutError, isWorkbenchError } from '../core/errors';
import type { ErrorData, NetworkErrorCode, ServiceName } from '../core/errors';
import { networkCodeOf } from '../core/network-code';

interface SdkError extends Error {
  readonly code?: unknown;
  readonly Code?: unknown;
  readonly $metadata?: { httpStatusCode?: number; requestId?: string; extendedRequestId?: string };
  readonly $response?: { statusCode?: number; headers?: Record<string, string> };
  readonly $responseBodyText?: unknown;
  readonly $fault?: 'client' | 'server';
  readonly Region?: unknown;
  readonly BucketName?: unknown;
}

/** What was asked, for the error that may come of it. `seconds` is the limit of the call. */
export interface CallSite {
  readonly service: ServiceName;
  readonly operation: string;
  readonly host: string;
  readonly seconds: number;
  readonly extra?: ErrorData;
}

/** Turns whatever the SDK threw into an error of the core. Never returns an error that holds request parameters. */
export function toFault(error: unknown, site: CallSite, signal?: AbortSignal): Error {
  if (isWorkbenchError(error)) return error;
  if (signal?.aborted) return isWorkbenchError(signal.reason) ? signal.reason : new CancelledError();
  if (!(error instanceof Error)) return network('network.not-aws', site, String(error));
  const sdk = error as SdkError;
  // Before the name: the SDK calls a reset, too, a TimeoutError.
  const code = networkCodeOf(error);
  if (code) return network(code, site, error.message, error);
  if (sdk.name === 'TimeoutError' && error.message.includes('did not establish a connection')) {
    return network('network.unreachable', site, 'no connection came about', error);
  }
  if (sdk.name === 'TimeoutError' || sdk.name === 'AbortError') {
    return new TimeoutError(site.operation, site.seconds, error);
  }
  if (isUnreadable(sdk)) {
    const status = sdk.$response?.statusCode ?? sdk.$metadata?.httpStatusCode;
    return network('network.not-aws', site, `not an answer of the service (HTTP ${status ?? '?'})`, error);
  }
  if (sdk.$metadata === undefined || sdk.$fault === undefined) {
    return network('network.reset', site, error.message, error);
  }
  return new ServiceError(
    {
      service: site.service,
      operation: site.operation,
      awsCode: serviceCode(sdk),
      awsMessage: sdk.message,
      status: sdk.$metadata.httpStatusCode,
      requestId: sdk.$metadata.requestId,
      extra: { ...site.extra, ...answerFacts(sdk) },
    },
    error,
  );
}

function network(code: NetworkErrorCode, site: CallSite, detail: string, cause?: unknown): NetworkError {
  // The SDK appends a hint for its own users on lines of its own.
  const [first = ''] = detail.split('\n');
  return new NetworkError(code, site.operation, site.host, first, cause);
}

function isUnreadable(error: SdkError): boolean {
  if (error instanceof SyntaxError || error.$responseBodyText !== undefined) return true;
  if (/Deserialization error|char '.+' is not expected|Unexpected (token|end)/i.test(error.message))
    return true;
  const contentType = error.$response?.headers?.['content-type'] ?? '';
  return contentType.startsWith('text/html');
}

function serviceCode(error: SdkError): string {
  if (typeof error.Code === 'string' && error.Code !== '') return error.Code;
  if (error.name === 'NotFound') return 'NoSuchKey';
  if (error.name !== 'Unknown' && error.name !== 'UnknownError') return error.name;
  return codesWithoutBody[error.$metadata?.httpStatusCode ?? 0] ?? error.name;
}

/** A HEAD answer has no body and so no code: what S3 says with this status. */
const codesWithoutBody: Readonly<Record<number, string>> = {
  301: 'PermanentRedirect',
  400: 'BadRequest',
  403: 'AccessDenied',
  500: 'InternalError',
  503: 'ServiceUnavailable',
};

/** What the answer's headers and members tell, without the body: region, bucket, server time. */
function answerFacts(error: SdkError): ErrorData {
  const headers = error.$response?.headers ?? {};
  const date = headers['date'];
  const region =
    headers['x-amz-bucket-region'] ?? (typeof error.Region === 'string' ? error.Region : undefined);
  const serverDate = date === undefined ? Number.NaN : Date.parse(date);
  return {
    ...(region === undefined ? {} : { region }),
    ...(Number.isNaN(serverDate) ? {} : { serverDateMs: serverDate }),
    ...(error.$metadata?.extendedRequestId ? { extendedRequestId: error.$metadata.extendedRequestId } : {}),
  };
}
