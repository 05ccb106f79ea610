import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { SessionRef } from '../../src/core/session/model';
import { Browser, type Stop } from '../unit/sandbox/hostedui/browser';
import { extensionVscode } from './host-person';
import type { Entry, World } from './host-world';

/** What the person does with an address that VS Code opens. */
export type Visit = (address: string) => Promise<unknown>;

/**
 * The system's browser, and the person before it. What VS Code opens is visited; where the pages send the browser back
 * to this machine, it goes there, and an address of VS Code's own is handed to the window, as the system would.
 */
export class SystemBrowser {
  /** Addresses that were opened. */
  readonly opened: string[] = [];
  /** The last page that a callback showed. */
  page = '';
  private browser!: Browser;
  private visit: Visit | undefined;
  private visiting: Promise<unknown> = Promise.resolve();
  private undo = (): void => undefined;

  constructor(private readonly world: World) {}

  open(): void {
    const { env } = extensionVscode();
    const before = Object.getOwnPropertyDescriptor(env, 'openExternal');
    assert.ok(before);
    Object.defineProperty(env, 'openExternal', {
      configurable: true,
      value: (address: unknown): Promise<boolean> => {
        assert.equal(typeof address, 'string', 'the address goes as text, so that nobody encodes it anew');
        this.opened.push(String(address));
        const { visit } = this;
        this.visit = undefined;
        if (visit) this.visiting = visit(String(address));
        return Promise.resolve(true);
      },
    });
    this.undo = () => Object.defineProperty(env, 'openExternal', { ...before, configurable: true });
  }

  close(): void {
    this.undo();
  }

  /** A new person: no cookies, nothing opened. */
  reset(): void {
    this.opened.length = 0;
    this.page = '';
    this.visit = undefined;
    this.visiting = Promise.resolve();
    this.browser = new Browser([this.world.sandbox.description.api]);
  }

  /** The next address that is opened is met so; without this the person just looks at it. */
  meets(visit: Visit): void {
    this.visit = visit;
  }

  /** What the visit did is over; its failure is the test's. */
  async settled(): Promise<void> {
    await this.visiting;
  }

  /** Signs in on the page, and goes where the page sends the browser. */
  signsIn(username: string): void {
    this.meets(async (address) => this.follow(await this.login(address, username)));
  }

  /** Signs in and stops before going back. Answers where the browser would go. */
  async login(address: string, username: string): Promise<URL> {
    const page = await this.browser.open(address);
    const { password } = this.world.sandbox.user(username);
    return leftOf(await this.browser.submit(page, 'Sign in', { username, password }));
  }

  /** Opens an address, as somebody who may be signed in. */
  visitPage(address: string): Promise<Stop> {
    return this.browser.open(address);
  }

  async follow(target: URL): Promise<number> {
    if (target.protocol !== 'http:') {
      await this.world.handle.handleUri(vscode.Uri.parse(target.href));
      return 0;
    }
    const answer = await fetch(target);
    this.page = await answer.text();
    return answer.status;
  }
}

export function leftOf(stop: Stop): URL {
  assert.ok(stop.left, `the pages send the browser back: ${stop.html}`);
  return stop.left;
}

/** Hooks around the tests of a `describe`: the system's browser, and ports that the client `web` has registered. */
export function useBrowser(world: World): BrowserScene {
  const scene = new BrowserScene(world);
  before(() => scene.open());
  after(() => scene.browser.close());
  beforeEach(() => scene.browser.reset());
  return scene;
}

let made = 0;

/** Connections that sign in in the browser. */
export class BrowserScene {
  readonly browser: SystemBrowser;
  ports: number[] = [];

  constructor(private readonly world: World) {
    this.browser = new SystemBrowser(world);
  }

  async open(): Promise<void> {
    const { idp, sandbox } = this.world;
    this.browser.open();
    this.ports = await freePorts(2);
    const named = { UserPoolId: sandbox.userPoolId, ClientId: sandbox.webClientId };
    const { UserPoolClient } = await idp.describeUserPoolClient(named);
    await idp.updateUserPoolClient({ ...UserPoolClient, ...named, ...this.addresses() });
  }

  /** What a client must have registered. */
  addresses(): { CallbackURLs: string[]; LogoutURLs: string[] } {
    const own = `${vscode.env.uriScheme}://cognito-workbench.cognito-workbench/callback`;
    return {
      CallbackURLs: [...this.ports.map((port) => `http://localhost:${port}/callback`), own],
      LogoutURLs: this.ports.map((port) => `http://localhost:${port}/signed-out`),
    };
  }

  /** A client of the seeded pool for the code flow. */
  newClient(options: Parameters<World['newClient']>[0] = {}): Promise<string> {
    return this.world.newClient({
      SupportedIdentityProviders: ['COGNITO'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'],
      ...this.addresses(),
      ...options,
    });
  }

  /** A connection that nobody has signed in to before. */
  async connect(userPool: Entry = {}, changes: Entry = {}): Promise<string> {
    const id = `browser-${++made}`;
    const entry = this.world.entry(id);
    const { api } = this.world.sandbox.description;
    const pool = { ...(entry['userPool'] as Entry), signIn: 'browser', callbackPorts: this.ports };
    const endpoints = { ...(entry['endpoints'] as Entry), hostedUi: api };
    const changed = { ...entry, userPool: { ...pool, ...userPool }, endpoints, ...changes };
    const kept = Object.entries(changed).filter(([, value]) => value !== undefined);
    await this.world.connect(Object.fromEntries(kept));
    return id;
  }

  /** Sign In… on a connection, as far as VS Code asks; the browser is told what to do beforehand. */
  async signIn(connectionId: string, more: Entry = {}): Promise<SessionRef | undefined> {
    const ref = await this.world.run('signIn', { connectionId, ...more });
    await this.browser.settled();
    return ref as SessionRef | undefined;
  }
}

/** Ports that nobody listens on at the moment. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  for (const server of servers) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
