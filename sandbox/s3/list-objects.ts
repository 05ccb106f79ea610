import { createHash } from 'node:crypto';

import type { HttpResponse } from '../kernel/types';
import { xmlAnswer } from './answers';
import { listPage, type Page } from './list-page';
import { invalidArgument, listContext, listParameters, type ListParameters } from './list-parameters';
import type { S3Call } from './s3-call';
import type { Bucket } from './store';
import { bucketHere, type World } from './world';
import { branch, leaf, xmlDocument } from './xml';

function listableBucket(call: S3Call, world: World): Bucket {
  const bucket = bucketHere(call, world);
  world.access.require(call, { action: 's3:ListBucket', bucket: bucket.name, context: listContext(call) });
  return bucket;
}

/** The owner's canonical id: 64 hexadecimal digits that stay the same for an account. */
export function owner(call: S3Call): string {
  const account = call.check.principal?.accountId ?? '';
  return branch('Owner', [leaf('ID', createHash('sha256').update(`account ${account}`).digest('hex'))]);
}

function contents(bucket: Bucket, key: string, parameters: ListParameters, ownerElement: string): string {
  const object = bucket.get(key);
  if (object === undefined) return '';
  return branch('Contents', [
    leaf('Key', parameters.encode(key)),
    leaf('LastModified', new Date(object.lastModified).toISOString()),
    leaf('ETag', object.etag),
    leaf('ChecksumAlgorithm', object.givenChecksum?.algorithm.toUpperCase()),
    leaf('ChecksumType', object.givenChecksum === undefined ? undefined : 'FULL_OBJECT'),
    leaf('Size', object.body.length),
    ownerElement,
    leaf('StorageClass', object.storageClass),
  ]);
}

function entries(bucket: Bucket, page: Page, parameters: ListParameters, ownerElement: string): string[] {
  return [
    ...page.keys.map((key) => contents(bucket, key, parameters, ownerElement)),
    ...page.commonPrefixes.map((prefix) =>
      branch('CommonPrefixes', [leaf('Prefix', parameters.encode(prefix))]),
    ),
  ];
}

function answer(bucket: Bucket, children: readonly string[]): HttpResponse {
  const document = xmlAnswer(xmlDocument('ListBucketResult', children));
  return { ...document, headers: { ...document.headers, 'x-amz-bucket-region': bucket.region } };
}

export function listObjectsV2(call: S3Call, world: World): HttpResponse {
  const bucket = listableBucket(call, world);
  const parameters = listParameters(call);
  const { query } = call.request;
  const { prefix, delimiter, maxKeys, encode } = parameters;
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after');
  let after = startAfter === '' ? undefined : startAfter;
  if (token !== undefined) {
    after = world.tokens.open(bucket.name, token);
    if (after === undefined) {
      invalidArgument('continuation-token', token, 'The continuation token provided is incorrect');
    }
  }
  const page = listPage(bucket.index, { prefix, delimiter, after, maxKeys });
  const next =
    page.truncated && page.last !== undefined ? world.tokens.seal(bucket.name, page.last) : undefined;
  return answer(bucket, [
    leaf('Name', bucket.name),
    leaf('Prefix', encode(prefix)),
    leaf('Delimiter', delimiter === '' ? undefined : encode(delimiter)),
    leaf('MaxKeys', maxKeys),
    leaf('EncodingType', parameters.encodingType),
    leaf('KeyCount', page.keys.length + page.commonPrefixes.length),
    leaf('IsTruncated', page.truncated),
    leaf('ContinuationToken', token),
    leaf('NextContinuationToken', next),
    leaf('StartAfter', startAfter === undefined ? undefined : encode(startAfter)),
    ...entries(bucket, page, parameters, query.get('fetch-owner') === 'true' ? owner(call) : ''),
  ]);
}

/** The first version of the listing: a readable marker, given back only where a delimiter is used. */
export function listObjects(call: S3Call, world: World): HttpResponse {
  const bucket = listableBucket(call, world);
  const parameters = listParameters(call);
  const { prefix, delimiter, maxKeys, encode } = parameters;
  const marker = call.request.query.get('marker') ?? '';
  const after = marker === '' ? undefined : marker;
  const page = listPage(bucket.index, { prefix, delimiter, after, maxKeys });
  const nextMarker = page.truncated && delimiter !== '' ? page.last : undefined;
  return answer(bucket, [
    leaf('Name', bucket.name),
    leaf('Prefix', encode(prefix)),
    leaf('Marker', encode(marker)),
    leaf('NextMarker', nextMarker === undefined ? undefined : encode(nextMarker)),
    leaf('MaxKeys', maxKeys),
    leaf('Delimiter', delimiter === '' ? undefined : encode(delimiter)),
    leaf('EncodingType', parameters.encodingType),
    leaf('IsTruncated', page.truncated),
    ...entries(bucket, page, parameters, owner(call)),
  ]);
}
