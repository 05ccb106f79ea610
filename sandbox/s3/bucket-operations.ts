import type { HttpResponse } from '../kernel/types';
import { xmlAnswer } from './answers';
import { s3Error } from './errors';
import type { S3Call } from './s3-call';
import { Bucket } from './store';
import { bucketHere, bucketNameOf, findBucket, refuseHeaders, type World } from './world';
import { escapeXml, xmlDocument } from './xml';
import { readXml } from './xml-reader';

/** The region that takes any location constraint, and in which creating one's own bucket again succeeds. */
const CLASSIC_REGION = 'us-east-1';

export function headBucket(call: S3Call, world: World): HttpResponse {
  const bucket = bucketHere(call, world);
  const headers = { 'x-amz-bucket-region': bucket.region };
  if (!world.access.allows(call, { action: 's3:ListBucket', bucket: bucket.name })) {
    throw s3Error('AccessDenied', { headers });
  }
  return { status: 200, headers: { ...headers, 'x-amz-access-point-alias': 'false' } };
}

export function getBucketLocation(call: S3Call, world: World): HttpResponse {
  const bucket = findBucket(call, world);
  world.access.require(call, { action: 's3:GetBucketLocation', bucket: bucket.name });
  const location = bucket.region === CLASSIC_REGION ? '' : bucket.region;
  return xmlAnswer(xmlDocument('LocationConstraint', [escapeXml(location)]));
}

export function createBucket(call: S3Call, world: World): HttpResponse {
  world.access.require(call, { action: 's3:CreateBucket', bucket: call.request.bucket ?? '' });
  const name = bucketNameOf(call);
  refuseHeaders(call, ['x-amz-bucket-object-lock-enabled', 'x-amz-acl', 'x-amz-grant-full-control']);
  const endpoint = call.signingRegion ?? world.region;
  const region = wantedRegion(call, endpoint);
  const present = world.buckets.get(name);
  if (present === undefined) {
    world.buckets.set(name, new Bucket(name, region, world.clock.now()));
  } else if (present.region !== CLASSIC_REGION || region !== CLASSIC_REGION) {
    throw s3Error('BucketAlreadyOwnedByYou', { members: { BucketName: name } });
  }
  return { status: 200, headers: { location: `/${name}`, 'x-amz-bucket-arn': `arn:aws:s3:::${name}` } };
}

function wantedRegion(call: S3Call, endpoint: string): string {
  if (call.check.body.length === 0) return unconstrained(endpoint);
  const root = readXml(call.check.body.toString('utf8'));
  if (root.name !== 'CreateBucketConfiguration') throw s3Error('MalformedXML');
  let constraint: string | undefined;
  for (const { name, text, children } of root.children) {
    if (name !== 'LocationConstraint') {
      throw s3Error('NotImplemented', { message: `CreateBucket with ${name} is not implemented` });
    }
    if (children.length > 0 || constraint !== undefined) throw s3Error('MalformedXML');
    constraint = text;
  }
  if (constraint === undefined || constraint === '') return unconstrained(endpoint);
  const region = constraint === 'EU' ? 'eu-west-1' : constraint;
  if (!/^[a-z]{2,4}(-[a-z]+)+-\d$/.test(region) || region === CLASSIC_REGION) {
    throw s3Error('InvalidLocationConstraint', { members: { LocationConstraint: constraint } });
  }
  if (endpoint !== CLASSIC_REGION && endpoint !== region) {
    throw s3Error('IllegalLocationConstraintException', {
      message: `The ${constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    });
  }
  return region;
}

function unconstrained(endpoint: string): string {
  if (endpoint !== CLASSIC_REGION) throw s3Error('IllegalLocationConstraintException');
  return CLASSIC_REGION;
}

export function deleteBucket(call: S3Call, world: World): HttpResponse {
  const bucket = bucketHere(call, world);
  world.access.require(call, { action: 's3:DeleteBucket', bucket: bucket.name });
  if (bucket.index.size > 0) throw s3Error('BucketNotEmpty', { members: { BucketName: bucket.name } });
  world.buckets.delete(bucket.name);
  return { status: 204 };
}
