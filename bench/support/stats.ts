/** Milliseconds or another unit, of several runs. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
}

/** Median and range; the mean is not given, since one hiccup of the machine spoils it. */
export function spreadOf(samples: readonly number[]): Spread {
  if (samples.length === 0) throw new Error('There is nothing to summarise.');
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: round((at(Math.floor(middle)) + at(Math.ceil(middle))) / 2),
    min: round(at(0)),
    max: round(at(sorted.length - 1)),
    runs: sorted.length,
  };
}

/** `12.3 (10.9–15.0)` */
export function spreadText({ median, min, max }: Spread): string {
  const text = (value: number): string => value.toFixed(1);
  return `${text(median)} (${text(min)}–${text(max)})`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
