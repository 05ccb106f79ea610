import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/model';
import type { Provider } from '../../core/federation/providers';
import { loginsKey } from '../../core/federation/providers';
import type { ProviderLogin } from '../../core/federation/providers-login';
import { loginFor } from '../../core/federation/providers-login';
import type { Digest } from '../../core/ports';
import { plain } from '../../host/plain';
import { withProgress } from '../../host/progress';
import type { SandboxController } from '../../host/sandbox-controller';
import { askText } from '../input';
import { labelOf } from './provider-known';

export interface SandboxLoginParts {
  readonly digest: Digest;
  readonly sandbox: Pick<SandboxController, 'loginToken'>;
}

/** A login that the sandbox makes in the place of the provider, for whom the person likes. Throws CancelledError. */
export async function sandboxLogin(
  { digest, sandbox }: SandboxLoginParts,
  connection: Connection,
  provider: Provider,
  title: string,
  before: string | undefined,
): Promise<ProviderLogin> {
  const label = labelOf(connection, provider);
  const typed = await askText({
    title: plain(title),
    prompt: vscode.l10n.t("Who signs in at the sandbox's {0}? Any name will do.", label),
    value: before ?? 'rita',
    validate: (text) => (text.trim() === '' ? vscode.l10n.t('Enter a name.') : undefined),
  });
  const subject = typed.trim().slice(0, 100);
  const token = await withProgress(vscode.l10n.t('Making a login of {0}', label), () =>
    sandbox.loginToken(connection, loginsKey(provider), subject),
  );
  const login = loginFor(provider, token, digest);
  return { ...login, subject, displayName: login.displayName ?? subject };
}
