import * as vscode from 'vscode';
import { isCancelled, isServiceError } from '../../core/errors';
import type { AdminFacts } from '../../core/federation/admin-facts';
import { parseRole } from '../../core/federation/role';
import type { Replay } from '../../core/federation/what-failed';
import type { SessionRef } from '../../core/session/model';
import type { CauseStep } from '../protocol';
import type { InspectorDeps } from './deps';

interface ReplayQuestion {
  readonly identityId: string;
  /** The role that the pool would give, or the nearest guess at it. */
  readonly roleArn: string | undefined;
  readonly facts: AdminFacts | undefined;
}

/**
 * Asks the person, then STS itself with the same login, in the basic flow; `steps` tell what came of it. Undefined
 * where STS was not asked: the pool does not allow that flow, the person does not want it, or no role is known.
 */
export async function replayBasicFlow(
  deps: InspectorDeps,
  ref: SessionRef,
  { identityId, roleArn, facts }: ReplayQuestion,
  steps: CauseStep[],
  tell: (text: string) => void,
  signal: AbortSignal,
): Promise<Replay | undefined> {
  const skip = (sentence: string): undefined => {
    steps.push({ ok: 'skipped', sentence });
  };
  if (facts?.pool?.classicFlow === false) {
    return skip(vscode.l10n.t('STS was not asked: the identity pool does not allow the basic flow.'));
  }
  if (facts !== undefined && facts.choice?.outcome !== 'role') {
    return skip(vscode.l10n.t('STS was not asked: there is no role to ask for.'));
  }
  tell(vscode.l10n.t('Waiting for your answer…'));
  const role = await orAborted(roleArn === undefined ? askRole() : confirmed(roleArn), signal);
  if (role === undefined) return skip(vscode.l10n.t('STS was not asked, as you wished.'));
  tell(vscode.l10n.t('Asking STS for the role {0}…', nameOf(role)));
  try {
    await deps.sessions.trials.exchange(ref, { flow: 'basic', roleArn: role, identityId }, signal);
    const given = vscode.l10n.t(
      'STS gave the role {0} in the basic flow; nothing of it was kept.',
      nameOf(role),
    );
    steps.push({ ok: true, sentence: given });
    return { outcome: 'ok', roleArn: role };
  } catch (error) {
    signal.throwIfAborted();
    if (isCancelled(error)) throw error;
    deps.log.error('replay', error);
    if (isServiceError(error) && error.service === 'sts') {
      const { awsCode, awsMessage } = error;
      const said = vscode.l10n.t(
        'STS was asked for the role {0} in the basic flow, and refused.',
        nameOf(role),
      );
      steps.push({ ok: false, sentence: said });
      return { outcome: 'refused', roleArn: role, awsCode, awsMessage };
    }
    const connection = deps.connection(ref.connectionId);
    const { title, why } = await deps.failures.explain(error, { connection, ref });
    return skip(vscode.l10n.t('STS could not be asked. {0}: {1}', title, why));
  }
}

const nameOf = (arn: string): string => parseRole(arn)?.name ?? arn;

async function confirmed(roleArn: string): Promise<string | undefined> {
  const replay = vscode.l10n.t('Replay');
  const without: vscode.MessageItem = { title: vscode.l10n.t('Go On Without'), isCloseAffordance: true };
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('Replay the basic flow with role {0}?', nameOf(roleArn)),
    {
      modal: true,
      detail: vscode.l10n.t(
        'The identity pool hides why STS refuses. In the basic flow STS is asked directly, so its answer shows: GetOpenIdToken, then AssumeRoleWithWebIdentity. Nothing of it is kept.',
      ),
    },
    { title: replay },
    without,
  );
  return answer?.title === replay ? roleArn : undefined;
}

/** Without an administrator nobody but the person knows which role the pool gives. */
async function askRole(): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Replay the basic flow'),
    prompt: vscode.l10n.t(
      'ARN of the role that the identity pool gives. STS is asked for it directly, so its answer shows; nothing is kept. Escape goes on without.',
    ),
    placeHolder: 'arn:aws:iam::123456789012:role/…',
    ignoreFocusOut: true,
    validateInput: (text) =>
      parseRole(text.trim())
        ? undefined
        : vscode.l10n.t('A role has the form arn:aws:iam::ACCOUNT:role/NAME.'),
  });
  return typed?.trim();
}

/** A question that nobody waits for any more stays on the screen, but its answer counts for nothing. */
function orAborted<T>(question: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    question.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
