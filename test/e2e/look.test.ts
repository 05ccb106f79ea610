import assert from 'node:assert/strict';
import { InspectorDriver } from '../support/vscode-inspector';
import { endStartedSandbox } from '../support/vscode-sandbox';
import { accessProblems } from './support/axe';
import { journey } from './support/journey';

journey('the look', {}, (window) => {
  const inspector = () => new InspectorDriver(window());

  after(() => endStartedSandbox(window()));

  /** What a person sees on each tab, ready to be judged. */
  const sights = {
    Tokens: async () => {
      await inspector().open('Tokens');
      await inspector().card('Access token').waitFor();
    },
    Credentials: async () => {
      await inspector().open('Credentials');
      await inspector().frame.getByRole('heading', { name: 'Why this role' }).waitFor();
    },
    'S3 with a preview': async () => {
      await inspector().open('S3');
      await inspector().goTo('s3://notes-app-uploads/public/');
      await inspector().previewText('welcome.txt');
    },
    'S3 with a refusal': async () => {
      await inspector().open('S3');
      await inspector().goTo('s3://notes-app-uploads/secret/');
      await inspector().explanation.getByText('Your role may not list').waitFor();
    },
  };

  before(async () => {
    await window().openContainer();
    await window().runCommand('Start Sandbox');
    await window().quickInput.pick('reader');
    await inspector().of('reader');
  });

  for (const theme of ['light', 'dark', 'hc'] as const) {
    it(`has nothing that axe objects to (${theme})`, async () => {
      await window().setTheme(theme);
      for (const [name, show] of Object.entries(sights)) {
        await show();
        assert.deepEqual(await accessProblems(window()), [], `${name}, ${theme}`);
      }
    });
  }

  it('fits into a narrow window', async () => {
    await window().page.setViewportSize({ width: 700, height: 800 });
    for (const [name, show] of Object.entries(sights)) {
      await show();
      const page = inspector().frame.locator('html');
      const [content = 0, room = 0] = await page.evaluate((html) => [html.scrollWidth, html.clientWidth]);
      assert.ok(room < 400, `the panel is narrow: ${room}`);
      assert.ok(content <= room, `${name}: ${content} in ${room}`);
      assert.deepEqual(await accessProblems(window()), [], `${name}, narrow`);
    }
  });
});
