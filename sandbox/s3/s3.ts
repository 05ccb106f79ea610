import { AwsError } from '../kernel/aws-error';
import type { SandboxLog } from '../kernel/sandbox-log';
import type { Authorizer, Clock, HttpRequest, HttpResponse, SignatureCheck } from '../kernel/types';
import { Access } from './access';
import { baseHeaders, s3ErrorResponse } from './answers';
import { isBucketName } from './bucket-name';
import { createBucket, deleteBucket, getBucketLocation, headBucket } from './bucket-operations';
import { s3Error } from './errors';
import { listBuckets } from './list-buckets';
import { listObjects, listObjectsV2 } from './list-objects';
import { getObject, headObject } from './object-reads';
import { deleteObject, putObject } from './object-writes';
import { operationName } from './operations';
import { PageTokens } from './page-token';
import { s3Call, type S3Call } from './s3-call';
import { parseS3Request } from './s3-request';
import { Bucket, StoredObject } from './store';
import type { World } from './world';

export interface S3Options {
  readonly clock: Clock;
  readonly verifier: { verify(request: HttpRequest, service: string): SignatureCheck };
  readonly authorizer: Authorizer;
  readonly region: string;
  readonly log: SandboxLog;
}

export interface SeedObject {
  readonly contentType?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly storageClass?: string;
  /** Milliseconds since the epoch; now, unless given. */
  readonly lastModified?: number;
}

export interface S3 {
  /** Answers one request; never throws. */
  handle(request: HttpRequest, requestId: string): HttpResponse;
  /** The API's name of the operation (`ListObjectsV2`), `Unknown` where there is none. */
  operationOf(request: HttpRequest): string;
  /** Without authorisation, for the seed. Does nothing where the bucket exists; throws InvalidBucketName. */
  createBucket(name: string, region?: string): void;
  /** Without authorisation, for the seed. Throws NoSuchBucket. */
  putObject(bucket: string, key: string, body: Buffer | string, options?: SeedObject): void;
}

type Operation = (call: S3Call, world: World) => HttpResponse;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  CreateBucket: createBucket,
  DeleteBucket: deleteBucket,
  DeleteObject: deleteObject,
  GetBucketLocation: getBucketLocation,
  GetObject: getObject,
  HeadBucket: headBucket,
  HeadObject: headObject,
  ListBuckets: listBuckets,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
  PutObject: putObject,
};

/** S3 in memory, path style. Every request is verified and authorised; every answer is S3's own. */
export function createS3({ clock, verifier, authorizer, region, log }: S3Options): S3 {
  const world: World = {
    clock,
    region,
    buckets: new Map(),
    access: new Access(authorizer, clock, log),
    tokens: new PageTokens(),
  };

  function answer(http: HttpRequest): HttpResponse {
    const request = parseS3Request(http);
    const check = verifier.verify(http, 's3');
    const name = operationName(request);
    if (name === undefined) {
      const ResourceType =
        request.bucket === undefined ? 'SERVICE' : request.key === undefined ? 'BUCKET' : 'OBJECT';
      throw s3Error('MethodNotAllowed', { members: { Method: http.method, ResourceType } });
    }
    const operation = OPERATIONS[name];
    if (operation === undefined) {
      throw s3Error('NotImplemented', { message: `The sandbox does not implement ${name}` });
    }
    return operation(s3Call(name, request, check), world);
  }

  return {
    handle(http, requestId) {
      try {
        const response = answer(http);
        return { ...response, headers: { ...baseHeaders(requestId), ...response.headers } };
      } catch (error) {
        if (error instanceof AwsError) return s3ErrorResponse(error, requestId, http.method);
        log(`s3 failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        return s3ErrorResponse(s3Error('InternalError'), requestId, http.method);
      }
    },
    operationOf(http) {
      try {
        return operationName(parseS3Request(http)) ?? 'Unknown';
      } catch {
        return 'Unknown';
      }
    },
    createBucket(name, bucketRegion = region) {
      if (!isBucketName(name)) throw s3Error('InvalidBucketName', { members: { BucketName: name } });
      if (!world.buckets.has(name)) world.buckets.set(name, new Bucket(name, bucketRegion, clock.now()));
    },
    putObject(bucketName, key, body, options = {}) {
      const bucket = world.buckets.get(bucketName);
      if (bucket === undefined) throw s3Error('NoSuchBucket', { members: { BucketName: bucketName } });
      const object = new StoredObject({
        body: typeof body === 'string' ? Buffer.from(body, 'utf8') : body,
        lastModified: options.lastModified ?? clock.now(),
        storageClass: options.storageClass ?? 'STANDARD',
        systemHeaders: { 'content-type': options.contentType ?? 'binary/octet-stream' },
        metadata: options.metadata ?? {},
        checksum: undefined,
      });
      bucket.put(key, object);
    },
  };
}
