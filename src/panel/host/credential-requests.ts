import * as vscode from 'vscode';
import { maskSecret } from '../../core/credentials/formats';
import { WorkbenchError } from '../../core/errors';
import type { Connection } from '../../core/connection/model';
import type { FailureFinding } from '../../core/federation/what-failed';
import { guestScope } from '../../core/federation/guest-scope';
import { explainRole } from '../../core/federation/why-role';
import { kindOf, type IdentityKind } from '../../core/session/keys';
import type { CallerIdentity, Exchange, Session, SessionRef } from '../../core/session/model';
import { claimsOf } from '../../core/session/token-set';
import type { CredentialsView, HostMessage } from '../protocol';
import { explainAsAdmin, sourceName } from './admin-role';
import type { InspectorDeps } from './deps';
import { findCause } from './find-cause';
import { stepsOf } from './flow-steps';
import { trialRole, tryFlow } from './flow-trial';
import type { RequestHandlers } from './requests';

type CredentialHandlers = Pick<
  RequestHandlers,
  | 'credentials/load'
  | 'credentials/tryFlow'
  | 'credentials/explainAsAdmin'
  | 'credentials/findCause'
  | 'credentials/copyFinding'
  | 'credentials/reveal'
  | 'credentials/copy'
>;

export function credentialRequests(
  deps: InspectorDeps,
  ref: SessionRef,
  post: (message: HostMessage) => void,
): CredentialHandlers {
  let finding: FailureFinding | undefined;
  return {
    'credentials/load': async (_input, signal) => {
      const connection = deps.identities.find(ref)?.connection;
      if (!connection?.identityPool) return { available: false, flow: [] };
      const subject = { connection, ref };
      try {
        // Fresh ones, fetched only when those at hand are due.
        await deps.sessions.credentials(ref, signal);
      } catch (error) {
        signal.throwIfAborted();
        deps.log.error('credentials', error);
        return { available: false, flow: [], error: await deps.failures.explain(error, subject) };
      }
      let caller: CallerIdentity | undefined;
      let problem: unknown;
      try {
        caller = await deps.sessions.caller(ref, signal);
      } catch (error) {
        signal.throwIfAborted();
        deps.log.error('caller', error);
        problem = error;
      }
      const session = await deps.identities.load(ref);
      if (!session?.credentials) return { available: false, flow: [] };
      return viewOf(
        deps,
        session,
        caller,
        problem === undefined ? undefined : await deps.failures.explain(problem, subject),
      );
    },
    'credentials/tryFlow': ({ flow }, signal) => tryFlow(deps, ref, flow, signal),
    'credentials/explainAsAdmin': (_input, signal) => explainAsAdmin(deps, ref, signal),
    'credentials/findCause': async (_input, signal) => {
      const tell = (text: string) => post({ type: 'credentials/progress', text });
      const view = await findCause(deps, ref, tell, signal);
      finding = view.finding;
      return view;
    },
    'credentials/copyFinding': async ({ what }) => {
      await vscode.env.clipboard.writeText(finding?.[what] ?? '');
      return {};
    },
    'credentials/reveal': async ({ field }) => ({ value: (await held(deps, ref))[field] }),
    'credentials/copy': async ({ field }) => {
      if (field === 'identityId') {
        const session = await deps.identities.load(ref);
        await vscode.env.clipboard.writeText(session?.identityId ?? '');
      } else {
        await vscode.env.clipboard.writeText((await held(deps, ref))[field]);
      }
      return {};
    },
  };
}

async function held(deps: InspectorDeps, ref: SessionRef) {
  const session = await deps.identities.load(ref);
  if (!session?.credentials) throw new WorkbenchError('session.missing', 'the session holds no credentials');
  return session.credentials;
}

function viewOf(
  deps: InspectorDeps,
  session: Session,
  caller: CallerIdentity | undefined,
  error: CredentialsView['error'],
): CredentialsView {
  const { credentials } = session;
  const connection = deps.identities.find(session)?.connection;
  const kind = kindOf(session);
  const flowName = session.exchange?.flow ?? connection?.identityPool?.flow ?? 'enhanced';
  const question = { claims: claimsOf(session.tokens?.idToken), kind, flow: flowName, caller };
  return {
    available: true,
    identityId: session.identityId,
    expiresAt: credentials?.expiresAt,
    issuedAt: credentials?.issuedAt,
    accountId: caller?.accountId,
    roleName: caller?.roleName,
    callerArn: caller?.arn,
    ...(credentials
      ? {
          masked: {
            accessKeyId: maskSecret(credentials.accessKeyId),
            secretAccessKey: maskSecret(credentials.secretAccessKey),
            sessionToken: maskSecret(credentials.sessionToken),
          },
        }
      : {}),
    flow: stepsOf(session, caller, (session.roleArn ?? connection?.identityPool?.roleArn) !== undefined),
    flowName,
    trialRole: trialRole(session, connection, caller),
    adminName: adminName(deps, connection),
    narrowed: narrowing(kind, flowName, connection),
    ...(connection ? { why: explainRole({ ...question, connection, chosenRole: session.roleArn }) } : {}),
    error,
  };
}

function adminName(deps: InspectorDeps, connection: Connection | undefined): string | undefined {
  const source = connection && deps.admin.source(connection);
  return source && sourceName(source);
}

/** What the session may less than its role. */
function narrowing(
  kind: IdentityKind,
  flow: Exchange['flow'],
  connection: Connection | undefined,
): readonly string[] | undefined {
  if (kind === 'guest' && flow === 'enhanced') return guestScope();
  if (flow === 'basic' && connection?.identityPool?.sessionPolicy !== undefined) {
    return [
      vscode.l10n.t(
        'The session policy of the connection denies what it does not name, whatever the role allows.',
      ),
    ];
  }
  return undefined;
}
