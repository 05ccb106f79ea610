import * as vscode from 'vscode';
import type { DecodedToken } from '../../core/tokens/decode';
import { timeOf } from '../../core/tokens/judge-times';
import { tellToken } from '../../core/tokens/tell';
import { tokenAt } from '../../core/tokens/token-at';
import { formatMoment } from '../../core/time';
import { commands } from '../../ids';
import { codeSpan } from './code-span';
import { linesOf } from './document-tokens';
import { commandLink, placeIn } from './token-place';

/** What one wants to know at a glance, in this order; the Inspector has the rest. */
const MAIN = [
  ...['sub', 'email', 'cognito:groups', 'cognito:preferred_role', 'scope', 'amr'],
  ...['iss', 'aud', 'client_id', 'iat', 'exp'],
];
const TIMES = new Set(['iat', 'exp']);

/** The hover over a token at a position, or undefined where there is none. Claims are hostile text and stay text. */
export function hoverAt(
  document: vscode.TextDocument,
  position: vscode.Position,
  nowMs: number,
): vscode.Hover | undefined {
  const found = tokenAt(linesOf(document), position);
  if (found === undefined) return undefined;
  const start = new vscode.Position(found.start.line, found.start.character);
  const end = new vscode.Position(found.end.line, found.end.character);
  const place = placeIn(document, document.offsetAt(start), document.offsetAt(end));
  const { decoded } = found;
  const links = [
    `[${vscode.l10n.t('Inspect')}](${commandLink('inspectTokenAt', place)})`,
    ...(decoded.encrypted
      ? []
      : [
          `[${vscode.l10n.t('Copy Claims')}](${commandLink('copyClaimsAt', place)})`,
          `[${vscode.l10n.t('Verify')}](${commandLink('verifyTokenAt', place)})`,
        ]),
  ];
  const text = [headLine(decoded, nowMs), claimLines(decoded, nowMs), links.join(' · ')];
  const content = new vscode.MarkdownString(text.filter((part) => part !== '').join('\n\n'));
  const enabledCommands = [commands.inspectTokenAt, commands.copyClaimsAt, commands.verifyTokenAt];
  content.isTrusted = { enabledCommands };
  content.supportHtml = false;
  content.supportThemeIcons = false;
  return new vscode.Hover(content, new vscode.Range(start, end));
}

function headLine(decoded: DecodedToken, nowMs: number): string {
  const { kind, user, client, time } = tellToken(decoded, nowMs);
  const parts = [`**${kind}**`];
  if (user !== undefined) parts.push(codeSpan(user));
  if (client !== undefined) parts.push(vscode.l10n.t('client {0}', codeSpan(client)));
  if (time !== undefined) parts.push(time);
  if (decoded.encrypted) parts.push(vscode.l10n.t('only Cognito can read it'));
  return parts.join(' · ');
}

function claimLines(decoded: DecodedToken, nowMs: number): string {
  return MAIN.filter((name) => Object.hasOwn(decoded.claims, name))
    .map((name) => `- ${codeSpan(name)} ${codeSpan(shown(decoded, name, nowMs))}`)
    .join('\n');
}

function shown({ claims, rawJson }: DecodedToken, name: string, nowMs: number): string {
  const value = claims[name];
  if (typeof value === 'string') return value;
  const moment = TIMES.has(name) ? timeOf(value) : undefined;
  return (moment !== undefined && formatMoment(moment, nowMs)) || (rawJson[name] ?? String(value));
}
