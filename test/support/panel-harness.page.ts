/**
 * The host as the page sees it, inside the browser: answers requests from the data above, keeps what was asked, and
 * lets a test hold, fail or change any answer.
 */
import type { Explanation } from '../../src/core/diagnosis/types';
import type {
  HostMessage,
  PageMessage,
  PanelRequests,
  PanelState,
  RequestName,
} from '../../src/panel/protocol';
import * as adminData from './panel-harness.admin-data';
import * as tokenData from './panel-harness.data';
import * as s3Data from './panel-harness.s3-data';
import * as foreignData from './panel-harness.token-data';

const data = { ...tokenData, ...s3Data, ...adminData, ...foreignData };

/** What an answer throws to become a failure with this explanation. */
class Refusal extends Error {
  constructor(readonly explanation: Explanation) {
    super(explanation.title);
  }
}

type Answers = { [N in RequestName]: (input: PanelRequests[N]['in']) => unknown };

class FakeHost {
  readonly messages: PageMessage[] = [];
  readonly data = data;
  readonly held = new Set<RequestName>();
  readonly failures = new Map<RequestName, Explanation>();
  saved: unknown;
  state: PanelState = data.panelState(Date.now());
  /** Says nothing to `ready` when false. */
  greets = true;

  readonly answers: Answers = {
    'tokens/load': () => data.tokensView(Date.now()),
    'tokens/copy': () => ({}),
    'credentials/load': () => data.credentialsView(Date.now()),
    'credentials/tryFlow': () => data.flowTrial(Date.now()),
    'credentials/explainAsAdmin': () => data.adminRole(),
    'credentials/findCause': () => data.cause(),
    'credentials/copyFinding': () => ({}),
    'credentials/reveal': ({ field }) => ({ value: data.secrets[field] }),
    'credentials/copy': () => ({}),
    's3/locations': () => ({ locations: data.locations, region: 'us-east-1' }),
    's3/list': ({ bucket, prefix, filter, continuationToken }) => {
      if (prefix.startsWith('secret/') || bucket !== data.bucket) throw new Refusal(data.accessDenied);
      return data.listPage(prefix, filter, continuationToken);
    },
    's3/head': ({ key }) => data.objectDetails(key),
    's3/preview': ({ key }) => {
      if (key.endsWith('.json')) return { kind: 'json', text: data.jsonText, truncated: false };
      if (key.endsWith('.png')) return { kind: 'image', mediaType: 'image/png', base64: picture() };
      if (key.endsWith('.bin'))
        return { kind: 'none', reason: 'There is no preview for application/octet-stream.' };
      return { kind: 'text', text: `First line of ${key}\n\tindented <b>text</b>\n`, truncated: true };
    },
    's3/download': () => ({ saved: true, path: '/home/me/Downloads/big.bin' }),
    's3/copyAddress': () => ({}),
    'tokens/copyAs': () => ({ copied: true }),
    'token/load': () => data.tokenView(Date.now()),
    'token/reveal': () => ({ parts: data.accessToken(Date.now()).split('.') }),
    'token/copy': () => ({}),
    'token/copyAs': () => ({ copied: true }),
    'token/fetchKeys': () => data.tokenView(Date.now()),
    'token/useKeys': () => ({ ...data.tokenView(Date.now()), keys: { kind: 'pasted' } }),
    'token/askCognito': () => ({ status: 'failed', sentence: 'Revoked: Cognito refuses it.' }),
  };

  receive(message: PageMessage): void {
    this.messages.push(message);
    if (message.type === 'ready' && this.greets) {
      this.send({ type: 'l10n', contents: undefined });
      this.send({ type: 'state', state: this.state });
      this.send({ type: 'token/changed', revision: 1, token: 1 });
    }
    if (message.type === 'request' && !this.held.has(message.name)) this.answer(message);
  }

  /** Answers a request, also one that was held. */
  answer({ requestId, name, input }: Extract<PageMessage, { type: 'request' }>): void {
    const failure = this.failures.get(name);
    if (failure) return this.send({ type: 'failure', requestId, explanation: failure });
    try {
      const output = (this.answers[name] as (input: unknown) => unknown)(input);
      this.send({ type: 'response', requestId, output });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.send({ type: 'failure', requestId, explanation: error.explanation });
    }
  }

  requests(name: RequestName): Extract<PageMessage, { type: 'request' }>[] {
    return this.messages.filter((message) => message.type === 'request').filter((one) => one.name === name);
  }

  change(change: Partial<PanelState>): void {
    this.state = { ...this.state, ...change };
    this.send({ type: 'state', state: this.state });
  }

  /** As VS Code does: later, and as a copy. */
  send(message: HostMessage): void {
    const copy = structuredClone(message);
    setTimeout(() => window.dispatchEvent(new MessageEvent('message', { data: copy })), 0);
  }
}

function picture(): string {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 400;
  const pen = canvas.getContext('2d');
  if (!pen) return '';
  const sky = pen.createLinearGradient(0, 0, 0, 400);
  sky.addColorStop(0, '#21476b');
  sky.addColorStop(1, '#e9a15b');
  pen.fillStyle = sky;
  pen.fillRect(0, 0, 640, 400);
  pen.fillStyle = '#1d2b36';
  pen.beginPath();
  pen.moveTo(0, 400);
  pen.lineTo(220, 150);
  pen.lineTo(360, 310);
  pen.lineTo(470, 200);
  pen.lineTo(640, 400);
  pen.fill();
  return canvas.toDataURL('image/png').replace(/^.*,/, '');
}

declare global {
  interface Window {
    fakeHost: FakeHost;
    acquireVsCodeApi: () => unknown;
    hacked?: unknown;
  }
}

const host = new FakeHost();
window.fakeHost = host;
host.saved = JSON.parse(sessionStorage.getItem('saved') ?? 'null') ?? undefined;
let acquired = false;
window.acquireVsCodeApi = () => {
  if (acquired) throw new Error('acquireVsCodeApi was called twice');
  acquired = true;
  return {
    postMessage: (message: PageMessage) => host.receive(structuredClone(message)),
    getState: () => host.saved,
    setState: (state: unknown) => {
      host.saved = structuredClone(state);
      sessionStorage.setItem('saved', JSON.stringify(state));
    },
  };
};
