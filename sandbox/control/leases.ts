/** Counts who uses the sandbox, so that it can end by itself after the last one left. */
export interface Leases {
  /** Takes a lease; call the answer once to give it back. */
  take(): () => void;
  readonly held: number;
  dispose(): void;
}

export interface IdleExit {
  /** How long to go on after the last lease, in seconds. */
  readonly afterSeconds: number;
  /** How long to wait for the first lease, in seconds. */
  readonly firstWithinSeconds: number;
  readonly onIdle: () => void;
}

export function createLeases(idle?: IdleExit): Leases {
  let held = 0;
  let timer: NodeJS.Timeout | undefined;
  const arm = (seconds: number): void => {
    clearTimeout(timer);
    if (idle !== undefined) timer = setTimeout(idle.onIdle, seconds * 1000);
  };
  if (idle !== undefined) arm(idle.firstWithinSeconds);
  return {
    take() {
      held += 1;
      clearTimeout(timer);
      let given = false;
      return () => {
        if (given) return;
        given = true;
        held -= 1;
        if (held === 0 && idle !== undefined) arm(idle.afterSeconds);
      };
    },
    get held() {
      return held;
    },
    dispose() {
      clearTimeout(timer);
    },
  };
}
