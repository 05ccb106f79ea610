import { isWorkbenchError, NetworkError, ServiceError, TimeoutError, WorkbenchError } from '../core/errors';
import { networkCodeOf } from '../core/network-code';
import { abortError } from '../core/session/abort';

const operation = '/oauth2/token';

/** What was asked, for the error that may come of it. */
export interface TokenSite {
  readonly host: string;
  readonly grantType: 'authorization_code' | 'client_credentials';
  readonly redirectUri?: string | undefined;
  readonly scopes: string;
  /** Limit of the request. */
  readonly seconds: number;
}

/** The answer of the token endpoint, whatever it is. */
export interface TokenAnswer {
  readonly status: number;
  readonly text: string;
  /** Where it is a JSON object. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
  readonly contentType: string;
  /** `iss` of the ID token in it. */
  readonly issuer: string | undefined;
  readonly requestId: string | undefined;
  readonly date: string | undefined;
}

/**
 * Turns what the library threw into an error of the core. The library's own errors carry the answer's body and so
 * tokens: they are never passed on as a cause.
 */
export function oauthFault(
  error: unknown,
  answer: TokenAnswer | undefined,
  site: TokenSite,
  signal: AbortSignal | undefined,
): Error {
  if (isWorkbenchError(error)) return error;
  if (signal?.aborted) return abortError(signal);
  if (answer === undefined) return unanswered(error, site);
  const refusal = answer.body?.['error'];
  if (answer.status !== 200 && typeof refusal === 'string') return refused(refusal, answer, site);
  if (answer.status !== 200 || answer.body === undefined) {
    const what = answer.contentType === '' ? 'no content type' : answer.contentType.slice(0, 80);
    const detail = `not an answer of the token endpoint (HTTP ${answer.status}, ${what})`;
    return new NetworkError('network.not-aws', operation, site.host, detail);
  }
  const detail = explanationOf(error);
  return isAboutClaims(error)
    ? new WorkbenchError('token.invalid', `the ID token was refused: ${detail}`, {
        reason: detail,
        operation,
      })
    : new WorkbenchError('signin.protocol', `the token answer cannot be used: ${detail}`, {
        detail,
        operation,
      });
}

function unanswered(error: unknown, site: TokenSite): Error {
  if (codeOf(error) === 'OAUTH_TIMEOUT' || (error instanceof Error && error.name === 'TimeoutError')) {
    return new TimeoutError(operation, site.seconds);
  }
  const network = networkCodeOf(error);
  if (network === undefined && error instanceof Error && codeOf(error) !== undefined) {
    // Refused before anything was sent: a callback that is not this attempt's.
    const detail = explanationOf(error);
    return new WorkbenchError('signin.protocol', detail, { detail, operation });
  }
  return new NetworkError(network ?? 'network.reset', operation, site.host, explanationOf(error));
}

function refused(code: string, answer: TokenAnswer, site: TokenSite): ServiceError {
  const description = answer.body?.['error_description'];
  const date = answer.date === undefined ? Number.NaN : Date.parse(answer.date);
  return new ServiceError({
    service: 'oauth',
    operation,
    awsCode: code.slice(0, 100),
    awsMessage: typeof description === 'string' ? description.slice(0, 1000) : '',
    status: answer.status,
    requestId: answer.requestId,
    extra: {
      grantType: site.grantType,
      redirectUri: site.redirectUri,
      scopes: site.scopes,
      ...(Number.isNaN(date) ? {} : { serverDateMs: date }),
    },
  });
}

function isAboutClaims(error: unknown): boolean {
  return /JWT|nonce|ID Token/i.test(`${codeOf(error) ?? ''} ${explanationOf(error)}`);
}

function codeOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** The library says little; what is behind it says which claim or member it was. Neither quotes values. */
function explanationOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
