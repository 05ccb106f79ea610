import { CancelledError, NetworkError, ServiceError, TimeoutError, isWorkbenchError } from '../core/errors';
import type { ErrorData, NetworkErrorCode, ServiceName } from '../core/errors';

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

const networkCodes: Readonly<Record<string, NetworkErrorCode>> = {
  ENOTFOUND: 'network.dns',
  EAI_AGAIN: 'network.dns',
  ECONNREFUSED: 'network.unreachable',
  EHOSTUNREACH: 'network.unreachable',
  ENETUNREACH: 'network.unreachable',
  ECONNRESET: 'network.reset',
  EPIPE: 'network.reset',
  ECONNABORTED: 'network.reset',
  ERR_STREAM_PREMATURE_CLOSE: 'network.reset',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'network.tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'network.tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'network.tls',
  CERT_HAS_EXPIRED: 'network.tls',
  ERR_TLS_CERT_ALTNAME_INVALID: 'network.tls',
};

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
  if (sdk.name === 'TimeoutError' || sdk.name === 'AbortError') {
    return new TimeoutError(site.operation, site.seconds, error);
  }
  const code = networkCode(error);
  if (code) return network(code, site, error.message, error);
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
  return new NetworkError(code, site.operation, site.host, detail, cause);
}

/** Node wraps connection errors (AggregateError for several addresses, `cause` for fetch): look inside. */
function networkCode(error: unknown, depth = 0): NetworkErrorCode | undefined {
  if (!(error instanceof Error) || depth > 4) return undefined;
  const code = (error as SdkError).code;
  const known = typeof code === 'string' ? networkCodes[code] : undefined;
  if (known) return known;
  if (error.message === 'aborted' || error.message === 'socket hang up') return 'network.reset';
  const inner = error instanceof AggregateError ? error.errors : [error.cause];
  for (const item of inner) {
    const found = networkCode(item, depth + 1);
    if (found) return found;
  }
  return undefined;
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
  // A HEAD answer has no body and so no code.
  const status = error.$metadata?.httpStatusCode;
  if (error.name === 'NotFound') return 'NoSuchKey';
  if (error.name === 'Unknown' || error.name === 'UnknownError') {
    if (status === 403) return 'AccessDenied';
    if (status === 301) return 'PermanentRedirect';
  }
  return error.name;
}

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
