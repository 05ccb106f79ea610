import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createS3Api } from '../../../src/aws/index';
import type { S3Api } from '../../../src/core/ports';
import { failureOf } from '../../support/failures';
import { serve, type LocalServer } from '../../support/local-server';

const REGION = 'eu-west-1';

/** A bucket lives in one region; whoever signs for another is sent there, and should go there at once next time. */
describe('S3 buckets of another region', () => {
  let server: LocalServer;
  let s3: S3Api;
  let redirect: (request: IncomingMessage, response: ServerResponse) => void;

  beforeEach(async () => {
    server = await serve((request, response) => {
      const scope = /Credential=[^/]+\/\d+\/([\w-]+)\//.exec(request.headers.authorization ?? '')?.[1];
      if (scope !== REGION) {
        redirect(request, response);
        return;
      }
      response.setHeader('content-type', 'application/xml');
      response.end('<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>');
    });
    const credentials = {
      accessKeyId: 'ASIAEXAMPLE',
      secretAccessKey: 'secret',
      sessionToken: 'token',
      issuedAt: Date.now(),
      expiresAt: Date.now() + 3_600_000,
    };
    s3 = createS3Api(
      {
        region: 'us-east-1',
        endpoint: server.url,
        checksums: 'supported',
        credentials: async () => credentials,
      },
      () => undefined,
    );
  });
  afterEach(() => server.close());

  const refuse = (status: number, code: string, header: boolean, region?: string) => {
    redirect = (request, response) => {
      response.statusCode = status;
      response.setHeader('content-type', 'application/xml');
      if (header) response.setHeader('x-amz-bucket-region', REGION);
      const named = region === undefined ? '' : `<Region>${region}</Region>`;
      response.end(
        request.method === 'HEAD'
          ? undefined
          : `<Error><Code>${code}</Code><Message>Elsewhere</Message>${named}</Error>`,
      );
    };
  };

  const answers: readonly [string, () => void][] = [
    ['301 with the region in a header', () => refuse(301, 'PermanentRedirect', true)],
    ['400 with the region in a header', () => refuse(400, 'AuthorizationHeaderMalformed', true)],
    ['400 with the region in the body', () => refuse(400, 'AuthorizationHeaderMalformed', false, REGION)],
  ];
  for (const [name, order] of answers) {
    it(`costs one more call, once: ${name}`, async () => {
      order();
      await s3.list({ bucket: 'far', prefix: '' });
      assert.equal(server.seen.length, 2);
      await s3.list({ bucket: 'far', prefix: '' });
      assert.equal(server.seen.length, 3);
      await s3.list({ bucket: 'other', prefix: '' });
      assert.equal(server.seen.length, 5, 'each bucket has its own region');
    });
  }

  for (const status of [301, 400]) {
    it(`is found by a HEAD, too, whose ${status} has no body`, async () => {
      refuse(status, '', true);
      await s3.head('far', 'key');
      await s3.head('far', 'key');
      assert.deepEqual(
        server.seen.map((line) => line.split(' ')[0]),
        ['HEAD', 'HEAD', 'HEAD'],
      );
    });
  }

  it('does not go round in circles', async () => {
    redirect = (_request, response) => {
      response.statusCode = 301;
      response.setHeader('x-amz-bucket-region', 'us-east-2');
      response.setHeader('content-type', 'application/xml');
      response.end('<Error><Code>PermanentRedirect</Code><Message>Elsewhere</Message></Error>');
    };
    const error = await failureOf(s3.list({ bucket: 'far', prefix: '' }));
    assert.equal(error.awsCode, 'PermanentRedirect');
    assert.equal(server.seen.length, 2);
  });

  it('does not take a refusal that names a region for a redirect', async () => {
    refuse(403, 'AccessDenied', true);
    const error = await failureOf(s3.list({ bucket: 'far', prefix: '' }));
    assert.equal(error.awsCode, 'AccessDenied');
    assert.equal(error.data['region'], REGION);
    assert.equal(server.seen.length, 1);
  });
});
