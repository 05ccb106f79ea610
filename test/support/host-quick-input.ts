import * as vscode from 'vscode';

/** What an input box or a pick asks; both the questions of `createInputBox` and of `createQuickPick` come as this. */
export interface Question {
  readonly kind: 'text' | 'pick';
  /** Title and prompt (or placeholder) on one line; what the person's answers are matched against. */
  readonly words: string;
  /** What is filled in already. */
  readonly value: string;
  readonly password: boolean;
  readonly labels: readonly string[];
  /** What the box says is wrong, where it came back. */
  readonly problem: string | undefined;
}

/** What the person does: types and presses Enter (at once, or after a while), chooses an item, presses Escape, or goes back a step. */
export type Reply =
  | { readonly text: string }
  | { readonly later: () => Promise<string> }
  | { readonly pick: string }
  | { readonly escape: true }
  | { readonly back: true };

/** Decides at once. */
export type Asked = (question: Question) => Reply;

const words = (...parts: (string | undefined)[]): string => parts.filter((part) => part).join(' | ');

/** The four events of a quick input, and its life; `face` gives it to the person after it is shown. */
abstract class FakeQuickInput {
  protected readonly changed = new vscode.EventEmitter<string>();
  protected readonly accepted = new vscode.EventEmitter<void>();
  protected readonly hidden = new vscode.EventEmitter<{ reason: number }>();
  protected readonly triggered = new vscode.EventEmitter<vscode.QuickInputButton>();
  readonly onDidChangeValue = this.changed.event;
  readonly onDidAccept = this.accepted.event;
  readonly onDidHide = this.hidden.event;
  readonly onDidTriggerButton = this.triggered.event;
  title: string | undefined;
  step: number | undefined;
  totalSteps: number | undefined;
  enabled = true;
  busy = false;
  ignoreFocusOut = false;
  placeholder: string | undefined;
  value = '';
  buttons: readonly vscode.QuickInputButton[] = [];
  private ended = false;

  constructor(protected readonly asked: Asked) {}

  show(): void {
    queueMicrotask(() => this.face());
  }

  hide(): void {
    if (this.ended) return;
    this.ended = true;
    this.hidden.fire({ reason: 0 });
  }

  dispose(): void {
    this.hide();
  }

  protected act(reply: Reply): void {
    if (this.ended) return;
    if ('escape' in reply) this.hide();
    else if ('back' in reply) {
      const { Back } = vscode.QuickInputButtons;
      if (!this.buttons.includes(Back)) throw new Error(`no Back at: ${this.title}`);
      this.triggered.fire(Back);
    } else if ('later' in reply) void reply.later().then((text) => this.act({ text }));
    else this.enter(reply);
  }

  protected get over(): boolean {
    return this.ended;
  }

  protected abstract face(): void;
  protected abstract enter(reply: { text: string } | { pick: string }): void;
}

export class FakeInputBox extends FakeQuickInput {
  prompt: string | undefined;
  password = false;
  validationMessage: string | vscode.InputBoxValidationMessage | undefined;

  protected face(): void {
    if (this.over) return;
    const { validationMessage: said } = this;
    const question: Question = {
      kind: 'text',
      words: words(this.title, this.prompt),
      value: this.value,
      password: this.password,
      labels: [],
      problem: typeof said === 'string' ? said : said?.message,
    };
    this.act(this.asked(question));
  }

  protected enter(reply: { text: string } | { pick: string }): void {
    if (!('text' in reply)) throw new Error(`a box asks for text: ${this.title}`);
    this.value = reply.text;
    this.changed.fire(reply.text);
    this.accepted.fire();
    // The box says what is wrong and waits for another try.
    if (this.validationMessage !== undefined) queueMicrotask(() => this.face());
  }
}

export class FakeQuickPick extends FakeQuickInput {
  items: readonly vscode.QuickPickItem[] = [];
  selectedItems: readonly vscode.QuickPickItem[] = [];
  activeItems: readonly vscode.QuickPickItem[] = [];
  canSelectMany = false;
  matchOnDescription = false;
  matchOnDetail = false;
  readonly onDidChangeActive = new vscode.EventEmitter<readonly vscode.QuickPickItem[]>().event;
  readonly onDidChangeSelection = new vscode.EventEmitter<readonly vscode.QuickPickItem[]>().event;
  readonly onDidTriggerItemButton = new vscode.EventEmitter<never>().event;

  protected face(): void {
    if (this.over) return;
    this.act(this.asked(pickQuestion(words(this.title, this.placeholder), this.items)));
  }

  protected enter(reply: { text: string } | { pick: string }): void {
    if (!('pick' in reply)) throw new Error(`a pick asks for an item: ${this.title}`);
    this.selectedItems = [itemOf(this.items, reply.pick)];
    this.accepted.fire();
  }
}

/** `showQuickPick` of items that are there. */
export function answerQuickPick(
  asked: Asked,
  items: readonly vscode.QuickPickItem[],
  options: vscode.QuickPickOptions = {},
): vscode.QuickPickItem | undefined {
  const reply = asked(pickQuestion(words(options.title, options.placeHolder), items));
  return 'pick' in reply ? itemOf(items, reply.pick) : undefined;
}

/** Takes a text that the box would take; one that it refuses is the test's mistake. */
export async function answerInputBox(
  asked: Asked,
  options: vscode.InputBoxOptions,
): Promise<string | undefined> {
  const reply = asked({
    kind: 'text',
    words: words(options.title, options.prompt),
    value: options.value ?? '',
    password: options.password ?? false,
    labels: [],
    problem: undefined,
  });
  if (!('text' in reply)) return undefined;
  const problem = await options.validateInput?.(reply.text);
  if (problem)
    throw new Error(`${reply.text} is refused: ${typeof problem === 'string' ? problem : problem.message}`);
  return reply.text;
}

function pickQuestion(said: string, items: readonly vscode.QuickPickItem[]): Question {
  const labels = items.map((item) => words(item.label, item.description, item.detail));
  return { kind: 'pick', words: said, value: '', password: false, labels, problem: undefined };
}

function itemOf(items: readonly vscode.QuickPickItem[], label: string): vscode.QuickPickItem {
  const found =
    items.find((item) => item.label === label) ?? items.find((item) => item.label.includes(label));
  if (!found) throw new Error(`no item "${label}" among: ${items.map((item) => item.label).join(', ')}`);
  return found;
}
