import type { Clock } from './types';

/** The machine's clock with an offset that the control API can move. */
export function createClock(): Clock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance(seconds) {
      offset += seconds * 1000;
    },
  };
}
