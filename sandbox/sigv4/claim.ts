import type { HttpRequest } from '../kernel/types';
import { AwsError } from '../kernel/aws-error';
import { formatAmzDate, parseAmzDate } from './amz-date';
import { parseQuery } from './canonical-request';
import type { Refusals, SignatureForm } from './refusals';
import { ALGORITHM } from './signing';

/** What a request says about its own signature; nothing of it is verified yet. */
export interface SignatureClaim {
  readonly form: SignatureForm;
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** As written, `20240131T235959Z`. */
  readonly timestamp: string;
  /** The same in milliseconds since the epoch. */
  readonly signedAt: number;
  readonly sessionToken: string | undefined;
  /** Of the query form only. */
  readonly expiresSeconds: number | undefined;
  /** `x-amz-content-sha256` in header or query, as written. */
  readonly payloadHash: string | undefined;
}

const MAX_EXPIRES_SECONDS = 604_800;
const QUERY_NAMES = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Signature',
  'X-Amz-Date',
  'X-Amz-SignedHeaders',
  'X-Amz-Expires',
] as const;

/** Reads the signature out of header or query; undefined when the request carries none at all. */
export function readClaim(
  request: HttpRequest,
  refusals: Refusals,
  service: string,
): SignatureClaim | undefined {
  const authorization = request.headers['authorization'];
  const query = new Map<string, string>();
  for (const { name, value } of parseQuery(request.rawQuery)) {
    if (query.has(name) && name.startsWith('X-Amz-')) {
      throw refusals.malformed('query', `${name} may be given only once.`);
    }
    query.set(name, value);
  }
  const presigned = QUERY_NAMES.some((name) => query.has(name));
  if (authorization !== undefined && presigned) {
    throw new AwsError(
      service === 's3' ? 'InvalidArgument' : refusals.malformed('query', '').code,
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    );
  }
  if (authorization !== undefined) {
    return fromHeader(request, authorization, refusals, service);
  }
  return presigned ? fromQuery(request, query, refusals) : undefined;
}

function fromHeader(
  request: HttpRequest,
  authorization: string,
  refusals: Refusals,
  service: string,
): SignatureClaim {
  if (!authorization.startsWith(`${ALGORITHM} `)) {
    throw service === 's3'
      ? new AwsError(
          'InvalidRequest',
          `The authorization mechanism you have provided is not supported. Please use ${ALGORITHM}.`,
        )
      : refusals.malformed('header', `Authorization header requires the algorithm ${ALGORITHM}.`);
  }
  const parts = new Map<string, string>();
  for (const part of authorization.slice(ALGORITHM.length).split(',')) {
    const [name = '', ...rest] = part.trim().split('=');
    parts.set(name, rest.join('='));
  }
  const need = (name: string): string => {
    const value = parts.get(name);
    if (value === undefined || value === '') {
      throw refusals.malformed('header', `Authorization header requires '${name}' parameter.`);
    }
    return value;
  };
  const credential = need('Credential');
  const signedHeaders = need('SignedHeaders');
  const signature = need('Signature');
  return {
    form: 'header',
    ...readCredential(credential, 'header', refusals),
    ...readTimestamp(request, refusals),
    signedHeaders: signedHeaders.toLowerCase().split(';'),
    signature,
    sessionToken: request.headers['x-amz-security-token'],
    expiresSeconds: undefined,
    payloadHash: request.headers['x-amz-content-sha256'],
  };
}

function fromQuery(
  request: HttpRequest,
  query: ReadonlyMap<string, string>,
  refusals: Refusals,
): SignatureClaim {
  const need = (name: (typeof QUERY_NAMES)[number]): string => {
    const value = query.get(name);
    if (value === undefined || value === '') {
      throw refusals.malformed(
        'query',
        'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
      );
    }
    return value;
  };
  if (need('X-Amz-Algorithm') !== ALGORITHM) {
    throw refusals.malformed('query', `X-Amz-Algorithm only supports "${ALGORITHM}"`);
  }
  const [timestamp, signature] = [need('X-Amz-Date'), need('X-Amz-Signature')];
  const signedAt = parseAmzDate(timestamp);
  if (signedAt === undefined) {
    throw refusals.malformed(
      'query',
      "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"",
    );
  }
  return {
    form: 'query',
    ...readCredential(need('X-Amz-Credential'), 'query', refusals),
    timestamp,
    signedAt,
    signedHeaders: need('X-Amz-SignedHeaders').toLowerCase().split(';'),
    signature,
    sessionToken: query.get('X-Amz-Security-Token'),
    expiresSeconds: readExpires(need('X-Amz-Expires'), refusals),
    payloadHash: query.get('X-Amz-Content-Sha256') ?? request.headers['x-amz-content-sha256'],
  };
}

function readExpires(text: string, refusals: Refusals): number {
  if (!/^-?\d+$/.test(text)) {
    throw refusals.malformed('query', 'X-Amz-Expires should be a number');
  }
  const seconds = Number(text);
  if (seconds < 0) {
    throw refusals.malformed('query', 'X-Amz-Expires must be non-negative');
  }
  if (seconds > MAX_EXPIRES_SECONDS) {
    throw refusals.malformed(
      'query',
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${MAX_EXPIRES_SECONDS} seconds`,
    );
  }
  return seconds;
}

function readCredential(
  credential: string,
  form: SignatureForm,
  refusals: Refusals,
): Pick<SignatureClaim, 'accessKeyId' | 'date' | 'region' | 'service' | 'terminator'> {
  const [accessKeyId, date, region, service, terminator, ...rest] = credential.split('/');
  if (!accessKeyId || !date || !region || !service || !terminator || rest.length > 0) {
    throw refusals.malformed(
      form,
      'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
    );
  }
  return { accessKeyId, date, region, service, terminator };
}

function readTimestamp(
  request: HttpRequest,
  refusals: Refusals,
): Pick<SignatureClaim, 'timestamp' | 'signedAt'> {
  const amzDate = request.headers['x-amz-date'];
  if (amzDate !== undefined) {
    const signedAt = parseAmzDate(amzDate);
    if (signedAt !== undefined) {
      return { timestamp: amzDate, signedAt };
    }
  } else {
    const signedAt = Date.parse(request.headers['date'] ?? '');
    if (!Number.isNaN(signedAt)) {
      return { timestamp: formatAmzDate(signedAt), signedAt };
    }
  }
  throw refusals.malformed(
    'header',
    "AWS authentication requires a valid Date or x-amz-date header. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
  );
}
