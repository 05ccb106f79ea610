import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { WorkbenchError, isServiceError } from '../core/errors';
import type { S3Api, S3ListPage, S3ObjectDetails } from '../core/ports';
import { abortable } from '../core/session/abort';
import type { AwsCredentials } from '../core/session/model';
import { chunksOf } from './body';
import type { CallObserver, Place, Site } from './call';
import { call, clientOptions } from './call';

export interface S3Options extends Place {
  /** `required`: no checksums but where S3 demands them, for stores that do not know them (decision 7). */
  readonly checksums: 'supported' | 'required';
  /** Asked once for each call; answers with fresh credentials. */
  readonly credentials: (signal?: AbortSignal) => Promise<AwsCredentials>;
}

/** Listing and reading. Remembers the region of each bucket that answers from elsewhere. Path style on own endpoints. */
export function createS3Api(options: S3Options, observe: CallObserver): S3Api {
  const clients = new Map<string, S3Client>();
  const bucketRegions = new Map<string, string>();
  let current: AwsCredentials | undefined;

  /** Before each call: the session decides when credentials are due, not the SDK's own cache. */
  const renew = async (signal?: AbortSignal): Promise<AwsCredentials> => {
    current = await abortable(options.credentials(signal), signal);
    return current;
  };
  // `memoized` keeps the SDK from putting its cache in front; it asks several times for each call.
  const provider = Object.assign(async () => current ?? renew(), { memoized: true });

  const clientFor = (region: string, checksums = options.checksums): S3Client => {
    const key = `${region} ${checksums}`;
    const known = clients.get(key);
    if (known) return known;
    const mode = checksums === 'required' ? ('WHEN_REQUIRED' as const) : ('WHEN_SUPPORTED' as const);
    const client = new S3Client({
      ...clientOptions({ ...options, region }, 2),
      requestChecksumCalculation: mode,
      responseChecksumValidation: mode,
      credentials: provider,
      ...(options.endpoint ? { forcePathStyle: true } : {}),
    });
    clients.set(key, client);
    return client;
  };

  const siteOf = (operation: string, region: string, bucket: string, key?: string): Site => ({
    service: 's3',
    operation,
    host: options.endpoint ?? `s3.${region}`,
    extra: { bucket, key },
  });
  const regionOf = (bucket: string): string => bucketRegions.get(bucket) ?? options.region;

  const send = async <T extends { $metadata: { requestId?: string } }>(
    operation: string,
    bucket: string,
    key: string | undefined,
    request: (client: S3Client, abortSignal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> => {
    const attempt = (region: string): Promise<T> => {
      const site = siteOf(operation, region, bucket, key);
      return call(site, (abort) => request(clientFor(region), abort), observe, signal);
    };
    await renew(signal);
    const region = regionOf(bucket);
    try {
      return await attempt(region);
    } catch (error) {
      const other = otherRegion(error, region);
      if (other === undefined) throw error;
      bucketRegions.set(bucket, other);
      return attempt(other);
    }
  };

  const bytesOf = (answer: GetObjectCommandOutput, bucket: string, key: string, signal?: AbortSignal) =>
    chunksOf(answer.Body, siteOf('GetObject', regionOf(bucket), bucket, key), signal);

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
      const chunks: Uint8Array[] = [];
      let bytes = 0;
      for await (const chunk of bytesOf(answer, bucket, key, signal)) {
        bytes += chunk.length;
        // The announced length ends it before the second chunk; a stand-in may announce none.
        const length = Math.max(bytes, answer.ContentLength ?? 0);
        if (length > maxBytes) {
          throw new WorkbenchError('s3.too-large', `${length} bytes`, { bytes: length, maxBytes });
        }
        chunks.push(chunk);
      }
      return joined(chunks, bytes);
    },
    async download(bucket, key, write, progress, signal) {
      const answer = await send('GetObject', bucket, key, getObject(bucket, key), signal);
      let bytes = 0;
      for await (const chunk of bytesOf(answer, bucket, key, signal)) {
        await write(chunk);
        bytes += chunk.length;
        progress(bytes, answer.ContentLength);
      }
      return bytes;
    },
    async presignGet(bucket, key, seconds) {
      const { expiresAt } = await renew();
      const left = Math.floor((expiresAt - Date.now()) / 1000);
      const expiresIn = Math.max(1, Math.min(seconds, left));
      const client = clientFor(regionOf(bucket), 'required');
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

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** 301 PermanentRedirect and 400 AuthorizationHeaderMalformed name the bucket's region; to a HEAD they have no name. */
function otherRegion(error: unknown, asked: string): string | undefined {
  if (!isServiceError(error)) return undefined;
  const region = error.data['region'];
  if (typeof region !== 'string' || region === asked) return undefined;
  const moved =
    error.data['status'] === 301 ||
    error.awsCode === 'PermanentRedirect' ||
    error.awsCode === 'AuthorizationHeaderMalformed' ||
    error.awsCode === 'BadRequest';
  return moved ? region : undefined;
}
