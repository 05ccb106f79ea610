/**
 * Every failure that the product knows by name. Words for people are not here: `diagnosis` turns an error into an
 * explanation. Side bundles carry their own copy of this module, so errors are told apart by `code`, never by class.
 */
export type ErrorCode =
  | 'cancelled'
  | 'timeout'
  | 'network.unreachable'
  | 'network.dns'
  | 'network.reset'
  | 'network.tls'
  | 'network.not-aws'
  | 'service.refused'
  | 'connection.invalid'
  | 'connection.not-found'
  | 'connection.untrusted-endpoint'
  | 'signin.challenge-unsupported'
  | 'signin.flow-unsupported'
  | 'signin.secret-missing'
  | 'signin.protocol'
  | 'signin.browser-needed'
  | 'signin.no-domain'
  | 'signin.other-issuer'
  | 'signin.ports-taken'
  | 'signin.browser-timeout'
  | 'signin.sign-out-timeout'
  | 'signin.callback-unexpected'
  | 'session.missing'
  | 'session.unreadable'
  | 'session.other-configuration'
  | 'session.expired'
  | 'session.busy'
  | 'session.store-failed'
  | 'federation.no-identity-pool'
  | 'federation.no-id-token'
  | 'federation.wrong-artefact'
  | 'federation.provider-failed'
  | 'federation.no-role'
  | 'federation.login-expired'
  | 'federation.no-admin'
  | 'federation.no-developer-provider'
  | 'federation.profile-failed'
  | 'token.malformed'
  | 'token.too-large'
  | 'token.invalid'
  | 'token.keys-unavailable'
  | 's3.address-invalid'
  | 's3.too-large'
  | 's3.download-failed'
  | 'sandbox.gone'
  | 'sandbox.failed'
  | 'internal';

export type ErrorData = Readonly<Record<string, string | number | boolean | undefined>>;

/** Base of all errors of the product. `message` is for the log: technical, English, free of secrets. */
export class WorkbenchError extends Error {
  readonly code: ErrorCode;
  readonly data: ErrorData;
  readonly workbench = true;

  constructor(code: ErrorCode, message: string, data: ErrorData = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
    this.data = data;
  }
}

/** The person chose to stop; callers stay silent. */
export class CancelledError extends WorkbenchError {
  constructor(cause?: unknown) {
    super('cancelled', 'cancelled', {}, cause);
  }
}

/** A wait ended by its own limit. */
export class TimeoutError extends WorkbenchError {
  constructor(operation: string, seconds: number, cause?: unknown) {
    super('timeout', `${operation} did not answer within ${seconds} s`, { operation, seconds }, cause);
  }
}

export type NetworkErrorCode = Extract<ErrorCode, `network.${string}`>;

/** No usable answer came back: unreachable, name unknown, connection reset, or an answer that is not the service's. */
export class NetworkError extends WorkbenchError {
  constructor(code: NetworkErrorCode, operation: string, host: string, detail: string, cause?: unknown) {
    super(code, `${operation} at ${host}: ${detail}`, { operation, host, detail }, cause);
  }
}

export type ServiceName = 'cognito-idp' | 'cognito-identity' | 'sts' | 'iam' | 's3' | 'oauth';

/** A service answered with an error of its own. */
export class ServiceError extends WorkbenchError {
  readonly service: ServiceName;
  readonly operation: string;
  /** The service's error code, e.g. `NotAuthorizedException`, `AccessDenied`. */
  readonly awsCode: string;
  /** The service's own text, as received. */
  readonly awsMessage: string;

  constructor(
    fault: {
      service: ServiceName;
      operation: string;
      awsCode: string;
      awsMessage: string;
      status?: number | undefined;
      requestId?: string | undefined;
      /** Region named by the answer (S3), bucket, key and the like. */
      extra?: ErrorData | undefined;
    },
    cause?: unknown,
  ) {
    super(
      'service.refused',
      `${fault.service}:${fault.operation} ${fault.awsCode}: ${fault.awsMessage}`,
      { status: fault.status, requestId: fault.requestId, ...fault.extra },
      cause,
    );
    this.service = fault.service;
    this.operation = fault.operation;
    this.awsCode = fault.awsCode;
    this.awsMessage = fault.awsMessage;
  }
}

/** True for any error of this module, whichever bundle made it. */
export function isWorkbenchError(error: unknown): error is WorkbenchError {
  return error instanceof Error && (error as Partial<WorkbenchError>).workbench === true;
}

/** True for an answer of a service, whichever bundle made it. */
export function isServiceError(error: unknown): error is ServiceError {
  return isWorkbenchError(error) && error.code === 'service.refused';
}

/** True when the person stopped it: our own error, or the abort that a signal causes. */
export function isCancelled(error: unknown): boolean {
  return (
    (isWorkbenchError(error) && error.code === 'cancelled') ||
    (error instanceof Error && error.name === 'AbortError')
  );
}
