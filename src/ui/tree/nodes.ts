import type { ConnectionEntry, SignInMethod } from '../../core/connection/model';
import { SIGN_IN_METHODS } from '../../core/connection/schema';
import type { SessionRef } from '../../core/session/model';

const DETAIL_KINDS = [
  'id-token',
  'access-token',
  'refresh-token',
  'identity-id',
  'credentials',
  's3',
] as const;

export type DetailKind = (typeof DETAIL_KINDS)[number];

/** The tree's nodes, plain data; `tree-items.ts` draws them. */
export type PoolNode =
  /** `again` tells bad entries apart that carry one label: 1 for the second. */
  | { readonly kind: 'connection'; readonly entry: ConnectionEntry; readonly again?: number }
  | { readonly kind: 'identity'; readonly ref: SessionRef }
  | { readonly kind: 'detail'; readonly ref: SessionRef; readonly detail: DetailKind }
  | { readonly kind: 'sign-in'; readonly connectionId: string }
  | { readonly kind: 'facts'; readonly connectionId: string }
  | { readonly kind: 'fact'; readonly connectionId: string; readonly label: string; readonly value: string };

/** Stable across refreshes, so that expansion and selection survive them. */
export function nodeId(node: PoolNode): string {
  switch (node.kind) {
    case 'connection': {
      const { entry, again = 0 } = node;
      return entry.ok
        ? `connection ${entry.source} ${entry.connection.id}`
        : `problem ${entry.source} ${entry.label} ${again}`;
    }
    case 'identity':
      return `identity ${node.ref.connectionId} ${node.ref.identityKey}`;
    case 'detail':
      return `detail ${node.ref.connectionId} ${node.ref.identityKey} ${node.detail}`;
    case 'sign-in':
    case 'facts':
      return `${node.kind} ${node.connectionId}`;
    case 'fact':
      return `fact ${node.connectionId} ${node.label}`;
  }
}

/** What a command was called on, read from a tree node or from a keybinding's arguments. */
export interface CommandSubject {
  readonly connectionId?: string;
  readonly ref?: SessionRef;
  readonly detail?: DetailKind;
  readonly username?: string;
  readonly method?: SignInMethod;
  readonly address?: string;
}

export function subjectOf(argument: unknown): CommandSubject {
  if (typeof argument !== 'object' || argument === null) return {};
  const node = argument as Partial<Record<string, unknown>> & { kind?: PoolNode['kind'] };
  if (node.kind === 'connection') {
    const { ok, connection } = (node['entry'] ?? {}) as { ok?: unknown; connection?: { id?: unknown } };
    const id = ok === true ? text(connection?.id) : undefined;
    return id === undefined ? {} : { connectionId: id };
  }
  const ref = readRef(node['ref']) ?? readRef(argument);
  const connectionId = ref?.connectionId ?? text(node['connectionId']);
  const method = SIGN_IN_METHODS.find((name) => name === node['method']);
  const detail = node.kind === 'detail' ? DETAIL_KINDS.find((kind) => kind === node['detail']) : undefined;
  const username = text(node['username']);
  const address = text(node['address']);
  return {
    ...(ref ? { ref } : {}),
    ...(connectionId === undefined ? {} : { connectionId }),
    ...(detail === undefined ? {} : { detail }),
    ...(username === undefined ? {} : { username }),
    ...(method === undefined ? {} : { method }),
    ...(address === undefined ? {} : { address }),
  };
}

function readRef(value: unknown): SessionRef | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { connectionId, identityKey } = value as Partial<SessionRef>;
  return typeof connectionId === 'string' && typeof identityKey === 'string'
    ? { connectionId, identityKey }
    : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
