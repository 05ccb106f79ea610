import assert from 'node:assert/strict';
import { CognitoIdentity } from '@aws-sdk/client-cognito-identity';
import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { IAM } from '@aws-sdk/client-iam';
import * as vscode from 'vscode';
import type { Explanation } from '../../src/core/diagnosis/types';
import type { Session, SessionRef } from '../../src/core/session/model';
import { commands, extensionId, settings } from '../../src/ids';
import type { CommandName } from '../../src/ids';
import type { TestHandle } from '../../src/services';
import type { PoolNode } from '../../src/ui/tree/nodes';
import { takePanels } from './host-panel';
import type { FakePage } from './host-panel';
import { Person } from './host-person';
import { startTestSandbox } from './sandbox';
import type { TestSandbox } from './sandbox';

/** An entry of `cognitoWorkbench.connections`, right or wrong. */
export type Entry = Record<string, unknown>;

export interface TestUser {
  readonly username: string;
  readonly password: string;
}

/** A line of the tree, as a person reads it. */
export interface TreeLine {
  readonly node: PoolNode;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly context: string;
  readonly icon: string;
}

/** Behind the triggers of pools that tests make: one that throws, and one that answers nothing of use. */
const functions = {
  refusing: () => {
    throw new Error('Only on weekdays');
  },
  speechless: () => 'nothing of use',
};

let shared: Promise<TestSandbox> | undefined;
/** Users, clients and pools that tests have made in it. */
let made = 0;
after(async () => (await shared)?.stop());

/** The sandbox, the extension and the person; one for all tests of a `describe`. */
export class World {
  readonly person = new Person();
  /** What was explained, by every way: notification, tree, Inspector. */
  readonly explained: Explanation[] = [];
  sandbox!: TestSandbox;
  handle!: TestHandle;
  idp!: CognitoIdentityProvider;
  identityPools!: CognitoIdentity;
  iam!: IAM;
  private panels!: ReturnType<typeof takePanels>;
  private advanced = 0;
  private undo: (() => void)[] = [];

  async open(): Promise<void> {
    shared ??= startTestSandbox({ functions });
    this.sandbox = await shared;
    const { description } = this.sandbox;
    const { api: endpoint, region, admin: credentials } = description;
    const config = { endpoint, region, credentials, maxAttempts: 1 };
    this.idp = new CognitoIdentityProvider(config);
    this.identityPools = new CognitoIdentity(config);
    this.iam = new IAM(config);
    this.handle = await testHandle();
    this.person.sitDown();
    this.person.pressesButton(/^Send your sign-in to/, 'Sign In There', 'always');
    this.panels = takePanels();
    this.listen();
  }

  async close(): Promise<void> {
    await this.connect();
    this.panels.restore();
    this.person.getUp();
    for (const restore of this.undo.splice(0)) restore();
  }

  /** After each test: everybody is signed out, the sandbox is well, and (after a good one) nothing was asked in vain. */
  async tidy(passed: boolean): Promise<void> {
    const { control } = this.sandbox;
    await control.resetFaults();
    if (this.advanced !== 0) await control.advance(-this.advanced);
    this.advanced = 0;
    for (const ref of this.handle.store.list()) await this.handle.store.remove(ref);
    for (const page of this.panels.pages.splice(0)) page.dispose();
    this.explained.length = 0;
    this.person.leave(passed);
  }

  /** An entry that leads to the sandbox's pools; `changes` replace whole groups, undefined leaves one out. */
  entry(id: string, changes: Entry = {}): Entry {
    const { api, s3 } = this.sandbox.description;
    const entry: Entry = {
      id,
      userPool: { userPoolId: this.sandbox.userPoolId, clientId: this.sandbox.webClientId },
      identityPool: { identityPoolId: this.sandbox.identityPoolId },
      s3: { locations: [`s3://${this.sandbox.bucket}/private/\${identityId}/`] },
      endpoints: { cognitoIdp: api, cognitoIdentity: api, sts: api, iam: api, s3, s3Checksums: 'supported' },
      ...changes,
    };
    return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
  }

  /** The same entry through another app client, without AWS credentials. */
  tokensOnly(id: string, userPool: Entry = {}): Entry {
    const whole = { userPoolId: this.sandbox.userPoolId, clientId: this.sandbox.webClientId, ...userPool };
    return this.entry(id, { userPool: whole, identityPool: undefined, s3: undefined });
  }

  /** Makes these the workspace's connections. */
  async connect(...entries: unknown[]): Promise<void> {
    const { workspaceValue = [] } =
      vscode.workspace.getConfiguration(settings.section, null).inspect<unknown>(settings.connections) ?? {};
    if (JSON.stringify(entries) === JSON.stringify(workspaceValue)) return;
    await setConnections(vscode.ConfigurationTarget.Workspace, entries);
  }

  run(name: CommandName, argument?: unknown): Thenable<unknown> {
    return vscode.commands.executeCommand(commands[name], argument);
  }

  /** Sign In… on a connection, answered; the identity, or undefined where it was refused. */
  async trySignIn(connectionId: string, user: TestUser, more: Entry = {}): Promise<SessionRef | undefined> {
    this.person.types(/User name, or/, user.username).types(/Password of/, user.password);
    const ref = await this.run('signIn', { connectionId, ...more });
    return ref as SessionRef | undefined;
  }

  async signIn(connectionId: string, who: TestUser | string, more: Entry = {}): Promise<SessionRef> {
    const user = typeof who === 'string' ? this.sandbox.user(who) : who;
    const ref = await this.trySignIn(connectionId, user, more);
    // What went wrong is told a moment later.
    if (!ref) await this.person.sees(/./).catch(() => undefined);
    assert.ok(ref, `${user.username} signs in to ${connectionId}:\n${this.person.report()}`);
    return ref;
  }

  /** What stands in SecretStorage. */
  async session(ref: SessionRef): Promise<Session> {
    const session = await this.handle.store.load(ref);
    assert.ok(session, `there is a session of ${ref.identityKey}`);
    return session;
  }

  /** Puts a changed session in place of the stored one. */
  async doctor(ref: SessionRef, change: (session: Session) => Session): Promise<void> {
    await this.handle.store.save(change(await this.session(ref)));
  }

  /** These count as due from here on, by our own clock; the sandbox still takes them. */
  async makeDue(ref: SessionRef, what: 'tokens' | 'credentials' = 'tokens'): Promise<void> {
    await this.doctor(ref, (session) => {
      const held = session[what];
      const times = { issuedAt: Date.now() - 3_500_000, expiresAt: Date.now() + 100_000 };
      return held ? { ...session, [what]: { ...held, ...times } } : session;
    });
  }

  /** Refresh Credentials on an identity works, and says so. */
  async stillWorks(ref: SessionRef): Promise<void> {
    const { name } = await this.session(ref);
    await this.run('refreshCredentials', { ref });
    await this.person.sees(new RegExp(`The (AWS credentials|tokens) of ${name} are valid until`));
    const line = await this.identityLine(ref);
    assert.equal(line.icon, 'account', `${name} looks well: ${line.tooltip}`);
  }

  /** The requests that the sandbox sees while something is done. */
  async requestsOf(work: () => PromiseLike<unknown>): Promise<Record<string, number>> {
    await this.sandbox.control.resetRequests();
    await work();
    return this.sandbox.control.requests();
  }

  async advance(seconds: number): Promise<void> {
    this.advanced += seconds;
    await this.sandbox.control.advance(seconds);
  }

  /** The lines below a node, or the topmost. */
  async tree(below?: PoolNode): Promise<TreeLine[]> {
    const nodes = await this.handle.tree.getChildren(below);
    return Promise.all(nodes.map((node) => this.line(node)));
  }

  async identityLine(ref: SessionRef): Promise<TreeLine> {
    return this.line({ kind: 'identity', ref });
  }

  async connectionLine(label: string): Promise<TreeLine> {
    const lines = await this.tree();
    const found = lines.find((line) => line.label === label);
    assert.ok(found, `${label} is in the tree, beside ${lines.map((line) => line.label).join(', ')}`);
    return found;
  }

  /** The Inspector of an identity; its page is told nothing by itself. */
  async inspect(ref: SessionRef): Promise<FakePage> {
    await this.run('openInspector', { ref });
    const page = this.panels.pages.at(-1);
    assert.ok(page, 'the Inspector is open');
    page.ready();
    return page;
  }

  get pages(): readonly FakePage[] {
    return this.panels.pages;
  }

  /** A user of the seeded pool with a password of their own. */
  async newUser(
    options: { groups?: string[]; temporary?: boolean; password?: string } = {},
  ): Promise<TestUser> {
    const user = {
      username: `user-${++made}`,
      password: options.password ?? 'Some-1-Password!',
    };
    const named = { UserPoolId: this.sandbox.userPoolId, Username: user.username };
    await this.idp.adminCreateUser({
      ...named,
      TemporaryPassword: user.password,
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: `${user.username}@example.com` },
        { Name: 'email_verified', Value: 'true' },
      ],
    });
    if (!options.temporary)
      await this.idp.adminSetUserPassword({ ...named, Password: user.password, Permanent: true });
    for (const GroupName of options.groups ?? []) await this.idp.adminAddUserToGroup({ ...named, GroupName });
    return user;
  }

  /** A public app client of the seeded pool, which no identity pool knows. */
  async newClient(options: Partial<Parameters<CognitoIdentityProvider['createUserPoolClient']>[0]> = {}) {
    const { UserPoolClient } = await this.idp.createUserPoolClient({
      UserPoolId: this.sandbox.userPoolId,
      ClientName: `client-${++made}`,
      ...options,
    });
    return UserPoolClient?.ClientId ?? '';
  }

  /** An identity pool that takes the tokens of the client `web`. */
  async newIdentityPool(roles: Record<string, string> | undefined): Promise<string> {
    const { IdentityPoolId = '' } = await this.identityPools.createIdentityPool({
      IdentityPoolName: `pool-${++made}`,
      AllowUnauthenticatedIdentities: false,
      CognitoIdentityProviders: [
        { ProviderName: this.sandbox.providerName, ClientId: this.sandbox.webClientId },
      ],
    });
    if (roles) await this.identityPools.setIdentityPoolRoles({ IdentityPoolId, Roles: roles });
    return IdentityPoolId;
  }

  /** A pool with an app client for every flow and a user with a password. */
  async newPool(
    options: Partial<Parameters<CognitoIdentityProvider['createUserPool']>[0]> = {},
    attributes: Record<string, string> = {},
  ) {
    const { UserPool } = await this.idp.createUserPool({ PoolName: `pool-${++made}`, ...options });
    const userPoolId = UserPool?.Id ?? '';
    const { UserPoolClient } = await this.idp.createUserPoolClient({
      UserPoolId: userPoolId,
      ClientName: 'app',
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
    const user = { username: attributes['email'] ?? `user-${++made}`, password: 'Some-1-Password!' };
    const named = { UserPoolId: userPoolId, Username: user.username };
    const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
    await this.idp.adminCreateUser({ ...named, MessageAction: 'SUPPRESS', UserAttributes });
    await this.idp.adminSetUserPassword({ ...named, Password: user.password, Permanent: true });
    return { userPoolId, clientId: UserPoolClient?.ClientId ?? '', user };
  }

  functionArn(name: string): string {
    const { region, accountId } = this.sandbox.description;
    return `arn:aws:lambda:${region}:${accountId}:function:${name}`;
  }

  role(name: string): string {
    return `arn:aws:iam::${this.sandbox.description.accountId}:role/${name}`;
  }

  private async line(node: PoolNode): Promise<TreeLine> {
    const item = await this.handle.tree.getTreeItem(node);
    return {
      node,
      label: textOf(item.label),
      description: String(item.description ?? ''),
      tooltip: textOf(item.tooltip),
      context: item.contextValue ?? '',
      icon: item.iconPath instanceof vscode.ThemeIcon ? item.iconPath.id : '',
    };
  }

  private listen(): void {
    const { failures } = this.handle;
    const explain = failures.explain.bind(failures);
    failures.explain = async (...given) => {
      const explanation = await explain(...given);
      this.explained.push(explanation);
      return explanation;
    };
    this.undo.push(() => Reflect.deleteProperty(failures, 'explain'));
  }
}

export async function testHandle(): Promise<TestHandle> {
  const extension = vscode.extensions.getExtension<TestHandle>(extensionId);
  assert.ok(extension, `${extensionId} is there`);
  return extension.activate();
}

export async function setConnections(target: vscode.ConfigurationTarget, value: unknown): Promise<void> {
  const empty = Array.isArray(value) && value.length === 0;
  await vscode.workspace
    .getConfiguration(settings.section, null)
    .update(settings.connections, empty ? undefined : value, target);
}

/** Hooks around the tests of a `describe`. */
export function useWorld(): World {
  const world = new World();
  before(() => world.open());
  afterEach(function () {
    return world.tidy(this.currentTest?.state === 'passed');
  });
  after(() => world.close());
  return world;
}

function textOf(value: string | { label?: string; value?: string } | undefined): string {
  return typeof value === 'object' ? (value.label ?? value.value ?? '') : (value ?? '');
}
