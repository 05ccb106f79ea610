import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands, contextKeys, settings } from '../../src/ids';
import { useWorld } from '../support/host-world';
import { runConfig } from './run-config';

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = (fromNow: number): number => Math.floor(Date.now() / 1000) + fromNow;
const signature = 'c2lnbmF0dXJl'.repeat(28) + 'c2lnbg';
const tokenOf = (claims: object): string =>
  `${base64({ kid: 'k', alg: 'RS256' })}.${base64(claims)}.${signature}`;
const idToken = (exp: number, more: object = {}): string =>
  tokenOf({ token_use: 'id', 'cognito:username': 'reader', aud: 'client1', sub: 'sub-1', exp, ...more });
const live = idToken(seconds(9000));
const expired = idToken(seconds(-7300));

const open = (content: string): Thenable<vscode.TextDocument> =>
  vscode.workspace.openTextDocument({ content, language: 'plaintext' });

async function hoverOf(document: vscode.TextDocument, offset: number): Promise<string[]> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    document.positionAt(offset),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((part) => (typeof part === 'string' ? part : part.value));
}

async function lensesOf(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    1000,
  );
  return lenses.filter(({ command }) => command?.command === commands.inspectTokenAt);
}

/** With the edits of all: some are made only when they are chosen. */
const fixesOf = (document: vscode.TextDocument, range: vscode.Range): Thenable<vscode.CodeAction[]> =>
  vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
    100,
  );

async function fixOf(document: vscode.TextDocument, range: vscode.Range, title: string) {
  return (await fixesOf(document, range)).find((action) => action.title === title);
}

const rangeAt = (document: vscode.TextDocument, offset: number): vscode.Range =>
  new vscode.Range(document.positionAt(offset), document.positionAt(offset));

const setting = (name: string, value: boolean | undefined): Thenable<void> =>
  vscode.workspace.getConfiguration(settings.section, null).update(name, value, false);

const leaksOf = (uri: vscode.Uri): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Cognito Workbench');

describe('tokens in editors', () => {
  const world = useWorld();

  afterEach(async () => {
    for (const name of [settings.tokensHover, settings.tokensCodeLens, settings.tokensLeakGuard])
      await setting(name, undefined);
  });

  describe('hover', () => {
    it('tells kind, user, client, time and claims, with links that name no part of the token', async () => {
      const document = await open(`log: Bearer ${live} end`);
      const [text = '', ...more] = await hoverOf(document, 40);
      assert.deepEqual(more, []);
      assert.match(text, /^\*\*ID token\*\* · ` reader ` · client ` client1 ` · 2 h left\n/);
      assert.match(text, /^- ` sub ` ` sub-1 `$/m);
      for (const title of ['Inspect', 'Copy Claims', 'Verify'])
        assert.ok(text.includes(`[${title}](command:`), title);
      for (const part of live.split('.')) assert.ok(!text.includes(part.slice(0, 30)));
      assert.deepEqual(await hoverOf(document, 2), []);
    });

    it('says what can be said of an expired, a wrapped and an encrypted token', async () => {
      const wrapped = expired.replace(/.{80}(?=.)/g, '$&\n');
      const sealed = `${base64({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a2V5.aXY.Y2lwaGVy.dGFndGFndGFndGFndGFndGF`;
      const document = await open(`${wrapped}\n\n${sealed}`);
      const [text = ''] = await hoverOf(document, 200);
      assert.match(text, /expired 2 h ago/);
      const [other = ''] = await hoverOf(document, document.getText().indexOf(sealed) + 5);
      assert.match(other, /Encrypted token.*only Cognito can read it/);
      assert.ok(!other.includes('Copy Claims'));
    });

    it('keeps hostile claims as text', async () => {
      const attack =
        '` ``` </code><img src=x onerror=alert(1)> [x](command:workbench.action.terminal.new)\n\n# $(flame) https://evil.example <a href="command:a">';
      const document = await open(
        idToken(seconds(600), { 'cognito:username': attack, sub: attack, iss: attack }),
      );
      const [text = ''] = await hoverOf(document, 10);
      const outside = text.replace(/(?<!`)(`+) .*? \1(?!`)/g, '');
      assert.doesNotMatch(outside, /img|evil|terminal|flame|<|#/);
      const targets = [...outside.matchAll(/\]\(([^)]*)\)/g)].map(([, target = '']) => target.split('?')[0]);
      assert.deepEqual(
        targets,
        [commands.inspectTokenAt, commands.copyClaimsAt, commands.verifyTokenAt].map(
          (name) => `command:${name}`,
        ),
      );
    });

    it('is off where the setting says so', async () => {
      await setting(settings.tokensHover, false);
      assert.deepEqual(await hoverOf(await open(live), 10), []);
    });

    it('is there on a line of 5 MB', async () => {
      const filler = JSON.stringify({ text: 'some words, and more '.repeat(25) }).repeat(4900);
      const content = `[${filler}"${live}"${filler}]`;
      assert.ok(content.length > 5_000_000);
      const document = await open(content);
      const offset = content.indexOf(live) + 50;
      const [text = ''] = await hoverOf(document, offset);
      assert.match(text, /ID token/);
      assert.deepEqual(await lensesOf(document), [], 'and has no lenses');
    });
  });

  describe('CodeLens', () => {
    it('stands above each token', async () => {
      const document = await open(`a\n${live}\nb\n"${expired}"\n`);
      const lenses = await lensesOf(document);
      assert.deepEqual(
        lenses.map(({ range, command }) => [range.start.line, command?.title]),
        [
          [1, 'ID token of reader · 2 h left · Inspect'],
          [3, 'ID token of reader · expired 2 h ago · Inspect'],
        ],
      );
      assert.ok(!JSON.stringify(lenses.map(({ command }) => command)).includes(live.slice(0, 20)));
    });

    it('is limited in number, holds no icons of strangers, and can be off', async () => {
      const many = await open(`${idToken(seconds(60), { 'cognito:username': '$(flame)' })}\n`.repeat(300));
      const lenses = await lensesOf(many);
      assert.equal(lenses.length, 200);
      assert.ok(lenses[0]?.command?.title.includes('$ (flame)'));
      const long = await lensesOf(await open(`first\n${`"${live}" `.repeat(20)}\n${live}`));
      assert.deepEqual(
        long.map(({ range }) => range.start.line),
        [1, 1, 1, 1, 2],
      );
      await setting(settings.tokensCodeLens, false);
      assert.deepEqual(await lensesOf(many), []);
    });
  });

  describe('links', () => {
    it('copy the claims, without the signature', async () => {
      const document = await open(`x ${live}`);
      await world.run('copyClaimsAt', { uri: document.uri.toString(), start: 2, end: 2 + live.length });
      const { claims } = JSON.parse(world.person.clipboard) as { claims: Record<string, unknown> };
      assert.equal(claims['cognito:username'], 'reader');
      assert.ok(!world.person.clipboard.includes(signature));
    });

    it('say so where the token is gone, or the argument is none of ours', async () => {
      const document = await open('nothing here');
      const uri = document.uri.toString();
      for (const argument of [
        { uri, start: 0, end: 5 },
        { uri: 'file:///etc/passwd', start: 0, end: 9 },
        'x',
        { uri, start: 5, end: 1 },
      ]) {
        await world.run('inspectTokenAt', argument);
        await world.person.sees(/There is no token here any more/);
      }
    });

    it('verify with the keys of a pool that is configured here', async () => {
      await world.connect(world.entry('notes'));
      const ref = await world.signIn('notes', 'reader');
      const token = (await world.session(ref)).tokens?.idToken ?? '';
      const document = await open(`${token}\n${token.slice(0, -40)}${'A'.repeat(40)}`);
      const uri = document.uri.toString();
      await world.run('verifyTokenAt', { uri, start: 0, end: token.length });
      await world.person.sees(/^Signature valid · issued by/);
      await world.run('verifyTokenAt', { uri, start: token.length + 1, end: 2 * token.length + 1 });
      await world.person.sees(/signature/i);
    });
  });

  describe('quick fixes', () => {
    const cut = 'Redact Token: Cut Signature';
    const mask = 'Redact Token: Cut Signature, Mask Personal Claims';
    const [header = '', claims = ''] = live.split('.');
    const titlesAt = async (document: vscode.TextDocument, offset: number): Promise<string[]> =>
      (await fixesOf(document, rangeAt(document, offset)))
        .map(({ title }) => title)
        .filter((title) => title.startsWith('Redact'));

    async function fix(document: vscode.TextDocument, offset: number, title: string): Promise<void> {
      const chosen = await fixOf(document, rangeAt(document, offset), title);
      assert.ok(chosen?.edit, title);
      assert.ok(await vscode.workspace.applyEdit(chosen.edit));
    }

    it('cut the signature of a token, or mask what tells of a person too', async () => {
      const document = await open(`const token = '${live}';`);
      assert.deepEqual(await titlesAt(document, 30), [cut, mask]);
      assert.deepEqual(await titlesAt(document, 3), []);
      await fix(document, 30, cut);
      assert.equal(document.getText(), `const token = '${header}.${claims}.…redacted';`);
      assert.deepEqual(await titlesAt(document, 30), ['Redact Token: Mask Personal Claims']);
      const masked = await open(live);
      await fix(masked, 30, mask);
      assert.match(masked.getText(), /\.…redacted$/);
      const [, payload = ''] = masked.getText().split('.');
      const read = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
      assert.equal(read['cognito:username'], 'redacted');
      assert.equal(read['aud'], 'client1');
    });

    it('redact all of a file, in one step that can be undone', async () => {
      const sealed = `${base64({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a2V5.aXY.Y2lwaGVy.dGFndGFndGFndGFndGFndGF`;
      const text = `${live}\n"${expired}"\n${sealed}\nASIAQ3EGTABCD2EFGH4J kT9v/Q2mZr8+LxWbN4hYcU7eJ1oSdPfG5aViK3Rt\n`;
      const document = await open(text);
      const all = 'Redact All Tokens and Keys in File: Cut Signatures';
      assert.deepEqual(await titlesAt(document, 30), [cut, mask, all, `${all}, Mask Personal Claims`]);
      assert.deepEqual((await titlesAt(document, text.indexOf(sealed) + 3))[0], 'Redact Token');
      await fix(document, 30, `${all}, Mask Personal Claims`);
      assert.match(document.getText(), /^eyJ[\w-]+\.eyJ[\w-]+\.…redacted\n"eyJ/);
      assert.equal(document.getText().match(/…redacted/g)?.length, 4);
      assert.ok(document.getText().includes('ASIAQ3EGTABCD2EFGH4J …redacted\n'));
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), text);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });
  });

  describe('context menu', () => {
    after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
    const key = contextKeys.filesWithTokens.key;
    const untilHolding = (what: string, test: (names: string[]) => boolean) =>
      world.person.until(what, () => {
        const names = world.person.contextKeys.get(key);
        return (Array.isArray(names) && test(names as string[])) || undefined;
      });

    it('has an entry in files that hold tokens, and takes it away with the last', async () => {
      const document = await open('nothing yet');
      const name = document.uri.path;
      const editor = await vscode.window.showTextDocument(document);
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), `${live}\n`));
      await untilHolding('the file', (names) => names.includes(name));
      await editor.edit((edit) => edit.delete(new vscode.Range(0, 0, 1, 0)));
      await untilHolding('nothing', (names) => !names.includes(name));
    });

    it('inspects what is at the cursor or in its line, and nothing from elsewhere', async () => {
      const document = await open(`GET / Bearer ${live}\nnothing here\n`);
      const editor = await vscode.window.showTextDocument(document);
      world.person.clipboard = expired;
      editor.selection = new vscode.Selection(0, 2, 0, 2);
      await world.run('inspectToken', document.uri);
      const [page] = world.pages;
      assert.ok(page);
      const view = await page.get('token/load', {});
      assert.match(view.source ?? '', /, line 1$/);
      editor.selection = new vscode.Selection(1, 2, 1, 2);
      await world.run('inspectToken', document.uri);
      await world.person.sees(/^There is no token in this line/);
      editor.selection = new vscode.Selection(1, 0, 1, 7);
      await world.run('inspectToken', document.uri);
      await world.person.sees(/^There is no token in the selection/);
    });
  });

  describe('leak guard', () => {
    const folder = () => path.join(runConfig().workspace, 'leaks');
    const fileOf = async (name: string, text: string): Promise<vscode.TextDocument> => {
      writeFileSync(path.join(folder(), name), text);
      const document = await vscode.workspace.openTextDocument(path.join(folder(), name));
      await vscode.window.showTextDocument(document);
      return document;
    };

    before(async () => {
      mkdirSync(folder(), { recursive: true });
      execFileSync('git', ['init', '-q'], { cwd: folder() });
      writeFileSync(path.join(folder(), '.gitignore'), 'ignored.txt\n');
      const git = vscode.extensions.getExtension<{
        getAPI(version: 1): { openRepository(uri: vscode.Uri): Promise<unknown> };
      }>('vscode.git');
      assert.ok(git);
      await (await git.activate()).getAPI(1).openRepository(vscode.Uri.file(folder()));
    });
    after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

    const key = 'ASIAQ3EGTABCD2EFGH4J';
    const secret = 'kT9v/Q2mZr8+LxWbN4hYcU7eJ1oSdPfG5aViK3Rt';

    it('marks what can be used, in a file under version control, and takes it back when it is redacted', async () => {
      const document = await fileOf('fixture.txt', `${expired}\n${live}\nid=${key}\nsecret=${secret}\n`);
      const marks = await world.person.until('both are marked', () => {
        const found = leaksOf(document.uri);
        return found.length === 2 ? found : undefined;
      });
      assert.deepEqual(
        marks.map(({ code, severity, range }) => [code, severity, range.start.line]),
        [
          ['live-token', vscode.DiagnosticSeverity.Information, 1],
          ['live-access-key', vscode.DiagnosticSeverity.Information, 2],
        ],
      );
      for (const [mark, title] of [
        [marks[0], 'Redact Token: Cut Signature'],
        [marks[1], 'Redact Secret Access Key'],
      ] as const) {
        assert.ok(mark);
        const fix = await fixOf(document, mark.range, title);
        assert.ok(fix?.edit, title);
        assert.equal(fix.isPreferred, true, 'it belongs to the mark');
        await vscode.workspace.applyEdit(fix.edit);
      }
      assert.ok(!document.getText().includes(secret));
      await world.person.until('nothing is marked', () => leaksOf(document.uri).length === 0 || undefined);
      await document.save();
    });

    it('finds the live one behind hundreds that are expired', async () => {
      const document = await fileOf('many.txt', `${expired}\n`.repeat(600) + live);
      const [mark] = await world.person.until('it is marked', () => {
        const found = leaksOf(document.uri);
        return found.length === 1 ? found : undefined;
      });
      assert.equal(mark?.range.start.line, 600);
    });

    it('takes a mark back by itself when the token ends', async () => {
      const end = Math.floor(Date.now() / 1000) + 3;
      const document = await fileOf('soon.txt', idToken(end));
      await world.person.until('it is marked', () => leaksOf(document.uri).length === 1 || undefined);
      await world.person.until('the mark is gone', () => leaksOf(document.uri).length === 0 || undefined);
      assert.ok(Date.now() >= end * 1000);
    });

    it('is silent in an ignored file, outside of repositories, and where it is off', async () => {
      const ignored = await fileOf('ignored.txt', live);
      writeFileSync(path.join(runConfig().temp, 'outside.txt'), live);
      const outside = await vscode.workspace.openTextDocument(path.join(runConfig().temp, 'outside.txt'));
      await vscode.window.showTextDocument(outside);
      // Looked at after those: when it is marked, they have been passed over.
      const watched = await fileOf('watched.txt', live);
      await world.person.until('the last is marked', () => leaksOf(watched.uri).length === 1 || undefined);
      assert.deepEqual(leaksOf(ignored.uri), []);
      assert.deepEqual(leaksOf(outside.uri), []);
      await setting(settings.tokensLeakGuard, false);
      await world.person.until('the mark is gone', () => leaksOf(watched.uri).length === 0 || undefined);
    });
  });
});
