import type { Clock } from '../kernel/types';
import type { Access } from './access';
import { isBucketName } from './bucket-name';
import { s3Error } from './errors';
import type { PageTokens } from './page-token';
import type { S3Call } from './s3-call';
import type { Bucket, Buckets } from './store';

/** What the operations work on. */
export interface World {
  readonly clock: Clock;
  /** The sandbox's own region. */
  readonly region: string;
  readonly buckets: Buckets;
  readonly access: Access;
  readonly tokens: PageTokens;
}

export function bucketNameOf(call: S3Call): string {
  const name = call.request.bucket ?? '';
  if (!isBucketName(name)) throw s3Error('InvalidBucketName', { members: { BucketName: name } });
  return name;
}

/** The bucket of a call. Throws InvalidBucketName, NoSuchBucket, and AccessDenied where another owner is expected. */
export function findBucket(call: S3Call, world: World): Bucket {
  const name = bucketNameOf(call);
  const bucket = world.buckets.get(name);
  if (bucket === undefined) throw s3Error('NoSuchBucket', { members: { BucketName: name } });
  const owner = call.headers['x-amz-expected-bucket-owner'];
  if (owner !== undefined && owner !== call.check.principal?.accountId) throw s3Error('AccessDenied');
  return bucket;
}

/**
 * As findBucket, and refuses a call that was meant for another region. One endpoint stands for all regions here, so
 * the signature tells which one is meant: with that of the sandbox the call reached the wrong endpoint
 * (PermanentRedirect); with a third one it is the signature that is wrong (AuthorizationHeaderMalformed).
 */
export function bucketHere(call: S3Call, world: World): Bucket {
  const bucket = findBucket(call, world);
  const meant = call.signingRegion ?? world.region;
  if (bucket.region === meant) return bucket;
  const headers = { 'x-amz-bucket-region': bucket.region };
  if (meant === world.region) {
    const Endpoint = `s3.${bucket.region}.amazonaws.com`;
    throw s3Error('PermanentRedirect', { members: { Endpoint, Bucket: bucket.name }, headers });
  }
  const details = { members: { Region: bucket.region }, headers };
  const wrong = `the region '${meant}' is wrong; expecting '${bucket.region}'`;
  if (call.check.presigned) {
    const message = `Error parsing the X-Amz-Credential parameter; ${wrong}`;
    throw s3Error('AuthorizationQueryParametersError', { ...details, message });
  }
  const message = `The authorization header is malformed; ${wrong}`;
  throw s3Error('AuthorizationHeaderMalformed', { ...details, message });
}

/** Refuses headers that ask for what the sandbox has not (yet), rather than ignoring them. */
export function refuseHeaders(call: S3Call, names: readonly string[]): void {
  for (const name of names) {
    if (call.headers[name] !== undefined) {
      throw s3Error('NotImplemented', {
        message: `A header you provided implies functionality that is not implemented: ${name}`,
        members: { Header: name },
      });
    }
  }
}
