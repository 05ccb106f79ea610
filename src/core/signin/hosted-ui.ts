import { issuersOf } from '../connection/derive';
import { ENDPOINT_NAMES } from '../connection/hosts';
import type { Connection, UserPoolSettings } from '../connection/model';
import { WorkbenchError } from '../errors';

/** The OAuth endpoints of a user pool's hosted pages (hosted UI, managed login). */
export interface HostedUiSite {
  /** Every `iss` that the pool's ID tokens may carry; the one that the discovery document names comes first. */
  readonly issuers: readonly string[];
  readonly authorize: string;
  readonly token: string;
  readonly revoke: string;
  readonly userInfo: string;
  readonly logout: string;
  /** What ID tokens may be signed with; RS256, as Cognito does, where it is absent. */
  readonly algorithms?: readonly string[] | undefined;
}

/**
 * Where a connection's hosted pages stand: at `endpoints.hostedUi` or the configured `domain`, else where the pool's
 * discovery document says. `document` is that document's JSON, undefined where it could not be had.
 * Throws `signin.flow-unsupported` (no user pool), `signin.other-issuer` (data: expected, found), `signin.no-domain`,
 * `connection.untrusted-endpoint` (plain http anywhere but at a configured endpoint).
 */
export function siteOf(connection: Connection, document: unknown): HostedUiSite {
  const pool = poolOf(connection);
  const found = record(document);
  const issuers = issuersOf(connection);
  const [original = ''] = issuers;
  const named = text(found.issuer);
  if (named !== undefined && !issuers.includes(named)) {
    throw new WorkbenchError('signin.other-issuer', `the discovery document names the issuer ${named}`, {
      expected: original,
      found: named,
    });
  }
  const own = [...new Set([named ?? original, ...issuers])];
  const base =
    connection.endpoints?.hostedUi ?? (pool.domain === undefined ? undefined : `https://${pool.domain}`);
  if (base !== undefined) return siteAt(base, own);
  const authorize = text(found.authorization_endpoint);
  const token = text(found.token_endpoint);
  if (authorize === undefined || token === undefined || !URL.canParse(authorize)) {
    throw new WorkbenchError('signin.no-domain', `user pool ${pool.userPoolId} has no hosted pages`, {
      userPoolId: pool.userPoolId,
      asked: document !== undefined,
    });
  }
  const defaults = siteAt(new URL(authorize).origin, own);
  const site = {
    ...defaults,
    authorize,
    token,
    revoke: text(found.revocation_endpoint) ?? defaults.revoke,
    userInfo: text(found.userinfo_endpoint) ?? defaults.userInfo,
    logout: text(found.end_session_endpoint) ?? defaults.logout,
  };
  for (const address of [site.authorize, site.token, site.logout]) refuseForeignHttp(connection, address);
  return site;
}

function siteAt(base: string, issuers: readonly string[]): HostedUiSite {
  const at = (path: string): string => `${base.replace(/\/+$/, '')}${path}`;
  return {
    issuers,
    authorize: at('/oauth2/authorize'),
    token: at('/oauth2/token'),
    revoke: at('/oauth2/revoke'),
    userInfo: at('/oauth2/userInfo'),
    logout: at('/logout'),
  };
}

/** Plain http is for stand-ins that the connection names itself; a document may not lead anywhere else without TLS. */
function refuseForeignHttp(connection: Connection, address: string): void {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 'https:') return;
  const configured = ENDPOINT_NAMES.map((name) => connection.endpoints?.[name] ?? '');
  const own = configured.filter((value) => URL.canParse(value)).map((value) => new URL(value).origin);
  if (url?.protocol === 'http:' && own.includes(url.origin)) return;
  throw new WorkbenchError('connection.untrusted-endpoint', 'the discovery document leads to plain http', {
    host: url?.host ?? address,
  });
}

export const CALLBACK_PATH = '/callback';
export const SIGNED_OUT_PATH = '/signed-out';

/** The exact address that Cognito compares, byte for byte, for one port on this machine. */
export function loopbackCallback(port: number): string {
  return `http://localhost:${port}${CALLBACK_PATH}`;
}

/** Where the browser goes after signing out at the pages, for one port. */
export function loopbackSignedOut(port: number): string {
  return `http://localhost:${port}${SIGNED_OUT_PATH}`;
}

/** The address that the operating system hands to VS Code; bare, since Cognito would not take an added query. */
export function handlerCallback(uriScheme: string): string {
  return `${uriScheme}://cognito-workbench.cognito-workbench${CALLBACK_PATH}`;
}

/** Every callback address that may be used, to be registered as "Allowed callback URLs" of the app client. */
export function callbackUris(connection: Connection, uriScheme: string): string[] {
  return [...poolOf(connection).callbackPorts.map(loopbackCallback), handlerCallback(uriScheme)];
}

/** Every address that a sign-out may end at, to be registered as "Allowed sign-out URLs". */
export function signOutUris(connection: Connection): string[] {
  return poolOf(connection).callbackPorts.map(loopbackSignedOut);
}

/** How the browser's answer comes back: to a port of this machine, by the operating system, or by the clipboard. */
export type CallbackMode = 'loopback' | 'uri' | 'paste';

/** What decides which of them work in this window. */
export interface CallbackHost {
  readonly uiKind: 'desktop' | 'web';
  /** The extension runs on another machine than the window. */
  readonly remote: boolean;
  /** A port of the extension's machine is reachable as `http://localhost:PORT` where the browser runs. */
  readonly portForwarded: boolean;
  /** The connection names callback ports. */
  readonly ports: boolean;
}

/** One way back: where it may be offered, and how likely it is to work there (lower is better). */
interface Way {
  readonly mode: CallbackMode;
  readonly needsPorts: boolean;
  rank(host: CallbackHost): number | undefined;
}

const WAYS: readonly Way[] = [
  {
    mode: 'loopback',
    needsPorts: true,
    // Without forwarding it can still be that browser and server share a machine; only the person knows.
    rank: ({ uiKind, remote, portForwarded }) => {
      if (!remote) return uiKind === 'desktop' ? 0 : undefined;
      return portForwarded ? 0 : 4;
    },
  },
  {
    mode: 'uri',
    needsPorts: false,
    // A browser tab is nothing that the system could hand an address to, unless it is set up so.
    rank: ({ uiKind }) => (uiKind === 'desktop' ? 1 : 5),
  },
  { mode: 'paste', needsPorts: true, rank: () => 3 },
];

/** Which ways back there are in a window, the best first. Pure; a table test covers every window. */
export function callbackModes(host: CallbackHost): CallbackMode[] {
  const ranked = WAYS.filter((way) => host.ports || !way.needsPorts).flatMap((way) => {
    const rank = way.rank(host);
    return rank === undefined ? [] : [{ mode: way.mode, rank }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ mode }) => mode);
}

/** Whether one way is plainly right, so that nobody needs to be asked. */
export function isPlainChoice(host: CallbackHost): boolean {
  return host.uiKind === 'desktop' && !host.remote;
}

/**
 * The address that ends the browser's own session at the hosted pages. Cognito does it its own way: `logout_uri` must
 * be one of the app client's "Allowed sign-out URLs".
 */
export function logoutUrl(site: HostedUiSite, clientId: string, logoutUri: string): string {
  return `${site.logout}?${new URLSearchParams({ client_id: clientId, logout_uri: logoutUri }).toString()}`;
}

function poolOf(connection: Connection): UserPoolSettings {
  if (connection.userPool) return connection.userPool;
  throw new WorkbenchError('signin.flow-unsupported', 'the connection has no user pool', {
    method: 'browser',
  });
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
