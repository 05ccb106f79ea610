import * as vscode from 'vscode';
import { isServiceError } from '../../core/errors';
import { bareToken, decodeToken } from '../../core/tokens/decode';
import { keySource } from '../../core/tokens/key-source';
import type { TokenAnswer } from '../protocol';
import type { InspectorDeps } from './deps';

/**
 * Asks the token's pool by GetUser, which refuses access tokens that were revoked. Only of a pool that a connection names.
 * Throws what the request throws where its answer says nothing about the token.
 */
export async function askCognito(
  deps: InspectorDeps,
  text: string,
  signal: AbortSignal,
): Promise<TokenAnswer> {
  const { connection } = keySource(decodeToken(text), deps.connections());
  if (!connection) return { status: 'unknown', sentence: vscode.l10n.t('No connection has this pool.') };
  const api = await deps.userPool(connection);
  try {
    const { username } = await api.getUser({ accessToken: bareToken(text) }, signal);
    return {
      status: 'ok',
      sentence: vscode.l10n.t('Cognito accepts it as {0}’s: it is neither revoked nor expired.', username),
    };
  } catch (error) {
    signal.throwIfAborted();
    if (!isServiceError(error)) throw error;
    const answer = refusal(error.awsCode, error.awsMessage);
    if (!answer) throw error;
    return answer;
  }
}

function refusal(code: string, message: string): TokenAnswer | undefined {
  const said = `${code}: ${message}`;
  if (code === 'UserNotFoundException')
    return { status: 'failed', sentence: vscode.l10n.t('Cognito refuses it: the user is deleted.') };
  if (code !== 'NotAuthorizedException') return undefined;
  if (/revoked/i.test(message)) {
    return {
      status: 'failed',
      sentence: vscode.l10n.t(
        'Revoked: Cognito refuses it. Whoever checks it without asking Cognito accepts it until it expires.',
      ),
    };
  }
  if (/expired/i.test(message))
    return {
      status: 'failed',
      sentence: vscode.l10n.t('Expired: Cognito refuses it. Nothing says whether it was revoked before.'),
    };
  if (/scope/i.test(message)) {
    return {
      status: 'unknown',
      sentence: vscode.l10n.t(
        'Cognito does not tell: the token lacks the scope aws.cognito.signin.user.admin, without which GetUser is refused.',
      ),
    };
  }
  return { status: 'failed', sentence: vscode.l10n.t('Cognito refuses it: {0}', said) };
}
