import * as vscode from 'vscode';
import type { Connection } from '../core/connection/model';
import { isWorkbenchError, WorkbenchError } from '../core/errors';
import type { CrossWindowLock, Disposable } from '../core/ports';
import { isFurtherSandboxPool, sandboxConnectionId, sandboxConnections } from '../core/sandbox';
import type { SandboxDescription, SandboxUser } from '../core/sandbox';
import type { ContextKeys } from './context-keys';
import type { Identities } from './identities';
import type { Log } from './log';
import type { ConnectionSettings } from './settings';

/** What it takes to run the sandbox as a process; the record of a running one is shared by all windows. */
export interface SandboxProcess {
  start(signal?: AbortSignal): Promise<SandboxDescription>;
  recorded(): Promise<SandboxDescription | undefined>;
  forget(): Promise<void>;
  lease(control: string, onGone: () => void): Promise<Disposable>;
  stop(control: string): Promise<void>;
  /** The newest code that the sandbox would have sent to this user. */
  sentCode(control: string, userPoolId: string, username: string): Promise<string | undefined>;
  /** The login that a provider outside Cognito would have given. */
  loginToken(control: string, provider: string, subject: string): Promise<string>;
  /** The code that this user's authenticator would show now. */
  authenticatorCode(secret: string): string;
}

/** A pool of the sandbox as the sign-in offers it. */
export interface SandboxPool {
  readonly connection: Connection;
  readonly users: readonly SandboxUser[];
}

/** Starts, joins and leaves the sandbox; its connection comes and goes with it. */
export class SandboxController implements vscode.Disposable {
  private held: { description: SandboxDescription; lease: Disposable } | undefined;
  private readonly subscription: Disposable;

  constructor(
    private readonly process: SandboxProcess,
    private readonly lock: CrossWindowLock,
    private readonly settings: ConnectionSettings,
    private readonly identities: Identities,
    private readonly keys: ContextKeys,
    private readonly log: Log,
  ) {
    // The connections of a sandbox that is gone go with the last session that is shown for it.
    this.subscription = identities.onDidChange(() => {
      const gone = this.held === undefined ? settings.sandboxes : [];
      if (gone.length > 0 && gone.every(({ id }) => identities.list(id).length === 0))
        settings.setSandbox([]);
    });
  }

  get running(): boolean {
    return this.held !== undefined;
  }

  /** The running sandbox's pools with their users, for the sign-in pick; all of them from its first connection. */
  pools(connectionId: string): readonly SandboxPool[] {
    if (!this.held || !this.settings.sandbox(connectionId)) return [];
    const { userPools } = this.held.description;
    return this.settings.sandboxes
      .filter(
        ({ id }) => id === connectionId || (connectionId === sandboxConnectionId && isFurtherSandboxPool(id)),
      )
      .flatMap((connection) => {
        const pool = userPools.find(({ id }) => id === connection.userPool?.userPoolId);
        return pool ? [{ connection, users: pool.users }] : [];
      });
  }

  /** The administrator of the running sandbox, for connections that lead to it and nowhere else. */
  adminKeys(connection: Connection): SandboxDescription['admin'] | undefined {
    return this.leadsHere(connection)?.admin;
  }

  /** The providers outside Cognito that the running sandbox plays for this connection, as keys of a Logins map. */
  loginProviders(connection: Connection): readonly string[] {
    const id = connection.identityPool?.identityPoolId;
    const pool = this.leadsHere(connection)?.identityPools.find((one) => one.id === id);
    return [...Object.keys(pool?.socialProviders ?? {}), ...(pool?.samlProviders ?? [])];
  }

  /** A login of such a provider, for anybody. Throws `sandbox.gone`. */
  async loginToken(connection: Connection, provider: string, subject: string): Promise<string> {
    const control = this.leadsHere(connection)?.control;
    if (control === undefined) throw new WorkbenchError('sandbox.gone', 'the sandbox does not run');
    return this.process.loginToken(control, provider, subject);
  }

  /** The code that a user of the running sandbox is asked for; undefined for everybody else. */
  async codeFor(connection: Connection, username: string, byMessage: boolean): Promise<string | undefined> {
    const pool = this.pools(connection.id).find((item) => item.connection.id === connection.id);
    const poolId = connection.userPool?.userPoolId;
    if (!this.held || !pool || poolId === undefined) return undefined;
    if (byMessage) return this.process.sentCode(this.held.description.control, poolId, username);
    const secret = pool.users.find((user) => user.username === username)?.totpSecret;
    return secret === undefined ? undefined : this.process.authenticatorCode(secret);
  }

  /** Starts the sandbox, or joins the one that another window started. Throws `sandbox.failed`. */
  async start(signal?: AbortSignal): Promise<void> {
    const start = async (): Promise<void> => {
      if (await this.join()) return;
      await this.process.forget();
      const description = await this.process.start(signal);
      this.log.info(`sandbox started at ${description.api} (S3 at ${description.s3})`);
      await this.hold(description);
    };
    if (!this.held) await this.lock.run('sandbox', start, signal);
  }

  /** After a reload: takes up the sandbox that was running, or shows its sessions as ended. */
  async resume(): Promise<void> {
    await this.lock.run('sandbox', async () => {
      const description = await this.process.recorded();
      if (!description || (await this.join())) return;
      if (this.hasSessions(description)) this.settings.setSandbox(sandboxConnections(description));
      // Nothing is left to show of it: the next window need not look.
      else await this.process.forget();
      this.identities.setSandboxAlive(false);
    });
  }

  async stop(): Promise<void> {
    const held = this.held;
    if (!held) return;
    this.release();
    await this.process.stop(held.description.control);
    await this.process.forget();
    this.log.info('sandbox stopped');
  }

  dispose(): void {
    this.subscription.dispose();
    this.held?.lease.dispose();
  }

  /** With the lock held, so that a window never holds two leases. */
  private async join(): Promise<boolean> {
    if (this.held) return true;
    const description = await this.process.recorded();
    if (!description) return false;
    try {
      await this.hold(description);
      this.log.info(`joined the sandbox at ${description.api}`);
      return true;
    } catch (error) {
      if (isWorkbenchError(error) && error.code === 'sandbox.gone') return false;
      throw error;
    }
  }

  private async hold(description: SandboxDescription): Promise<void> {
    const lease = await this.process.lease(description.control, () => {
      this.log.warn('the sandbox has ended');
      this.release();
    });
    this.held = { description, lease };
    this.settings.setSandbox(sandboxConnections(description));
    this.identities.setSandboxAlive(true);
    this.keys.set('sandboxRunning', true);
  }

  /** Lets go; the connection stays as long as sessions of it are to be shown as ended. */
  private release(): void {
    const held = this.held;
    this.held = undefined;
    held?.lease.dispose();
    this.keys.set('sandboxRunning', false);
    if (held && !this.hasSessions(held.description)) this.settings.setSandbox([]);
    this.identities.setSandboxAlive(false);
  }

  /** The running sandbox, where the connection leads to it and nowhere else. */
  private leadsHere(connection: Connection): SandboxDescription | undefined {
    const own = this.settings.sandbox(connection.id);
    const exact = own !== undefined && JSON.stringify(own.endpoints) === JSON.stringify(connection.endpoints);
    return exact ? this.held?.description : undefined;
  }

  private hasSessions(description: SandboxDescription): boolean {
    return sandboxConnections(description).some(({ id }) => this.identities.list(id).length > 0);
  }
}
