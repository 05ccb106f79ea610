import * as vscode from 'vscode';
import { sandboxConnectionId } from '../../core/sandbox';
import { withProgress } from '../../host/progress';
import type { SandboxController } from '../../host/sandbox-controller';
import type { InspectorOpener } from '../inspector-opener';
import type { SignInCommand } from '../sign-in/sign-in-command';

/** Start Sandbox: starts or joins it, then offers its users; the Inspector opens on whoever was chosen. */
export function startSandbox(sandbox: SandboxController, signIn: SignInCommand, inspector: InspectorOpener) {
  return async (): Promise<void> => {
    await withProgress(vscode.l10n.t('Starting the sandbox'), (signal) => sandbox.start(signal));
    const ref = await signIn.signIn({ connectionId: sandboxConnectionId });
    if (ref) await inspector.open(ref, { tab: 'tokens' });
  };
}

export function stopSandbox(sandbox: SandboxController) {
  return async (): Promise<void> => {
    await withProgress(vscode.l10n.t('Stopping the sandbox'), () => sandbox.stop());
  };
}
