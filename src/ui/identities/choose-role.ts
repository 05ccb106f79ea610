import * as vscode from 'vscode';
import { CancelledError } from '../../core/errors';
import { parseRole } from '../../core/federation/role';
import { isApp, kindOf } from '../../core/session/keys';
import type { Session } from '../../core/session/model';
import { claimsOf } from '../../core/session/token-set';
import type { IdentityView } from '../../host/identities';
import { plain } from '../../host/plain';
import { withProgress } from '../../host/progress';
import { commands } from '../../ids';
import { subjectOf } from '../tree/nodes';
import type { IdentityParts } from './identity-parts';
import { tellChange } from './tell-change';

interface RoleItem extends vscode.QuickPickItem {
  /** `undefined`: the pool's choice; `null`: typed. */
  readonly roleArn: string | undefined | null;
}

/** Choose Role…: one of the token's roles (CustomRoleArn), the role of the basic flow, or again the pool's choice. */
export function chooseRole(parts: IdentityParts) {
  return async (argument: unknown): Promise<void> => {
    const view = await parts.picker.identity(subjectOf(argument), vscode.l10n.t('Choose the role of whom?'));
    const { ref, connection, name } = view;
    const session = isApp(ref) ? undefined : await parts.sessions.load(ref);
    if (!session || !connection?.identityPool) {
      const text = vscode.l10n.t('{0} has no AWS credentials whose role could be chosen.', name);
      void vscode.window.showInformationMessage(plain(text));
      return;
    }
    const roleArn = await askRole(session, view);
    const retry = (): void => void vscode.commands.executeCommand(commands.chooseRole, argument);
    const tokenClaims = claimsOf(session.tokens?.idToken ?? session.logins?.[0]?.token);
    const context = { tokenClaims, ...(roleArn === undefined ? {} : { roleArn }) };
    await parts.failures.about({ connection, ref, username: name, retry, context }, async () => {
      const title = vscode.l10n.t('Exchanging the login of {0} for credentials', name);
      const { identityChange, storeError } = await withProgress(title, (signal) =>
        parts.sessions.chooseRole(ref, roleArn, signal),
      );
      tellChange(identityChange, name);
      if (storeError) await parts.failures.show('store', storeError, { connection, ref });
      const { roleName } = await parts.sessions.caller(ref);
      const text = vscode.l10n.t('The AWS credentials of {0} now have the role {1}.', name, roleName);
      void vscode.window.showInformationMessage(plain(text));
    });
  };
}

async function askRole(session: Session, { connection, name }: IdentityView): Promise<string | undefined> {
  const pool = connection?.identityPool;
  const basic = pool?.flow === 'basic';
  const claims = claimsOf(session.tokens?.idToken);
  const preferred = claims['cognito:preferred_role'];
  const held = Array.isArray(claims['cognito:roles']) ? (claims['cognito:roles'] as unknown[]) : [];
  const fromToken = held.filter((role) => typeof role === 'string');
  const now = session.roleArn ?? pool?.roleArn;
  const describe = (arn: string): string =>
    [
      ...(arn === now ? [vscode.l10n.t('in use')] : []),
      ...(arn === preferred ? [vscode.l10n.t('preferred by the token')] : []),
      ...(arn === pool?.roleArn ? [vscode.l10n.t('of the connection')] : []),
    ].join(' · ');
  const arns = [...new Set([...fromToken, ...(pool?.roleArn ? [pool.roleArn] : [])])];
  const own: RoleItem = basic
    ? { label: vscode.l10n.t('The role of the connection'), roleArn: undefined }
    : {
        label: vscode.l10n.t('What the identity pool chooses'),
        description: now === undefined ? vscode.l10n.t('in use') : '',
        roleArn: undefined,
      };
  const items: RoleItem[] = [
    own,
    ...arns.map((arn) => ({
      label: plain(parseRole(arn)?.name ?? arn),
      description: describe(arn),
      detail: arn,
      roleArn: arn,
    })),
    { label: vscode.l10n.t('Another role…'), detail: vscode.l10n.t('By its ARN'), roleArn: null },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Role of {0}', plain(name)),
    placeHolder: placeHolder(basic, kindOf(session) === 'user', fromToken.length),
    matchOnDetail: true,
  });
  if (!chosen) throw new CancelledError();
  return chosen.roleArn === null ? askArn(name) : chosen.roleArn;
}

function placeHolder(basic: boolean, isUser: boolean, inToken: number): string {
  if (basic) return vscode.l10n.t('In the basic flow you take the role yourself; its trust policy decides.');
  if (!isUser) return vscode.l10n.t('The identity pool refuses roles that none of its rules gives.');
  if (inToken === 0) {
    return vscode.l10n.t(
      'The token names no role. The identity pool refuses roles that none of its rules gives.',
    );
  }
  return inToken === 1
    ? vscode.l10n.t('The token names one role. The identity pool refuses others, unless its rules give them.')
    : vscode.l10n.t(
        'The token names {0} roles. The identity pool refuses others, unless its rules give them.',
        inToken,
      );
}

async function askArn(name: string): Promise<string> {
  const arn = await vscode.window.showInputBox({
    title: vscode.l10n.t('Role of {0}', plain(name)),
    prompt: vscode.l10n.t('The ARN of an IAM role'),
    placeHolder: 'arn:aws:iam::123456789012:role/Readers',
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/.test(text.trim())
        ? undefined
        : vscode.l10n.t('A role ARN looks like {0}.', 'arn:aws:iam::123456789012:role/Readers'),
  });
  if (arn === undefined) throw new CancelledError();
  return arn.trim();
}
