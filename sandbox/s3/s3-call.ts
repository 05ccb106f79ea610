import type { HttpRequest, SignatureCheck } from '../kernel/types';
import type { S3Request } from './s3-request';

/** A request whose signature was checked. */
export interface S3Call {
  readonly operation: string;
  readonly request: S3Request;
  readonly check: SignatureCheck;
  /** The region of the credential scope; undefined for anonymous requests. */
  readonly signingRegion: string | undefined;
  /** `x-amz-*` and other headers by lower-case name. A presigned URL may carry its `x-amz-*` headers as (signed) parameters. */
  readonly headers: Readonly<Record<string, string>>;
}

function scopeRegion(http: HttpRequest, query: ReadonlyMap<string, string>): string | undefined {
  const scope =
    query.get('X-Amz-Credential') ?? /Credential=([^,\s]+)/.exec(http.headers['authorization'] ?? '')?.[1];
  // Access keys hold no slash: KEY/DATE/REGION/SERVICE/aws4_request.
  return scope?.split('/')[2];
}

export function s3Call(operation: string, request: S3Request, check: SignatureCheck): S3Call {
  const headers: Record<string, string> = {};
  if (check.presigned) {
    for (const [name, value] of request.query) {
      if (/^x-amz-/i.test(name)) headers[name.toLowerCase()] = value;
    }
  }
  Object.assign(headers, request.http.headers);
  const signingRegion = check.principal === undefined ? undefined : scopeRegion(request.http, request.query);
  return { operation, request, check, signingRegion, headers };
}
