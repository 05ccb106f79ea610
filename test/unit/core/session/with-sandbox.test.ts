import assert from 'node:assert/strict';
import { createIdentityPoolApi, createStsApi, createUserPoolApi } from '../../../../src/aws/index';
import type { Connection } from '../../../../src/core/connection/model';
import { explainRole } from '../../../../src/core/federation/why-role';
import { Sessions } from '../../../../src/core/session/manager';
import { SessionStore } from '../../../../src/core/session/store';
import { claimsOf } from '../../../../src/core/session/token-set';
import type { PendingChallenge, SignInRequest } from '../../../../src/core/signin/sign-in';
import { nodeDigest } from '../../../../src/node/digest';
import { FakeLock, FakeSecretStorage, FakeState } from '../../../support/fakes';
import { startTestSandbox, type TestSandbox } from '../../../support/sandbox';

/** The sessions of core over the AWS SDK, before the sandbox: no fake speaks Cognito here. */
describe('sessions before the sandbox', function () {
  this.timeout(20_000);
  let sandbox: TestSandbox;
  let offset = 0;
  let connection: Connection;

  before(async () => {
    sandbox = await startTestSandbox();
  });
  after(() => sandbox.stop());
  beforeEach(async () => {
    connection = connectionTo('web');
    await sandbox.control.resetFaults();
    await sandbox.control.resetRequests();
  });

  function connectionTo(client: string): Connection {
    const { api } = sandbox.description;
    const found = sandbox.description.userPools[0]?.clients.find(({ name }) => name === client);
    return {
      id: 'sandbox',
      userPool: {
        userPoolId: sandbox.userPoolId,
        clientId: found?.id ?? '',
        hasClientSecret: Boolean(found?.secret),
        signIn: 'srp',
        scopes: [],
        callbackPorts: [],
      },
      identityPool: { identityPoolId: sandbox.identityPoolId, flow: 'enhanced' },
      endpoints: { cognitoIdp: api, cognitoIdentity: api, sts: api },
    };
  }

  function window(): { store: SessionStore; sessions: Sessions } {
    const options = { region: 'us-east-1', endpoint: sandbox.description.api };
    const observe = (): void => undefined;
    const store = new SessionStore({
      secrets: new FakeSecretStorage().window(),
      index: new FakeState(),
      window: new FakeState(),
    });
    const sessions = new Sessions({
      store,
      apis: {
        userPool: () => Promise.resolve(createUserPoolApi(options, observe)),
        identityPool: () => Promise.resolve(createIdentityPoolApi(options, observe)),
        sts: () => Promise.resolve(createStsApi(options, observe)),
      },
      digest: nodeDigest,
      clock: { now: () => Date.now() + offset },
      lock: new FakeLock(),
      refreshBeforeMinutes: () => 5,
      connection: () => connection,
    });
    return { store, sessions };
  }

  function as(username: string, over: Partial<SignInRequest> = {}): Omit<SignInRequest, 'connection'> {
    const { password } = sandbox.user(username);
    return {
      method: 'srp',
      username,
      password,
      answer: () => Promise.reject(new Error('not asked')),
      ...over,
    };
  }

  async function requests(): Promise<Record<string, number>> {
    const counts = await sandbox.control.requests();
    await sandbox.control.resetRequests();
    return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  }

  /** Moves both clocks, as time would. */
  async function pass(minutes: number): Promise<void> {
    await sandbox.control.advance(minutes * 60);
    offset += minutes * 60_000;
  }

  it('signs in by SRP, federates, refreshes by one request and then by two, signs out', async () => {
    const { sessions, store } = window();
    const { session, federationError } = await sessions.signIn(connection, as('reader'));
    assert.equal(federationError, undefined);
    assert.equal(session.name, 'reader');
    assert.deepEqual(await requests(), {
      InitiateAuth: 1,
      RespondToAuthChallenge: 1,
      GetId: 1,
      GetCredentialsForIdentity: 1,
    });
    assert.equal((await sessions.refresh(session)).requests, 1);
    assert.deepEqual(await requests(), { GetCredentialsForIdentity: 1 });
    await pass(56);
    const { session: renewed } = await sessions.refresh(session);
    assert.deepEqual(await requests(), { GetTokensFromRefreshToken: 1, GetCredentialsForIdentity: 1 });
    assert.equal(renewed.identityId, session.identityId);

    const caller = await sessions.caller(session);
    assert.equal(caller.roleName, 'Readers');
    const claims = claimsOf(renewed.tokens?.idToken);
    const why = explainRole({ claims, caller, connection });
    assert.deepEqual(why.rules.find((rule) => rule.id === 'token-preferred')?.fit, 'fits', why.summary);

    assert.deepEqual(await sessions.signOut(session), { revokeError: undefined });
    assert.deepEqual([store.list(), (await requests()).RevokeToken], [[], 1]);
    await store.save(renewed);
    await assert.rejects(sessions.refresh(session, { force: true }), { code: 'session.expired' });
  });

  it('lets a newcomer choose a password, again where the pool dislikes it', async () => {
    const { sessions } = window();
    const asked: PendingChallenge[] = [];
    const answer: SignInRequest['answer'] = async (pending) => {
      asked.push(pending);
      assert.ok(pending.kind === 'new-password');
      const attributes = Object.fromEntries(pending.requiredAttributes.map((name) => [name, `a ${name}`]));
      return { kind: 'new-password', newPassword: asked.length === 1 ? 'x' : 'Much-Better-1', attributes };
    };
    const { session, federationError } = await sessions.signIn(connection, as('newcomer', { answer }));
    assert.deepEqual(
      asked.map(({ problem }) => problem?.awsCode),
      [undefined, 'InvalidPasswordException'],
    );
    assert.equal(federationError, undefined);
    assert.equal(session.name, 'newcomer');
    await sessions.signIn(connection, as('newcomer', { password: 'Much-Better-1', method: 'password' }));
  });

  it('signs in with a client secret, and not with a wrong one', async () => {
    connection = connectionTo('backend');
    const { sessions, store } = window();
    const secret =
      sandbox.description.userPools[0]?.clients.find(({ name }) => name === 'backend')?.secret ?? '';
    await assert.rejects(sessions.signIn(connection, as('admin')), { code: 'signin.secret-missing' });
    await assert.rejects(sessions.signIn(connection, as('admin', { clientSecret: 'wrong' })), {
      awsCode: 'NotAuthorizedException',
    });
    const { session } = await sessions.signIn(connection, as('admin', { clientSecret: secret }));
    assert.equal(await store.clientSecret(connection), secret);
    assert.ok((await sessions.refresh(session, { force: true })).session.tokens);
    assert.deepEqual(await sessions.signOut(session), { revokeError: undefined });
  });

  it('keeps both of two identities going, each with its own role', async () => {
    const { sessions } = window();
    const [reader, admin] = [
      await sessions.signIn(connection, as('reader')),
      await sessions.signIn(connection, as('admin')),
    ];
    assert.equal((await sessions.caller(reader.session)).roleName, 'Readers');
    assert.equal((await sessions.caller(admin.session)).roleName, 'Admins');
    assert.notEqual(reader.session.identityId, admin.session.identityId);
  });

  it('refuses a wrong password once, without a second try', async () => {
    const { sessions } = window();
    await assert.rejects(sessions.signIn(connection, as('reader', { password: 'wrong' })), {
      awsCode: 'NotAuthorizedException',
    });
    assert.deepEqual(await requests(), { InitiateAuth: 1, RespondToAuthChallenge: 1 });
  });
});
