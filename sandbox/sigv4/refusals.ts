import { AwsError } from '../kernel/aws-error';
import { formatAmzDate } from './amz-date';

/** How a service speaks; each of the three families refuses in its own words. */
export type Protocol = 's3' | 'json' | 'query';

export type SignatureForm = 'header' | 'query';

export interface ScopeFault {
  readonly part: 'date' | 'region' | 'service' | 'terminator';
  readonly given: string;
  readonly expected: string;
}

export interface MismatchEvidence {
  readonly accessKeyId: string;
  readonly signature: string;
  readonly stringToSign: string;
}

/** The refusals that signature checking knows, in the words of one protocol. */
export interface Refusals {
  malformed(form: SignatureForm, detail: string): AwsError;
  wrongScope(form: SignatureForm, fault: ScopeFault): AwsError;
  unknownKey(accessKeyId: string): AwsError;
  /** A temporary key came without its session token. */
  missingToken(accessKeyId: string): AwsError;
  wrongToken(): AwsError;
  expiredToken(): AwsError;
  /** Signed too long ago or too far ahead; times in milliseconds since the epoch. */
  skewed(signedAt: number, now: number, toleranceMs: number): AwsError;
  unsignedHeaders(names: readonly string[]): AwsError;
  mismatch(evidence: MismatchEvidence): AwsError;
}

export const MISMATCH_TEXT =
  'The request signature we calculated does not match the signature you provided. Check your key and signing method.';

const s3: Refusals = {
  malformed: (form, detail) =>
    form === 'header'
      ? new AwsError('AuthorizationHeaderMalformed', `The authorization header is malformed; ${detail}`)
      : new AwsError('AuthorizationQueryParametersError', detail),
  wrongScope(form, fault) {
    const detail = {
      date: `Invalid credential date "${fault.given}". This date is not the same as X-Amz-Date: "${fault.expected}".`,
      region: `the region '${fault.given}' is wrong; expecting '${fault.expected}'`,
      service: `incorrect service "${fault.given}". This endpoint belongs to "${fault.expected}".`,
      terminator: `incorrect terminal "${fault.given}". This endpoint uses "${fault.expected}".`,
    }[fault.part];
    const members = fault.part === 'region' ? { Region: fault.expected } : {};
    const headers = fault.part === 'region' ? { 'x-amz-bucket-region': fault.expected } : {};
    return form === 'header'
      ? new AwsError(
          'AuthorizationHeaderMalformed',
          `The authorization header is malformed; ${detail}`,
          400,
          members,
          headers,
        )
      : new AwsError(
          'AuthorizationQueryParametersError',
          `Error parsing the X-Amz-Credential parameter; ${detail}`,
          400,
          members,
          headers,
        );
  },
  unknownKey: unknownS3Key,
  missingToken: unknownS3Key,
  wrongToken: () =>
    new AwsError('InvalidToken', 'The provided token is malformed or otherwise invalid.', 400),
  expiredToken: () => new AwsError('ExpiredToken', 'The provided token has expired.', 400),
  skewed: (signedAt, now, toleranceMs) =>
    new AwsError(
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
      403,
      {
        RequestTime: formatAmzDate(signedAt),
        ServerTime: new Date(now).toISOString().replace(/\.\d{3}/, ''),
        MaxAllowedSkewMilliseconds: String(toleranceMs),
      },
    ),
  unsignedHeaders: (names) =>
    new AwsError('AccessDenied', 'There were headers present in the request which were not signed', 403, {
      HeadersNotSigned: names.join(', '),
    }),
  mismatch: (evidence) =>
    // The canonical request, which S3 adds, is left out: it holds the session token.
    new AwsError('SignatureDoesNotMatch', MISMATCH_TEXT, 403, {
      AWSAccessKeyId: evidence.accessKeyId,
      StringToSign: evidence.stringToSign,
      SignatureProvided: evidence.signature,
    }),
};

function unknownS3Key(accessKeyId: string): AwsError {
  return new AwsError(
    'InvalidAccessKeyId',
    'The AWS Access Key Id you provided does not exist in our records.',
    403,
    { AWSAccessKeyId: accessKeyId },
  );
}

interface Codes {
  readonly incomplete: string;
  readonly signature: string;
  readonly token: string;
  readonly expired: string;
  /** Status of all but the incomplete signature. */
  readonly status: number;
}

const INVALID_TOKEN_TEXT = 'The security token included in the request is invalid.';

function apiRefusals(codes: Codes): Refusals {
  const invalidToken = (): AwsError => new AwsError(codes.token, INVALID_TOKEN_TEXT, codes.status);
  const badSignature = (message: string): AwsError => new AwsError(codes.signature, message, codes.status);
  return {
    malformed: (_form, detail) => new AwsError(codes.incomplete, detail, 400),
    wrongScope: (_form, fault) =>
      badSignature(
        {
          date: `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${fault.given}' != '${fault.expected}'.`,
          region: 'Credential should be scoped to a valid region.',
          service: `Credential should be scoped to correct service: '${fault.expected}'.`,
          terminator: `Credential should be scoped with a valid terminator: '${fault.expected}', not '${fault.given}'.`,
        }[fault.part],
      ),
    unknownKey: invalidToken,
    missingToken: invalidToken,
    wrongToken: invalidToken,
    expiredToken: () =>
      new AwsError(codes.expired, 'The security token included in the request is expired', codes.status),
    skewed(signedAt, now, toleranceMs) {
      const minutes = toleranceMs / 60_000;
      const [signed, current] = [formatAmzDate(signedAt), formatAmzDate(now)];
      return badSignature(
        signedAt < now
          ? `Signature expired: ${signed} is now earlier than ${formatAmzDate(now - toleranceMs)} (${current} - ${minutes} min.)`
          : `Signature not yet current: ${signed} is still later than ${formatAmzDate(now + toleranceMs)} (${current} + ${minutes} min.)`,
      );
    },
    unsignedHeaders: (names) =>
      badSignature(
        names.map((name) => `'${name}' must be a 'SignedHeader' in the AWS Authorization.`).join(' '),
      ),
    mismatch: () =>
      badSignature(
        'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
      ),
  };
}

const json = apiRefusals({
  incomplete: 'IncompleteSignatureException',
  signature: 'InvalidSignatureException',
  token: 'UnrecognizedClientException',
  expired: 'ExpiredTokenException',
  status: 400,
});

const query = apiRefusals({
  incomplete: 'IncompleteSignature',
  signature: 'SignatureDoesNotMatch',
  token: 'InvalidClientTokenId',
  expired: 'ExpiredToken',
  status: 403,
});

const QUERY_SERVICES: ReadonlySet<string> = new Set(['sts', 'iam']);

export function protocolOf(service: string): Protocol {
  return service === 's3' ? 's3' : QUERY_SERVICES.has(service) ? 'query' : 'json';
}

export function refusalsFor(service: string): Refusals {
  return { s3, json, query }[protocolOf(service)];
}

/** What a call without any signature is answered where the operation needs one (S3 decides by its policies instead). */
export function missingSignature(service: string): AwsError {
  return protocolOf(service) === 'query'
    ? new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403)
    : new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 400);
}
