import * as vscode from 'vscode';
import type { DecodedToken } from '../../core/tokens/decode';
import { timeOf } from '../../core/tokens/judge-times';
import { tellToken } from '../../core/tokens/tell';
import { tokenAt } from '../../core/tokens/token-at';
import { formatMoment } from '../../core/time';
import { commands, type CommandName } from '../../ids';
import type { HeldPlace } from '../tokens/held-tokens';
import { codeSpan } from './code-span';
import { linesOf } from './document-tokens';
import { commandLink, placeIn, type TokenPlace } from './token-place';

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
  return new vscode.Hover(tokenText(found.decoded, place, nowMs), new vscode.Range(start, end));
}

/** All that a hover tells of one token; the links stand where no long list pushes them out of sight. */
export function tokenText(
  decoded: DecodedToken,
  place: TokenPlace | HeldPlace,
  nowMs: number,
): vscode.MarkdownString {
  return markdown([headLine(decoded, nowMs), linkLine(decoded, place), claimLines(decoded, nowMs)]);
}

/** Paragraphs with the links of tokens, in which nothing else is active. */
export function markdown(paragraphs: readonly string[]): vscode.MarkdownString {
  const content = new vscode.MarkdownString(paragraphs.filter((part) => part !== '').join('\n\n'));
  const enabledCommands = [commands.inspectTokenAt, commands.copyClaimsAt, commands.verifyTokenAt];
  content.isTrusted = { enabledCommands };
  content.supportHtml = false;
  content.supportThemeIcons = false;
  return content;
}

export function linkLine({ encrypted }: DecodedToken, place: TokenPlace | HeldPlace): string {
  const link = (title: string, name: CommandName) => `[${title}](${commandLink(name, place)})`;
  const links = [
    link(vscode.l10n.t('Inspect'), 'inspectTokenAt'),
    ...(encrypted
      ? []
      : [link(vscode.l10n.t('Copy Claims'), 'copyClaimsAt'), link(vscode.l10n.t('Verify'), 'verifyTokenAt')]),
  ];
  return links.join(' · ');
}

/** Kind, user, client and time left. */
export function headLine(decoded: DecodedToken, nowMs: number): string {
  const { kind, user, client, time } = tellToken(decoded, nowMs);
  const parts = [`**${kind}**`];
  if (user !== undefined) parts.push(codeSpan(user));
  if (client !== undefined) parts.push(vscode.l10n.t('client {0}', codeSpan(client)));
  if (time !== undefined) parts.push(time);
  if (decoded.encrypted) parts.push(vscode.l10n.t('only Cognito can read it'));
  return parts.join(' · ');
}

function claimLines(decoded: DecodedToken, nowMs: number): string {
  const { client } = tellToken(decoded, nowMs);
  const isTold = (name: string): boolean =>
    (name === 'aud' || name === 'client_id') && client !== undefined && isOnly(decoded.claims[name], client);
  return MAIN.filter((name) => Object.hasOwn(decoded.claims, name) && !isTold(name))
    .map((name) => `- ${codeSpan(name)} ${codeSpan(shown(decoded, name, nowMs))}`)
    .join('\n');
}

const isOnly = (value: unknown, text: string): boolean =>
  value === text || (Array.isArray(value) && value.length === 1 && value[0] === text);

function shown({ claims, rawJson }: DecodedToken, name: string, nowMs: number): string {
  const value = claims[name];
  if (typeof value === 'string') return value;
  const moment = TIMES.has(name) ? timeOf(value) : undefined;
  return (moment !== undefined && formatMoment(moment, nowMs)) || (rawJson[name] ?? String(value));
}
