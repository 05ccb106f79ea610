import type { HttpResponse } from '../kernel/types';
import { xmlAnswer } from './answers';
import { compareKeys } from './key-index';
import { owner } from './list-objects';
import { countParameter, invalidArgument } from './list-parameters';
import type { S3Call } from './s3-call';
import type { World } from './world';
import { branch, leaf, xmlDocument } from './xml';

const TOKEN_SCOPE = 'ListBuckets';
const MOST = 10_000;

export function listBuckets(call: S3Call, world: World): HttpResponse {
  world.access.require(call, { action: 's3:ListAllMyBuckets' });
  const { query } = call.request;
  const token = query.get('continuation-token');
  const after = token === undefined ? undefined : world.tokens.open(TOKEN_SCOPE, token);
  if (token !== undefined && after === undefined) {
    invalidArgument('continuation-token', token, 'The continuation token provided is incorrect');
  }
  const most = countParameter(call, 'max-buckets', MOST);
  if (most === 0) {
    invalidArgument('max-buckets', '0', 'Argument max-buckets must be an integer between 1 and 10000');
  }
  const prefix = query.get('prefix') ?? '';
  const region = query.get('bucket-region');
  const matching = [...world.buckets.values()]
    .filter((bucket) => bucket.name.startsWith(prefix) && (region === undefined || bucket.region === region))
    .sort((a, b) => compareKeys(a.name, b.name))
    .filter((bucket) => after === undefined || compareKeys(bucket.name, after) > 0);
  const page = matching.slice(0, most);
  const last = matching.length > most ? page.at(-1)?.name : undefined;
  // AWS names the regions only to those who send one of the newer parameters.
  const regions = ['max-buckets', 'continuation-token', 'prefix', 'bucket-region'].some((name) =>
    query.has(name),
  );
  return xmlAnswer(
    xmlDocument('ListAllMyBucketsResult', [
      owner(call),
      branch(
        'Buckets',
        page.map((bucket) =>
          branch('Bucket', [
            leaf('Name', bucket.name),
            leaf('CreationDate', new Date(Math.floor(bucket.createdAt / 1000) * 1000).toISOString()),
            leaf('BucketRegion', regions ? bucket.region : undefined),
          ]),
        ),
      ),
      leaf('Prefix', query.get('prefix')),
      leaf('ContinuationToken', last === undefined ? undefined : world.tokens.seal(TOKEN_SCOPE, last)),
    ]),
  );
}
