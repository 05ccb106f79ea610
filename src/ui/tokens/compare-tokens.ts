import * as vscode from 'vscode';
import { connectionLabel } from '../../core/connection/derive';
import { isWorkbenchError, WorkbenchError } from '../../core/errors';
import { sameRef } from '../../core/session/keys';
import type { ReplacedTokens } from '../../core/session/replaced-tokens';
import { claimsDocument, compareTokens as compare, countChanges } from '../../core/tokens/compare';
import { decodeToken } from '../../core/tokens/decode';
import type { DecodedToken } from '../../core/tokens/decode';
import { firstToken } from '../../core/tokens/find';
import type { Identities, IdentityView } from '../../host/identities';
import { plain } from '../../host/plain';
import type { ReadOnlyDocuments } from '../../host/read-only-documents';
import { askChoice } from '../input';
import type { Choice } from '../input';
import { subjectOf } from '../tree/nodes';
import { askToken } from './inspect-token';
import { tokenLine } from './token-line';
import { tokensOfClipboard, tokensOfEditor } from './token-places';
import type { FoundTokens } from './token-places';

export interface CompareTokensParts {
  readonly identities: Identities;
  readonly documents: ReadOnlyDocuments;
  readonly replaced: ReplacedTokens;
}

/** A token that can be chosen; `name` stands in the title of the comparison and holds nothing secret. */
interface Side {
  readonly name: string;
  readonly decoded: DecodedToken;
}

/** Undefined: one is pasted. */
type Answer = Side | undefined;

/** Compare Tokens…: any two, claim by claim, in VS Code's own comparison. */
export function compareTokens(parts: CompareTokensParts) {
  return async (argument: unknown): Promise<void> => {
    const choices = await knownTokens(parts);
    const first =
      ofNode(choices, argument)?.value ?? (await ask(choices, vscode.l10n.t('Compare which token?')));
    const others = choices.filter(({ value }) => value !== first);
    const second = await ask(others, vscode.l10n.t('Compare {0} with which?', first.name));
    const [left, right] = [first, second].map((side) =>
      parts.documents.add(`${side.name}.jsonc`, claimsDocument(side.decoded)),
    );
    const count = countChanges(compare(first.decoded, second.decoded, Date.now()));
    const found =
      count === 0
        ? vscode.l10n.t('no difference')
        : count === 1
          ? vscode.l10n.t('1 difference')
          : vscode.l10n.t('{0} differences', count);
    const title = `${first.name} ↔ ${second.name} (${found})`;
    await vscode.commands.executeCommand('vscode.diff', left, right, title);
  };
}

interface TokenChoice extends Choice<Side> {
  readonly view?: IdentityView;
  readonly detailKind?: 'id-token' | 'access-token';
}

async function knownTokens({ identities, replaced }: CompareTokensParts): Promise<TokenChoice[]> {
  const editor = tokensOfEditor(vscode.window.activeTextEditor);
  const clipboard = await tokensOfClipboard();
  const met = [editor, clipboard].flatMap((found) => (found ? choicesOf(found) : []));
  const held = await Promise.all(identities.choosable().map((view) => tokensOf(identities, replaced, view)));
  return [...met, ...held.flat()];
}

function choicesOf({ tokens, source }: FoundTokens): TokenChoice[] {
  const nowMs = Date.now();
  return tokens.flatMap(({ token: text }) => {
    const decoded = decodedOf(text);
    if (!decoded) return [];
    const { label, description } = tokenLine(text, nowMs);
    const name = tokens.length === 1 ? source : `${label} · ${source}`;
    return [{ label: `$(key) ${plain(name)}`, description, value: { name, decoded } }];
  });
}

async function tokensOf(
  identities: Identities,
  replaced: ReplacedTokens,
  view: IdentityView,
): Promise<TokenChoice[]> {
  const session = await identities.load(view.ref);
  if (!session) return [];
  const { idToken, accessToken } = session.tokens ?? {};
  const before = replaced.of(view.ref);
  const { name: who } = view;
  const held = [
    ['id-token', vscode.l10n.t('ID token of {0}', who), idToken],
    ['access-token', vscode.l10n.t('Access token of {0}', who), accessToken],
    [undefined, vscode.l10n.t('ID token of {0}, before the last refresh', who), before?.idToken],
    [undefined, vscode.l10n.t('Access token of {0}, before the last refresh', who), before?.accessToken],
  ] as const;
  return held.flatMap(([detailKind, name, text]) => {
    const decoded = text === undefined ? undefined : decodedOf(text);
    if (!decoded) return [];
    const description = view.connection ? plain(connectionLabel(view.connection)) : '';
    const choice = { label: `$(account) ${plain(name)}`, description, value: { name, decoded }, view };
    return [detailKind === undefined ? choice : { ...choice, detailKind }];
  });
}

/** The token of a node of the tree on which the command was called. */
function ofNode(choices: readonly TokenChoice[], argument: unknown): TokenChoice | undefined {
  const { ref, detail } = subjectOf(argument);
  if (!ref || !detail) return undefined;
  return choices.find(({ view, detailKind }) => view && sameRef(view.ref, ref) && detailKind === detail);
}

async function ask(choices: readonly TokenChoice[], placeHolder: string): Promise<Side> {
  const title = vscode.l10n.t('Compare Tokens');
  const paste: Choice<Answer> = { label: `$(edit) ${vscode.l10n.t('Paste a Token…')}`, value: undefined };
  const items: Choice<Answer>[] = [...choices, paste];
  const chosen = await askChoice<Answer>({ title, placeHolder: plain(placeHolder), items });
  if (chosen) return chosen;
  const text = await askToken(title);
  const decoded = decodedOf(firstToken(text) ?? text);
  if (decoded) return { name: vscode.l10n.t('Pasted token'), decoded };
  throw new WorkbenchError('token.malformed', 'the pasted text is no token', {
    part: 'token',
    reason: 'parts',
  });
}

/** Undefined for what cannot be read: it has no claims to compare. */
function decodedOf(text: string): DecodedToken | undefined {
  try {
    return decodeToken(text);
  } catch (error) {
    if (isWorkbenchError(error)) return undefined;
    throw error;
  }
}
