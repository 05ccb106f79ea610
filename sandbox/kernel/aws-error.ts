/** An error as an AWS service would answer it; the server renders it for the protocol in use. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    /** Further members of the answer (S3's BucketName, Region, …). */
    readonly members: Readonly<Record<string, string>> = {},
    /** Further response headers (`x-amz-bucket-region`, …). */
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'AwsError';
  }
}
