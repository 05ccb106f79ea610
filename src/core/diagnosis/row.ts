import type { ServiceName } from '../errors';
import type { ActionId, Detail, PossibleCause } from './types';
import type { Case } from './case';

/** The words of an explanation, before details and availability of actions are added. */
export interface Words {
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly fixIsLocations?: boolean | undefined;
  readonly actions: readonly ActionId[];
  readonly possibleCauses?: readonly (PossibleCause | undefined)[] | undefined;
  readonly cliCommand?: string | undefined;
  readonly details?: readonly Detail[] | undefined;
}

/** One row of the error table. All conditions that are given must hold; within a list one is enough. */
export interface Row {
  readonly id: string;
  readonly services?: readonly ServiceName[];
  readonly operations?: readonly string[];
  /** Without `Exception`. */
  readonly codes?: readonly string[];
  /** Lower case, straight apostrophes. */
  readonly fragments?: readonly string[];
  readonly when?: (c: Case) => boolean;
  readonly say: (c: Case) => Words;
}

/** The first row that fits an answer of a service. */
export function findRow(rows: readonly Row[], c: Case): Row | undefined {
  return rows.find((row) => matches(row, c));
}

function matches(row: Row, c: Case): boolean {
  const service = c.service;
  if (!service) return false;
  return (
    (row.services?.includes(service.service) ?? true) &&
    (row.operations?.includes(service.operation) ?? true) &&
    (row.codes?.includes(c.code) ?? true) &&
    (row.fragments?.some((fragment) => c.text.includes(fragment)) ?? true) &&
    (row.when?.(c) ?? true)
  );
}
