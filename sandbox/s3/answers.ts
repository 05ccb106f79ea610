import type { AwsError } from '../kernel/aws-error';
import type { HttpResponse } from '../kernel/types';
import { statusOf } from './errors';
import { errorDocument, leaf } from './xml';

export function xmlAnswer(document: string): HttpResponse {
  const body = Buffer.from(document, 'utf8');
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', 'content-length': String(body.length) },
    body,
  };
}

/** The headers of every answer of S3. */
export function baseHeaders(requestId: string): Record<string, string> {
  return {
    'x-amz-request-id': requestId,
    // Longer than the request id and different, as AWS's second id is; some clients show both.
    'x-amz-id-2': Buffer.from(`sandbox/${requestId}/s3/extended-request-id`).toString('base64'),
    server: 'AmazonS3',
  };
}

/** An error as S3 writes it. Answers to HEAD have no body, and so no code: the status must do. */
export function s3ErrorResponse(error: AwsError, requestId: string, method: string): HttpResponse {
  const headers = { ...baseHeaders(requestId), ...error.headers };
  const status = statusOf(error);
  if (method === 'HEAD') return { status, headers: { ...headers, 'content-type': 'application/xml' } };
  const { headers: ofBody = {}, body } = xmlAnswer(
    errorDocument([
      leaf('Code', error.code),
      leaf('Message', error.message),
      ...Object.entries(error.members).map(([name, value]) => leaf(name, value)),
      leaf('RequestId', requestId),
      leaf('HostId', headers['x-amz-id-2']),
    ]),
  );
  return { status, headers: { ...headers, ...ofBody }, body: body ?? '' };
}
