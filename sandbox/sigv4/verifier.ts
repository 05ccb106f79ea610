import { AwsError } from '../kernel/aws-error';
import type { Clock, CredentialStore, HttpRequest, IssuedCredentials, SignatureCheck } from '../kernel/types';
import { canonicalRequest } from './canonical-request';
import { readClaim, type SignatureClaim } from './claim';
import { openPayload, UNSIGNED_PAYLOAD } from './payload';
import { type Refusals, refusalsFor } from './refusals';
import { ALGORITHM, sameSignature, scopeText, sha256Hex, sign, signingKey } from './signing';

export interface SignatureVerifierOptions {
  readonly credentials: CredentialStore;
  readonly clock: Clock;
  /** The region that scopes must name; any when absent. */
  readonly region?: string;
}

export interface SignatureVerifier {
  /**
   * Verifies the signature of a request to `service` (`s3`, `sts`, `iam`, `cognito-idp`, `cognito-identity`), of
   * whatever form, and opens its body. Throws AwsError in the words of that service. `region` overrides the region
   * that the scope must name, for a bucket that lives elsewhere.
   */
  verify(request: HttpRequest, service: string, region?: string): SignatureCheck;
}

const TOLERANCE_MS = 15 * 60 * 1000;

export function createSignatureVerifier(options: SignatureVerifierOptions): SignatureVerifier {
  const { credentials, clock } = options;

  function verify(request: HttpRequest, service: string, region = options.region): SignatureCheck {
    const refusals = refusalsFor(service);
    const isS3 = service === 's3';
    const claim = readClaim(request, refusals, service);
    if (claim === undefined) {
      const declared = isS3 ? request.headers['x-amz-content-sha256'] : undefined;
      const payload = openPayload(request, declared, undefined, refusals);
      return { principal: undefined, ...payload, presigned: false };
    }
    checkScope(claim, service, region, refusals);
    const signer = findSigner(claim, credentials, clock.now(), refusals);
    checkTime(claim, clock.now(), isS3, refusals);
    checkSignedHeaders(request, claim, refusals);
    const declared = declaredPayload(claim, isS3);
    const key = signingKey(signer.secretAccessKey, claim);
    const text = canonicalRequest(request, service, claim.signedHeaders, declared ?? sha256Hex(request.body));
    const lines = [ALGORITHM, claim.timestamp, scopeText(claim), sha256Hex(text)];
    if (!sameSignature(claim.signature, sign(key, lines))) {
      const { accessKeyId, signature } = claim;
      throw refusals.mismatch({ accessKeyId, signature, stringToSign: lines.join('\n') });
    }
    const { timestamp, signature, accessKeyId } = claim;
    const seed = { key, scope: claim, timestamp, signature, accessKeyId };
    const payload = openPayload(request, declared, seed, refusals);
    return { principal: signer.principal, ...payload, presigned: claim.form === 'query' };
  }

  return { verify };
}

/** The last line of the canonical request, where the request decides it: S3 only, all others sign the body as it is. */
function declaredPayload(claim: SignatureClaim, isS3: boolean): string | undefined {
  if (!isS3) {
    return undefined;
  }
  if (claim.payloadHash === undefined && claim.form === 'header') {
    throw new AwsError(
      'InvalidRequest',
      'Missing required header for this request: x-amz-content-sha256',
      400,
    );
  }
  return claim.payloadHash ?? UNSIGNED_PAYLOAD;
}

function checkScope(
  claim: SignatureClaim,
  service: string,
  region: string | undefined,
  refusals: Refusals,
): void {
  const refuse = (
    part: 'date' | 'region' | 'service' | 'terminator',
    given: string,
    expected: string,
  ): void => {
    if (given !== expected) {
      throw refusals.wrongScope(claim.form, { part, given, expected });
    }
  };
  refuse('terminator', claim.terminator, 'aws4_request');
  refuse('service', claim.service, service);
  // IAM is one service for all regions and lives in us-east-1.
  const global = service === 'iam' && claim.region === 'us-east-1';
  if (region !== undefined && !global) {
    refuse('region', claim.region, region);
  }
  refuse('date', claim.date, claim.timestamp.slice(0, 8));
}

function findSigner(
  claim: SignatureClaim,
  credentials: CredentialStore,
  now: number,
  refusals: Refusals,
): IssuedCredentials {
  const signer = credentials.find(claim.accessKeyId);
  if (signer === undefined) {
    throw refusals.unknownKey(claim.accessKeyId);
  }
  if (signer.sessionToken !== undefined && !claim.sessionToken) {
    throw refusals.missingToken(claim.accessKeyId);
  }
  if (!sameSignature(claim.sessionToken ?? '', signer.sessionToken ?? '')) {
    throw refusals.wrongToken();
  }
  if (signer.expiresAt !== undefined && signer.expiresAt <= now) {
    throw refusals.expiredToken();
  }
  return signer;
}

function checkTime(claim: SignatureClaim, now: number, isS3: boolean, refusals: Refusals): void {
  const { signedAt, expiresSeconds } = claim;
  if (expiresSeconds === undefined || !isS3) {
    const lifetime = expiresSeconds === undefined ? TOLERANCE_MS : expiresSeconds * 1000;
    if (signedAt + lifetime < now || signedAt > now + TOLERANCE_MS) {
      throw refusals.skewed(signedAt, now, TOLERANCE_MS);
    }
    return;
  }
  const serverTime = new Date(now).toISOString().replace(/\.\d{3}/, '');
  if (signedAt > now + TOLERANCE_MS) {
    throw new AwsError('AccessDenied', 'Request is not yet valid', 403, { ServerTime: serverTime });
  }
  const end = signedAt + expiresSeconds * 1000;
  if (end < now) {
    throw new AwsError('AccessDenied', 'Request has expired', 403, {
      'X-Amz-Expires': String(expiresSeconds),
      Expires: new Date(end).toISOString().replace(/\.\d{3}/, ''),
      ServerTime: serverTime,
    });
  }
}

/** Host and every `x-amz-` header must be signed, or someone on the way could add or change them. */
function checkSignedHeaders(request: HttpRequest, claim: SignatureClaim, refusals: Refusals): void {
  const signed = new Set(claim.signedHeaders);
  const required = Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'));
  const missing = ['host', ...required].filter((name) => !signed.has(name));
  if (missing.length > 0) {
    throw refusals.unsignedHeaders(missing);
  }
}
