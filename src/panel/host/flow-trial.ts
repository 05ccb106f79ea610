import { parseRole } from '../../core/federation/role';
import type { Connection } from '../../core/connection/model';
import type { CallerIdentity, Exchange, Session, SessionRef } from '../../core/session/model';
import { claimsOf } from '../../core/session/token-set';
import type { FlowTrial } from '../protocol';
import type { InspectorDeps } from './deps';
import { exchangeSteps } from './flow-steps';

/** The role that a trial of the basic flow names: one that is asked for, else the one held now, else the token's. */
export function trialRole(
  session: Session,
  connection: Connection | undefined,
  caller: CallerIdentity | undefined,
): string | undefined {
  const claims = claimsOf(session.tokens?.idToken);
  const [preferred, ...others] = [claims['cognito:preferred_role'], claims['cognito:roles']]
    .flat()
    .filter((role) => typeof role === 'string');
  const held = parseRole(caller?.arn);
  const [, partition = 'aws'] = /^arn:([a-z-]+):/.exec(caller?.arn ?? '') ?? [];
  return (
    session.roleArn ??
    connection?.identityPool?.roleArn ??
    // STS does not tell a role’s path, the token may; most have none.
    [preferred, ...others].find((role) => held && parseRole(role)?.name === held.name) ??
    (held && `arn:${partition}:iam::${held.accountId}:role/${held.name}`) ??
    preferred
  );
}

/** One exchange by this flow, beside the session: what it takes, and which role it gives. Nothing is kept. */
export async function tryFlow(
  deps: InspectorDeps,
  ref: SessionRef,
  flow: Exchange['flow'],
  signal: AbortSignal,
): Promise<FlowTrial> {
  const connection = deps.identities.find(ref)?.connection;
  const session = await deps.sessions.load(ref);
  const roleArn = flow === 'basic' ? trialRole(session, connection, session.caller) : undefined;
  try {
    const federated = await deps.sessions.trials.exchange(ref, { flow, roleArn }, signal);
    const { credentials, exchange } = federated;
    const caller = await deps.sessions.trials.callerOf(ref, credentials, signal);
    return {
      flow,
      steps: exchangeSteps({ ...session, identityId: federated.identityId }, exchange, credentials.issuedAt),
      roleName: caller.roleName,
      expiresAt: credentials.expiresAt,
    };
  } catch (error) {
    signal.throwIfAborted();
    deps.log.error('tryFlow', error);
    return { flow, steps: [], error: await deps.failures.explain(error, { connection, ref }) };
  }
}
