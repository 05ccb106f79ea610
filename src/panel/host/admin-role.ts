import * as vscode from 'vscode';
import { gatherAdminFacts } from '../../core/federation/admin-facts';
import { explainRoleAsAdmin } from '../../core/federation/why-role-admin';
import { WorkbenchError } from '../../core/errors';
import type { Connection } from '../../core/connection/model';
import { kindOf } from '../../core/session/keys';
import type { Session, SessionRef } from '../../core/session/model';
import { claimsOf } from '../../core/session/token-set';
import type { AdminSource } from '../../host/admin-access';
import type { AdminRoleView } from '../protocol';
import type { InspectorDeps } from './deps';
import { locationsOf } from './s3-requests';

/** Why it is this role, with all that an administrator's credentials show. Asked for by the person, never by itself. */
export async function explainAsAdmin(
  deps: InspectorDeps,
  ref: SessionRef,
  signal: AbortSignal,
): Promise<AdminRoleView> {
  const connection = deps.identities.find(ref)?.connection;
  const session = await deps.sessions.load(ref);
  const { identityId, caller } = session;
  if (!connection?.identityPool || identityId === undefined) {
    throw new WorkbenchError('federation.no-identity-pool', 'no identity whose role could be explained');
  }
  const api = await deps.admin.adminFor(connection);
  const flow = session.exchange?.flow ?? connection.identityPool.flow;
  const nowMs = Date.now();
  const roleArn = namedRole(connection, session, flow);
  const question = { connection, session, identityId, flow, roleArn, received: caller?.arn, nowMs };
  const facts = await gatherAdminFacts(api, question, signal);
  const { sessionPolicy } = connection.identityPool;
  const explanation = explainRoleAsAdmin({
    ...facts,
    question: {
      claims: claimsOf(session.tokens?.idToken),
      kind: kindOf(session),
      flow,
      caller,
      connection,
      chosenRole: session.roleArn,
    },
    sessionPolicies:
      flow === 'basic' && sessionPolicy !== undefined
        ? [{ name: vscode.l10n.t('Session policy'), document: sessionPolicy }]
        : undefined,
    sessionName: caller?.arn.split('/').at(-1),
    locations: await ownLocations(deps, ref),
    nowMs,
  });
  return { explanation, asked: sourceName(deps.admin.source(connection)), unread: facts.unread };
}

/** CustomRoleArn of the enhanced flow, the role of the basic one: the person's choice before the connection's. */
export function namedRole(
  { identityPool }: Connection,
  { roleArn }: Pick<Session, 'roleArn'>,
  flow: 'enhanced' | 'basic',
): string | undefined {
  return roleArn ?? (flow === identityPool?.flow ? identityPool.roleArn : undefined);
}

/** Who is asked, as it stands in a sentence: `by …`. */
export function sourceName(source: AdminSource | undefined): string {
  if (source === undefined) return '';
  return source.kind === 'sandbox'
    ? vscode.l10n.t('the administrator of the sandbox')
    : vscode.l10n.t('AWS profile {0}', source.profile);
}

async function ownLocations(deps: InspectorDeps, ref: SessionRef): Promise<string[]> {
  const all = (await locationsOf(deps, ref)).filter(({ problem }) => problem === undefined);
  const configured = all.filter(({ source }) => source === 'configured');
  return (configured.length > 0 ? configured : all).map(({ address }) => address);
}
