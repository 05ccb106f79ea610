import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Explanation } from '../../src/core/diagnosis/types';
import type {
  HostMessage,
  PageMessage,
  PanelRequests,
  PanelState,
  RequestName,
} from '../../src/panel/protocol';
import { extensionVscode } from './host-person';

export type PageAnswer<T> =
  | { readonly ok: true; readonly output: T }
  /** Without an explanation: cancelled. */
  | { readonly ok: false; readonly explanation: Explanation | undefined };

/** The Inspector's page without a browser: sends what the page sends, and holds what the page would show. */
export class FakePage {
  readonly messages: HostMessage[] = [];
  title: string;
  visible = true;
  active = true;
  iconPath: unknown;
  private readonly received = new vscode.EventEmitter<PageMessage>();
  private readonly disposed = new vscode.EventEmitter<void>();
  private readonly viewState = new vscode.EventEmitter<unknown>();
  readonly onDidDispose = this.disposed.event;
  readonly onDidChangeViewState = this.viewState.event;
  private readonly answers = new Map<number, (answer: PageAnswer<unknown>) => void>();
  private requestId = 0;
  private gone = false;

  readonly webview = {
    html: '',
    options: {},
    cspSource: 'https://example.invalid',
    onDidReceiveMessage: this.received.event,
    asWebviewUri: (uri: vscode.Uri) => uri,
    postMessage: async (message: HostMessage) => {
      this.take(message);
      return true;
    },
  };

  constructor(title: string) {
    this.title = title;
  }

  reveal(): void {
    this.visible = true;
  }

  dispose(): void {
    if (this.gone) return;
    this.gone = true;
    this.disposed.fire();
  }

  get closed(): boolean {
    return this.gone;
  }

  ready(): void {
    this.received.fire({ type: 'ready' });
  }

  send(message: PageMessage): void {
    this.received.fire(message);
  }

  get state(): PanelState | undefined {
    return this.messages.flatMap((message) => (message.type === 'state' ? [message.state] : [])).at(-1);
  }

  /** One request of the page; `asked` gets its id, with which it can be cancelled. */
  ask<N extends RequestName>(
    name: N,
    input: PanelRequests[N]['in'],
    asked?: (requestId: number) => void,
  ): Promise<PageAnswer<PanelRequests[N]['out']>> {
    const requestId = ++this.requestId;
    const answer = new Promise<PageAnswer<unknown>>((resolve) => this.answers.set(requestId, resolve));
    this.received.fire({ type: 'request', requestId, name, input });
    asked?.(requestId);
    return answer as Promise<PageAnswer<PanelRequests[N]['out']>>;
  }

  /** The output of a request that is to work. */
  async get<N extends RequestName>(name: N, input: PanelRequests[N]['in']): Promise<PanelRequests[N]['out']> {
    const answer = await this.ask(name, input);
    if (!answer.ok) assert.fail(`${name} failed: ${JSON.stringify(answer.explanation)}`);
    return answer.output;
  }

  /** The explanation of a request that is to fail. */
  async refused<N extends RequestName>(name: N, input: PanelRequests[N]['in']): Promise<Explanation> {
    const answer = await this.ask(name, input);
    assert.ok(!answer.ok && answer.explanation, `${name} was to fail and answered ${JSON.stringify(answer)}`);
    return answer.explanation;
  }

  private take(message: HostMessage): void {
    this.messages.push(message);
    if (message.type !== 'response' && message.type !== 'failure') return;
    const answer = this.answers.get(message.requestId);
    this.answers.delete(message.requestId);
    if (message.type === 'response') answer?.({ ok: true, output: message.output });
    else answer?.({ ok: false, explanation: message.explanation });
  }
}

/** Panels that the extension (or whoever holds this `vscode`) opens become fake pages until `restore`. */
export function takePanels({ window }: Pick<typeof vscode, 'window'> = extensionVscode()): {
  readonly pages: FakePage[];
  restore(): void;
} {
  const before = Object.getOwnPropertyDescriptor(window, 'createWebviewPanel');
  assert.ok(before);
  const pages: FakePage[] = [];
  Object.defineProperty(window, 'createWebviewPanel', {
    configurable: true,
    writable: true,
    value: (_type: string, title: string) => {
      const page = new FakePage(title);
      pages.push(page);
      return page;
    },
  });
  return {
    pages,
    restore: () => {
      for (const page of pages) page.dispose();
      Object.defineProperty(window, 'createWebviewPanel', { ...before, configurable: true });
    },
  };
}
