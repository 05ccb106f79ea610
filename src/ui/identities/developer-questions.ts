import * as vscode from 'vscode';
import { readTags, tagsText } from '../../core/federation/tag-list';
import type { DeveloperUser } from '../../core/session/model';
import { askText } from '../input';

/** The user's identifier in the developer's own directory. Throws CancelledError. */
export async function askUserId(providerName: string, known: string | undefined): Promise<string> {
  const userId = await askText({
    title: vscode.l10n.t('Developer identity'),
    prompt: vscode.l10n.t('Identifier of the user in your backend, as in Logins under {0}', providerName),
    value: known ?? '',
    validate: userIdProblem,
  });
  return userId.trim();
}

/** What the API takes: 1 to 1,024 characters. */
export function userIdProblem(text: string): string | undefined {
  const length = text.trim().length;
  return length >= 1 && length <= 1024 ? undefined : vscode.l10n.t('Enter 1 to 1,024 characters.');
}

/** How long the token lives, and its principal tags. Throws CancelledError. */
export async function askTokenWishes(
  userId: string,
  before: DeveloperUser | undefined,
): Promise<Pick<DeveloperUser, 'tokenSeconds' | 'principalTags'>> {
  const title = vscode.l10n.t('Token of {0}', userId);
  const minutes = await askText({
    title,
    prompt: vscode.l10n.t('Minutes that the token lives, 1 to 1,440. AWS gives 15 where it is left empty.'),
    value: before?.tokenSeconds === undefined ? '' : String(before.tokenSeconds / 60),
    step: 1,
    totalSteps: 2,
    validate: (text) =>
      /^\d{0,4}$/.test(text.trim()) && text.trim() !== '0' && Number(text) <= 1440
        ? undefined
        : vscode.l10n.t('Enter whole minutes, 1 to 1,440, or nothing.'),
  });
  const tags = await askText({
    title,
    prompt: vscode.l10n.t(
      'Principal tags as NAME=VALUE, with commas between. The trust policy of the role must allow sts:TagSession.',
    ),
    placeHolder: 'department=legal, team=blue',
    value: tagsText(before?.principalTags ?? {}),
    step: 2,
    totalSteps: 2,
    validate: tagsProblem,
  });
  const read = readTags(tags);
  return {
    ...(minutes.trim() === '' ? {} : { tokenSeconds: Number(minutes) * 60 }),
    ...(read.ok && Object.keys(read.tags).length > 0 ? { principalTags: read.tags } : {}),
  };
}

function tagsProblem(text: string): string | undefined {
  const read = readTags(text);
  if (read.ok) return undefined;
  switch (read.reason) {
    case 'form':
      return vscode.l10n.t('"{0}" is no tag: write NAME=VALUE.', read.at);
    case 'twice':
      return vscode.l10n.t('The tag {0} is there twice.', read.at);
    case 'length':
      return vscode.l10n.t('Names have at most 128 characters, values 256: {0}', read.at);
    case 'count':
      return vscode.l10n.t('AWS takes at most 50 tags.');
  }
}
