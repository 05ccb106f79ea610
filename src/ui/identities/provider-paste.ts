import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/model';
import { isWorkbenchError } from '../../core/errors';
import type { Provider } from '../../core/federation/providers';
import { PROVIDERS } from '../../core/federation/providers';
import { readArtefact } from '../../core/federation/providers-artefact';
import type { ProviderLogin } from '../../core/federation/providers-login';
import { loginFor } from '../../core/federation/providers-login';
import { neededPhrase, whereToGet } from '../../core/federation/providers-words';
import type { Digest } from '../../core/ports';
import { formatTimeLeft } from '../../core/time';
import type { Failures } from '../../host/failures';
import { plain } from '../../host/plain';
import { askText } from '../input';
import { labelOf } from './provider-known';

export interface PasteParts {
  readonly digest: Digest;
  readonly failures: Failures;
}

/**
 * What the person got from the provider. A wrong kind of it, or one that has ended, is told at the box, before anything
 * is sent. Throws CancelledError.
 */
export async function pasteLogin(
  parts: PasteParts,
  connection: Connection,
  provider: Provider,
  title: string,
): Promise<ProviderLogin> {
  const needed = neededPhrase(PROVIDERS[provider.kind].needs);
  let problem: string | undefined;
  for (;;) {
    const text = await askText({
      title: plain(title),
      prompt: vscode.l10n.t(
        'Paste {0} of {1}. {2}',
        needed,
        labelOf(connection, provider),
        whereToGet(provider.kind),
      ),
      // It is as good as a password while it lives.
      password: true,
      ...(problem === undefined ? {} : { problem }),
    });
    try {
      const login = loginFor(ofIssuer(provider, text), text, parts.digest);
      problem = endedText(login, labelOf(connection, provider));
      if (problem === undefined) return login;
    } catch (error) {
      if (!isWorkbenchError(error)) throw error;
      problem = (await parts.failures.explain(error, { connection })).why;
    }
  }
}

/** Where nobody said whose token it would be, the token itself tells. */
function ofIssuer(provider: Provider, text: string): Provider {
  if (provider.kind !== 'oidc' || provider.issuer !== '') return provider;
  const isIdToken = ({ kind }: { kind: string }) => /id-token$/.test(kind);
  return { kind: 'oidc', issuer: readArtefact(text, isIdToken).issuer ?? '' };
}

/** Undefined while it lives, or where it does not tell. */
function endedText({ expiresAt }: ProviderLogin, label: string): string | undefined {
  if (expiresAt === undefined || expiresAt > Date.now()) return undefined;
  const age = formatTimeLeft(Date.now() - expiresAt);
  return vscode.l10n.t('This login ended {0} ago. Get a new one from {1}.', age, label);
}
