import * as vscode from 'vscode';
import { maskSecret } from '../../core/credentials/formats';
import { WorkbenchError } from '../../core/errors';
import { explainRole } from '../../core/federation/why-role';
import type { CallerIdentity, Session, SessionRef } from '../../core/session/model';
import { decodeToken } from '../../core/tokens/decode';
import type { CredentialsView, FlowStep } from '../protocol';
import type { InspectorDeps } from './deps';
import type { RequestHandlers } from './requests';

type CredentialHandlers = Pick<
  RequestHandlers,
  'credentials/load' | 'credentials/reveal' | 'credentials/copy'
>;

export function credentialRequests(deps: InspectorDeps, ref: SessionRef): CredentialHandlers {
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
  const claims = session.tokens?.idToken ? decodeToken(session.tokens.idToken).claims : {};
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
    flow: stepsOf(session, caller),
    ...(connection ? { why: explainRole({ claims, connection, ...(caller ? { caller } : {}) }) } : {}),
    error,
  };
}

/** The chain as it was walked: sign-in, ID token, identity ID, credentials, role. */
function stepsOf(session: Session, caller: CallerIdentity | undefined): FlowStep[] {
  return [
    {
      label: vscode.l10n.t('Sign-in'),
      detail: vscode.l10n.t('{0} at the user pool {1}', session.name, session.origin.userPoolId ?? ''),
      atMs: session.signedInAt,
    },
    {
      label: 'GetId',
      detail: vscode.l10n.t('The ID token gave the identity ID {0}', session.identityId ?? ''),
    },
    {
      label: 'GetCredentialsForIdentity',
      detail: vscode.l10n.t('Identity ID and ID token gave temporary AWS credentials'),
      atMs: session.credentials?.issuedAt,
    },
    ...(caller
      ? [{ label: 'GetCallerIdentity', detail: vscode.l10n.t('They act as the role {0}', caller.roleName) }]
      : []),
  ];
}
