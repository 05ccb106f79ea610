import * as vscode from 'vscode';
import type { Connection } from '../core/connection/model';
import type { ActionId, ErrorContext, Explanation } from '../core/diagnosis/types';
import { isCancelled, isWorkbenchError } from '../core/errors';
import { kindOf } from '../core/session/keys';
import type { SessionRef } from '../core/session/model';
import type { Log } from './log';
import { plain } from './plain';

/** What a failure was about: fills the explanation's facts, and tells the buttons what to act on. */
export interface FailureSubject {
  readonly connection?: Connection | undefined;
  readonly ref?: SessionRef | undefined;
  readonly username?: string | undefined;
  readonly failedAttempts?: number | undefined;
  readonly retry?: (() => void) | undefined;
  readonly context?: Partial<ErrorContext> | undefined;
}

export interface Diagnosis {
  readonly explain: (error: unknown, context: ErrorContext) => Explanation;
  readonly actionLabel: (action: ActionId) => string;
}

/** Does what a button of an explanation promises. */
export type ActionRunner = (action: ActionId, explanation: Explanation, subject: FailureSubject) => unknown;

/** Turns failures into explanations, shows them, and logs the raw text. Loads the diagnosis bundle at the first one. */
export class Failures {
  private readonly subjects = new WeakMap<Error, FailureSubject>();

  constructor(
    private readonly log: Log,
    private readonly loadDiagnosis: () => Promise<Diagnosis>,
    private readonly runAction: ActionRunner,
  ) {}

  /** Runs a task; what it throws is remembered to be about this subject. */
  async about<T>(subject: FailureSubject, task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (error) {
      if (error instanceof Error && !this.subjects.has(error)) this.subjects.set(error, subject);
      throw error;
    }
  }

  async explain(error: unknown, subject: FailureSubject = {}): Promise<Explanation> {
    const known = (error instanceof Error ? this.subjects.get(error) : undefined) ?? {};
    const about = { ...subject, ...known };
    const { explain } = await this.loadDiagnosis();
    const serverDate = isWorkbenchError(error) ? error.data['serverDateMs'] : undefined;
    return explain(error, {
      nowMs: Date.now(),
      ...(typeof serverDate === 'number' ? { serverDateMs: serverDate } : {}),
      ...(about.connection ? { connection: about.connection } : {}),
      ...(about.username ? { username: about.username } : {}),
      ...(about.ref ? { identityKind: kindOf(about.ref) } : {}),
      ...(about.failedAttempts ? { failedAttempts: about.failedAttempts } : {}),
      ...about.context,
    });
  }

  /** Logs and shows a failure with its buttons; resolves when it is shown, not when it is answered. */
  async show(what: string, error: unknown, subject: FailureSubject = {}): Promise<void> {
    if (isCancelled(error)) return;
    this.log.error(what, error);
    const known = (error instanceof Error ? this.subjects.get(error) : undefined) ?? {};
    const about = { ...subject, ...known };
    this.tell(await this.explain(error, about), about);
  }

  /** Shows what is explained already, with its buttons. */
  tell(explanation: Explanation, subject: FailureSubject): void {
    void this.present(explanation, subject);
  }

  /** Runs the action of a button, wherever it stands (notification, Inspector). What fails in it is shown in its turn. */
  async run(action: ActionId, explanation: Explanation, subject: FailureSubject): Promise<void> {
    try {
      await this.perform(action, explanation, subject);
    } catch (error) {
      const { connection, ref } = subject;
      await this.show(action, error, { connection, ref });
    }
  }

  private perform(action: ActionId, explanation: Explanation, subject: FailureSubject): unknown {
    if (action === 'show-log') return this.log.show();
    if (action === 'show-details' || action === 'check-clock') return this.showDetails(explanation);
    if (action === 'copy-cli-command') return vscode.env.clipboard.writeText(explanation.cliCommand ?? '');
    if (action === 'retry' && subject.retry) return subject.retry();
    return this.runAction(action, explanation, subject);
  }

  private async present(explanation: Explanation, subject: FailureSubject): Promise<void> {
    const usable = explanation.actions.filter((action) => action !== 'retry' || subject.retry !== undefined);
    const { actionLabel } = await this.loadDiagnosis();
    const actions = usable.filter((action) => action !== 'show-details').slice(0, 2);
    const buttons = [...actions, 'show-details' as const].map((action) => ({
      title: actionLabel(action),
      action,
    }));
    const text = `${explanation.title}. ${explanation.why} ${explanation.fix}`;
    const chosen = await vscode.window.showErrorMessage(plain(text), ...buttons);
    if (chosen) await this.run(chosen.action, explanation, subject);
  }

  private async showDetails(explanation: Explanation): Promise<void> {
    const causes = (explanation.possibleCauses ?? []).map((cause) => `• ${cause.text}`);
    const facts = explanation.details.map((item) => `${item.label}: ${item.value}`);
    const detail = [
      explanation.why,
      explanation.fix,
      '',
      ...causes,
      ...(causes.length ? [''] : []),
      ...facts,
    ].join('\n');
    const copy = vscode.l10n.t('Copy Details');
    const { actionLabel } = await this.loadDiagnosis();
    const log = actionLabel('show-log');
    const chosen = await vscode.window.showErrorMessage(
      explanation.title,
      { modal: true, detail },
      copy,
      log,
    );
    if (chosen === copy) await vscode.env.clipboard.writeText(`${explanation.title}\n${detail}`);
    if (chosen === log) this.log.show();
  }
}
