import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { SessionRef } from '../../src/core/session/model';
import { useWorld } from '../support/host-world';
import { runConfig } from './run-config';

describe('faults that the Inspector meets', () => {
  const world = useWorld();
  let admin: SessionRef;
  let reader: SessionRef;

  beforeEach(async () => {
    await world.connect(world.entry('good'));
    admin = await world.signIn('good', 'admin');
    reader = await world.signIn('good', 'reader');
  });

  it('a token with a bad signature: the verdict says so, and only that one', async () => {
    await world.doctor(reader, (session) => {
      const [header, claims, signature = ''] = (session.tokens?.idToken ?? '').split('.');
      const changed = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
      const tokens = session.tokens && { ...session.tokens, idToken: [header, claims, changed].join('.') };
      return { ...session, tokens };
    });
    const page = await world.inspect(reader);
    const { cards } = await page.get('tokens/load', {});
    const [id, access] = cards;
    const failed = id?.verdicts.filter(({ status }) => status === 'failed') ?? [];
    assert.deepEqual(
      failed.map(({ check }) => check),
      ['signature'],
    );
    assert.match(id?.summary?.sentence ?? '', /signature/i);
    assert.equal(access?.summary?.status, 'ok');

    const other = await world.inspect(admin);
    for (const card of (await other.get('tokens/load', {})).cards.slice(0, 2))
      assert.equal(card.summary?.status, 'ok', card.slot);
    await world.stillWorks(admin);
  });

  it('keys that cannot be had: the verdict is open, neither right nor wrong', async () => {
    const { api } = world.sandbox.description;
    const endpoints = { cognitoIdp: api, cognitoIdentity: api, sts: api, jwks: 'http://127.0.0.1:9' };
    await world.connect(world.entry('good'), world.entry('keyless', { endpoints }));
    const page = await world.inspect(await world.signIn('keyless', 'reader'));
    const { cards } = await page.get('tokens/load', {});
    const [signature, ...others] = cards[0]?.verdicts ?? [];
    assert.equal(signature?.check, 'signature');
    assert.equal(signature?.status, 'unknown');
    assert.match(signature?.sentence ?? '', /keys/);
    for (const { status, check } of others) assert.equal(status, 'ok', check);
    await world.stillWorks(admin);
  });

  it('a bucket that does not exist', async () => {
    const page = await world.inspect(admin);
    const found = await page.refused('s3/list', { bucket: 'no-such-bucket-here', prefix: '', filter: '' });
    assert.equal(found.id, 'E.NoSuchBucket');
    assert.match(found.title, /There is no bucket no-such-bucket-here/);
    assert.ok(found.actions.includes('edit-connection'));
    await world.stillWorks(reader);
    const { bucket } = world.sandbox;
    assert.ok((await page.get('s3/list', { bucket, prefix: 'public/', filter: '' })).prefixes.length > 0);
  });

  it('a place that this role may not see: an explanation with the places that are likely to work', async () => {
    const page = await world.inspect(reader);
    const { bucket } = world.sandbox;
    const { identityId } = await world.session(reader);
    const own = `s3://${bucket}/private/${identityId}/`;
    const found = await page.refused('s3/list', { bucket, prefix: 'secret/', filter: '' });
    assert.equal(found.id, 'E109');
    assert.ok(found.locations?.includes(own), JSON.stringify(found.locations));
    assert.ok(found.actions.includes('open-likely-locations'));
    const listed = await page.get('s3/list', { bucket, prefix: `private/${identityId}/`, filter: '' });
    assert.deepEqual(
      listed.objects.map(({ key }) => key.split('/').at(-1)),
      ['big.bin', 'photo.png', 'profile.json'],
    );
    const other = await world.inspect(admin);
    await other.get('s3/list', { bucket, prefix: 'secret/', filter: '' });
  });

  describe('a key full of HTML', () => {
    const hostile = (): string =>
      'public/odd/<img src=x onerror="alert(1)"><script>alert(document.domain)</script>.html';

    it('is listed, described and previewed as plain text', async () => {
      const page = await world.inspect(reader);
      const { bucket } = world.sandbox;
      const { objects, prefixes } = await page.get('s3/list', { bucket, prefix: 'public/odd/<', filter: '' });
      // Its `/` makes a folder of it.
      assert.deepEqual(objects, []);
      assert.deepEqual(prefixes, [
        'public/odd/<img src=x onerror="alert(1)"><script>alert(document.domain)</',
      ]);
      const head = await page.get('s3/head', { bucket, key: hostile() });
      assert.equal(head.key, hostile());
      const preview = await page.get('s3/preview', {
        bucket,
        key: hostile(),
        size: head.size,
        contentType: head.contentType,
      });
      assert.equal(preview.kind, 'text');
      assert.doesNotMatch(page.webview.html, /<img|alert/);
    });

    it('gets a harmless file name', async () => {
      const page = await world.inspect(reader);
      const { bucket } = world.sandbox;
      const target = vscode.Uri.file(path.join(runConfig().temp, 'hostile.txt'));
      world.person.saveTo = target;
      const answer = await page.get('s3/download', { bucket, key: hostile(), downloadId: 'd' });
      assert.deepEqual(answer, { saved: true, path: target.fsPath });
      assert.match(readFileSync(target.fsPath, 'utf8'), /The key of this object is/);
      const [offered] = world.person.offered;
      assert.doesNotMatch(path.basename(offered?.fsPath ?? ''), /[<>"/\\|?*]/);
      assert.equal(path.dirname(offered?.fsPath ?? ''), vscode.workspace.workspaceFolders?.[0]?.uri.fsPath);
    });

    it('is explained as plain text where it cannot be read', async () => {
      const page = await world.inspect(reader);
      const { bucket } = world.sandbox;
      const found = await page.refused('s3/head', { bucket, key: `secret/${hostile()}` });
      assert.equal(found.id, 'E113');
      assert.ok(found.title.includes('<img src=x'));
      const other = await world.inspect(admin);
      await other.get('s3/head', { bucket, key: 'secret/plan.txt' });
    });
  });

  describe('a download', () => {
    const input = async (downloadId: string) => {
      const { identityId } = await world.session(reader);
      return { bucket: world.sandbox.bucket, key: `private/${identityId}/big.bin`, downloadId };
    };
    const folder = (): string => runConfig().temp;

    it('tells its progress and is whole', async () => {
      const page = await world.inspect(reader);
      const target = path.join(folder(), 'big.bin');
      world.person.saveTo = vscode.Uri.file(target);
      await page.get('s3/download', await input('whole'));
      assert.equal(readFileSync(target).length, 6 * 1024 * 1024);
      const progress = page.messages.flatMap((message) => (message.type === 's3/progress' ? [message] : []));
      assert.equal(progress.at(-1)?.bytes, 6 * 1024 * 1024);
      assert.equal(progress.at(-1)?.downloadId, 'whole');
    });

    it('goes on while the page is covered, and says where it is', async () => {
      const page = await world.inspect(reader);
      const target = path.join(folder(), 'covered.bin');
      world.person.saveTo = vscode.Uri.file(target);
      page.visible = false;
      await page.get('s3/download', await input('covered'));
      assert.equal(readFileSync(target).length, 6 * 1024 * 1024);
      await world.person.sees(/^Downloaded to .*covered\.bin\.$/);
    });

    it('that breaks off while the page is covered says so', async () => {
      const page = await world.inspect(reader);
      world.person.saveTo = vscode.Uri.file(path.join(folder(), 'covered-broken.bin'));
      await world.sandbox.control.fault({ operation: 'GetObject', kind: 'truncate' });
      page.visible = false;
      const { title } = await page.refused('s3/download', await input('covered-broken'));
      assert.ok((await world.person.sees(/./)).text.startsWith(title));
    });

    it('that breaks off leaves no file and says so', async () => {
      const page = await world.inspect(reader);
      const before = readdirSync(folder());
      world.person.saveTo = vscode.Uri.file(path.join(folder(), 'broken.bin'));
      await world.sandbox.control.fault({ operation: 'GetObject', kind: 'truncate' });
      const found = await page.refused('s3/download', await input('broken'));
      assert.match(found.id, /^N\.(reset|s3\.download-failed)$/);
      assert.deepEqual(readdirSync(folder()), before);
      await world.stillWorks(admin);
    });

    it('that is cancelled leaves no file and says nothing', async () => {
      const page = await world.inspect(reader);
      const before = readdirSync(folder());
      world.person.saveTo = vscode.Uri.file(path.join(folder(), 'cancelled.bin'));
      await world.sandbox.control.fault({ operation: 'GetObject', kind: 'delay', value: 10_000 });
      const answer = await page.ask('s3/download', await input('cancelled'), (requestId) =>
        setTimeout(() => page.send({ type: 'cancel', requestId }), 50),
      );
      assert.deepEqual(answer, { ok: false, explanation: undefined });
      assert.deepEqual(readdirSync(folder()), before);
      assert.deepEqual(world.explained, []);
    });
  });

  it('an Inspector of somebody who has signed out says so', async () => {
    const page = await world.inspect(reader);
    await world.run('signOut', { ref: reader });
    const state = await world.person.until('state', () =>
      page.state?.state === 'signed-out' ? page.state : undefined,
    );
    assert.equal(state.notice, 'Signed out.');
    assert.equal((await page.get('tokens/load', {})).cards.length, 0);
  });
});
