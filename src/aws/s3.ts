import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { WorkbenchError, isServiceError } from '../core/errors';
import type { S3Api, S3ListPage, S3ObjectDetails } from '../core/ports';
import type { AwsCredentials } from '../core/session/model';
import type { CallObserver } from './call';
import { call, httpHandler } from './call';

export interface S3Options {
  readonly region: string;
  readonly endpoint?: string | undefined;
  /** `required`: no checksums but where S3 demands them, for stores that do not know them (decision 7). */
  readonly checksums: 'supported' | 'required';
  /** Asked at each signed call; answers with fresh credentials. */
  readonly credentials: () => Promise<AwsCredentials>;
}

/** Listing and reading. Remembers the region of each bucket that answers from elsewhere. Path style on own endpoints. */
export function createS3Api(options: S3Options, observe: CallObserver): S3Api {
  const clients = new Map<string, S3Client>();
  const bucketRegions = new Map<string, string>();

  const clientFor = (region: string, checksums = options.checksums): S3Client => {
    const key = `${region} ${checksums}`;
    const known = clients.get(key);
    if (known) return known;
    const mode = checksums === 'required' ? ('WHEN_REQUIRED' as const) : ('WHEN_SUPPORTED' as const);
    const client = new S3Client({
      region,
      maxAttempts: 2,
      requestHandler: httpHandler,
      requestChecksumCalculation: mode,
      responseChecksumValidation: mode,
      credentials: async () => {
        const found = await options.credentials();
        // No `expiration`: the SDK would keep them until five minutes before it; the session decides when they are due.
        return {
          accessKeyId: found.accessKeyId,
          secretAccessKey: found.secretAccessKey,
          sessionToken: found.sessionToken,
          expiration: new Date(Math.min(found.expiresAt, Date.now() + 60_000)),
        };
      },
      ...(options.endpoint ? { endpoint: options.endpoint, forcePathStyle: true } : {}),
    });
    clients.set(key, client);
    return client;
  };

  const send = async <T extends { $metadata: { requestId?: string } }>(
    operation: string,
    bucket: string,
    key: string | undefined,
    request: (client: S3Client, abortSignal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> => {
    const attempt = (region: string): Promise<T> => {
      const host = options.endpoint ?? `s3.${region}`;
      const site = { service: 's3' as const, operation, host, extra: { bucket, key } };
      return call(site, (abort) => request(clientFor(region), abort), observe, signal);
    };
    const region = bucketRegions.get(bucket) ?? options.region;
    try {
      return await attempt(region);
    } catch (error) {
      const other = otherRegion(error, region);
      if (other === undefined) throw error;
      bucketRegions.set(bucket, other);
      return attempt(other);
    }
  };

  return {
    async list(request, signal): Promise<S3ListPage> {
      const command = new ListObjectsV2Command({
        Bucket: request.bucket,
        Prefix: request.prefix,
        Delimiter: request.delimiter,
        ContinuationToken: request.continuationToken,
        MaxKeys: request.maxKeys,
      });
      const run = (client: S3Client, abortSignal: AbortSignal) => client.send(command, { abortSignal });
      const page = await send('ListObjectsV2', request.bucket, undefined, run, signal);
      return {
        prefixes: (page.CommonPrefixes ?? []).flatMap((item) =>
          item.Prefix === undefined ? [] : [item.Prefix],
        ),
        objects: (page.Contents ?? []).flatMap((item) =>
          item.Key === undefined
            ? []
            : [
                {
                  key: item.Key,
                  size: item.Size ?? 0,
                  lastModified: item.LastModified?.getTime(),
                  storageClass: item.StorageClass,
                  etag: item.ETag,
                },
              ],
        ),
        nextToken: page.IsTruncated ? page.NextContinuationToken : undefined,
      };
    },
    async head(bucket, key, signal): Promise<S3ObjectDetails> {
      const command = new HeadObjectCommand({ Bucket: bucket, Key: key });
      const run = (client: S3Client, abortSignal: AbortSignal) => client.send(command, { abortSignal });
      const found = await send('HeadObject', bucket, key, run, signal);
      return {
        key,
        size: found.ContentLength ?? 0,
        lastModified: found.LastModified?.getTime(),
        storageClass: found.StorageClass,
        etag: found.ETag,
        contentType: found.ContentType,
        contentEncoding: found.ContentEncoding,
        cacheControl: found.CacheControl,
        versionId: found.VersionId,
        encryption: found.ServerSideEncryption,
        kmsKeyId: found.SSEKMSKeyId,
        metadata: found.Metadata ?? {},
      };
    },
    async read(bucket, key, maxBytes, signal) {
      const answer = await send('GetObject', bucket, key, getObject(bucket, key), signal);
      const length = answer.ContentLength ?? 0;
      if (length > maxBytes) {
        discard(answer);
        throw new WorkbenchError('s3.too-large', `${length} bytes`, { bytes: length, maxBytes });
      }
      if (!answer.Body) return new Uint8Array();
      return answer.Body.transformToByteArray();
    },
    async download(bucket, key, write, progress, signal) {
      const answer = await send('GetObject', bucket, key, getObject(bucket, key), signal);
      let bytes = 0;
      try {
        for await (const chunk of chunksOf(answer)) {
          signal?.throwIfAborted();
          await write(chunk);
          bytes += chunk.length;
          progress(bytes, answer.ContentLength);
        }
      } finally {
        discard(answer);
      }
      if (answer.ContentLength !== undefined && bytes !== answer.ContentLength) {
        throw new WorkbenchError('s3.download-failed', `${bytes} of ${answer.ContentLength} bytes arrived`, {
          bytes,
        });
      }
      return bytes;
    },
    async presignGet(bucket, key, seconds) {
      const credentials = await options.credentials();
      const left = Math.floor((credentials.expiresAt - Date.now()) / 1000);
      const expiresIn = Math.max(1, Math.min(seconds, left));
      const client = clientFor(bucketRegions.get(bucket) ?? options.region, 'required');
      const url = await getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: key }), {
        expiresIn,
      });
      return { url, expiresAt: Date.now() + expiresIn * 1000 };
    },
  };
}

function getObject(bucket: string, key: string) {
  const command = new GetObjectCommand({ Bucket: bucket, Key: key });
  return (client: S3Client, abortSignal: AbortSignal) => client.send(command, { abortSignal });
}

function chunksOf(answer: GetObjectCommandOutput): AsyncIterable<Uint8Array> {
  if (!answer.Body) return (async function* () {})();
  return answer.Body as unknown as AsyncIterable<Uint8Array>;
}

function discard(answer: GetObjectCommandOutput): void {
  const body = answer.Body as unknown as { destroy?: () => void } | undefined;
  body?.destroy?.();
}

/** 301 PermanentRedirect and 400 AuthorizationHeaderMalformed both name the bucket's region. */
function otherRegion(error: unknown, asked: string): string | undefined {
  if (!isServiceError(error)) return undefined;
  const region = error.data['region'];
  if (typeof region !== 'string' || region === asked) return undefined;
  const moved =
    error.data['status'] === 301 ||
    error.awsCode === 'PermanentRedirect' ||
    error.awsCode === 'AuthorizationHeaderMalformed';
  return moved ? region : undefined;
}
