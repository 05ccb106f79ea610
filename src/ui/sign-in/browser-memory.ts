import type { StateStore } from '../../core/ports';
import type { CallbackMode } from '../../core/signin/hosted-ui';

const key = 'browserSignIn';
const longest = 8;

/** What is remembered of a connection's sign-ins in the browser; nothing secret. */
export interface BrowserHabits {
  /** The way back that worked last. */
  readonly mode?: CallbackMode | undefined;
  /** Identity providers that were named, the latest first. */
  readonly providers: readonly string[];
  /** There was a sign-in, so the browser may still know who it was. */
  readonly used: boolean;
  /** Scopes that the app asked for as itself. */
  readonly appScopes?: string | undefined;
}

/** Habits by connection, in globalState. What stands there is read as if a stranger had written it. */
export class BrowserMemory {
  constructor(private readonly state: StateStore) {}

  of(connectionId: string): BrowserHabits {
    const { mode, providers, used, appScopes } = record(record(this.state.get(key))[connectionId]);
    const names = Array.isArray(providers) ? providers.filter((name) => typeof name === 'string') : [];
    return {
      mode: mode === 'loopback' || mode === 'uri' || mode === 'paste' ? mode : undefined,
      providers: names.slice(0, longest),
      used: used === true,
      appScopes: typeof appScopes === 'string' ? appScopes : undefined,
    };
  }

  async change(connectionId: string, change: Partial<BrowserHabits>): Promise<void> {
    const habits = { ...this.of(connectionId), ...change };
    await this.state.update(key, { ...record(this.state.get(key)), [connectionId]: habits });
  }

  async rememberProvider(connectionId: string, name: string): Promise<void> {
    const others = this.of(connectionId).providers.filter((known) => known !== name);
    await this.change(connectionId, { providers: [name, ...others].slice(0, longest) });
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
