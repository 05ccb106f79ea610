import { readAuthorizeRequest, type AuthorizeRequest } from './authorize-request';
import type { PendingStep } from './pending';
import { PageRefusal } from './refusals';
import type { Visit } from './visit';
import type { HostedUiWorld } from './world';

/** The step that a page's `flow` stands for; throws PageRefusal for one that is over, or of another page or browser. */
export function pendingOf<K extends PendingStep['kind']>(
  world: HostedUiWorld,
  visit: Visit,
  kind: K,
): { flow: string; request: AuthorizeRequest; step: Extract<PendingStep, { kind: K }> } {
  const flow = visit.query.get('flow') ?? '';
  const pending = visit.browser.pending.get(flow);
  if (pending === undefined || !isKind(pending.step, kind)) throw new PageRefusal('expired');
  return { flow, request: readAuthorizeRequest(world, pending.query), step: pending.step };
}

function isKind<K extends PendingStep['kind']>(
  step: PendingStep,
  kind: K,
): step is Extract<PendingStep, { kind: K }> {
  return step.kind === kind;
}
