import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { bigContents, BIG_BYTES, MANY, ODD_KEYS } from '../../../../sandbox/seed/objects';
import { gradientPng } from '../../../../sandbox/seed/png';
import { startTestSandbox, type TestSandbox } from '../../../support/sandbox';

interface Federated {
  readonly identityId: string;
  readonly s3: S3Client;
}

describe('sandbox seed', function () {
  this.timeout(20_000);
  let sandbox: TestSandbox;

  before(async () => {
    sandbox = await startTestSandbox();
  });
  after(() => sandbox.stop());

  const s3 = (credentials: {
    accessKeyId: string;
    secretAccessKey: string;
    sessionToken?: string;
  }): S3Client =>
    new S3Client({
      endpoint: sandbox.description.s3,
      region: sandbox.description.region,
      credentials,
      forcePathStyle: true,
      maxAttempts: 1,
    });

  async function federate(idToken: string): Promise<Federated> {
    const Logins = { [sandbox.providerName]: idToken };
    const found = await sandbox.call('GetId', { IdentityPoolId: sandbox.identityPoolId, Logins });
    const identityId = String(found.body['IdentityId']);
    const { body } = await sandbox.call('GetCredentialsForIdentity', { IdentityId: identityId, Logins });
    const keys = body['Credentials'] as Record<string, string> | undefined;
    assert.ok(keys, JSON.stringify(body));
    const { AccessKeyId = '', SecretKey = '', SessionToken = '' } = keys;
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretKey, sessionToken: SessionToken };
    return { identityId, s3: s3(credentials) };
  }

  const signInAs = async (username: string): Promise<Federated> =>
    federate((await sandbox.signIn(username)).idToken);

  it('has the same ids and passwords at every start, and other keys', async () => {
    const again = await startTestSandbox();
    try {
      for (const part of ['userPools', 'identityPools', 'roles', 'buckets', 'admin'] as const)
        assert.deepEqual(again.description[part], sandbox.description[part]);
      const [here, there] = await Promise.all([sandbox.signIn('reader'), again.signIn('reader')]);
      const claims = (token: string): Record<string, unknown> =>
        JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
      assert.equal(claims(here.idToken)['sub'], claims(there.idToken)['sub']);
      const { body } = await again.call('GetUser', { AccessToken: here.accessToken });
      assert.equal(body['message'], 'Could not verify signature for Access Token');
    } finally {
      await again.stop();
    }
  });

  it('names the ids in the form of AWS', () => {
    const [pool] = sandbox.description.userPools;
    assert.match(pool?.id ?? '', /^us-east-1_[A-Za-z0-9]{9}$/);
    for (const client of pool?.clients ?? []) {
      assert.match(client.id, /^[a-z0-9]{26}$/);
      if (client.secret !== null) assert.match(client.secret, /^[a-z0-9]{51}$/);
    }
    assert.match(sandbox.identityPoolId, /^us-east-1:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('gives reader and admin a folder of their own', async () => {
    for (const username of ['reader', 'admin']) {
      const { identityId, s3: client } = await signInAs(username);
      const at = { Bucket: sandbox.bucket, Key: `private/${identityId}/` };
      const profile = await client.send(new GetObjectCommand({ ...at, Key: `${at.Key}profile.json` }));
      assert.equal(profile.ContentType, 'application/json');
      const text = (await profile.Body?.transformToString()) ?? '';
      assert.equal((JSON.parse(text) as { username: string }).username, username);
      assert.ok(text.includes('\n  '));
      const photo = await client.send(new GetObjectCommand({ ...at, Key: `${at.Key}photo.png` }));
      assert.equal(photo.ContentType, 'image/png');
      const big = await client.send(new HeadObjectCommand({ ...at, Key: `${at.Key}big.bin` }));
      assert.equal(big.ContentLength, BIG_BYTES);
    }
  });

  it('shows the plan to admins only', async () => {
    const plan = new GetObjectCommand({ Bucket: sandbox.bucket, Key: 'secret/plan.txt' });
    const admin = await signInAs('admin');
    const { Body } = await admin.s3.send(plan);
    assert.match((await Body?.transformToString()) ?? '', /only Admins/);
    const reader = await signInAs('reader');
    await assert.rejects(reader.s3.send(plan), { name: 'AccessDenied' });
    const others = new ListObjectsV2Command({
      Bucket: sandbox.bucket,
      Prefix: `private/${admin.identityId}/`,
    });
    await assert.rejects(reader.s3.send(others), { name: 'AccessDenied' });
    assert.equal((await admin.s3.send(others)).KeyCount, 3);
  });

  it('gives the newcomer, who is in no group, the default role', async () => {
    const Challenge = await sandbox.call('InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: sandbox.webClientId,
      AuthParameters: { USERNAME: 'newcomer', PASSWORD: sandbox.user('newcomer').password },
    });
    assert.equal(Challenge.body['ChallengeName'], 'NEW_PASSWORD_REQUIRED');
    const { body } = await sandbox.call('RespondToAuthChallenge', {
      ClientId: sandbox.webClientId,
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session: Challenge.body['Session'],
      ChallengeResponses: { USERNAME: 'newcomer', NEW_PASSWORD: 'Changed-1-Sandbox!' },
    });
    const { IdToken = '' } = body['AuthenticationResult'] as Record<string, string>;
    const { s3: client } = await federate(IdToken);
    const welcome = await client.send(
      new GetObjectCommand({ Bucket: sandbox.bucket, Key: 'public/welcome.txt' }),
    );
    assert.match((await welcome.Body?.transformToString()) ?? '', /Welcome/);
  });

  it('fills public/many/ with three pages, and public/odd/ with every odd key', async () => {
    const client = s3(sandbox.description.admin);
    const keys = async (Prefix: string): Promise<{ all: string[]; pages: number }> => {
      const all: string[] = [];
      let ContinuationToken: string | undefined;
      let pages = 0;
      do {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket: sandbox.bucket, Prefix, ContinuationToken }),
        );
        all.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''));
        ContinuationToken = page.NextContinuationToken;
        pages += 1;
      } while (ContinuationToken !== undefined);
      return { all, pages };
    };
    const many = await keys('public/many/');
    assert.deepEqual([many.all.length, many.pages], [MANY, 3]);
    const odd = await keys('public/odd/');
    const bytes = (key: string): Buffer => Buffer.from(key, 'utf8');
    assert.deepEqual(
      odd.all,
      [...ODD_KEYS].sort((left, right) => bytes(left).compare(bytes(right))),
    );
    for (const Key of ODD_KEYS) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: sandbox.bucket, Key }));
      const text = (await Body?.transformToString()) ?? '';
      assert.equal(text, Key.endsWith('/') ? '' : `The key of this object is ${JSON.stringify(Key)}.\n`);
    }
  });

  it('draws a real picture', () => {
    const png = gradientPng(4, 3, 99);
    assert.equal(png.subarray(0, 8).toString('hex'), '89504e470d0a1a0a');
    assert.equal(png.readUInt32BE(16), 4);
    assert.equal(png.readUInt32BE(20), 3);
    const start = png.indexOf('IDAT');
    const rows = inflateSync(png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4)));
    assert.equal(rows.length, (4 * 3 + 1) * 3);
    assert.equal(rows[3], 99);
    // The checksum of IEND is the same in every PNG.
    assert.equal(png.subarray(-4).toString('hex'), 'ae426082');
  });

  it('makes the big file the same every time', () => {
    assert.equal(bigContents().length, BIG_BYTES);
    assert.ok(bigContents().equals(bigContents()));
  });
});
