import * as vscode from 'vscode';
import { CancelledError } from '../core/errors';
import { plain } from './plain';

/** Stands behind the title of a progress notification and runs a command. */
export interface ProgressLink {
  readonly label: string;
  readonly command: string;
}

/**
 * Runs a task under a cancellable progress notification. The notification shows only when the task takes over a
 * second; the signal aborts with CancelledError when the person cancels.
 */
export async function withProgress<T>(
  title: string,
  task: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
  links: readonly ProgressLink[] = [],
): Promise<T> {
  const abort = new AbortController();
  let progress: vscode.Progress<{ message?: string }> | undefined;
  let said: string | undefined;
  const work = task(abort.signal, (message) => {
    said = plain(message);
    progress?.report({ message: said });
  });
  const linked = links.map(({ label, command }) => `[${label}](command:${command})`);
  const settled = work.then(
    () => true,
    () => true,
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), 1000);
  });
  if (!(await Promise.race([settled, late]))) {
    void vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: [plain(title), linked.join(' · ')].filter((part) => part !== '').join(' '),
        cancellable: true,
      },
      async (found, token) => {
        progress = found;
        if (said !== undefined) found.report({ message: said });
        token.onCancellationRequested(() => abort.abort(new CancelledError()));
        await settled;
      },
    );
  }
  clearTimeout(timer);
  return work;
}
