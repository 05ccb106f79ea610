import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { useWorld } from '../support/host-world';
import { serve } from '../support/local-server';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('token from anywhere: verified in a document', () => {
  const world = useWorld();

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  async function verify(token: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument({ content: token });
    await world.run('verifyTokenAt', { uri: document.uri.toString(), start: 0, end: token.length });
  }

  it('takes the connection of its own client, where several have its pool', async () => {
    const other = { clientId: 'anotherclient0000000000001' };
    await world.connect(world.tokensOnly('first', other), world.tokensOnly('second'));
    const ref = await world.signIn('second', 'reader');
    await verify((await world.session(ref)).tokens?.idToken ?? '');
    await world.person.sees(/^Signature valid · issued by/);
  });

  it('takes a client that no connection has for no fault', async () => {
    await world.connect(world.tokensOnly('second'));
    const ref = await world.signIn('second', 'reader');
    const token = (await world.session(ref)).tokens?.idToken ?? '';
    await world.connect(world.tokensOnly('first', { clientId: 'anotherclient0000000000001' }));
    await verify(token);
    await world.person.sees(/^Signature valid · issued by/);
  });

  it('can be cancelled while the keys are on their way', async () => {
    const silent = await serve(() => undefined);
    try {
      const endpoints = { ...(world.entry('slow')['endpoints'] as object), jwks: silent.url };
      await world.connect(world.entry('slow', { endpoints }));
      const iss = `https://cognito-idp.us-east-1.amazonaws.com/${world.sandbox.userPoolId}`;
      world.person.cancelsProgress(/^Fetching the keys of slow/);
      await verify(`${encode({ alg: 'RS256', kid: 'k' })}.${encode({ iss })}.${'A'.repeat(342)}`);
      assert.equal(silent.seen.length, 1);
      assert.deepEqual(world.person.notices, []);
    } finally {
      await silent.close();
    }
  });
});
