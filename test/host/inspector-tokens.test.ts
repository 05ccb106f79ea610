import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Session, SessionRef } from '../../src/core/session/model';
import type { InspectorDeps } from '../../src/panel/host/deps';
import { InspectorPanel } from '../../src/panel/host/inspector-panel';
import { takePanels } from '../support/host-panel';
import type { FakePage } from '../support/host-panel';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const poolId = 'us-east-1_Sandbox01';
const iss = `https://cognito-idp.us-east-1.amazonaws.com/${poolId}`;
const claims = { iss, token_use: 'access', client_id: 'c', sub: 's' };
const accessToken = `${encode({ alg: 'RS256', kid: 'k' })}.${encode(claims)}.${'A'.repeat(342)}`;
const ref: SessionRef = { connectionId: 'shop', identityKey: 'user:reader' };
const connection = { id: 'shop', label: 'Shop', region: 'us-east-1', userPool: { userPoolId: poolId } };

/** The panel alone, with what surrounds it in the hands of the test. */
describe('the Inspector’s findings on signatures', () => {
  let panels: ReturnType<typeof takePanels>;
  let inspector: InspectorPanel;
  let page: FakePage;
  let session: Partial<Session> | undefined;
  let asked: number;
  const connectionsChanged = new vscode.EventEmitter<unknown>();

  beforeEach(() => {
    panels = takePanels(vscode);
    session = { tokens: { accessToken } as unknown as NonNullable<Session['tokens']> };
    asked = 0;
    const verify = async () => {
      asked += 1;
      return { ok: false, reason: 'unknown-key', detail: 'k' } as const;
    };
    const view = {
      ref,
      name: 'reader',
      connection,
      state: 'valid',
      expiresAt: 0,
      active: true,
      failed: false,
    };
    const deps = {
      dist: vscode.Uri.file('/dist'),
      media: vscode.Uri.file('/media'),
      identities: {
        find: () => (session ? view : undefined),
        list: () => [],
        load: async () => session,
        onDidChange: new vscode.EventEmitter<void>().event,
      },
      sessions: { trials: { refused: () => undefined } },
      connection: () => connection,
      connections: () => [connection],
      onDidChangeConnections: connectionsChanged.event,
      log: { error: () => undefined },
      verifier: async () => ({ verify }),
    } as unknown as InspectorDeps;
    const panel = vscode.window.createWebviewPanel('test', 'Test', vscode.ViewColumn.Active);
    inspector = new InspectorPanel(deps, ref, panel, () => undefined);
    const [opened] = panels.pages;
    assert.ok(opened);
    page = opened;
    page.ready();
  });
  afterEach(() => {
    inspector.dispose();
    panels.restore();
  });

  async function judged(): Promise<number> {
    const { cards } = await page.get('tokens/load', {});
    const access = cards.find(({ slot }) => slot === 'access');
    assert.equal(access?.verdicts.find(({ check }) => check === 'signature')?.status, 'failed');
    return asked;
  }

  it('are asked for again when the connections have changed', async () => {
    assert.deepEqual([await judged(), await judged()], [1, 1]);
    connectionsChanged.fire(undefined);
    assert.deepEqual([await judged(), await judged()], [2, 2]);
  });

  it('are forgotten with the tokens', async () => {
    assert.equal(await judged(), 1);
    const held = session;
    for (const without of [undefined, { logins: [] }]) {
      session = without;
      assert.deepEqual((await page.get('tokens/load', {})).cards, []);
      session = held;
      await judged();
    }
    assert.equal(asked, 3);
  });
});
