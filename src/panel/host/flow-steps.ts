import * as vscode from 'vscode';
import { nameOfKey } from '../../core/federation/providers-words';
import { kindOf } from '../../core/session/keys';
import type { CallerIdentity, Exchange, Session } from '../../core/session/model';
import type { FlowStep } from '../protocol';

/** The chain as it was walked: who came, with which requests the credentials were got, and whose role they are. */
export function stepsOf(
  session: Session,
  caller: CallerIdentity | undefined,
  roleAsked: boolean,
): FlowStep[] {
  return [
    { ...startOf(session), atMs: session.signedInAt },
    ...exchangeSteps(session, session.exchange, session.credentials?.issuedAt, roleAsked),
    ...(caller
      ? [{ label: 'GetCallerIdentity', detail: vscode.l10n.t('They act as the role {0}', caller.roleName) }]
      : []),
  ];
}

/** The requests of an exchange; the last one gave the credentials, at `issuedAt`. `roleAsked`: by CustomRoleArn. */
export function exchangeSteps(
  session: Session,
  exchange: Exchange | undefined,
  issuedAt: number | undefined,
  roleAsked = false,
): FlowStep[] {
  const steps = exchange?.steps ?? [{ operation: 'GetCredentialsForIdentity', milliseconds: undefined }];
  const known = steps.every(({ operation }) => operation !== 'GetId');
  return [
    ...(known && session.identityId
      ? [{ label: vscode.l10n.t('Identity ID'), detail: knownId(session, session.identityId) }]
      : []),
    ...steps.map(({ operation, milliseconds }, index) => ({
      label: operation,
      detail: stepText(operation, session, roleAsked),
      milliseconds,
      ...(index === steps.length - 1 ? { atMs: issuedAt } : {}),
    })),
  ];
}

function startOf(session: Session): FlowStep {
  const { name, origin, logins } = session;
  const provider = nameOfKey(logins?.[0]?.provider ?? '');
  switch (kindOf(session)) {
    case 'guest':
      return { label: vscode.l10n.t('No sign-in'), detail: vscode.l10n.t('A guest comes without a login') };
    case 'developer':
      return session.developer?.by === 'backend'
        ? {
            label: 'GetOpenIdTokenForDeveloperIdentity',
            detail: vscode.l10n.t('The backend vouched for {0} and gave the OpenID token', name),
          }
        : {
            label: 'GetOpenIdTokenForDeveloperIdentity',
            detail: vscode.l10n.t(
              'An administrator vouched for {0} as {1}',
              name,
              session.developer?.providerName ?? '',
            ),
          };
    case 'provider':
      return {
        label: vscode.l10n.t('Sign-in'),
        detail: vscode.l10n.t('{0} at {1}, whose token was given to this tool', name, provider),
      };
    default:
      return {
        label: vscode.l10n.t('Sign-in'),
        detail: vscode.l10n.t('{0} at the user pool {1}', name, origin.userPoolId ?? ''),
      };
  }
}

function knownId(session: Session, identityId: string): string {
  return kindOf(session) === 'developer'
    ? vscode.l10n.t('{0} came with the OpenID token, so GetId was not needed', identityId)
    : vscode.l10n.t('{0} was known from before, so GetId was not needed', identityId);
}

function stepText(operation: string, session: Session, roleAsked: boolean): string {
  const guest = kindOf(session) === 'guest';
  switch (operation) {
    case 'GetId':
      return guest
        ? vscode.l10n.t('The identity pool made the identity ID {0}', session.identityId ?? '')
        : vscode.l10n.t('The login gave the identity ID {0}', session.identityId ?? '');
    case 'GetOpenIdToken':
      return vscode.l10n.t('The identity pool gave a token of its own, for 10 minutes');
    case 'AssumeRoleWithWebIdentity':
      return vscode.l10n.t('STS took that token and gave temporary AWS credentials of the role named');
    case 'GetCredentialsForIdentity':
      if (guest) return vscode.l10n.t('The identity pool chose the role and gave temporary AWS credentials');
      return roleAsked
        ? vscode.l10n.t('Identity ID, login and the role asked for gave temporary AWS credentials')
        : vscode.l10n.t('Identity ID and login gave temporary AWS credentials; the pool chose the role');
    default:
      return '';
  }
}
