import * as vscode from 'vscode';
import type { AwsProfile, ProfileKind } from '../../core/admin-credentials';
import { awsProfile } from '../../host/admin-access';
import { plain } from '../../host/plain';
import { settings } from '../../ids';
import { askChoice, askText } from '../input';
import type { Choice } from '../input';
import type { AdminParts } from './admin';

/** Choose AWS Profile…: whose credentials are used where an administrator's are needed. Answers the profile, if any. */
export function chooseAwsProfile({ admin, profiles }: Pick<AdminParts, 'admin' | 'profiles'>) {
  return async (): Promise<string | undefined> => {
    const now = awsProfile();
    const chosen = await askChoice({
      title: vscode.l10n.t('AWS profile'),
      placeHolder: vscode.l10n.t(
        "For questions that need an administrator's credentials; nothing else uses it.",
      ),
      items: itemsOf(await profiles(), now),
    });
    const name = chosen === null ? await askName(now) : chosen;
    // What was signed in to anew is read anew.
    admin.forget(name);
    if (name !== (now ?? '')) await save(name);
    if (name !== '') {
      const text = vscode.l10n.t(
        "Where an administrator's credentials are needed, AWS profile {0} is used.",
        name,
      );
      void vscode.window.showInformationMessage(plain(text));
    }
    return name === '' ? undefined : name;
  };
}

/** `null`: typed; empty: none. */
function itemsOf(profiles: readonly AwsProfile[], now: string | undefined): Choice<string | null>[] {
  const inUse = vscode.l10n.t('in use');
  const missing = now !== undefined && !profiles.some(({ name }) => name === now) ? [now] : [];
  return [
    ...profiles.map(({ name, kind }) => ({
      label: plain(name),
      description: [kindWords(kind), ...(name === now ? [inUse] : [])].join(' · '),
      value: name,
    })),
    ...missing.map((name) => ({
      label: plain(name),
      description: `${inUse} · ${vscode.l10n.t('not in the AWS configuration')}`,
      value: name,
    })),
    { label: vscode.l10n.t('Another profile…'), description: vscode.l10n.t('By its name'), value: null },
    {
      label: vscode.l10n.t('None'),
      description: now === undefined ? inUse : vscode.l10n.t('Nothing is asked as an administrator'),
      value: '',
    },
  ];
}

function kindWords(kind: ProfileKind): string {
  switch (kind) {
    case 'keys':
      return vscode.l10n.t('access key');
    case 'role':
      return vscode.l10n.t('takes a role');
    case 'sso':
      return vscode.l10n.t('IAM Identity Center (SSO)');
    case 'login':
      return vscode.l10n.t('sign-in with "aws login"');
    case 'process':
      return vscode.l10n.t('from a process');
    case 'web-identity':
      return vscode.l10n.t('web identity');
    case 'other':
      return vscode.l10n.t('no credentials');
  }
}

async function askName(now: string | undefined): Promise<string> {
  const name = await askText({
    title: vscode.l10n.t('AWS profile'),
    prompt: vscode.l10n.t('Name of the profile in ~/.aws/config or ~/.aws/credentials'),
    value: now ?? '',
    validate: (text) => (text.trim() === '' ? vscode.l10n.t('Enter the name of a profile.') : undefined),
  });
  return name.trim();
}

/** Where the setting stands already, else with the person's own settings. */
async function save(name: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(settings.section);
  const inWorkspace =
    vscode.workspace.isTrusted && configuration.inspect(settings.awsProfile)?.workspaceValue !== undefined;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  // None in a workspace must hide the person's own one.
  const value = name === '' && !inWorkspace ? undefined : name;
  await configuration.update(settings.awsProfile, value, target);
}
