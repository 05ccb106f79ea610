import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountProvider, commands, contextKeys, panels, settings, views } from '../../src/ids';

interface Manifest {
  readonly main: string;
  readonly activationEvents: string[];
  readonly icon: string;
  readonly engines: { vscode: string };
  readonly contributes: {
    commands: { command: string; title: string; category?: string }[];
    views: Record<string, { id: string }[]>;
    menus: Record<string, { command: string; when?: string }[]>;
    viewsWelcome: { view: string; when: string }[];
    configuration: { properties: Record<string, unknown> };
    authentication: { id: string; label: string }[];
  };
}

const root = join(__dirname, '../..');
const text = readFileSync(join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(text) as Manifest;
const nls = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;
const { contributes } = manifest;

describe('package.json', () => {
  it('contributes exactly the commands that the code knows', () => {
    const contributed = contributes.commands.map((item) => item.command).sort();
    assert.deepEqual(contributed, Object.values(commands).sort());
  });

  it('puts every command into the category Cognito', () => {
    assert.deepEqual(
      contributes.commands.filter((item) => item.category !== 'Cognito'),
      [],
    );
  });

  it('names only known commands in menus', () => {
    const known = new Set<string>(Object.values(commands));
    const used = Object.values(contributes.menus)
      .flat()
      .map((item) => item.command);
    assert.deepEqual(
      used.filter((item) => !known.has(item)),
      [],
    );
  });

  it('has the view and the settings that the code reads', () => {
    assert.deepEqual(
      contributes.views['cognitoWorkbench']?.map((view) => view.id),
      [views.pools],
    );
    const tokens = [settings.tokensHover, settings.tokensCodeLens, settings.tokensLeakGuard];
    const names = [settings.connections, settings.awsProfile, settings.refreshBeforeExpiryMinutes, ...tokens];
    assert.deepEqual(
      Object.keys(contributes.configuration.properties),
      names.map((name) => `${settings.section}.${name}`),
    );
  });

  it('uses only context keys that are set at start', () => {
    const known = new Set<string>(Object.values(contextKeys).map((item) => item.key));
    const clauses = [...Object.values(contributes.menus).flat(), ...contributes.viewsWelcome].map(
      (item) => item.when ?? '',
    );
    const used = clauses.flatMap((clause) => clause.match(/cognitoWorkbench\.\w+/g) ?? []);
    const foreign = used.filter((key) => !known.has(key) && key !== views.pools);
    assert.deepEqual(foreign, []);
  });

  it('restores the Inspector after a reload', () => {
    assert.ok(manifest.activationEvents.includes(`onWebviewPanel:${panels.inspector}`));
  });

  it('is woken by callbacks of the browser, and by whoever asks for an account', () => {
    assert.deepEqual(contributes.authentication, [{ id: accountProvider, label: 'Cognito' }]);
    assert.ok(manifest.activationEvents.includes('onUri'));
    assert.ok(manifest.activationEvents.includes(`onAuthenticationRequest:${accountProvider}`));
  });

  it('has a text for every %key%, and no text that nobody uses', () => {
    const used = new Set([...text.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]));
    assert.deepEqual(
      [...used].filter((key) => key !== undefined && nls[key] === undefined),
      [],
    );
    assert.deepEqual(
      Object.keys(nls).filter((key) => !used.has(key)),
      [],
    );
  });
});
