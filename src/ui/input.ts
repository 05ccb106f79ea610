import * as vscode from 'vscode';
import { CancelledError } from '../core/errors';
import { plain } from '../host/plain';

/** A button in the title of an input; pressing it throws ButtonPressed with its id. */
export interface InputButton {
  readonly id: string;
  readonly icon: string;
  readonly tooltip: string;
}

export interface TextQuestion {
  readonly title: string;
  readonly prompt: string;
  /** Text behind the prompt that changes with time; asked each second while the box is open. */
  readonly countdown?: () => string;
  readonly buttons?: readonly InputButton[];
  readonly value?: string;
  readonly placeHolder?: string;
  readonly password?: boolean;
  readonly step?: number;
  readonly totalSteps?: number;
  /** Shows Back; pressing it throws BackPressed. */
  readonly back?: boolean;
  readonly validate?: (value: string) => string | undefined;
  readonly problem?: string;
  /** Ends the question, as if it were cancelled, when nobody needs the answer any more. */
  readonly signal?: AbortSignal;
}

export class BackPressed extends Error {}

export class ButtonPressed extends Error {
  constructor(readonly id: string) {
    super(id);
  }
}

/**
 * Asks one line of text. Stays open when focus leaves (people copy ids from a browser). Says what is wrong as soon
 * as the person tries to accept, and takes it back while they type. Throws CancelledError, BackPressed, ButtonPressed.
 */
export function askText(question: TextQuestion): Promise<string> {
  const box = vscode.window.createInputBox();
  box.title = question.title;
  // VS Code draws links and icons in prompts and problems; names, and the words of a service, are in ours.
  const prompt = plain(question.prompt);
  box.prompt = prompt;
  box.value = question.value ?? '';
  box.placeholder = question.placeHolder;
  box.password = question.password ?? false;
  box.step = question.step;
  box.totalSteps = question.totalSteps;
  box.ignoreFocusOut = true;
  const extra = (question.buttons ?? []).map((button) => ({
    id: button.id,
    iconPath: new vscode.ThemeIcon(button.icon),
    tooltip: button.tooltip,
  }));
  box.buttons = [...(question.back ? [vscode.QuickInputButtons.Back] : []), ...extra];
  box.validationMessage = defused(question.problem);
  const { countdown } = question;
  const draw = () => {
    if (countdown) box.prompt = [prompt, countdown()].filter((text) => text !== '').join(' · ');
  };
  draw();
  const timer = countdown ? setInterval(draw, 1000) : undefined;
  return new Promise<string>((resolve, reject) => {
    box.onDidChangeValue(() => {
      box.validationMessage = undefined;
    });
    box.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) reject(new BackPressed());
      const own = extra.find((item) => item === button);
      if (own) reject(new ButtonPressed(own.id));
    });
    box.onDidAccept(() => {
      const problem = defused(question.validate?.(box.value));
      if (problem === undefined) resolve(box.value);
      else box.validationMessage = problem;
    });
    box.onDidHide(() => reject(new CancelledError()));
    question.signal?.addEventListener('abort', () => reject(new CancelledError()), { once: true });
    box.show();
  }).finally(() => {
    clearInterval(timer);
    box.dispose();
  });
}

function defused(problem: string | undefined): string | undefined {
  return problem === undefined ? undefined : plain(problem);
}

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

export interface ChoiceQuestion<T> {
  readonly title: string;
  readonly placeHolder: string;
  readonly items: readonly Choice<T>[];
  readonly step?: number;
  readonly totalSteps?: number;
  readonly back?: boolean;
}

/** Asks for one of several; throws CancelledError or BackPressed. */
export function askChoice<T>(question: ChoiceQuestion<T>): Promise<T> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  pick.title = question.title;
  pick.placeholder = question.placeHolder;
  pick.items = question.items;
  pick.step = question.step;
  pick.totalSteps = question.totalSteps;
  pick.ignoreFocusOut = true;
  pick.buttons = question.back ? [vscode.QuickInputButtons.Back] : [];
  return new Promise<T>((resolve, reject) => {
    pick.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) reject(new BackPressed());
    });
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems[0];
      if (chosen) resolve(chosen.value);
    });
    pick.onDidHide(() => reject(new CancelledError()));
    pick.show();
  }).finally(() => pick.dispose());
}
