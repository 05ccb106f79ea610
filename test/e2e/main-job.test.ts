import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { USERS } from '../../sandbox/seed/names';
import { bigContents, MANY, ODD_KEYS } from '../../sandbox/seed/objects';
import { InspectorDriver } from '../support/vscode-inspector';
import { controlOf, endStartedSandbox, signInToSandbox, startedSandbox } from '../support/vscode-sandbox';
import { journey } from './support/journey';
import { leaksIn, storedTexts, untilStored } from '../support/vscode-stored';

const bucket = 's3://notes-app-uploads';

journey('the main job, from F1 alone', {}, (window) => {
  const inspector = () => new InspectorDriver(window());
  let privateFolder = '';
  const secrets: string[] = [];

  after(() => endStartedSandbox(window()));

  it('starts the sandbox and signs in as a user that is picked', async () => {
    const { quickInput } = window();
    await window().openContainer();
    await window().runCommand('Start Sandbox');
    await quickInput.waitFor('Gets the role Readers');
    await quickInput.pick('reader');
    await inspector().of('reader');
    await window()
      .statusBarItem(/reader · \d+ min/)
      .waitFor();
    await window()
      .tree()
      .waitFor(/reader.*active/);
  });

  it('turns the log up', async () => {
    const { quickInput } = window();
    // What is looked through for secrets at the end shall hold as much as it ever will.
    await window().runCommand('Developer: Set Log Level...');
    await quickInput.pick('Cognito Workbench');
    await quickInput.pick('Debug');
    await quickInput.closed();
  });

  for (const token of ['ID token', 'Access token']) {
    it(`sees every verdict passed and every claim explained: ${token}`, async () => {
      const card = inspector().card(token);
      await card.waitFor();
      const verdicts = await card.getByRole('list', { name: 'Checks' }).getByRole('listitem').allInnerTexts();
      const checks = verdicts.map((verdict) => verdict.trim().split('.')[0]);
      assert.deepEqual(
        checks,
        ['Signature', 'Issuer', 'Audience', 'Use', 'Expiry', 'Not before'].map((check) => `${check}: passed`),
      );
      const explained = await explainedClaims(card);
      for (const [name, meaning] of explained) assert.ok(meaning.length > 10, `${name}: ${meaning}`);
      await card.getByRole('button', { name: `JSON of ${token}` }).click();
      const json = await card.getByRole('region', { name: `JSON of ${token}` }).textContent();
      const { header, claims } = JSON.parse(json ?? '') as Record<'header' | 'claims', object>;
      assert.deepEqual(
        [...explained.keys()].sort(),
        [...Object.keys(header), ...Object.keys(claims)].sort(),
        'the table names all that the token holds',
      );
      await card.getByRole('button', { name: `JSON of ${token}` }).click();
    });
  }

  it('learns why it got its role', async () => {
    const panel = await inspector().open('Credentials');
    await panel.getByRole('heading', { name: 'Why this role' }).waitFor();
    assert.equal(await inspector().fact('Role'), 'Readers');
    assert.equal(await inspector().fact('Account'), '123456789012');
    const identityId = await inspector().fact('Identity ID');
    assert.match(identityId, /^us-east-1:[0-9a-f-]{36}$/);
    privateFolder = `${bucket}/private/${identityId}/`;
    const why = panel.getByRole('region', { name: 'Why this role' });
    await why.getByText('It is the preferred role in your token').waitFor();
    await why.getByText('the preferred role · fits').waitFor();
  });

  it('shows one secret value at a time, and hides it when another tab is looked at', async () => {
    const inside = inspector();
    assert.match(await inside.secret('AWS_SECRET_ACCESS_KEY'), /^.{4}….{4}$/);
    for (const name of ['AWS_SESSION_TOKEN', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])
      secrets.push(await inside.reveal(name));
    assert.deepEqual(
      secrets.map((secret) => secret.length > 100 || /^ASIA\w{16}$/.test(secret) || secret.length === 40),
      [true, true, true],
    );
    assert.match(await inside.secret('AWS_SESSION_TOKEN'), /^.{4}….{4}$/);
    await inside.open('Tokens');
    await inside.open('Credentials');
    assert.match(await inside.secret('AWS_SECRET_ACCESS_KEY'), /^.{4}….{4}$/);
  });

  it('copies the credentials for a shell', async () => {
    const { quickInput } = window();
    await window().runCommand('Copy Credentials As…');
    await quickInput.pick('bash');
    await window().statusBarItem('Credentials copied').waitFor();
    const [, keyId = '', secret = ''] = secrets;
    const copied = await window().clipboard();
    assert.ok(
      copied.includes(`AWS_ACCESS_KEY_ID='${keyId}'`) || copied.includes(`AWS_ACCESS_KEY_ID=${keyId}`),
    );
    assert.ok(copied.includes(secret));
  });

  it('refreshes with one request and hears until when', async () => {
    const control = controlOf(window());
    await control.resetRequests();
    await window().runCommand('Refresh Credentials');
    assert.match(
      await window().notifications.waitFor('are valid until'),
      /^The AWS credentials of reader are valid until \d\d:\d\d \((59 min|1 h)\)\.$/,
    );
    assert.deepEqual(refreshing(await control.requests()), { GetCredentialsForIdentity: 1 });
    await window().runCommand('Notifications: Clear All Notifications');
  });

  it('opens its private folder: JSON and a picture', async () => {
    const panel = await inspector().open('S3');
    await panel.getByRole('button', { name: '/private/${identityId}/' }).click();
    await inspector().row('profile.json').waitFor();
    assert.equal(await inspector().address.inputValue(), privateFolder);
    const profile = JSON.parse(await inspector().previewText('profile.json')) as Record<string, unknown>;
    assert.equal(profile['username'], 'reader');
    const picture = await inspector().previewImage('photo.png');
    await picture.evaluate((image: HTMLImageElement) => image.decode());
    assert.deepEqual(
      await picture.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]),
      [320, 240],
    );
  });

  it('downloads 6 MB with progress, and the file is what the bucket holds', async () => {
    const inside = inspector();
    await inside.row('big.bin').click();
    await inside.details.getByText('application/octet-stream').waitFor();
    const shown = await textsOf(inside.frame.locator('main'), '.download-text');
    await inside.details.getByRole('button', { name: 'Download' }).click();
    const file = path.join(window().workspace, 'big.bin');
    await window().quickInput.waitForValue(file);
    await window().quickInput.accept();
    await inside.downloads.getByText(`Saved big.bin to ${file}`).waitFor();
    assert.ok(readFileSync(file).equals(bigContents()));
    const progress = (await shown()).filter((text) => / of 6 MB · [1-9]\d* %/.test(text));
    assert.ok(progress.length > 0, 'progress was shown');
  });

  it('cancels a download, and nothing is left of it', async () => {
    const inside = inspector();
    await controlOf(window()).fault({ operation: 'GetObject', kind: 'delay', value: 60_000 });
    await inside.details.getByRole('button', { name: 'Download' }).click();
    const file = path.join(window().workspace, 'never.bin');
    await window().quickInput.waitForValue(path.join(window().workspace, 'big.bin'));
    await window().quickInput.type(file);
    await window().quickInput.accept();
    await window().quickInput.closed();
    const cancel = inside.downloads.getByRole('button', { name: 'Cancel download of big.bin' });
    await cancel.click();
    await cancel.waitFor({ state: 'detached' });
    assert.equal(await inside.downloads.getByRole('listitem').count(), 1, 'the one that was saved');
    assert.equal(existsSync(file), false);
    await controlOf(window()).resetFaults();
  });

  it('is told what to try where it may not list', async () => {
    const inside = inspector();
    await inside.goTo(`${bucket}/secret/`);
    await inside.explanation.getByText(`Your role may not list ${bucket}/secret/`).waitFor();
    const links = inside.explanation.getByRole('list').getByRole('button');
    const addresses = await links.allInnerTexts();
    assert.deepEqual(addresses.slice(0, 2), [privateFolder, `${bucket}/public/`]);
    await links.nth(1).click();
    await inside.row('welcome.txt').waitFor();
    assert.equal(await inside.address.inputValue(), `${bucket}/public/`);
  });

  it('scrolls through 2,500 keys with three requests and few elements', async () => {
    const inside = inspector();
    const control = controlOf(window());
    await control.resetRequests();
    await inside.row('many').click();
    await inside.counts('1,000 shown, more below');
    const most = await scrollToEnd(inside.grid, inside.row('note-2500.txt'));
    assert.ok(most < 200, `${most} rows`);
    await inside.counts('2,500 objects');
    assert.equal(MANY, 2500);
    assert.deepEqual(await control.requests(), { ListObjectsV2: 3 });
  });

  it('filters by prefix on the server', async () => {
    const inside = inspector();
    const control = controlOf(window());
    await control.resetRequests();
    await inside.filter.fill('note-19');
    await inside.filter.press('Enter');
    await inside.counts('100 objects');
    assert.equal((await inside.names())[0], 'note-1900.txt');
    assert.deepEqual(await control.requests(), { ListObjectsV2: 1 });
  });

  it('shows odd keys as they are, and HTML stays text', async () => {
    const inside = inspector();
    await inside.goTo(`${bucket}/public/odd/`);
    const folder = 'public/odd/';
    const names = ODD_KEYS.map((key) => key.slice(folder.length));
    const files = names.filter((name) => !name.includes('/')).length;
    const folders = new Set(names.filter((name) => name.includes('/')).map((name) => name.split('/')[0]))
      .size;
    await inside.counts(`${folders} folders, ${files} objects`);
    const tag = '<img src=x onerror="alert(1)"><script>alert(document.domain)<';
    await inside.row(tag).click();
    assert.match(await inside.previewText('script>.html'), /<img src=x onerror=\\"alert\(1\)\\">/);
    assert.equal(await inside.frame.locator('main').locator('script, img').count(), 0);
    await inside.goTo(`${bucket}/public/odd/`);
    await inside.row('café.txt'.normalize('NFD')).click();
    assert.match(await inside.details.locator('pre').innerText(), /public\/odd\/cafe\u0301\.txt/);
  });

  it('signs in as admin beside it: another role, more objects', async () => {
    const { quickInput } = window();
    await signInToSandbox(window());
    await quickInput.waitFor('Gets the role Admins');
    await quickInput.pick('admin');
    await window()
      .tree()
      .waitFor(/admin.*active/);
    await window()
      .tree()
      .waitFor(/reader\d+ min$/);
    await window().runCommand('Open Inspector');
    await inspector().of('admin');
    await inspector().open('Credentials');
    await inspector().frame.getByRole('heading', { name: 'Why this role' }).waitFor();
    assert.equal(await inspector().fact('Role'), 'Admins');
    await inspector().open('S3');
    await inspector().goTo(`${bucket}/secret/`);
    assert.equal(await inspector().previewText('plan.txt'), 'The plan: only Admins can read this.');
  });

  it('sees both identities with what each holds', async () => {
    const tree = window().tree();
    await tree.expand('admin');
    await tree.waitFor(/AWS credentials.*Admins/);
    await tree.expand('reader');
    await tree.waitFor(/AWS credentials.*Readers/);
    assert.match(await tree.accessibleName('reader'), /^reader is signed in, \d+ min left$/);
    await tree.expand('Pool facts');
    await tree.waitFor(/User pool.*us-east-1_Sandbox01/);
    const rows = await tree.rows();
    assert.equal(
      rows.filter((row) => / {4}(ID token|Access token|Refresh token|Identity ID|S3) /.test(row)).length,
      10,
    );
  });

  it('switches the active identity from the status bar', async () => {
    const { quickInput } = window();
    await window()
      .statusBarItem(/admin · /)
      .click();
    await quickInput.pick('Switch Active Identity…');
    await quickInput.pick(/^\W*reader/);
    await window()
      .statusBarItem(/reader · \d+ min/)
      .waitFor();
    await window()
      .tree()
      .waitFor(/reader.*active/);
  });

  it('is still signed in after a reload, with the same sandbox', async () => {
    const before = startedSandbox(window()).api;
    const sub = USERS.find(({ username }) => username === 'reader')?.sub ?? '';
    await untilStored(window(), new RegExp(`activeIdentity[^}]*user:${sub}`));
    await untilStored(window(), /Inspector: admin.*\/secret\//);
    await window().reload();
    await window()
      .statusBarItem(/reader · \d+ min/)
      .waitFor();
    await window().openContainer();
    await window()
      .tree()
      .waitFor(/reader.*active/);
    await window().tree().waitFor(/admin/);
    const control = controlOf(window());
    await control.resetRequests();
    await window().runCommand('Refresh Credentials');
    await window().notifications.waitFor('The AWS credentials of reader are valid until');
    assert.deepEqual(refreshing(await control.requests()), { GetCredentialsForIdentity: 1 });
    assert.equal(startedSandbox(window()).api, before);
  });

  it('finds both Inspectors again', async () => {
    await inspector().of('admin');
    assert.equal(await inspector().address.inputValue(), `${bucket}/secret/`);
    await window().editorTab('Inspector: reader').click();
    await inspector().of('reader');
    await inspector().open('Credentials');
    await inspector().frame.getByRole('heading', { name: 'Why this role' }).waitFor();
    assert.notEqual(await inspector().reveal('AWS_SECRET_ACCESS_KEY'), secrets[2]);
  });

  it('has left no token and no key in plain text anywhere', async () => {
    secrets.push(await inspector().secret('AWS_SECRET_ACCESS_KEY'));
    const stored = await storedTexts(window());
    // What is looked through does hold what may be known: the list of sessions, the log of the calls, the secrets' store.
    const places = (text: string) => stored.filter((one) => one.text.includes(text)).map((one) => one.place);
    assert.match(places('identityKey').join('\n'), /web-state-db-global/);
    assert.match(places('cognito-idp:RespondToAuthChallenge').join('\n'), /Cognito Workbench\.log/);
    assert.match(places('').join('\n'), /localStorage secrets\.provider/);
    assert.deepEqual(leaksIn(stored, secrets), []);
  });
});

/** The requests of a refresh; the Inspectors that are open ask more: which role it is, what is in their folder. */
function refreshing(requests: Record<string, number>): Record<string, number> {
  const asked = ['InitiateAuth', 'GetTokensFromRefreshToken', 'GetId', 'GetCredentialsForIdentity'];
  return Object.fromEntries(Object.entries(requests).filter(([operation]) => asked.includes(operation)));
}

/** Name and meaning of every row of the card's tables. */
async function explainedClaims(card: Locator): Promise<Map<string, string>> {
  const rows = await card.getByRole('row').all();
  const cells = await Promise.all(
    rows.map((row) => row.locator('[role=rowheader], [role=cell]').allInnerTexts()),
  );
  return new Map(
    cells.filter((row) => row.length === 3).map(([name = '', , meaning = '']) => [name, meaning]),
  );
}

/** Begins to note every text that elements of this kind show; the function that it gives tells them. */
async function textsOf(inside: Locator, selector: string): Promise<() => Promise<string[]>> {
  await inside.evaluate((root, wanted) => {
    const texts: string[] = [];
    (window as unknown as { seenTexts: string[] }).seenTexts = texts;
    new MutationObserver(() => {
      for (const element of root.querySelectorAll(wanted)) texts.push(element.textContent ?? '');
    }).observe(root, { childList: true, subtree: true, characterData: true });
  }, selector);
  return () => inside.evaluate(() => (window as unknown as { seenTexts: string[] }).seenTexts);
}

/** Scrolls as a person does, a few pages at a time; gives the largest number of rows that were elements at once. */
async function scrollToEnd(grid: Locator, last: Locator): Promise<number> {
  let most = 0;
  while ((await last.count()) === 0) {
    const rows = await grid.evaluate((element) => {
      element.scrollTop += 3 * element.clientHeight;
      return element.querySelectorAll('[role=row]').length;
    });
    most = Math.max(most, rows);
  }
  return most;
}
