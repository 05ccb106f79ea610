import * as vscode from 'vscode';
import { CancelledError } from '../core/errors';

export interface TextQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly value?: string;
  readonly placeHolder?: string;
  readonly password?: boolean;
  readonly step?: number;
  readonly totalSteps?: number;
  /** Shows Back; pressing it throws BackPressed. */
  readonly back?: boolean;
  readonly validate?: (value: string) => string | undefined;
  readonly problem?: string;
}

export class BackPressed extends Error {}

/**
 * Asks one line of text. Stays open when focus leaves (people copy ids from a browser). Says what is wrong as soon
 * as the person tries to accept, and takes it back while they type. Throws CancelledError or BackPressed.
 */
export function askText(question: TextQuestion): Promise<string> {
  const box = vscode.window.createInputBox();
  box.title = question.title;
  box.prompt = question.prompt;
  box.value = question.value ?? '';
  box.placeholder = question.placeHolder;
  box.password = question.password ?? false;
  box.step = question.step;
  box.totalSteps = question.totalSteps;
  box.ignoreFocusOut = true;
  box.buttons = question.back ? [vscode.QuickInputButtons.Back] : [];
  box.validationMessage = question.problem;
  return new Promise<string>((resolve, reject) => {
    box.onDidChangeValue(() => {
      box.validationMessage = undefined;
    });
    box.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) reject(new BackPressed());
    });
    box.onDidAccept(() => {
      const problem = question.validate?.(box.value);
      if (problem === undefined) resolve(box.value);
      else box.validationMessage = problem;
    });
    box.onDidHide(() => reject(new CancelledError()));
    box.show();
  }).finally(() => box.dispose());
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
