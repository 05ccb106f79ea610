import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import * as vscode from 'vscode';
import type { TokenView } from '../../src/panel/protocol';
import type { FakePage } from '../support/host-panel';
import { useWorld } from '../support/host-world';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const soon = Math.floor(Date.now() / 1000) + 600;

describe('inspect token', () => {
  const world = useWorld();

  beforeEach(() => world.connect(world.entry('notes')));
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  async function inspected(): Promise<{ page: FakePage; view: TokenView }> {
    await world.run('inspectToken');
    const page = world.pages.at(-1);
    assert.ok(page, 'a panel is open');
    page.ready();
    return { page, view: await page.get('token/load', {}) };
  }

  async function select(text: string, from: number, to: number): Promise<void> {
    const document = await vscode.workspace.openTextDocument({ content: text });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(document.positionAt(from), document.positionAt(to));
  }

  function forged(header: object, claims: object, signature = ''): string {
    return `${encode(header)}.${encode(claims)}.${signature}`;
  }

  const verdict = (view: TokenView, check: string) => view.verdicts.find((one) => one.check === check);

  it('takes the clipboard’s, and verifies it with the keys of the configured pool', async () => {
    const ref = await world.signIn('notes', 'reader');
    const { tokens } = await world.session(ref);
    world.person.clipboard = `curl -H 'Authorization: Bearer ${tokens?.accessToken}' https://api.example.com`;
    const { page, view } = await inspected();
    assert.equal(page.title, 'Inspector: Token');
    assert.equal(view.title, 'Access token');
    assert.equal(view.source, 'The clipboard');
    assert.equal(verdict(view, 'signature')?.status, 'ok');
    assert.deepEqual(view.keys, { kind: 'connection', label: 'notes', otherClient: false });
    assert.match(view.summary?.sentence ?? '', /^Signature valid · issued by us-east-1_Sandbox01 .*left$/);
    const sent = JSON.stringify(page.messages);
    for (const part of (tokens?.accessToken ?? '').split('.'))
      assert.ok(!sent.includes(part), 'no part of the token travels unasked');
    const { parts } = await page.get('token/reveal', {});
    assert.equal(parts.join('.'), tokens?.accessToken);
  });

  it('prefers the editor’s selection, and the token that the cursor stands in', async () => {
    const ref = await world.signIn('notes', 'reader');
    const { tokens } = await world.session(ref);
    const { idToken = '', accessToken = '' } = tokens ?? {};
    world.person.clipboard = accessToken;
    const text = `first ${accessToken}\nsecond "${idToken}"\n`;
    const at = text.indexOf('second');
    await select(text, at, text.length);
    assert.equal((await inspected()).view.kind, 'id');
    await select(text, at + 40, at + 40);
    const { view } = await inspected();
    assert.equal(view.kind, 'id');
    assert.equal(view.source, 'At the cursor in an untitled document');
    const dot = text.indexOf('.', at);
    await select(text, at + 8, dot);
    assert.equal((await inspected()).view.kind, 'id', 'a part of it is enough');
    await select(text, 2, 2);
    assert.equal((await inspected()).view.source, 'The clipboard');
    assert.equal(world.pages.filter((page) => !page.closed).length, 1, 'one panel for all');
  });

  it('asks which, where there are several', async () => {
    const ref = await world.signIn('notes', 'reader');
    const { tokens } = await world.session(ref);
    const { idToken = '', accessToken = '' } = tokens ?? {};
    world.person.clipboard = JSON.stringify({ id_token: idToken, access_token: accessToken, again: idToken });
    world.person.picks(/The clipboard/, 'Access token');
    assert.equal((await inspected()).view.kind, 'access');
    const labels = world.person.questions.at(-1)?.labels.map((label) => label.split(' | ')[0]);
    assert.deepEqual(labels, ['ID token', 'Access token']);
  });

  it('asks where there is none, and says what is wrong with what was typed', async () => {
    world.person.clipboard = 'no token';
    const whole = forged({ alg: 'none' }, { sub: 'someone', exp: soon });
    const [header = ''] = whole.split('.');
    world.person.types(/Paste a token/, 'words', `${header}.e30`, `${header}.%%.x`, whole);
    const { view } = await inspected();
    const problems = world.person.questions.map(({ problem }) => problem ?? '');
    assert.match(problems.join('\n'), /No token in it[\s\S]*payload of the token is no base64url/);
    assert.ok(world.person.questions.every(({ password }) => password));
    assert.equal(view.source, 'Pasted');
    assert.equal(verdict(view, 'signature')?.status, 'failed');
    assert.match(view.summary?.sentence ?? '', /not signed: anybody may have written it/);
  });

  it('never asks an issuer that it does not know, and a pool of Cognito only when told to', async () => {
    const signed = forged({ alg: 'RS256', kid: 'k' }, { iss: 'https://evil.example', exp: soon }, 'c2ln');
    world.person.clipboard = signed;
    const { page, view } = await inspected();
    assert.deepEqual(view.keys, { kind: 'unknown', issuer: 'https://evil.example' });
    assert.match(verdict(view, 'signature')?.sentence ?? '', /^The signature is cut: it has 4 of 342/);
    const refusal = await page.refused('token/useKeys', { keys: 'no keys' });
    assert.equal(refusal.title, 'There are no keys in this text');
    assert.equal(refusal.why, 'It is neither JSON nor PEM.');

    const iss = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Elsewhere';
    world.person.clipboard = forged({ alg: 'RS256', kid: 'k' }, { iss, token_use: 'id', exp: soon }, 'c2ln');
    const requests = await world.requestsOf(async () => {
      const { view: other } = await inspected();
      const host = 'cognito-idp.us-east-1.amazonaws.com';
      assert.deepEqual(other.keys, { kind: 'issuer', name: 'us-east-1_Elsewhere', host, fetched: false });
    });
    assert.deepEqual(requests, {});
  });

  it('checks with pasted keys, and sees through key confusion', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const iss = 'https://issuer.example';
    const input = `${encode({ alg: 'RS256' })}.${encode({ iss, exp: soon })}`;
    const signature = sign('sha256', Buffer.from(input), privateKey).toString('base64url');
    world.person.clipboard = `${input}.${signature}`;
    const { page } = await inspected();
    const checked = await page.get('token/useKeys', { keys: pem });
    assert.deepEqual(checked.keys, { kind: 'pasted' });
    assert.equal(verdict(checked, 'signature')?.status, 'ok');

    const confused = `${encode({ alg: 'HS256' })}.${encode({ iss, exp: soon })}`;
    const mac = createHmac('sha256', pem).update(confused).digest('base64url');
    world.person.clipboard = `${confused}.${mac}`;
    const other = await (await inspected()).page.get('token/useKeys', { keys: pem });
    assert.equal(verdict(other, 'signature')?.danger, 'key-confusion');
    assert.equal(other.summary?.status, 'failed');
  });

  it('asks Cognito on demand whether an access token is revoked', async () => {
    const ref = await world.signIn('notes', 'reader');
    const { tokens } = await world.session(ref);
    world.person.clipboard = tokens?.accessToken ?? '';
    const { page, view } = await inspected();
    assert.equal(view.revocable, 'notes');
    assert.equal((await page.get('token/askCognito', {})).status, 'ok');
    world.person.pressesButton(/Sign out/i, 'Sign Out', 'always');
    await world.idp.revokeToken({ ClientId: world.sandbox.webClientId, Token: tokens?.refreshToken ?? '' });
    const answer = await page.get('token/askCognito', {});
    assert.equal(answer.status, 'failed');
    assert.match(answer.sentence, /^Revoked:/);
    assert.equal(verdict(await page.get('token/load', {}), 'signature')?.status, 'ok', 'offline all is well');
  });

  it('says of an encrypted token what can be known, and of a broken one what is wrong', async () => {
    const ref = await world.signIn('notes', 'reader');
    const { tokens } = await world.session(ref);
    world.person.clipboard = tokens?.refreshToken ?? '';
    const { view } = await inspected();
    assert.equal(view.title, 'Encrypted token');
    assert.deepEqual(
      view.parts.map(({ name }) => name),
      ['header', 'key', 'iv', 'ciphertext', 'tag'],
    );
    assert.equal(view.json, undefined);
    assert.ok(view.facts.some((fact) => fact.includes('refresh tokens look like this')));

    world.person.clipboard = `${encode({ alg: 'RS256' })}.bm90IGpzb24.c2ln`;
    const broken = (await inspected()).view;
    assert.equal(broken.error?.title, 'This is not a token');
  });

  it('copies it in forms that can be shown to others', async () => {
    const ref = await world.signIn('notes', 'reader');
    const { tokens } = await world.session(ref);
    const token = tokens?.idToken ?? '';
    world.person.clipboard = token;
    const { page } = await inspected();
    const copyAs = async (label: string): Promise<string> => {
      world.person.picks(/Copy Token As/, label);
      assert.deepEqual(await page.get('token/copyAs', {}), { copied: true });
      return world.person.clipboard;
    };
    const redacted = await copyAs('Redacted Token');
    assert.equal(redacted.split('.')[2], 'redacted');
    assert.ok(
      !Buffer.from(redacted.split('.')[1] ?? '', 'base64url')
        .toString()
        .includes('reader@'),
    );
    assert.equal((JSON.parse(await copyAs('Claims as JSON')) as { token_use: string }).token_use, 'id');
    assert.match(await copyAs('TypeScript Type'), /^export interface IdTokenClaims \{/);
    assert.match(await copyAs('jq Filter'), /@base64d \| fromjson/);
    const inspector = await world.inspect(ref);
    world.person.picks(/Copy Token As/, 'TypeScript Type');
    await inspector.get('tokens/copyAs', { slot: 'access' });
    assert.match(world.person.clipboard, /^export interface AccessTokenClaims \{/);
  });

  it('opens the identity’s own Inspector for a token of the tree, and a new page after one that was closed', async () => {
    const ref = await world.signIn('notes', 'reader');
    await world.run('inspectToken', { kind: 'detail', ref, detail: 'id-token' });
    assert.equal(world.pages.at(-1)?.title, 'Inspector: reader');
    world.person.clipboard = forged({ alg: 'none' }, { sub: 'x' });
    const { page } = await inspected();
    page.dispose();
    const { page: next, view } = await inspected();
    assert.notEqual(next, page);
    assert.equal(view.present, true);
  });
});

describe('compare tokens', () => {
  const world = useWorld();

  beforeEach(() => world.connect(world.entry('notes')));
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('shows two tokens of an identity side by side, without their signatures', async () => {
    const ref = await world.signIn('notes', 'reader');
    const { tokens } = await world.session(ref);
    world.person.clipboard = 'nothing';
    world.person.picks(/Compare which token/, 'ID token of reader');
    world.person.picks(/Compare ID token of reader with which/, 'Access token of reader');
    await world.run('compareTokens');
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.match(tab?.label ?? '', /^ID token of reader ↔ Access token of reader \(\d+ differences\)$/);
    assert.ok(tab?.input instanceof vscode.TabInputTextDiff);
    const [left, right] = await Promise.all(
      [tab.input.original, tab.input.modified].map((uri) => vscode.workspace.openTextDocument(uri)),
    );
    assert.match(left?.getText() ?? '', /"token_use": "id"/);
    assert.match(right?.getText() ?? '', /"token_use": "access"/);
    assert.match(right?.getText() ?? '', /"exp": \d+,? \/\/ 20/);
    for (const text of [left?.getText(), right?.getText(), left?.uri.toString(), right?.uri.toString()])
      for (const token of [tokens?.idToken, tokens?.accessToken])
        assert.ok(!text?.includes(token?.split('.')[2] ?? '.'), 'no signature');
  });

  it('never gives a comparison the address of one that is still open', async () => {
    await world.signIn('notes', 'reader');
    world.person.clipboard = 'nothing';
    const tabs = () =>
      vscode.window.tabGroups.all.flatMap((group) =>
        group.tabs.flatMap((tab) => {
          const { input } = tab;
          if (!(input instanceof vscode.TabInputTextDiff)) return [];
          return [{ tab, uris: [input.original, input.modified].map(String) }];
        }),
      );
    /** Those that were not there before; the tab stays when the next one opens. */
    const compared = async (): Promise<string[]> => {
      const before = tabs().map(({ uris }) => uris.join());
      world.person.picks(/Compare which token/, 'ID token of reader');
      world.person.picks(/Compare ID token of reader with which/, 'Access token of reader');
      await world.run('compareTokens');
      const opened = await world.person.until('it is open', () =>
        tabs().find(({ uris }) => !before.includes(uris.join())),
      );
      await vscode.commands.executeCommand('workbench.action.keepEditor');
      await world.person.until('it stays', () =>
        tabs().some(({ tab, uris }) => uris.join() === opened.uris.join() && !tab.isPreview)
          ? true
          : undefined,
      );
      return opened.uris;
    };
    const [first, second] = [await compared(), await compared()];
    const firstTab = tabs().find(({ uris }) => uris.join() === first.join())?.tab;
    assert.ok(firstTab);
    await vscode.window.tabGroups.close(firstTab);
    await world.person.until('the first is closed', () => {
      const open = vscode.workspace.textDocuments.map(({ uri }) => String(uri));
      return first.some((uri) => open.includes(uri)) ? undefined : true;
    });
    for (const uri of await compared()) assert.ok(!second.includes(uri), uri);
  });

  it('compares a token of the tree with a pasted one', async () => {
    const ref = await world.signIn('notes', 'reader');
    const { tokens } = await world.session(ref);
    world.person.clipboard = 'nothing';
    world.person.picks(/with which/, 'Paste a Token…');
    world.person.types(/Paste a token/, tokens?.idToken ?? '');
    await world.run('compareTokens', { kind: 'detail', ref, detail: 'id-token' });
    const label = vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
    assert.equal(label, 'ID token of reader ↔ Pasted token (no difference)');
  });

  it('compares a token with the one before the last refresh', async () => {
    const ref = await world.signIn('notes', 'reader');
    world.person.clipboard = 'nothing';
    const sessions = await world.handle.sessions();
    await sessions.refresh(ref, { force: true });
    world.person.picks(/Compare which token/, 'ID token of reader, before the last refresh');
    world.person.picks(/before the last refresh with which/, 'ID token of reader');
    await world.run('compareTokens');
    const label = vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
    assert.match(label, /^ID token of reader, before the last refresh ↔ ID token of reader \(\d+ difference/);
  });
});
