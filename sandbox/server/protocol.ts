import { AwsError } from '../kernel/aws-error';
import type { HttpResponse } from '../kernel/types';
import { escapeXml, xmlMembers } from './xml';

/** How an answer is written: JSON 1.1, the query protocol's XML, S3's XML, or a plain document (JWKS, discovery). */
export type Protocol = 'json' | 'query' | 's3' | 'document';

const NAMESPACES: Readonly<Record<string, string>> = {
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
};

export function jsonAnswer(output: unknown): HttpResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(output ?? {}, dateAsSeconds),
  };
}

/** Timestamps travel as seconds since the epoch in JSON 1.1. */
function dateAsSeconds(this: unknown, key: string, value: unknown): unknown {
  const raw = (this as Record<string, unknown>)[key];
  return raw instanceof Date ? raw.getTime() / 1000 : value;
}

export function queryAnswer(
  service: string,
  operation: string,
  output: unknown,
  requestId: string,
): HttpResponse {
  const members =
    typeof output === 'object' && output !== null ? Object.fromEntries(Object.entries(output)) : {};
  const namespace = NAMESPACES[service] ?? '';
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body:
      `<${operation}Response xmlns="${namespace}"><${operation}Result>${xmlMembers(members)}</${operation}Result>` +
      `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
  };
}

export function errorAnswer(protocol: Protocol, error: AwsError, requestId: string): HttpResponse {
  switch (protocol) {
    case 'json':
      return {
        status: error.status,
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amzn-errortype': error.code,
          ...error.headers,
        },
        body: JSON.stringify({ __type: error.code, message: error.message, ...error.members }),
      };
    case 'query':
      return {
        status: error.status,
        headers: { 'content-type': 'text/xml', ...error.headers },
        body:
          `<ErrorResponse xmlns="${NAMESPACES['sts'] ?? ''}"><Error><Type>${error.status < 500 ? 'Sender' : 'Receiver'}</Type>` +
          `<Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message></Error>` +
          `<RequestId>${requestId}</RequestId></ErrorResponse>`,
      };
    case 's3':
      return {
        status: error.status,
        headers: { 'content-type': 'application/xml', ...error.headers },
        body:
          `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${escapeXml(error.code)}</Code>` +
          `<Message>${escapeXml(error.message)}</Message>${xmlMembers(error.members)}<RequestId>${requestId}</RequestId></Error>`,
      };
    case 'document':
      return {
        status: error.status,
        headers: { 'content-type': 'application/json', ...error.headers },
        body: JSON.stringify({ message: error.message }),
      };
  }
}
