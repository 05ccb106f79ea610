import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { asked, describePanel, tab } from '../../../support/panel-harness.tests';

const failing = `fakeHost.answers['credentials/load'] = () => fakeHost.data.refusedCredentials();`;
const answering = (name: string, data: string) =>
  `fakeHost.answers['${name}'] = () => fakeHost.data.${data}();`;

async function findCause(page: Page): Promise<void> {
  await page.getByRole('tab').first().waitFor();
  await page.evaluate(() =>
    window.fakeHost.change({ tabRequest: { id: 1, tab: 'credentials', findCause: true } }),
  );
}

const card = (page: Page) => page.getByRole('region', { name: 'What really failed' });
const why = (page: Page) => page.getByRole('region', { name: 'Why this role' });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const lastMessage = (page: Page) => page.evaluate(() => window.fakeHost.messages.at(-1));

async function asAdmin(page: Page): Promise<void> {
  await tab(page, 'Credentials').click();
  await button(page, 'Ask as Administrator').click();
  await why(page).getByText('You have the role').last().waitFor();
}

describePanel('panel page: why this role, as an administrator', ({ open }) => {
  it('asks only when it is told to, and then shows groups, rules, trust policy and access', async () => {
    const page = await open();
    await tab(page, 'Credentials').click();
    await button(page, 'Ask as Administrator').waitFor();
    assert.equal(await asked(page, 'credentials/explainAsAdmin'), 0);
    await button(page, 'Ask as Administrator').click();
    const groups = why(page).getByRole('list', { name: 'Groups, in the order in which they count' });
    assert.match(await groups.getByRole('listitem').first().innerText(), /readers.*precedence 10.*wins/s);
    const steps = why(page).getByRole('list', { name: 'How the identity pool chose' });
    assert.deepEqual(
      (await steps.getByRole('listitem').allInnerTexts()).map((text) => /^\w+( \w+)?:/.exec(text)?.[0]),
      ['Passed:', 'Failed:', 'Passed:', 'Left out:', 'Passed:'],
    );
    const trust = why(page).getByRole('list', { name: 'Trust policy of the role, line by line' });
    assert.equal(await trust.getByRole('listitem').count(), 4);
    assert.equal(await why(page).getByText('What only an administrator can see').count(), 0);
    await button(page, 'Ask Again').waitFor();
  });

  it('tells what may be done at each location in a word, and why on demand, by keyboard', async () => {
    const page = await open({ width: 320 });
    await asAdmin(page);
    const table = page.getByRole('table', { name: 'What the session may do in S3' });
    assert.deepEqual(await table.getByRole('columnheader').allInnerTexts(), ['List', 'Read', 'Write']);
    const verdicts = await table.locator('.verdict').allInnerTexts();
    assert.deepEqual(
      verdicts.map((text) => text.trim()),
      ['denied', 'allowed', 'allowed', 'denied', 'allowed', 'denied', 'denied', 'denied', 'denied'],
    );
    const sentence = table.getByText('No statement allows s3:ListBucket').first();
    assert.equal(await sentence.isVisible(), false);
    await table.locator('summary').first().focus();
    await page.keyboard.press('Enter');
    assert.equal(await sentence.isVisible(), true);
  });

  it('keeps hostile and long names text, and tells what could not be read', async () => {
    for (const width of [320, 400, 1000]) {
      const page = await open({ width, prepare: answering('credentials/explainAsAdmin', 'longAdminRole') });
      await asAdmin(page);
      assert.equal(await why(page).locator('img').count(), 0);
      assert.equal(await page.evaluate(() => window.hacked), undefined);
      const missing = why(page).getByRole('list', { name: 'What could not be read' });
      assert.match(await missing.innerText(), /iam:ListRolePolicies/);
      const wide = await page.evaluate(() => {
        const panel = document.querySelector('#panel-credentials');
        return panel ? panel.scrollWidth - panel.clientWidth : -1;
      });
      assert.equal(wide, 0, `no sideways scrolling at ${width} px`);
    }
  });

  it('shows a skeleton while AWS is asked, and a failure with its buttons', async () => {
    const page = await open({ prepare: `fakeHost.held.add('credentials/explainAsAdmin');` });
    await tab(page, 'Credentials').click();
    await button(page, 'Ask as Administrator').click();
    await why(page).getByText('Reading groups, roles and policies…').waitFor({ state: 'attached' });
    await page.evaluate(() => {
      const [request] = window.fakeHost.requests('credentials/explainAsAdmin');
      window.fakeHost.failures.set('credentials/explainAsAdmin', {
        id: 'X',
        title: 'The profile gives no credentials',
        why: 'It has none.',
        fix: 'Choose another.',
        actions: ['set-aws-profile'],
        details: [],
      });
      if (request) window.fakeHost.answer(request);
    });
    await why(page).getByRole('alert', { name: 'The profile gives no credentials' }).waitFor();
    await button(page, 'Ask as Administrator').waitFor();
  });

  it('offers to choose a profile where nobody can be asked, and forgets what was said for other credentials', async () => {
    const page = await open();
    await asAdmin(page);
    await page.evaluate(() => {
      const { answers, data } = window.fakeHost;
      answers['credentials/load'] = () => ({ ...data.credentialsView(Date.now()), adminName: undefined });
      window.fakeHost.change({ revision: 2 });
    });
    await button(page, 'Choose AWS Profile…').click();
    assert.deepEqual(await lastMessage(page), { type: 'command', command: 'chooseAwsProfile' });
    assert.equal(await why(page).getByText('What an administrator sees').count(), 0);
  });
});

describePanel('panel page: what really failed', ({ open }) => {
  it('names the cause, what STS said and what mends it, in place of the possible causes', async () => {
    const page = await open({ prepare: failing });
    await tab(page, 'Credentials').click();
    await page.getByText('No role is attached.').waitFor();
    await findCause(page);
    await card(page).getByText('The role trusts another identity pool').waitFor();
    await card(page).getByText('AccessDenied: Not authorized').waitFor();
    assert.equal(await page.getByText('No role is attached.').count(), 0);
    assert.equal(await button(page, 'Find the Cause').count(), 0);
    assert.match(
      await card(page).getByRole('group', { name: 'AWS CLI command', exact: true }).innerText(),
      /^aws iam update-assume-role-policy /,
    );
    await button(page, 'Copy AWS CLI Command').click();
    assert.equal(await asked(page, 'credentials/copyFinding'), 1);
    await card(page).getByText('What was tried').click();
    const tried = card(page).getByRole('list', { name: 'What was tried' });
    assert.match(await tried.innerText(), /GetCredentialsForIdentity was refused/);
    assert.equal(await asked(page, 'credentials/findCause'), 1);
    await button(page, 'Check Again').click();
    await page.waitForFunction(() => window.fakeHost.requests('credentials/findCause').length === 2);
  });

  it('says what it does, and can be cancelled', async () => {
    const page = await open({ prepare: `${failing} fakeHost.held.add('credentials/findCause');` });
    await findCause(page);
    await card(page).getByRole('status').getByText('Asking the identity pool').waitFor();
    await page.evaluate(() =>
      window.fakeHost.send({ type: 'credentials/progress', text: 'Reading pool and role…' }),
    );
    await card(page).getByRole('status').getByText('Reading pool and role…').waitFor();
    await button(page, 'Cancel').click();
    await card(page).waitFor({ state: 'detached' });
    const [request] = await page.evaluate(() => window.fakeHost.requests('credentials/findCause'));
    assert.deepEqual(await lastMessage(page), { type: 'cancel', requestId: request?.requestId });
    await page.getByText('No role is attached.').waitFor();
  });

  it('offers a profile where nobody could look', async () => {
    const page = await open({ prepare: failing + answering('credentials/findCause', 'noCause') });
    await findCause(page);
    await card(page).getByText('The cause could not be told for certain').waitFor();
    await button(page, 'Choose AWS Profile…').click();
    assert.deepEqual(await lastMessage(page), { type: 'command', command: 'chooseAwsProfile' });
  });

  it('says that nothing fails, and goes with the next credentials', async () => {
    const page = await open({ prepare: answering('credentials/findCause', 'nothingFails') });
    await findCause(page);
    await card(page).getByText('Nothing fails').waitFor();
    await why(page).waitFor();
    await page.evaluate(() => {
      const { answers, data } = window.fakeHost;
      answers['credentials/load'] = () => data.credentialsView(Date.now() + 60_000);
      window.fakeHost.change({ revision: 2 });
    });
    await card(page).waitFor({ state: 'detached' });
  });

  it('another failure stands there once', async () => {
    const other = `fakeHost.answers['credentials/findCause'] = () =>
      ({ outcome: 'other', steps: [], error: fakeHost.data.refusedCredentials().error });`;
    const page = await open({ prepare: failing + other });
    await findCause(page);
    await card(page).getByRole('alert').waitFor();
    assert.equal(await page.getByRole('alert', { name: 'reader could not get a role from AWS' }).count(), 1);
  });

  it('of somebody who has no session', async () => {
    const guest = `fakeHost.state = { ...fakeHost.state, state: 'signed-out', kind: 'guest', name: 'guest' };`;
    const page = await open({ prepare: guest });
    await findCause(page);
    await card(page).getByText('The role trusts another identity pool').waitFor();
    await button(page, 'Continue as Guest').waitFor();
  });
});
