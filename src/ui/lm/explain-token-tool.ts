import * as vscode from 'vscode';
import { isWorkbenchError } from '../../core/errors';
import { firstToken } from '../../core/tokens/find';
import type { IdentityView } from '../../host/identities';
import { plain } from '../../host/plain';
import type { Tool } from './register-tools';
import { type Subject, tokenAnswer } from './token-answer';
import type { ToolParts } from './tools';

/** What is there for the model to know where there is no token to explain. */
class NothingToExplain extends Error {
  readonly code = 'tool.nothing';
}

/**
 * Explains the claims and the state of a token: one that the person pasted into the chat, or the ID or access token of
 * who is signed in to a connection. The token itself never goes into the answer.
 */
export function explainTokenTool(parts: ToolParts): Tool {
  return {
    prepare: (given) => {
      const { connection, which } = readInput(given);
      return {
        invocationMessage: vscode.l10n.t('Explaining a Cognito token'),
        confirmationMessages: {
          title: vscode.l10n.t('Explain a Cognito token?'),
          message:
            connection === undefined
              ? vscode.l10n.t(
                  'The language model gets the claims of the token in your message, with what they mean. Nothing is sent to Cognito.',
                )
              : plain(
                  vscode.l10n.t(
                    'The language model gets the claims of the {0} token of {1}, which may hold a name, an e-mail address and groups. The token itself stays here.',
                    which === 'access' ? 'access' : 'ID',
                    connection,
                  ),
                ),
        },
      };
    },
    run: async (given) => {
      try {
        return tokenAnswer(await subjectOf(parts, given), Date.now());
      } catch (error) {
        if (error instanceof NothingToExplain) return error.message;
        if (isWorkbenchError(error) && error.code.startsWith('token.'))
          return `This is no token that can be read (${error.code}: ${String(error.data['part'] ?? '')} ${String(error.data['reason'] ?? '')}).`;
        throw error;
      }
    },
  };
}

function readInput(given: unknown) {
  const { token, connection, which } = (given ?? {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return {
    token: text(token),
    connection: text(connection),
    which: which === 'access' ? ('access' as const) : ('id' as const),
  };
}

async function subjectOf({ settings, identities }: ToolParts, given: unknown): Promise<Subject> {
  const { token, connection: wanted, which } = readInput(given);
  if (token !== undefined) return { token: firstToken(token) ?? token };
  const all = settings.connections();
  if (wanted === undefined)
    throw new NothingToExplain('Give either `token`, or `connection` and `which` ("id" or "access").');
  const connection = all.find(({ id }) => id === wanted) ?? all.find(({ name }) => name === wanted);
  if (!connection)
    throw new NothingToExplain(
      `There is no connection of this name. Known: ${all.map(({ id }) => id).join(', ') || 'none'}.`,
    );
  const view = chosen(identities.list(connection.id));
  const session = view && (await identities.load(view.ref));
  if (!session) throw new NothingToExplain(`Nobody is signed in to ${connection.id}.`);
  const held = which === 'access' ? session.tokens?.accessToken : session.tokens?.idToken;
  if (held === undefined)
    throw new NothingToExplain(`${session.name} on ${connection.id} holds no ${which} token.`);
  return { token: held, connection, expectedUse: which };
}

/** The active identity of the connection, else the first. */
const chosen = (views: readonly IdentityView[]): IdentityView | undefined =>
  views.find(({ active }) => active) ?? views[0];
