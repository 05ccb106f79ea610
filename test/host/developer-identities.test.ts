import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { settings } from '../../src/ids';
import type { SessionRef } from '../../src/core/session/model';
import type { Entry } from '../support/host-world';
import { useWorld } from '../support/host-world';

const provider = 'login.notes.app';
let profiles = 0;

describe('developer identities', () => {
  const world = useWorld();
  const files = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'];
  const before_ = Object.fromEntries(files.map((name) => [name, process.env[name]]));
  let folder: string;
  let poolId: string;
  /** A name of its own for each test: credentials are kept by it. */
  let profile: string;

  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'aws-'));
    for (const name of files) process.env[name] = path.join(folder, name);
    const open = world.sandbox.description.identityPools.find((pool) => pool.developerProvider === provider);
    poolId = open?.id ?? '';
  });

  beforeEach(async () => {
    profile = `shop-${++profiles}`;
    const { admin } = world.sandbox.description;
    writeProfiles([profile, admin.accessKeyId, admin.secretAccessKey]);
    await world.connect(entry({ developerProvider: provider }));
  });

  afterEach(() => setProfile(undefined));

  after(() => {
    rmSync(folder, { recursive: true });
    for (const [name, value] of Object.entries(before_)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  function writeProfiles(...sections: (readonly [name: string, key: string, secret: string])[]): void {
    const text = sections.map(
      ([name, key, secret]) => `[${name}]\naws_access_key_id = ${key}\naws_secret_access_key = ${secret}\n`,
    );
    writeFileSync(path.join(folder, 'AWS_SHARED_CREDENTIALS_FILE'), text.join('\n'));
  }

  const entry = (pool: Entry = {}): Entry =>
    world.entry('notes', { identityPool: { identityPoolId: poolId, ...pool } });

  async function setProfile(name: string | undefined): Promise<void> {
    await vscode.workspace
      .getConfiguration(settings.section)
      .update(settings.awsProfile, name, vscode.ConfigurationTarget.Global);
  }

  const newUser = (): string => `dev-${profile}-${Math.random().toString(36).slice(2, 8)}`;

  async function signIn(user: string): Promise<SessionRef> {
    world.person
      .picks(/Who vouches for the user\?/, `Ask Cognito with AWS profile ${profile}`)
      .types(/Identifier of the user in your backend, as in Logins under login\.notes\.app/, user);
    const ref = (await world.run('signInAsDeveloper', { connectionId: 'notes' })) as SessionRef | undefined;
    assert.ok(ref, world.person.report());
    return ref;
  }

  /** A pool with a developer provider, whose role takes session tags. */
  async function poolWithTags(): Promise<string> {
    const { IdentityPoolId = '' } = await world.identityPools.createIdentityPool({
      IdentityPoolName: `tags-${profile}`,
      AllowUnauthenticatedIdentities: false,
      DeveloperProviderName: provider,
    });
    const { Role } = await world.iam.createRole({
      RoleName: `Tagged-${profile}`,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Federated: 'cognito-identity.amazonaws.com' },
            Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'],
            Condition: { StringEquals: { 'cognito-identity.amazonaws.com:aud': IdentityPoolId } },
          },
        ],
      }),
    });
    await world.identityPools.setIdentityPoolRoles({
      IdentityPoolId,
      Roles: { authenticated: Role?.Arn ?? '' },
    });
    return IdentityPoolId;
  }

  async function backendToken(user: string, more: Record<string, unknown> = {}) {
    return world.identityPools.getOpenIdTokenForDeveloperIdentity({
      IdentityPoolId: poolId,
      Logins: { [provider]: user },
      ...more,
    });
  }

  describe('by an AWS profile', () => {
    beforeEach(() => setProfile(profile));

    it('get a token, and credentials without GetId', async () => {
      const user = newUser();
      let ref!: SessionRef;
      const requests = await world.requestsOf(async () => (ref = await signIn(user)));
      assert.deepEqual(requests, {
        GetOpenIdTokenForDeveloperIdentity: 1,
        GetCredentialsForIdentity: 1,
      });
      assert.equal(ref.identityKey, `dev:${user}`);
      const session = await world.session(ref);
      assert.deepEqual(session.developer, { providerName: provider, userId: user, by: 'profile' });
      assert.match(session.credentials?.accessKeyId ?? '', /^ASIA/);
      const { IdentityId } = await backendToken(user);
      assert.equal(session.identityId, IdentityId);
      await world.stillWorks(ref);
    });

    it('get a new token by themselves when the old one has ended', async () => {
      const ref = await signIn(newUser());
      await world.doctor(ref, (session) => ({
        ...session,
        logins: (session.logins ?? []).map((login) => ({ ...login, expiresAt: Date.now() - 1000 })),
      }));
      const requests = await world.requestsOf(() => world.run('refreshCredentials', { ref }));
      assert.deepEqual(requests, {
        GetOpenIdTokenForDeveloperIdentity: 1,
        GetCredentialsForIdentity: 1,
      });
    });

    it('take a duration and principal tags', async () => {
      const user = newUser();
      await world.connect(entry({ identityPoolId: await poolWithTags(), developerProvider: provider }));
      world.person
        .picks(/Who vouches/, 'Ask Cognito, with more wishes')
        .types(/Identifier of the user/, user)
        .types(/Minutes that the token lives/, '1441', '60')
        .types(/Principal tags as NAME=VALUE/, 'department', 'department=legal, team=blue');
      const ref = (await world.run('signInAsDeveloper', { connectionId: 'notes' })) as SessionRef;
      const { developer, logins } = await world.session(ref);
      assert.equal(developer?.tokenSeconds, 3600);
      assert.deepEqual(developer.principalTags, { department: 'legal', team: 'blue' });
      const token = logins?.[0]?.token ?? '';
      const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
      assert.match(claims, /"department":\["legal"\]/);
    });

    it('know the name of the developer provider from the pool', async () => {
      await world.connect(entry());
      const requests = await world.requestsOf(() => signIn(newUser()));
      assert.equal(requests['DescribeIdentityPool'], 1);
    });

    it('ask for that name where the profile may not read it', async () => {
      await world.connect(entry());
      await world.sandbox.control.fault({
        operation: 'DescribeIdentityPool',
        kind: 'throttle',
        times: 2,
      });
      world.person.types(/Name of the developer provider/, provider);
      await signIn(newUser());
    });

    it('cannot be where the pool has no developer provider', async () => {
      await world.connect(world.entry('notes'));
      world.person.picks(/Who vouches/, `AWS profile ${profile}`);
      await world.run('signInAsDeveloper', { connectionId: 'notes' });
      await world.person.sees(/names no developer provider/);
    });

    it('are signed in again in their own way, their name filled in', async () => {
      const user = newUser();
      const ref = await signIn(user);
      await world.doctor(ref, (session) => ({
        ...session,
        origin: { ...session.origin, clientId: 'other' },
      }));
      world.person.picks(/Who vouches/, `AWS profile ${profile}`).types(/Identifier of the user/, user);
      await world.run('refreshCredentials', { ref });
      const asked = world.person.questions.findLast(({ words }) => /Identifier of the user/.test(words));
      assert.equal(asked?.value, user);
      assert.equal((await world.session(ref)).origin.clientId, world.sandbox.webClientId);
    });

    it('tell which profile is not there, and go on with another', async () => {
      await setProfile('gone');
      const user = newUser();
      world.person
        .picks(/Who vouches/, 'AWS profile gone')
        .types(/Identifier of the user/, user)
        .pressesButton(/There is no AWS profile "gone"/, 'Choose AWS Profile')
        .picks(/^AWS profile \|/, profile)
        .picks(/Who vouches/, `AWS profile ${profile}`)
        .types(/Identifier of the user/, user);
      await world.run('signInAsDeveloper', { connectionId: 'notes' });
      await world.person.until('a session', () => world.handle.store.list()[0]);
    });

    it('tell what AWS does not take', async () => {
      const foreign = `${profile}-foreign`;
      writeProfiles([foreign, 'AKIAUNKNOWNUNKNOWN00', 'no']);
      await setProfile(foreign);
      world.person.picks(/Who vouches/, foreign).types(/Identifier of the user/, 'anna');
      await world.run('signInAsDeveloper', { connectionId: 'notes' });
      await world.person.sees(/Your AWS profile may not call GetOpenIdTokenForDeveloperIdentity/);
      assert.deepEqual(world.handle.store.list(), []);
    });
  });

  it('without a profile choose one first', async () => {
    const user = newUser();
    world.person
      .picks(/Who vouches/, 'an AWS profile…')
      .picks(/^AWS profile \|/, profile)
      .types(/Identifier of the user/, user);
    assert.ok(await world.run('signInAsDeveloper', { connectionId: 'notes' }), world.person.report());
  });

  it('without a profile say what is missing', async () => {
    world.person
      .picks(/Who vouches/, 'an AWS profile…')
      .picks(/^AWS profile \|/, 'None')
      .types(/Identifier of the user/, 'anna');
    await world.run('signInAsDeveloper', { connectionId: 'notes' });
    await world.person.sees(/needs an administrator's AWS profile/);
  });

  it('choose a profile by its name, and none', async () => {
    world.person.picks(/^AWS profile \|/, 'Another profile').types(/Name of the profile/, 'typed');
    assert.equal(await world.run('chooseAwsProfile'), 'typed');
    const value = () => vscode.workspace.getConfiguration(settings.section).get(settings.awsProfile);
    assert.equal(value(), 'typed');
    world.person.picks(/^AWS profile \|/, 'None');
    assert.equal(await world.run('chooseAwsProfile'), undefined);
    assert.equal(value(), '');
    const labels = world.person.questions.flatMap((question) => question.labels);
    assert.ok(labels.includes(`${profile} | access key`), labels.join('\n'));
    assert.ok(labels.includes('typed | in use · not in the AWS configuration'));
  });

  describe('by what the backend returned', () => {
    const paste = (...texts: string[]) => {
      world.person.picks(/Who vouches/, 'Paste what my backend returned').types(/Paste the answer/, ...texts);
      return world.run('signInAsDeveloper', { connectionId: 'notes' }) as Thenable<SessionRef | undefined>;
    };

    it('get credentials in one request', async () => {
      const user = newUser();
      const { IdentityId, Token } = await backendToken(user);
      const requests = await world.requestsOf(async () => {
        const ref = await paste(JSON.stringify({ IdentityId, Token }));
        assert.equal(ref?.identityKey, `dev:${user}`);
        const session = await world.session(ref);
        assert.equal(session.identityId, IdentityId);
        assert.deepEqual(session.developer, { providerName: provider, userId: user, by: 'backend' });
      });
      assert.deepEqual(requests, { GetCredentialsForIdentity: 1 });
    });

    it('are asked again for what is no such token, by its name', async () => {
      const { idToken } = await world.sandbox.signIn('reader');
      const { Token = '' } = await backendToken(newUser());
      assert.ok(await paste(idToken, Token));
      const [, again] = world.person.questions.filter(({ words }) => /Paste the answer/.test(words));
      assert.match(again?.problem ?? '', /This is an ID token of user pool/);
      assert.equal(again?.password, true);
    });

    it('are asked again for a token of another pool, of another identity, and for one that has ended', async () => {
      const { Token = '', IdentityId = '' } = await backendToken(newUser());
      const other = await backendToken(newUser());
      const forged = (change: Record<string, unknown>) => {
        const [header, claims = '', signature] = Token.split('.');
        const read = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
        const body = Buffer.from(JSON.stringify({ ...read, ...change })).toString('base64url');
        return [header, body, signature].join('.');
      };
      await paste(
        forged({ aud: world.sandbox.identityPoolId }),
        forged({ exp: 1_700_000_000 }),
        `${other.IdentityId ?? ''} ${Token}`,
        `${IdentityId} ${Token}`,
      );
      const problems = world.person.questions
        .filter(({ words }) => /Paste the answer/.test(words))
        .map(({ problem }) => problem ?? '');
      assert.match(problems[1] ?? '', /is for identity pool/);
      assert.match(problems[2] ?? '', /ended .* ago/);
      assert.match(problems[3] ?? '', /belongs to identity .*, not to/);
    });

    it('say that only the backend can renew them, and ask for the next answer', async () => {
      const user = newUser();
      const first = await backendToken(user);
      const ref = await paste(first.Token ?? '');
      assert.ok(ref);
      await world.doctor(ref, (session) => ({
        ...session,
        logins: (session.logins ?? []).map((login) => ({ ...login, expiresAt: Date.now() - 1000 })),
      }));
      const { Token = '' } = await backendToken(user);
      world.person.picks(/Who vouches/, 'Paste what my backend returned').types(/Paste the answer/, Token);
      await world.run('refreshCredentials', { ref });
      await world.person.sees(/The login of .* has ended/);
      assert.equal((await world.session(ref)).logins?.[0]?.token, Token);
    });
  });

  describe('managed', () => {
    beforeEach(() => setProfile(profile));

    const manage = (errand: string) => {
      world.person.picks(/What do you want to do\?/, errand);
      return world.run('manageDeveloperIdentities', { connectionId: 'notes' });
    };

    it('are looked up by user and by identity ID', async () => {
      const user = newUser();
      const { IdentityId = '' } = await backendToken(user);
      await backendToken(`${user}-2`, { IdentityId });
      world.person.types(/Look up \|/, user).picks(/2 users of your backend lead to it/, IdentityId);
      await manage('Look Up');
      assert.equal(world.person.clipboard, IdentityId);

      world.person
        .types(/Look up \|/, IdentityId)
        .picks(/2 users of your backend lead to it/, `${user}-2`)
        .picks(/Who vouches/, `AWS profile ${profile}`)
        .types(/Identifier of the user in/, `${user}-2`);
      await manage('Look Up');
      assert.deepEqual(
        world.handle.store.list().map(({ name }) => name),
        [`${user}-2`],
      );
    });

    it('that nobody knows are not found', async () => {
      world.person.types(/Look up \|/, newUser());
      await manage('Look Up');
      await world.person.sees(/./);
      assert.equal(world.explained.length, 1);
    });

    it('are merged after a question, and a session follows', async () => {
      const [first, second] = [newUser(), newUser()];
      const ref = await signIn(first);
      const gone = (await world.session(ref)).identityId ?? '';
      const { IdentityId = '' } = await backendToken(second);
      const types = () =>
        world.person.types(/whose identity is given up/, first).types(/both shall have/, second);

      types().dismisses(/^Merge .* into .*cannot be undone/);
      await manage('Merge');
      assert.equal((await backendToken(first)).IdentityId, gone);

      types().pressesButton(/^Merge .* into /, 'Merge');
      await manage('Merge');
      const { text } = await world.person.sees(/now have the identity/);
      assert.ok(text.includes(IdentityId) && text.includes(gone));

      await world.run('refreshCredentials', { ref });
      assert.equal((await world.session(ref)).identityId, IdentityId);

      types();
      await manage('Merge');
      await world.person.sees(/have one identity already/);
    });

    it('are unlinked after a question that says what is left', async () => {
      const user = newUser();
      const { IdentityId = '' } = await backendToken(user);
      world.person
        .types(/Unlink a user \|/, user)
        .pressesButton(/^Unlink .*the last user of your backend.*cannot be undone/, 'Unlink');
      await manage('Unlink');
      await world.person.sees(/no longer leads to identity/);
      assert.notEqual((await backendToken(user)).IdentityId, IdentityId);
    });
  });
});
