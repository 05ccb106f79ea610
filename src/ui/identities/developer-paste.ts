import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/model';
import { isWorkbenchError } from '../../core/errors';
import { readBackendAnswer } from '../../core/federation/developer-token';
import type { BackendAnswer } from '../../core/federation/developer-token';
import { developerLoginKey } from '../../core/federation/logins';
import type { OtherIdentity } from '../../core/session/other-identities';
import { formatTimeLeft } from '../../core/time';
import { askText } from '../input';
import type { DeveloperParts } from './developer';

/** What the developer's backend returned, pasted; what it cannot be is said at the box, and asked again. */
export async function askBackendAnswer(
  parts: Pick<DeveloperParts, 'digest' | 'failures'>,
  connection: Connection,
): Promise<Extract<OtherIdentity, { kind: 'developer' }>> {
  let problem: string | undefined;
  for (;;) {
    const text = await askText({
      title: vscode.l10n.t('Developer identity'),
      prompt: vscode.l10n.t(
        'Paste the answer of GetOpenIdTokenForDeveloperIdentity: the JSON, the token alone, or identity ID and token',
      ),
      placeHolder: '{"IdentityId": "…", "Token": "eyJ…"}',
      // It is as good as a password while it lives.
      password: true,
      ...(problem === undefined ? {} : { problem }),
    });
    try {
      const answer = readBackendAnswer(text, parts.digest);
      problem = problemOf(answer, connection);
      if (problem === undefined) return identityOf(answer, connection);
    } catch (error) {
      if (!isWorkbenchError(error)) throw error;
      const { title, why } = await parts.failures.explain(error, { connection });
      problem = `${title}. ${why}`;
    }
  }
}

/** What is wrong with a token before AWS is asked. */
function problemOf(answer: BackendAnswer, connection: Connection): string | undefined {
  const pool = connection.identityPool?.identityPoolId;
  if (answer.identityPoolId !== undefined && answer.identityPoolId !== pool) {
    return vscode.l10n.t(
      'This token is for identity pool {0}; the connection has {1}.',
      answer.identityPoolId,
      pool ?? '',
    );
  }
  if (answer.expiresAt !== undefined && answer.expiresAt <= Date.now()) {
    const age = formatTimeLeft(Date.now() - answer.expiresAt);
    return vscode.l10n.t('This token ended {0} ago. Let your backend get a new one.', age);
  }
  if (answer.otherIdentityId !== undefined) {
    return vscode.l10n.t(
      'The token belongs to identity {0}, not to {1} beside it.',
      answer.identityId,
      answer.otherIdentityId,
    );
  }
  return undefined;
}

function identityOf(
  { token, identityId, expiresAt, providerName, userId }: BackendAnswer,
  connection: Connection,
): Extract<OtherIdentity, { kind: 'developer' }> {
  return {
    kind: 'developer',
    developer: {
      providerName:
        providerName ?? connection.identityPool?.developerProvider ?? developerLoginKey(connection),
      userId: userId ?? identityId,
      by: 'backend',
    },
    token: { identityId, token, ...(expiresAt === undefined ? {} : { expiresAt }) },
  };
}
