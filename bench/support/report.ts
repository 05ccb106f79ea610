import { writeFileSync } from 'node:fs';
import { stopAll } from '../../scripts/lib/exec.mjs';

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** How it was measured, and what is in a figure and what is not. */
  readonly notes?: readonly string[];
}

/** Prints the table: the first column to the left, the others to the right. */
export function printTable({ title, columns, rows, notes = [] }: Table): void {
  const lines = [columns, ...rows].map((row) => row.map((cell) => shown(cell)));
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  console.log(`\n${title}`);
  lines.forEach((line, index) => {
    const cells = line.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    console.log(`  ${cells.join('  ')}`.trimEnd());
    if (index === 0) console.log(`  ${widths.map((width) => '─'.repeat(width)).join('  ')}`);
  });
  for (const note of notes) console.log(`  · ${note}`);
}

/**
 * Runs one measurement: prints its tables, and writes figures and notes to the file that BENCH_RESULT names, which
 * scripts/bench.mjs merges into bench/results.json.
 */
export function measure(work: () => Promise<{ tables: readonly Table[]; figures: unknown }>): void {
  void work()
    .then(({ tables, figures }) => {
      for (const table of tables) printTable(table);
      const file = process.env['BENCH_RESULT'];
      const notes = tables.flatMap((table) => table.notes ?? []);
      if (file) writeFileSync(file, JSON.stringify({ figures, notes }));
    })
    .catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    })
    .finally(() => stopAll())
    // Kept-alive connections would hold the process for some seconds more.
    .finally(() => process.exit());
}

function shown(cell: string | number): string {
  return typeof cell === 'number' ? cell.toLocaleString('en') : cell;
}
