import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/model';
import type { Explanation } from '../../core/diagnosis/types';
import { isCancelled, isServiceError } from '../../core/errors';
import { gatherAdminFacts, type AdminFacts } from '../../core/federation/admin-facts';
import { loginFacts } from '../../core/federation/login-facts';
import { parseRole } from '../../core/federation/role';
import { type Replay, whatFailed } from '../../core/federation/what-failed';
import type { ExchangeStart } from '../../core/session/exchange-start';
import type { SessionRef } from '../../core/session/model';
import type { CauseStep, CauseView } from '../protocol';
import { namedRole, sourceName } from './admin-role';
import type { InspectorDeps } from './deps';
import { replayBasicFlow } from './find-cause-replay';
import { trialRole } from './flow-trial';

type Tell = (text: string) => void;

/**
 * What really failed: runs the exchange, and where AWS gives the login no role, looks behind the answer: at STS (after
 * asking), and at pool and role with an administrator's credentials where there are any. Nothing is stored.
 */
export async function findCause(
  deps: InspectorDeps,
  ref: SessionRef,
  tell: Tell,
  signal: AbortSignal,
): Promise<CauseView> {
  const connection = deps.connection(ref.connectionId);
  tell(vscode.l10n.t('Asking the identity pool for credentials…'));
  let start: ExchangeStart;
  try {
    start = await deps.sessions.trials.start(ref, signal);
  } catch (error) {
    return otherFailure(deps, error, { ref, connection }, signal);
  }
  try {
    const options = { identityId: start.identityId };
    const { credentials } = await deps.sessions.trials.exchange(ref, options, signal);
    const { roleName } = await deps.sessions.trials.callerOf(ref, credentials, signal);
    return { outcome: 'works', roleName, steps: [] };
  } catch (error) {
    const about = { ref, connection: start.connection, context: contextOf(start) };
    const view = await otherFailure(deps, error, about, signal);
    // The table of errors tells which answers hide a cause of their own.
    if (!view.error?.actions.includes('find-cause')) return view;
    return lookBehind(deps, ref, start, { error, explanation: view.error }, tell, signal);
  }
}

async function otherFailure(
  deps: InspectorDeps,
  error: unknown,
  about: Parameters<InspectorDeps['failures']['explain']>[1],
  signal: AbortSignal,
): Promise<CauseView> {
  signal.throwIfAborted();
  if (isCancelled(error)) throw error;
  deps.log.error('findCause', error);
  return { outcome: 'other', steps: [], error: await deps.failures.explain(error, about) };
}

function contextOf({ connection, session, identityId }: ExchangeStart) {
  const { roleLogin } = loginFacts(connection, session);
  return { identityId, ...(roleLogin.kind === 'login' ? { tokenClaims: roleLogin.claims } : {}) };
}

async function lookBehind(
  deps: InspectorDeps,
  ref: SessionRef,
  start: ExchangeStart,
  failed: { readonly error: unknown; readonly explanation: Explanation },
  tell: Tell,
  signal: AbortSignal,
): Promise<CauseView> {
  const { connection, session, identityId } = start;
  const flow = connection.identityPool?.flow ?? 'enhanced';
  const named = namedRole(connection, session, flow);
  const steps: CauseStep[] = [refusalStep(failed)];
  const facts = await adminFacts(deps, start, steps, tell, signal);
  const known = facts?.choice?.roleArn ?? named ?? trialRole(session, connection, session.caller);
  const replay =
    ownAnswer(failed.error, named) ??
    (failed.explanation.id === 'C78'
      ? await replayBasicFlow(deps, ref, { identityId, roleArn: known, facts }, steps, tell, signal)
      : undefined);
  const { poolId, sub, amr } = facts?.trustLogin ?? {
    poolId: connection.identityPool?.identityPoolId ?? '',
    sub: identityId,
    amr: loginFacts(connection, session).amr,
  };
  const finding = whatFailed({
    ...facts,
    target: { poolId, endpoints: connection.endpoints },
    login: facts?.trustLogin ?? { poolId, sub, amr, needsTagSession: false, nowMs: Date.now() },
    replay,
  });
  return {
    outcome: 'refused',
    steps,
    finding,
    roleName: parseRole(facts?.choice?.roleArn ?? replay?.roleArn)?.name,
    choice: facts?.choice?.steps,
    adminMissing: deps.admin.source(connection) === undefined,
  };
}

function refusalStep({ error, explanation }: { error: unknown; explanation: Explanation }): CauseStep {
  const said = isServiceError(error)
    ? vscode.l10n.t('{0} was refused: {1}: {2}', error.operation, error.awsCode, error.awsMessage)
    : explanation.title;
  return { ok: false, sentence: said };
}

/** In the basic flow it was STS itself that refused. */
function ownAnswer(error: unknown, roleArn: string | undefined): Replay | undefined {
  if (!isServiceError(error) || error.service !== 'sts' || roleArn === undefined) return undefined;
  const { awsCode, awsMessage } = error;
  return { outcome: 'refused', roleArn, awsCode, awsMessage };
}

/** Undefined where there is no administrator, or where nothing could be read; the steps tell why. */
async function adminFacts(
  deps: InspectorDeps,
  { connection, session, identityId }: ExchangeStart,
  steps: CauseStep[],
  tell: Tell,
  signal: AbortSignal,
): Promise<AdminFacts | undefined> {
  const source = deps.admin.source(connection);
  if (!source) {
    steps.push({
      ok: 'skipped',
      sentence: vscode.l10n.t(
        'Pool and role were not looked at: that needs an AWS profile with the rights of an administrator.',
      ),
    });
    return undefined;
  }
  tell(vscode.l10n.t('Reading pool and role as {0}…', sourceName(source)));
  try {
    const api = await deps.admin.adminFor(connection);
    const flow = connection.identityPool?.flow ?? 'enhanced';
    const roleArn = namedRole(connection, session, flow);
    const question = { connection, session, identityId, flow, roleArn, nowMs: Date.now() };
    const facts = await gatherAdminFacts(api, question, signal);
    const read = vscode.l10n.t('Pool and role were read by {0}.', sourceName(source));
    steps.push({ ok: true, sentence: read });
    steps.push(...facts.unread.map((sentence): CauseStep => ({ ok: 'skipped', sentence })));
    return facts;
  } catch (error) {
    signal.throwIfAborted();
    if (isCancelled(error)) throw error;
    deps.log.error('findCause', error);
    steps.push({ ok: 'skipped', sentence: await failedReading(deps, error, connection) });
    return undefined;
  }
}

async function failedReading(deps: InspectorDeps, error: unknown, connection: Connection): Promise<string> {
  const { title, why } = await deps.failures.explain(error, { connection });
  return vscode.l10n.t('Pool and role could not be read. {0}: {1}', title, why);
}
