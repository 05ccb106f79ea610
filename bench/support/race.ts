import assert from 'node:assert/strict';
import type { SandboxControl } from '../../test/support/sandbox';
import type { Table } from './report';
import { spreadOf, spreadText, type Spread } from './stats';

export interface Contestant {
  readonly name: string;
  /** Before each run, not timed. */
  readonly prepare?: () => Promise<unknown> | void;
  /** What is timed. May answer how much of it was spent waiting for requests, in milliseconds. */
  readonly run: () => Promise<number | undefined | void> | void;
}

export interface Placing {
  readonly name: string;
  readonly total: Spread;
  readonly inRequests: Spread | undefined;
  /** Requests of one run, as the sandbox counted them; the same in each run. */
  readonly requests: Readonly<Record<string, number>>;
}

/**
 * One untimed run each, then `rounds` rounds in which each has its turn, in an order that changes from round to round.
 * With the control of a sandbox the requests are counted.
 */
export async function race(
  contestants: readonly Contestant[],
  rounds: number,
  control?: SandboxControl,
): Promise<Placing[]> {
  const seen = new Map(
    contestants.map(({ name }) => [
      name,
      {
        totals: [] as number[],
        inRequests: [] as number[],
        requests: undefined as Placing['requests'] | undefined,
      },
    ]),
  );
  for (let round = -1; round < rounds; round += 1) {
    const first = Math.max(0, round) % contestants.length;
    for (const contestant of [...contestants.slice(first), ...contestants.slice(0, first)]) {
      const { totals, inRequests, requests } = seen.get(contestant.name)!;
      await contestant.prepare?.();
      await control?.resetRequests();
      const started = performance.now();
      const waited = await contestant.run();
      const took = performance.now() - started;
      const counted = control ? await countOf(control) : {};
      if (requests)
        assert.deepEqual(counted, requests, `${contestant.name} sends the same requests each time`);
      seen.get(contestant.name)!.requests = counted;
      if (round < 0) continue;
      totals.push(took);
      if (waited !== undefined) inRequests.push(waited);
    }
  }
  return contestants.map(({ name }) => {
    const { totals, inRequests, requests = {} } = seen.get(name)!;
    return {
      name,
      total: spreadOf(totals),
      inRequests: inRequests.length > 0 ? spreadOf(inRequests) : undefined,
      requests,
    };
  });
}

/** Ours against the floor is only a comparison while both send the same. */
export function sameRequests(placings: readonly Placing[]): void {
  const [first, ...others] = placings.map(({ requests }) => JSON.stringify(requests));
  if (placings.some(({ requests }) => sum(requests) === 0) || others.some((other) => other !== first)) {
    throw new Error(`The contestants send different requests: ${[first, ...others].join(' / ')}`);
  }
}

/** Requests by operation since the last reset. */
export async function countOf(control: SandboxControl): Promise<Record<string, number>> {
  const counts = Object.entries(await control.requests()).filter(([, count]) => count > 0);
  return Object.fromEntries(counts.sort(([a], [b]) => a.localeCompare(b)));
}

export function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

/** The columns of requests only where somebody measured them. */
export function raceTable(title: string, placings: readonly Placing[], notes: readonly string[] = []): Table {
  const split = placings.some(({ inRequests }) => inRequests !== undefined);
  const counted = placings.some(({ requests }) => sum(requests) > 0);
  return {
    title,
    columns: ['', 'total, ms', ...(split ? ['in requests, ms'] : []), ...(counted ? ['requests'] : [])],
    rows: placings.map(({ name, total, inRequests, requests }) => [
      name,
      spreadText(total),
      ...(split ? [inRequests ? spreadText(inRequests) : ''] : []),
      ...(counted ? [sum(requests)] : []),
    ]),
    notes,
  };
}
