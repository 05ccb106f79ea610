import { discoveryUrl } from '../connection/derive';
import type { Connection } from '../connection/model';
import { NetworkError, ServiceError, TimeoutError } from '../errors';
import { networkCodeOf } from '../network-code';
import { throwIfAborted } from '../session/abort';
import { siteOf, type HostedUiSite } from './hosted-ui';

/** Fetches a small JSON document; `body` is undefined where the answer is no JSON. Throws what the net throws. */
export type FetchDocument = (url: string, signal: AbortSignal) => Promise<{ status: number; body: unknown }>;

const operation = 'openid-configuration';

/**
 * The hosted pages of a connection. The pool's discovery document is always asked for: it tells the issuer even where
 * the address of the pages is configured, but only then may it fail. Throws as `siteOf`; where the document is needed
 * NetworkError, TimeoutError, and ServiceError for a pool that is not there; CancelledError.
 */
export async function findSite(
  connection: Connection,
  fetchDocument: FetchDocument,
  signal: AbortSignal,
): Promise<HostedUiSite> {
  const configured =
    connection.userPool?.domain !== undefined || connection.endpoints?.hostedUi !== undefined;
  try {
    return siteOf(connection, await documentOf(connection, fetchDocument, signal));
  } catch (error) {
    throwIfAborted(signal);
    const missing = error instanceof NetworkError || error instanceof TimeoutError;
    if (configured && (missing || error instanceof ServiceError)) return siteOf(connection, undefined);
    throw error;
  }
}

async function documentOf(
  connection: Connection,
  fetchDocument: FetchDocument,
  signal: AbortSignal,
): Promise<unknown> {
  const url = discoveryUrl(connection);
  if (url === undefined) return undefined;
  const { host } = new URL(url);
  const { status, body } = await askDocument(url, fetchDocument, signal);
  if (status === 400 || status === 404) {
    const poolId = connection.userPool?.userPoolId ?? '';
    throw new ServiceError({
      service: 'cognito-idp',
      operation,
      awsCode: 'ResourceNotFoundException',
      awsMessage: `User pool ${poolId} does not exist.`,
      status,
    });
  }
  if (status === 200 && body !== undefined) return body;
  throw new NetworkError('network.not-aws', operation, host, `HTTP ${status} without a document`);
}

/** One request for a discovery document. Throws NetworkError, TimeoutError. */
export async function askDocument(
  url: string,
  fetchDocument: FetchDocument,
  signal: AbortSignal,
): Promise<{ status: number; body: unknown }> {
  try {
    return await fetchDocument(url, signal);
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') throw new TimeoutError(operation, 10, error);
    const { host } = new URL(url);
    throw new NetworkError(
      networkCodeOf(error) ?? 'network.not-aws',
      operation,
      host,
      reasonOf(error),
      error,
    );
  }
}

function reasonOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return inner instanceof Error ? inner.message : String(inner);
}
