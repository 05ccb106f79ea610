import * as vscode from 'vscode';
import { connectionLabel, userPoolRegion } from '../../core/connection/derive';
import { extractId, isConnectionId, suggestConnectionId } from '../../core/connection/ids';
import type { Connection, Endpoints } from '../../core/connection/model';
import { DEFAULT_CALLBACK_PORTS, DEFAULT_SCOPES } from '../../core/connection/schema';
import { plain } from '../../host/plain';
import { withProgress } from '../../host/progress';
import type { ConnectionSettings } from '../../host/settings';
import { BackPressed, askChoice, askText } from '../input';
import type { TextQuestion } from '../input';
import { discover } from './discovery';
import type { JsonFetcher } from './discovery';

interface Draft {
  endpoint?: string;
  userPoolId?: string;
  clientId?: string;
  hasClientSecret?: boolean;
  identityPoolId?: string;
  location?: string;
  name?: string;
  target?: 'user' | 'workspace';
}

type Position = Pick<TextQuestion, 'title' | 'step' | 'totalSteps' | 'back'>;
type Ask = (draft: Draft, position: Position) => Promise<void>;

interface Step {
  readonly ask: Ask;
  /** Left out where the answers so far make it pointless. */
  readonly wanted?: (draft: Draft) => boolean;
}

/** Asks step by step; Back goes to the step that was asked before. */
async function walk(steps: readonly Step[], draft: Draft): Promise<void> {
  const asked: number[] = [];
  for (let index = 0; index < steps.length;) {
    const step = steps[index];
    if (!step || step.wanted?.(draft) === false) {
      index += 1;
      continue;
    }
    const title = vscode.l10n.t('Add Connection');
    try {
      await step.ask(draft, { title, step: index + 1, totalSteps: steps.length, back: asked.length > 0 });
      asked.push(index);
      index += 1;
    } catch (error) {
      if (!(error instanceof BackPressed)) throw error;
      index = asked.pop() ?? 0;
    }
  }
}

/** Add Connection…: three pastes, each checked on the spot. Returns the new connection; throws CancelledError. */
export class AddConnection {
  constructor(
    private readonly settings: ConnectionSettings,
    private readonly fetchJson: JsonFetcher,
    private readonly signIn: (connectionId: string) => Promise<unknown>,
  ) {}

  async run(): Promise<Connection> {
    const draft: Draft = {};
    await walk(this.steps(), draft);
    const connection = await this.build(draft);
    await this.check(connection);
    await this.settings.save(connection, draft.target ?? 'user');
    this.announce(connection);
    return connection;
  }

  private steps(): Step[] {
    const hasPool = (draft: Draft) => draft.userPoolId !== undefined;
    return [
      { ask: askUserPool },
      { ask: askClient, wanted: hasPool },
      { ask: askSecret, wanted: hasPool },
      { ask: askIdentityPool },
      { ask: askLocation, wanted: (draft) => draft.identityPoolId !== undefined },
      { ask: (draft, position) => this.askName(draft, position) },
      {
        ask: askTarget,
        wanted: () => vscode.workspace.workspaceFolders !== undefined && vscode.workspace.isTrusted,
      },
    ];
  }

  private async askName(draft: Draft, position: Position): Promise<void> {
    draft.name = await askText({
      ...position,
      prompt: vscode.l10n.t('A name for this connection, as the tree shows it'),
      value: draft.name ?? suggestedName(draft),
      validate: (value) => (value.trim() === '' ? vscode.l10n.t('Enter a name.') : undefined),
    }).then((value) => value.trim());
  }

  private async build(draft: Draft): Promise<Connection> {
    const endpoints = draft.endpoint === undefined ? undefined : await this.localEndpoints(draft.endpoint);
    const taken = this.settings.connections().map((connection) => connection.id);
    const name = draft.name ?? 'cognito';
    const id = suggestConnectionId(name, taken);
    return {
      id: isConnectionId(id) ? id : suggestConnectionId('cognito', taken),
      name,
      ...(draft.userPoolId !== undefined && draft.clientId !== undefined
        ? {
            userPool: {
              userPoolId: draft.userPoolId,
              clientId: draft.clientId,
              hasClientSecret: draft.hasClientSecret ?? false,
              signIn: 'srp' as const,
              scopes: DEFAULT_SCOPES,
              callbackPorts: DEFAULT_CALLBACK_PORTS,
            },
          }
        : {}),
      ...(draft.identityPoolId === undefined
        ? {}
        : { identityPool: { identityPoolId: draft.identityPoolId, flow: 'enhanced' as const } }),
      ...(draft.location === undefined ? {} : { s3: { locations: [draft.location] } }),
      ...(endpoints === undefined ? {} : { endpoints }),
    };
  }

  /** One address for all services, as most local stand-ins have it; our sandbox says where its S3 stands. */
  private async localEndpoints(endpoint: string): Promise<Endpoints> {
    const signal = AbortSignal.timeout(3000);
    const told = await this.fetchJson(`${endpoint}/_sandbox/description`, signal).catch(() => undefined);
    const s3 = (told?.body as { s3?: unknown } | null | undefined)?.s3;
    const own = typeof s3 === 'string' && told?.status === 200;
    return {
      cognitoIdp: endpoint,
      cognitoIdentity: endpoint,
      sts: endpoint,
      iam: endpoint,
      s3: own ? s3 : endpoint,
      ...(own ? { s3Checksums: 'supported' as const } : {}),
      hostedUi: endpoint,
    };
  }

  /** Asks the pool's discovery document; what it cannot confirm it warns of, and lets the person go on. */
  private async check(connection: Connection): Promise<void> {
    const pool = connection.userPool?.userPoolId;
    if (pool === undefined) return;
    const finding = await withProgress(vscode.l10n.t('Looking for the user pool {0}', pool), (signal) =>
      discover(connection, this.fetchJson, signal),
    );
    if (finding.kind === 'found') return;
    const region = userPoolRegion(connection) ?? '';
    void vscode.window.showWarningMessage(
      finding.kind === 'no-such-pool'
        ? vscode.l10n.t(
            'No user pool {0} answers in {1}. The connection is saved: check the ID in it.',
            pool,
            region,
          )
        : vscode.l10n.t(
            'The user pool {0} could not be looked up ({1}). The connection is saved; signing in will show whether it works.',
            pool,
            finding.detail,
          ),
    );
  }

  private announce(connection: Connection): void {
    const label = connectionLabel(connection);
    if (!connection.userPool) {
      void vscode.window.showInformationMessage(plain(vscode.l10n.t('{0} is added.', label)));
      return;
    }
    const go = vscode.l10n.t('Sign In');
    void vscode.window
      .showInformationMessage(plain(vscode.l10n.t('{0} is added. Sign in?', label)), go)
      .then((chosen) => (chosen === go ? this.signIn(connection.id) : undefined));
  }
}

/** First answer: a user pool, `-` for none, or a local endpoint, after which the pool is asked again. */
const askUserPool: Ask = async (draft, position) => {
  for (;;) {
    const text = await askText({
      ...position,
      prompt: draft.endpoint
        ? vscode.l10n.t('User pool ID at {0} (leave empty to use an identity pool alone)', draft.endpoint)
        : vscode.l10n.t(
            'User pool ID, ARN or console address. Amazon Cognito console → User pools → your pool → Overview. Empty: identity pool alone. A local stand-in: its endpoint, such as http://127.0.0.1:4566.',
          ),
      placeHolder: 'us-west-2_AbCdEfGhI',
      value: draft.userPoolId ?? '',
      validate: userPoolProblem,
    });
    const endpoint = endpointOf(text);
    if (endpoint !== undefined) {
      draft.endpoint = endpoint;
      continue;
    }
    const id = text.trim() === '' ? undefined : extractId('userPool', text);
    if (id === undefined) delete draft.userPoolId;
    else draft.userPoolId = id;
    return;
  }
};

function userPoolProblem(text: string): string | undefined {
  if (text.trim() === '' || endpointOf(text) !== undefined || extractId('userPool', text) !== undefined) {
    return undefined;
  }
  return vscode.l10n.t(
    'Not a user pool ID. Expected a region, an underscore and an identifier: us-west-2_AbCdEfGhI.',
  );
}

const askClient: Ask = async (draft, position) => {
  const text = await askText({
    ...position,
    prompt: vscode.l10n.t(
      'App client ID. Amazon Cognito console → User pools → {0} → App clients.',
      draft.userPoolId ?? '',
    ),
    placeHolder: '7g0exampleclientid0co',
    value: draft.clientId ?? '',
    validate: (value) =>
      extractId('client', value) === undefined
        ? vscode.l10n.t('Not an app client ID. Expected letters and digits, usually 26 of them.')
        : undefined,
  });
  draft.clientId = extractId('client', text) ?? text.trim();
};

const askSecret: Ask = async (draft, position) => {
  draft.hasClientSecret = await askChoice({
    ...position,
    placeHolder: vscode.l10n.t('Does the app client have a secret?'),
    items: [
      { label: vscode.l10n.t('No, it is a public client'), value: false },
      {
        label: vscode.l10n.t('Yes, it has a client secret'),
        detail: vscode.l10n.t('It is asked for at the first sign-in and kept in the secret storage.'),
        value: true,
      },
    ],
  });
};

const askIdentityPool: Ask = async (draft, position) => {
  const optional = draft.userPoolId !== undefined;
  const text = await askText({
    ...position,
    prompt: optional
      ? vscode.l10n.t(
          'Identity pool ID, for AWS credentials. Amazon Cognito console → Identity pools. Leave empty for tokens only.',
        )
      : vscode.l10n.t('Identity pool ID. Amazon Cognito console → Identity pools.'),
    placeHolder: 'us-west-2:00000000-0000-0000-0000-000000000000',
    value: draft.identityPoolId ?? '',
    validate: (value) => {
      if (optional && value.trim() === '') return undefined;
      return extractId('identityPool', value) === undefined
        ? vscode.l10n.t(
            'Not an identity pool ID. Expected a region, a colon and a GUID: us-west-2:00000000-0000-0000-0000-000000000000.',
          )
        : undefined;
    },
  });
  const id = extractId('identityPool', text);
  if (id === undefined) delete draft.identityPoolId;
  else draft.identityPoolId = id;
};

const askLocation: Ask = async (draft, position) => {
  const text = await askText({
    ...position,
    prompt: vscode.l10n.t(
      'Where do users find their objects in S3? {0} and {1} are filled per identity. Leave empty to decide later.',
      '${identityId}',
      '${sub}',
    ),
    placeHolder: 's3://my-bucket/private/${identityId}/',
    value: draft.location ?? '',
    validate: (value) =>
      value.trim() === '' || value.trim().startsWith('s3://')
        ? undefined
        : vscode.l10n.t('Not an S3 address. Expected s3://bucket/prefix/.'),
  });
  if (text.trim() === '') delete draft.location;
  else draft.location = text.trim();
};

const askTarget: Ask = async (draft, position) => {
  draft.target = await askChoice<'user' | 'workspace'>({
    ...position,
    placeHolder: vscode.l10n.t('Where to save it? It holds no secret.'),
    items: [
      {
        label: vscode.l10n.t('User settings'),
        detail: vscode.l10n.t('For you, in every window'),
        value: 'user',
      },
      {
        label: vscode.l10n.t('Workspace settings'),
        detail: vscode.l10n.t('In .vscode/settings.json, for everyone who works on this folder'),
        value: 'workspace',
      },
    ],
  });
};

function suggestedName(draft: Draft): string {
  return draft.userPoolId ?? draft.identityPoolId?.slice(0, draft.identityPoolId.indexOf(':') + 5) ?? '';
}

function endpointOf(text: string): string | undefined {
  const trimmed = text.trim().replace(/\/+$/, '');
  if (!/^https?:\/\//.test(trimmed) || !URL.canParse(trimmed)) return undefined;
  const url = new URL(trimmed);
  // A console address is a place to find an id, not an endpoint.
  if (/\.(amazonaws|aws\.amazon)\.com(\.cn)?$|\.amazonaws\.eu$/.test(url.hostname)) return undefined;
  return url.pathname === '/' || url.pathname === '' ? url.origin : undefined;
}
