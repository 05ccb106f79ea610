import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as VSCode from 'vscode';
import { runConfig } from '../host/run-config';
import { answerInputBox, answerQuickPick, FakeInputBox, FakeQuickPick } from './host-quick-input';
import type { Asked, Question, Reply } from './host-quick-input';

/** A notification or a modal dialog. */
export interface Notice {
  readonly kind: 'error' | 'warning' | 'information';
  readonly modal: boolean;
  /** The text, and a dialog's detail behind it. */
  readonly text: string;
  readonly buttons: readonly string[];
}

interface Plan {
  readonly match: RegExp;
  readonly reply: Reply;
}

const patience = 10_000;

/**
 * The `vscode` object that the extension itself holds. VS Code gives each extension one of its own, told apart by the
 * file that asks; so ask as a file of the extension.
 */
export function extensionVscode(): typeof VSCode {
  const own = createRequire(path.join(runConfig().repoRoot, 'dist', 'extension.js'));
  return own('vscode') as typeof VSCode;
}

/**
 * Whoever sits before VS Code: answers boxes, picks and dialogs as planned, and remembers everything that was shown.
 * A question nobody planned an answer for is answered by Escape, and fails the test in `leave`.
 */
export class Person {
  readonly notices: Notice[] = [];
  readonly questions: Question[] = [];
  readonly progress: string[] = [];
  readonly statusMessages: string[] = [];
  /** Values of context keys that were set since `sitDown`. */
  readonly contextKeys = new Map<string, unknown>();
  clipboard = '';
  /** Where the next save dialogs save to; without one they are cancelled. */
  saveTo: VSCode.Uri | undefined;
  /** The places that save dialogs offered. */
  readonly offered: VSCode.Uri[] = [];
  private plans: Plan[] = [];
  private presses: { match: RegExp; button: string; standing: boolean }[] = [];
  private cancels: RegExp[] = [];
  private surprises: string[] = [];
  private waiting: (() => void)[] = [];
  private seen = 0;
  private undo: (() => void)[] = [];

  /** Takes the extension's user interface over, until `getUp`. */
  sitDown(): void {
    const vscode = extensionVscode();
    const { window } = vscode;
    const asked: Asked = (question) => this.ask(question);
    this.replace(window, 'createInputBox', () => new FakeInputBox(asked));
    this.replace(window, 'createQuickPick', () => new FakeQuickPick(asked));
    this.replace(window, 'showQuickPick', async (items: Items, options?: VSCode.QuickPickOptions) =>
      answerQuickPick(asked, await items, options),
    );
    this.replace(window, 'showInputBox', async (options: VSCode.InputBoxOptions = {}) =>
      answerInputBox(asked, options),
    );
    this.replace(window, 'showErrorMessage', this.notification('error'));
    this.replace(window, 'showWarningMessage', this.notification('warning'));
    this.replace(window, 'showInformationMessage', this.notification('information'));
    this.replace(window, 'setStatusBarMessage', (text: string) => {
      this.statusMessages.push(text);
      this.wake();
      return { dispose: () => undefined };
    });
    this.replace(window, 'showSaveDialog', async (options: VSCode.SaveDialogOptions = {}) => {
      if (options.defaultUri) this.offered.push(options.defaultUri);
      return this.saveTo;
    });
    this.replace(window, 'withProgress', (options: VSCode.ProgressOptions, task: ProgressTask) =>
      this.watch(vscode, options, task),
    );
    this.replace(vscode.env, 'clipboard', {
      readText: async () => this.clipboard,
      writeText: async (text: string) => void (this.clipboard = text),
    });
    const execute = vscode.commands.executeCommand.bind(vscode.commands);
    this.replace(vscode.commands, 'executeCommand', (command: string, ...rest: unknown[]) => {
      if (command === 'setContext') this.contextKeys.set(String(rest[0]), rest[1]);
      return execute(command, ...rest);
    });
  }

  getUp(): void {
    for (const restore of this.undo.splice(0).reverse()) restore();
  }

  /** Types these texts, one for each time that a box with these words asks. */
  types(match: RegExp, ...texts: string[]): this {
    return this.plan(match, ...texts.map((text) => ({ text })));
  }

  /** Types what becomes known only while the box is open: a code that was sent. */
  typesLater(match: RegExp, text: () => Promise<string>): this {
    return this.plan(match, { later: text });
  }

  picks(match: RegExp, ...labels: string[]): this {
    return this.plan(match, ...labels.map((pick) => ({ pick })));
  }

  escapes(match: RegExp): this {
    return this.plan(match, { escape: true });
  }

  goesBack(match: RegExp): this {
    return this.plan(match, { back: true });
  }

  /** Presses a button of the next notification or dialog with these words; `always` of all to come. */
  pressesButton(match: RegExp, button: string, when: 'once' | 'always' = 'once'): this {
    this.presses.push({ match, button, standing: when === 'always' });
    return this;
  }

  /** Closes the next notification or dialog with these words without an answer, whatever else is planned for it. */
  dismisses(match: RegExp): this {
    this.presses.unshift({ match, button: '', standing: false });
    return this;
  }

  /** Cancels the next progress with these words as soon as it is shown. */
  cancelsProgress(match: RegExp): this {
    this.cancels.push(match);
    return this;
  }

  /** The next notification, of those not looked at yet, that has these words. Waits for it. */
  async sees(match: RegExp): Promise<Notice> {
    return this.until(`a notification like ${match}`, () => {
      const at = this.notices.findIndex(({ text }, index) => index >= this.seen && match.test(text));
      if (at < 0) return undefined;
      this.seen = at + 1;
      return this.notices[at];
    });
  }

  /** Waits for something that comes about while the extension shows, asks or tells something. */
  async until<T>(what: string, look: () => T | undefined): Promise<T> {
    const deadline = Date.now() + patience;
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (Date.now() > deadline) assert.fail(`there was not ${what}; seen:\n${this.report()}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 100);
        this.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** Everything that was shown and asked, for failures of tests. */
  report(): string {
    return [
      ...this.notices.map(({ kind, text }) => `  ${kind}: ${text}`),
      ...this.questions.map(({ words, problem }) => `  asked: ${words}${problem ? ` (${problem})` : ''}`),
      ...this.surprises.map((text) => `  without an answer: ${text}`),
    ].join('\n');
  }

  /** The end of a test; a good one asked nothing without a planned answer, and wanted every answer. */
  leave(passed: boolean): void {
    const open = [
      ...this.plans.map(({ match }) => match),
      ...this.presses.filter(({ standing }) => !standing).map(({ match }) => match),
      ...this.cancels,
    ];
    const problems = [
      ...this.surprises.map((text) => `asked without a planned answer: ${text}`),
      ...open.map((match) => `never asked: ${match}`),
    ];
    const report = this.report();
    this.forget();
    if (passed) assert.deepEqual(problems, [], report);
  }

  private forget(): void {
    this.notices.length = 0;
    this.questions.length = 0;
    this.progress.length = 0;
    this.statusMessages.length = 0;
    this.clipboard = '';
    this.saveTo = undefined;
    this.offered.length = 0;
    this.seen = 0;
    this.plans = [];
    this.presses = this.presses.filter(({ standing }) => standing);
    this.cancels = [];
    this.surprises = [];
  }

  private plan(match: RegExp, ...replies: Reply[]): this {
    this.plans.push(...replies.map((reply) => ({ match, reply })));
    return this;
  }

  private ask(question: Question): Reply {
    this.questions.push(question);
    this.wake();
    const at = this.plans.findIndex(({ match }) => match.test(question.words));
    const plan = this.plans[at];
    if (plan) {
      this.plans.splice(at, 1);
      return plan.reply;
    }
    this.surprises.push(question.words);
    return { escape: true };
  }

  private notification(kind: Notice['kind']) {
    return async (text: unknown, ...rest: unknown[]): Promise<unknown> => {
      const options = isOptions(rest[0]) ? rest[0] : undefined;
      const items = (options ? rest.slice(1) : rest) as (string | VSCode.MessageItem)[];
      const buttons = items.map((item) => (typeof item === 'string' ? item : item.title));
      const whole = options?.detail ? `${String(text)} | ${options.detail}` : String(text);
      this.notices.push({ kind, modal: options?.modal === true, text: whole, buttons });
      this.wake();
      const at = this.presses.findIndex(({ match }) => match.test(whole));
      const press = this.presses[at];
      if (!press) return undefined;
      if (!press.standing) this.presses.splice(at, 1);
      if (press.button === '') return undefined;
      const index = buttons.indexOf(press.button);
      if (index < 0) this.surprises.push(`${whole} has no button ${press.button}: ${buttons.join(', ')}`);
      return items[index];
    };
  }

  private async watch(
    vscode: typeof VSCode,
    options: VSCode.ProgressOptions,
    task: ProgressTask,
  ): Promise<unknown> {
    const title = options.title ?? '';
    const source = new vscode.CancellationTokenSource();
    this.progress.push(title);
    this.wake();
    const done = Promise.resolve(task({ report: () => undefined }, source.token));
    const at = this.cancels.findIndex((match) => match.test(title));
    if (at >= 0 && options.cancellable) {
      this.cancels.splice(at, 1);
      source.cancel();
    }
    try {
      return await done;
    } finally {
      source.dispose();
    }
  }

  private wake(): void {
    for (const go of this.waiting.splice(0)) go();
  }

  private replace<T extends object>(owner: T, name: keyof T & string, substitute: unknown): void {
    const before = Object.getOwnPropertyDescriptor(owner, name);
    assert.ok(before, `VS Code's API has ${name}`);
    Object.defineProperty(owner, name, { configurable: true, writable: true, value: substitute });
    this.undo.push(() => Object.defineProperty(owner, name, { ...before, configurable: true }));
  }
}

type Items = readonly VSCode.QuickPickItem[] | Thenable<readonly VSCode.QuickPickItem[]>;

type ProgressTask = (
  progress: VSCode.Progress<{ message?: string }>,
  token: VSCode.CancellationToken,
) => Thenable<unknown>;

function isOptions(value: unknown): value is VSCode.MessageOptions {
  return typeof value === 'object' && value !== null && !('title' in value);
}
