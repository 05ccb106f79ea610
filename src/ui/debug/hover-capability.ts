import type { DebugSession } from 'vscode';

/**
 * Sessions whose adapter evaluates for hovers: it takes care that nothing of the program runs then. Of others VS Code
 * itself evaluates nothing on hover. Debug Adapter Protocol, Capabilities, `supportsEvaluateForHovers`.
 */
export class HoverCapability {
  private readonly able = new WeakSet<DebugSession>();

  /** Takes any message of an adapter; what it can stands in its answer to `initialize`, or in an event. */
  note(session: DebugSession, message: unknown): void {
    const { type, command, event, body } = (message ?? {}) as Record<string, unknown>;
    const answer = type === 'response' && command === 'initialize' ? body : undefined;
    const told =
      type === 'event' && event === 'capabilities'
        ? (body as { capabilities?: unknown } | undefined)?.capabilities
        : answer;
    const { supportsEvaluateForHovers: able } = (told ?? {}) as { supportsEvaluateForHovers?: unknown };
    if (able === true) this.able.add(session);
    else if (able === false) this.able.delete(session);
  }

  has(session: DebugSession): boolean {
    return this.able.has(session);
  }
}
