import assert from 'node:assert/strict';
import type { S3Api } from '../../../src/core/ports';
import type { AwsCredentials } from '../../../src/core/session/model';
import { startScene, type Scene } from './scene';

describe('presigned addresses', function () {
  this.timeout(20_000);
  let scene: Scene;
  let s3: S3Api;
  let key: string;
  let credentials: AwsCredentials;

  before(async () => {
    scene = await startScene();
    const given = await scene.credentials('reader');
    key = `private/${given.identityId}/profile.json`;
    credentials = given;
    s3 = scene.s3(() => credentials);
  });
  after(() => scene.sandbox.stop());

  it('open with nothing but the address, and end at their time', async () => {
    const { url, expiresAt } = await s3.presignGet(scene.sandbox.bucket, key, 60);
    assert.ok(Math.abs(expiresAt - Date.now() - 60_000) < 5000);
    const answer = await fetch(url);
    assert.equal(answer.status, 200);
    assert.equal(
      await answer.text(),
      Buffer.from(await s3.read(scene.sandbox.bucket, key, 10_000)).toString(),
    );
    await scene.sandbox.control.advance(62);
    const late = await fetch(url);
    await scene.sandbox.control.advance(-62);
    assert.equal(late.status, 403);
    assert.match(await late.text(), /Request has expired/);
  });

  it('never outlive the credentials that sign them', async () => {
    const own = credentials;
    credentials = { ...own, expiresAt: Date.now() + 90_000 };
    const { url, expiresAt } = await s3.presignGet(scene.sandbox.bucket, key, 3600);
    credentials = own;
    assert.ok(expiresAt <= Date.now() + 90_000);
    const seconds = Number(new URL(url).searchParams.get('X-Amz-Expires'));
    assert.ok(seconds > 80 && seconds <= 90, `${seconds}`);
  });

  it('carry no checksum for the one who opens them to send', async () => {
    const { url } = await s3.presignGet(scene.sandbox.bucket, key, 60);
    const names = [...new URL(url).searchParams.keys()].map((name) => name.toLowerCase());
    assert.deepEqual(
      names.filter((name) => name.includes('checksum')),
      [],
    );
    assert.equal(new URL(url).searchParams.get('X-Amz-SignedHeaders'), 'host');
  });

  it('open odd keys too', async () => {
    const { objects } = await s3.list({ bucket: scene.sandbox.bucket, prefix: 'public/odd/' });
    // Browsers take dot segments out of an address, so a key with one can be opened by an S3 client only.
    const keys = objects.filter((object) => !/(?:^|\/)\.\.?\//.test(object.key));
    assert.ok(keys.length > 10);
    for (const object of keys) {
      const { url } = await s3.presignGet(scene.sandbox.bucket, object.key, 60);
      const answer = await fetch(url);
      assert.equal(answer.status, 200, object.key);
      assert.equal((await answer.arrayBuffer()).byteLength, object.size, object.key);
    }
  });
});
