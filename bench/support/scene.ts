import path from 'node:path';
import { startSandbox, type SandboxInfo } from '../../scripts/lib/sandbox.mjs';
import { tempFolder } from '../../scripts/lib/temp.mjs';
import { createIdentityPoolApi, createS3Api, createStsApi, createUserPoolApi } from '../../src/aws/index';
import type { Connection } from '../../src/core/connection/model';
import type { IdentityPoolApi, S3Api, StsApi } from '../../src/core/ports';
import { Sessions } from '../../src/core/session/manager';
import type { SessionRef } from '../../src/core/session/model';
import { SessionStore } from '../../src/core/session/store';
import type { SignInRequest } from '../../src/core/signin/sign-in';
import { nodeDigest } from '../../src/node/digest';
import { FileLock } from '../../src/node/file-lock';
import { FakeSecretStorage, FakeState } from '../../test/support/fakes';
import { SandboxControl } from '../../test/support/sandbox';

// The SDK's call to update Node says nothing about what is measured.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** A sandbox in a process of its own, and what one needs to talk to it. */
export interface Scene {
  readonly info: SandboxInfo;
  readonly control: SandboxControl;
  readonly connection: Connection;
  readonly bucket: string;
  readonly username: string;
  readonly password: string;
  /** Now as the sandbox sees it, and so every window; milliseconds. */
  now(): number;
  /** Lets time pass for the sandbox and for every window. */
  pass(minutes: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startScene(username = 'reader'): Promise<Scene> {
  const { info, stop } = await startSandbox();
  const [pool] = info.userPools;
  const client = pool?.clients.find(({ name }) => name === 'web');
  const user = pool?.users.find((candidate) => candidate.username === username);
  const [identityPool] = info.identityPools;
  const [bucket] = info.buckets;
  if (!pool || !client || !user || !identityPool || !bucket) throw new Error('The sandbox has no such seed.');
  const connection: Connection = {
    id: 'sandbox',
    userPool: {
      userPoolId: pool.id,
      clientId: client.id,
      hasClientSecret: false,
      signIn: 'srp',
      scopes: [],
      callbackPorts: [],
    },
    identityPool: { identityPoolId: identityPool.id, flow: 'enhanced' },
    endpoints: { cognitoIdp: info.api, cognitoIdentity: info.api, sts: info.api, s3: info.s3 },
  };
  const control = new SandboxControl(info.control);
  let ahead = 0;
  return {
    info,
    control,
    connection,
    bucket,
    username,
    password: user.password,
    now: () => Date.now() + ahead,
    async pass(minutes) {
      await control.advance(minutes * 60);
      ahead += minutes * 60_000;
    },
    stop,
  };
}

/** What two windows of one machine share. */
export interface Machine {
  readonly secrets: FakeSecretStorage;
  readonly index: FakeState;
  readonly locks: string;
}

export function newMachine(): Machine {
  return {
    secrets: new FakeSecretStorage(),
    index: new FakeState(),
    locks: path.join(tempFolder('bench'), 'locks'),
  };
}

/** A window's sessions over the real adapters and the real lock; only VS Code's two stores are stand-ins in memory. */
export class Window {
  readonly sessions: Sessions;
  readonly apis: { readonly identityPool: IdentityPoolApi; readonly sts: StsApi };
  /** Sum of the SDK calls' times since it was set to 0, in milliseconds. */
  inRequests = 0;

  constructor(
    private readonly scene: Scene,
    machine: Machine = newMachine(),
  ) {
    const { region, api: endpoint } = scene.info;
    const userPool = createUserPoolApi({ region, endpoint }, this.observe);
    const identityPool = createIdentityPoolApi({ region, endpoint }, this.observe);
    const sts = createStsApi({ region, endpoint }, this.observe);
    this.apis = { identityPool, sts };
    this.sessions = new Sessions({
      store: new SessionStore({
        secrets: machine.secrets.window(),
        index: machine.index,
        window: new FakeState(),
      }),
      apis: {
        userPool: () => Promise.resolve(userPool),
        identityPool: () => Promise.resolve(identityPool),
        sts: () => Promise.resolve(sts),
      },
      digest: nodeDigest,
      clock: { now: () => scene.now() },
      lock: new FileLock(machine.locks),
      refreshBeforeMinutes: () => 5,
      connection: () => scene.connection,
    });
  }

  /** Signs the scene's user in, with credentials. */
  async signIn(method: 'srp' | 'password'): Promise<SessionRef> {
    const { username, password, connection } = this.scene;
    const answer: SignInRequest['answer'] = () => Promise.reject(new Error('no challenge was expected'));
    const outcome = await this.sessions.signIn(connection, { method, username, password, answer });
    const failure = outcome.federationError ?? outcome.storeError;
    if (failure) throw failure;
    return outcome.session;
  }

  s3(ref: SessionRef): S3Api {
    const { region, s3: endpoint } = this.scene.info;
    const credentials = () => this.sessions.credentials(ref);
    return createS3Api({ region, endpoint, checksums: 'required', credentials }, this.observe);
  }

  private readonly observe = ({ milliseconds }: { milliseconds: number }): void => {
    this.inRequests += milliseconds;
  };
}
