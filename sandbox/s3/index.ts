export { s3ErrorResponse } from './answers';
export { s3Error } from './errors';
export { createS3 } from './s3';
export type { S3, S3Options, SeedObject } from './s3';
