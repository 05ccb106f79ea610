import assert from 'node:assert/strict';
import type { AwsCredentials } from '../../src/core/session/model';
import { useWorld } from '../support/host-world';

const forms: Record<string, (line: AwsCredentials) => RegExp[]> = {
  bash: ({ accessKeyId, sessionToken }) => [
    new RegExp(`^export AWS_ACCESS_KEY_ID='?${accessKeyId}'?$`, 'm'),
    new RegExp(`^export AWS_SESSION_TOKEN='?${escape(sessionToken)}'?$`, 'm'),
    /^export AWS_REGION='?us-east-1'?$/m,
  ],
  PowerShell: ({ accessKeyId, secretAccessKey }) => [
    new RegExp(`^\\$env:AWS_ACCESS_KEY_ID\\s*=\\s*'${accessKeyId}'$`, 'm'),
    new RegExp(`^\\$env:AWS_SECRET_ACCESS_KEY\\s*=\\s*'${escape(secretAccessKey)}'$`, 'm'),
  ],
  cmd: ({ accessKeyId, sessionToken }) => [
    new RegExp(`^set "?AWS_ACCESS_KEY_ID=${accessKeyId}"?\\r?$`, 'm'),
    new RegExp(`^set "?AWS_SESSION_TOKEN=${escape(sessionToken)}"?\\r?$`, 'm'),
  ],
  '.env': ({ accessKeyId, secretAccessKey }) => [
    new RegExp(`^AWS_ACCESS_KEY_ID="?${accessKeyId}"?$`, 'm'),
    new RegExp(`^AWS_SECRET_ACCESS_KEY="?${escape(secretAccessKey)}"?$`, 'm'),
  ],
};

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

describe('copy', () => {
  const world = useWorld();

  beforeEach(() => world.connect(world.entry('notes')));

  for (const [form, lines] of Object.entries(forms)) {
    it(`gives the credentials for ${form}`, async () => {
      const ref = await world.signIn('notes', 'reader');
      world.person.picks(/Copy Credentials of reader As/, form);
      await world.run('copyCredentials');
      const { credentials } = await world.session(ref);
      assert.ok(credentials);
      for (const line of lines(credentials)) assert.match(world.person.clipboard, line);
      assert.deepEqual(world.person.statusMessages, ['$(check) Credentials copied']);
    });
  }

  it('gives the credentials as JSON that credential_process takes, refreshed first where they are due', async () => {
    const ref = await world.signIn('notes', 'reader');
    await world.makeDue(ref, 'credentials');
    world.person.picks(/Copy Credentials of reader As/, 'JSON');
    const requests = await world.requestsOf(() => world.run('copyCredentials', { ref }));
    assert.deepEqual(requests, { GetCredentialsForIdentity: 1 });
    const { credentials } = await world.session(ref);
    assert.deepEqual(JSON.parse(world.person.clipboard), {
      Version: 1,
      AccessKeyId: credentials?.accessKeyId,
      SecretAccessKey: credentials?.secretAccessKey,
      SessionToken: credentials?.sessionToken,
      Expiration: new Date(credentials?.expiresAt ?? 0).toISOString(),
    });
  });

  it('gives each token, by a question or from its node', async () => {
    const ref = await world.signIn('notes', 'reader');
    const { tokens } = await world.session(ref);
    for (const [label, token] of [
      ['ID token', tokens?.idToken],
      ['Access token', tokens?.accessToken],
      ['Refresh token', tokens?.refreshToken],
    ] as const) {
      world.person.picks(/Copy Token of reader/, label);
      await world.run('copyToken', { ref });
      assert.equal(world.person.clipboard, token, label);
    }
    await world.run('copyToken', { kind: 'detail', ref, detail: 'id-token' });
    assert.equal(world.person.clipboard, tokens?.idToken);
  });
});
