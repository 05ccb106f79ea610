import * as vscode from 'vscode';
import type { AwsProfile } from '../../core/admin-credentials';
import type { Connection } from '../../core/connection/model';
import { isServiceError, WorkbenchError } from '../../core/errors';
import type { AdminAccess } from '../../host/admin-access';
import { withProgress } from '../../host/progress';
import { askText } from '../input';
import type { IdentityParts } from './identity-parts';

/** What commands with an administrator's credentials share. */
export interface AdminParts extends IdentityParts {
  readonly admin: AdminAccess;
  readonly profiles: () => Promise<readonly AwsProfile[]>;
}

/** The code that a profile with `mfa_serial` wants. Throws CancelledError. */
export function askMfaCode(
  { profile, serial }: { readonly profile: string; readonly serial: string },
  signal: AbortSignal,
): Promise<string> {
  return askText({
    title: vscode.l10n.t('AWS profile {0}', profile),
    prompt: vscode.l10n.t('Code of the MFA device {0}', serial.split('/').at(-1) ?? serial),
    placeHolder: '123456',
    signal,
    validate: (text) =>
      /^\d{6}$/.test(text.trim()) ? undefined : vscode.l10n.t('An MFA code has six digits.'),
  }).then((code) => code.trim());
}

/**
 * The developer provider's name: the connection's, else the identity pool's, else (where nobody may read the pool) asked.
 * Throws `federation.no-developer-provider` where the pool has none, CancelledError, and as `adminFor`.
 */
export async function developerProviderOf(parts: AdminParts, connection: Connection): Promise<string> {
  const named = connection.identityPool?.developerProvider;
  if (named !== undefined) return named;
  try {
    const api = await parts.admin.adminFor(connection);
    const title = vscode.l10n.t('Reading the name of the developer provider');
    const { developerProvider } = await withProgress(title, (signal) => api.describeIdentityPool(signal));
    if (developerProvider !== undefined) return developerProvider;
  } catch (error) {
    if (!isServiceError(error)) throw error;
    return askProvider();
  }
  throw new WorkbenchError('federation.no-developer-provider', 'the pool has no developer provider');
}

/** A profile may be allowed to vouch for users, and yet not to read the pool's settings. */
async function askProvider(): Promise<string> {
  const name = await askText({
    title: vscode.l10n.t('Developer provider'),
    prompt: vscode.l10n.t(
      'Name of the developer provider, as in the identity pool. The AWS profile may not read it there.',
    ),
    placeHolder: 'login.myapp',
    validate: (text) =>
      /^[\w.-]{1,128}$/.test(text.trim())
        ? undefined
        : vscode.l10n.t('Letters, digits, dots, hyphens and underscores; at most 128.'),
  });
  return name.trim();
}
