import * as vscode from 'vscode';
import { connectionLabel, identityPoolRegion, userPoolRegion } from '../../core/connection/derive';
import type { ConnectionEntry } from '../../core/connection/model';
import type { Session } from '../../core/session/model';
import { formatClock, formatDate, formatTimeLeft } from '../../core/time';
import type { IdentityView } from '../../host/identities';
import { commands } from '../../ids';
import { lookOf } from '../identity-look';
import type { DetailKind, PoolNode } from './nodes';
import { nodeId } from './nodes';

export function connectionItem(node: PoolNode & { kind: 'connection' }): vscode.TreeItem {
  const { entry } = node;
  return entry.ok ? usableItem(node, entry) : problemItem(node, entry);
}

function usableItem(node: PoolNode, entry: ConnectionEntry & { ok: true }): vscode.TreeItem {
  const { connection, source, warnings } = entry;
  const label = connectionLabel(connection);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  const region = userPoolRegion(connection) ?? identityPoolRegion(connection) ?? '';
  item.id = nodeId(node);
  item.description = region;
  item.iconPath = new vscode.ThemeIcon(source === 'sandbox' ? 'beaker' : 'organization');
  const tags = [
    source === 'sandbox' ? 'sandbox' : 'editable',
    ...(connection.userPool ? ['userPool'] : []),
    ...(connection.identityPool ? ['identityPool'] : []),
  ];
  item.contextValue = `connection ${tags.join(' ')}`;
  const lines = [
    ...(connection.userPool ? [vscode.l10n.t('User pool: {0}', connection.userPool.userPoolId)] : []),
    ...(connection.userPool ? [vscode.l10n.t('App client: {0}', connection.userPool.clientId)] : []),
    ...(connection.identityPool
      ? [vscode.l10n.t('Identity pool: {0}', connection.identityPool.identityPoolId)]
      : []),
    ...warnings.map((warning) => vscode.l10n.t('Warning: {0}', warning.message)),
  ];
  item.tooltip = [label, ...lines].join('\n');
  item.accessibilityInformation = { label: vscode.l10n.t('Connection {0}, region {1}', label, region) };
  return item;
}

function problemItem(node: PoolNode, entry: ConnectionEntry & { ok: false }): vscode.TreeItem {
  const item = new vscode.TreeItem(entry.label, vscode.TreeItemCollapsibleState.None);
  const sentences = entry.problems.map((problem) => problem.message);
  item.id = nodeId(node);
  item.description = sentences[0] ?? '';
  item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  item.tooltip = [entry.label, ...sentences].join('\n');
  item.contextValue = 'problem';
  item.command = {
    command: commands.editConnection,
    title: vscode.l10n.t('Open the setting'),
    arguments: [node],
  };
  item.accessibilityInformation = {
    label: vscode.l10n.t('Connection {0} cannot be used: {1}', entry.label, sentences.join(' ')),
  };
  return item;
}

export function identityItem(node: PoolNode & { kind: 'identity' }, view: IdentityView): vscode.TreeItem {
  const look = lookOf(view, Date.now());
  const item = new vscode.TreeItem(view.name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = nodeId(node);
  item.iconPath = look.icon;
  item.description = view.active ? vscode.l10n.t('{0} · active', look.time) : look.time;
  item.tooltip = look.sentence;
  item.contextValue = `identity ${view.active ? 'active' : 'inactive'} ${view.state}`;
  item.accessibilityInformation = { label: look.sentence };
  return item;
}

const detailIcons: Record<DetailKind, string> = {
  'id-token': 'key',
  'access-token': 'key',
  'refresh-token': 'history',
  'identity-id': 'organization',
  credentials: 'shield',
  s3: 'database',
};

function detailLabel(kind: DetailKind): string {
  const labels: Record<DetailKind, string> = {
    'id-token': vscode.l10n.t('ID token'),
    'access-token': vscode.l10n.t('Access token'),
    'refresh-token': vscode.l10n.t('Refresh token'),
    'identity-id': vscode.l10n.t('Identity ID'),
    credentials: vscode.l10n.t('AWS credentials'),
    s3: 'S3',
  };
  return labels[kind];
}

/** What the tree shows of a session; it holds no secret. */
export interface Held {
  /** In the order of the chain; nothing that the session does not hold. */
  readonly kinds: readonly DetailKind[];
  /** Milliseconds, as the other times. */
  readonly tokensUntil: number | undefined;
  readonly refreshTokenSince: number | undefined;
  readonly identityId: string | undefined;
  readonly credentialsUntil: number | undefined;
  readonly roleName: string | undefined;
}

export function heldOf({ tokens, identityId, credentials, caller }: Session): Held {
  return {
    kinds: [
      ...(tokens?.idToken ? ['id-token' as const] : []),
      ...(tokens?.accessToken ? ['access-token' as const] : []),
      ...(tokens?.refreshToken ? ['refresh-token' as const] : []),
      ...(identityId ? ['identity-id' as const] : []),
      ...(credentials ? ['credentials' as const] : []),
    ],
    tokensUntil: tokens?.expiresAt,
    refreshTokenSince: tokens?.refreshTokenSince,
    identityId,
    credentialsUntil: credentials?.expiresAt,
    roleName: caller?.roleName,
  };
}

export function detailItem(
  node: PoolNode & { kind: 'detail' },
  held: Held | undefined,
  s3Locations: number,
): vscode.TreeItem {
  const label = detailLabel(node.detail);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  const { description, tooltip } = describeDetail(node.detail, held, s3Locations);
  item.id = nodeId(node);
  item.iconPath = new vscode.ThemeIcon(detailIcons[node.detail]);
  item.description = description;
  item.tooltip = tooltip;
  item.contextValue = node.detail.endsWith('-token') ? `token ${node.detail}` : node.detail;
  item.command = { command: commands.openDetail, title: vscode.l10n.t('Inspect'), arguments: [node] };
  item.accessibilityInformation = { label: `${label}, ${description}` };
  return item;
}

function describeDetail(
  kind: DetailKind,
  held: Held | undefined,
  s3Locations: number,
): { description: string; tooltip: string } {
  const same = (text: string) => ({ description: text, tooltip: text });
  switch (kind) {
    case 'id-token':
    case 'access-token':
      return same(expiryText(held?.tokensUntil));
    case 'refresh-token': {
      const since = held?.refreshTokenSince;
      return same(
        since === undefined ? vscode.l10n.t('held') : vscode.l10n.t('since {0}', formatDate(since)),
      );
    }
    case 'identity-id': {
      const id = held?.identityId ?? '';
      return {
        description: id.length > 16 ? `${id.slice(0, id.indexOf(':') + 5)}…` : id,
        tooltip: vscode.l10n.t(
          '{0}\nIAM policies and S3 prefixes name it as {1}.',
          id,
          '${cognito-identity.amazonaws.com:sub}',
        ),
      };
    }
    case 'credentials': {
      const until = expiryText(held?.credentialsUntil);
      const role = held?.roleName;
      return same(role ? `${role} · ${until}` : until);
    }
    case 's3':
      return same(
        s3Locations === 1 ? vscode.l10n.t('1 location') : vscode.l10n.t('{0} locations', s3Locations),
      );
  }
}

function expiryText(atMs: number | undefined): string {
  if (atMs === undefined) return '';
  const left = atMs - Date.now();
  if (left <= 0) return vscode.l10n.t('expired {0}', formatClock(atMs).slice(0, 5));
  if (left > 86_400_000) return formatTimeLeft(left);
  return vscode.l10n.t('expires {0}', formatClock(atMs).slice(0, 5));
}
