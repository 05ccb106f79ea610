import * as vscode from 'vscode';
import type { ActionId, Explanation } from '../../core/diagnosis/types';
import { CancelledError, isCancelled } from '../../core/errors';
import type { Log } from '../../host/log';
import type { HostMessage, PageMessage, PanelNotification, PanelRequests, RequestName } from '../protocol';
import { handleRequest, isRequestName } from './requests';
import type { Handlers } from './requests';

type Command = Extract<PanelNotification, { type: 'command' }>['command'];

/** How a request ended. */
export interface Answered {
  readonly name: string;
  readonly output?: PanelRequests[RequestName]['out'];
  /** Undefined for a cancelled request: the page stays as it is. */
  readonly explanation?: Explanation | undefined;
  /** Whether the page that asked is still there. */
  readonly reached: boolean;
}

/** What a panel makes of the messages of its page. */
export interface PageLineOptions<Names extends RequestName> {
  readonly webview: vscode.Webview;
  readonly handlers: Handlers<Names>;
  readonly log: Log;
  /** A page is there, perhaps anew: it knows nothing yet. */
  readonly ready: () => void;
  readonly command: (command: Command) => void;
  readonly action: (action: ActionId, explanation: Explanation) => void;
  readonly explain: (error: unknown, name: string, input: unknown) => Promise<Explanation>;
  readonly answered?: (answer: Answered) => void;
}

/** The host's end of the line to the page of one panel: every request is answered once, or cancelled. */
export class PageLine<Names extends RequestName> implements vscode.Disposable {
  /** By page and request: a page that is made anew (it was hidden meanwhile) counts its requests from 1 again. */
  private readonly running = new Map<string, AbortController>();
  private readonly subscription: vscode.Disposable;
  private page = 0;
  private ended = false;

  constructor(private readonly options: PageLineOptions<Names>) {
    this.subscription = options.webview.onDidReceiveMessage((message: PageMessage) => this.receive(message));
  }

  /** Whether a page has said that it listens. */
  get ready(): boolean {
    return this.page > 0 && !this.ended;
  }

  post(message: HostMessage): void {
    if (!this.ended) void this.options.webview.postMessage(message);
  }

  abortAll(): void {
    for (const abort of this.running.values()) abort.abort(new CancelledError());
  }

  dispose(): void {
    this.ended = true;
    this.subscription.dispose();
    this.abortAll();
  }

  private receive(message: PageMessage): void {
    switch (message.type) {
      case 'ready':
        this.page += 1;
        this.post({ type: 'l10n', contents: vscode.l10n.bundle });
        this.options.ready();
        return;
      case 'cancel':
        this.running.get(`${this.page} ${message.requestId}`)?.abort(new CancelledError());
        return;
      case 'request':
        void this.answer(message.requestId, message.name, message.input);
        return;
      case 'command':
        this.options.command(message.command);
        return;
      case 'action':
        this.options.action(message.action, message.explanation);
        return;
    }
  }

  private async answer(requestId: number, name: string, input: unknown): Promise<void> {
    const { handlers, answered } = this.options;
    const { page } = this;
    const key = `${page} ${requestId}`;
    const abort = new AbortController();
    this.running.set(key, abort);
    // The page that asked may be gone; the one after it must not take the answer for one of its own.
    const reached = () => page === this.page && !this.ended;
    try {
      if (!isRequestName(handlers, name)) throw new Error(`unknown request: ${name}`);
      const output = await handleRequest(handlers, name, input, abort.signal);
      if (reached()) this.post({ type: 'response', requestId, output });
      answered?.({ name, output, reached: reached() });
    } catch (error) {
      const explanation = await this.explain(error, name, input);
      if (reached()) this.post({ type: 'failure', requestId, explanation });
      answered?.({ name, explanation, reached: reached() });
    } finally {
      this.running.delete(key);
    }
  }

  private async explain(error: unknown, name: string, input: unknown): Promise<Explanation | undefined> {
    if (isCancelled(error)) return undefined;
    this.options.log.error(name, error);
    return this.options.explain(error, name, input);
  }
}
