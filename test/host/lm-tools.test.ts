import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Tool } from '../../src/ui/lm/register-tools';
import { useWorld } from '../support/host-world';

interface Explained {
  readonly kind: string;
  readonly connection?: string;
  readonly summary: string;
  readonly checks: { check: string; status: string }[];
  readonly claims: { name: string; value: string; meaning: string }[];
}

function textOf({ confirmationMessages }: vscode.PreparedToolInvocation): string {
  const { message = '' } = confirmationMessages ?? {};
  return typeof message === 'string' ? message : message.value;
}

async function invoke(name: string, input: object): Promise<string> {
  const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  const [part] = result.content;
  assert.ok(part instanceof vscode.LanguageModelTextPart);
  return part.value;
}

describe('tools of language models', () => {
  const world = useWorld();
  const undo: (() => void)[] = [];

  /** The person is asked, and says yes, at every call from here on: to a test VS Code shows no dialog. */
  const sayYes = async () => {
    for (const tool of Object.values(await world.handle.tools()) as { prepare: Tool['prepare'] }[]) {
      const { prepare } = tool;
      tool.prepare = (input) => {
        const { confirmationMessages, ...prepared } = prepare(input);
        assert.ok(confirmationMessages, 'the person is asked');
        return prepared;
      };
      undo.push(() => (tool.prepare = prepare));
    }
  };

  afterEach(() => {
    for (const restore of undo.splice(0)) restore();
  });

  beforeEach(() => world.connect(world.entry('notes', { name: 'Notes (dev)' })));

  it('are known, and say what they take', () => {
    const tools = ['explain_cognito_token', 'list_cognito_connections'].map((name) =>
      vscode.lm.tools.find((tool) => tool.name === name),
    );
    assert.ok(tools.every((tool) => tool?.inputSchema && tool.description.length > 100));
  });

  it('explain the token of a connection, and give no part of it away', async () => {
    await sayYes();
    const ref = await world.signIn('notes', 'reader');
    const { tokens } = await world.session(ref);
    for (const [which, token] of [
      ['id', tokens?.idToken],
      ['access', tokens?.accessToken],
    ] as const) {
      const text = await invoke('explain_cognito_token', { connection: 'notes', which });
      const explained = JSON.parse(text) as Explained;
      assert.equal(explained.kind, which);
      assert.equal(explained.connection, 'notes');
      assert.match(explained.summary, /min left/);
      const claims = new Map(explained.claims.map((claim) => [claim.name, claim]));
      assert.equal(claims.get('token_use')?.value, which);
      assert.match(claims.get('sub')?.meaning ?? '', /user’s ID in the user pool/);
      for (const part of (token ?? '').split('.')) assert.ok(!text.includes(part.slice(0, 20)));
    }
  });

  it('explain a token in a pasted text, with what is wrong with it', async () => {
    await sayYes();
    const ref = await world.signIn('notes', 'reader');
    const { tokens } = await world.session(ref);
    const [header = '', claims = ''] = (tokens?.idToken ?? '').split('.');
    const old = {
      ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object),
      exp: 1_700_000_000,
    };
    const expired = [header, Buffer.from(JSON.stringify(old)).toString('base64url'), 'A'.repeat(342)].join(
      '.',
    );
    const text = await invoke('explain_cognito_token', {
      token: `curl -H "Authorization: Bearer ${expired}"`,
    });
    const explained = JSON.parse(text) as Explained;
    assert.equal(explained.kind, 'id');
    assert.equal(explained.checks.find(({ check }) => check === 'expiry')?.status, 'failed');
    assert.ok(!text.includes('AAAAAAAA'));
  });

  it('say what they cannot do, in words for a model', async () => {
    await sayYes();
    assert.match(await invoke('explain_cognito_token', { token: 'no token' }), /no token that can be read/);
    assert.match(await invoke('explain_cognito_token', {}), /Give either/);
    assert.match(
      await invoke('explain_cognito_token', { connection: 'other' }),
      /no connection.*Known: notes/,
    );
    assert.match(await invoke('explain_cognito_token', { connection: 'Notes (dev)' }), /Nobody is signed in/);
  });

  it('list the connections and who is signed in', async () => {
    await sayYes();
    const ref = await world.signIn('notes', 'reader');
    const text = await invoke('list_cognito_connections', {});
    const { connections } = JSON.parse(text) as { connections: Record<string, unknown>[] };
    const [notes] = connections;
    assert.equal(notes?.['id'], 'notes');
    assert.equal(notes?.['name'], 'Notes (dev)');
    const { expiresAt } = world.handle.store.list()[0] ?? { expiresAt: 0 };
    assert.deepEqual(notes?.['identities'], [
      {
        name: 'reader',
        kind: 'user',
        active: true,
        state: 'valid',
        expiresAt: new Date(expiresAt).toISOString(),
      },
    ]);
    const { tokens, credentials } = await world.session(ref);
    for (const secret of [tokens?.idToken, tokens?.refreshToken, credentials?.secretAccessKey])
      assert.ok(secret && !text.includes(secret));
  });

  it('ask the person first, in words that name the connection', async () => {
    const tools = await world.handle.tools();
    const asked = tools.explain_cognito_token.prepare({ connection: 'notes', which: 'access' });
    assert.match(textOf(asked), /access token of notes.*The token itself stays here/);
    const pasted = tools.explain_cognito_token.prepare({ token: 'eyJ…' });
    assert.match(textOf(pasted), /token in your message/);
    assert.ok(tools.list_cognito_connections.prepare({}).confirmationMessages);
  });
});
