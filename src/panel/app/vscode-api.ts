import type { SessionRef } from '../../core/session/model';
import type { PageMessage, TabId } from '../protocol';
import type { Channel } from './rpc';

/** What outlives a hidden page: where one was, never what was seen there. */
export interface UiState {
  /** Whose page this is: what the host restores the panel by. */
  readonly ref?: SessionRef | undefined;
  readonly tab?: TabId | undefined;
  readonly address?: string | undefined;
  readonly filter?: string | undefined;
  /** The last `tabRequest` that was followed, so that a page that is made anew does not follow it again. */
  readonly tabRequestId?: number | undefined;
}

interface VsCodeApi {
  postMessage(message: PageMessage): void;
  getState(): unknown;
  setState(state: UiState): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The page's one handle to VS Code: `acquireVsCodeApi()` may be called only once per page. */
export interface Page {
  readonly channel: Channel;
  readState(): UiState;
  updateState(change: UiState): void;
}

export function connectPage(): Page {
  const api = acquireVsCodeApi();
  return {
    channel: {
      post: (message) => api.postMessage(message),
      subscribe: (listener) => {
        const onMessage = (event: MessageEvent<unknown>) => listener(event.data);
        window.addEventListener('message', onMessage);
        return () => window.removeEventListener('message', onMessage);
      },
    },
    readState: () => parseState(api.getState()),
    updateState: (change) => api.setState({ ...parseState(api.getState()), ...change }),
  };
}

/** Reads a stored state of any age; what does not fit is left out. */
export function parseState(stored: unknown): UiState {
  if (typeof stored !== 'object' || stored === null) return {};
  const { ref, tab, address, filter, tabRequestId } = stored as Record<string, unknown>;
  return {
    ref: isRef(ref) ? ref : undefined,
    tab: tab === 'tokens' || tab === 'credentials' || tab === 's3' ? tab : undefined,
    address: typeof address === 'string' ? address : undefined,
    filter: typeof filter === 'string' ? filter : undefined,
    tabRequestId: typeof tabRequestId === 'number' ? tabRequestId : undefined,
  };
}

function isRef(value: unknown): value is SessionRef {
  if (typeof value !== 'object' || value === null) return false;
  const { connectionId, identityKey } = value as Record<string, unknown>;
  return typeof connectionId === 'string' && typeof identityKey === 'string';
}
