import type { ActionId, ErrorContext } from '../../../../../src/core/diagnosis';
import type { ServiceError } from '../../../../../src/core/errors';

/** One refusal and what must be said of it. */
export interface Expectation {
  /** Number in the error table. */
  readonly row: number;
  readonly what: string;
  readonly error: ServiceError;
  readonly context?: ErrorContext;
  readonly id?: string;
  readonly title?: readonly string[];
  readonly why?: readonly string[];
  readonly fix?: readonly string[];
  readonly causes?: readonly string[];
  readonly first: ActionId;
  readonly also?: readonly ActionId[];
  readonly cli?: readonly string[];
}

/** The same of a row that the error table has no number for; `id` without `N.account.`. */
export type AccountExpectation = Omit<Expectation, 'row' | 'what' | 'id'> & { readonly id: string };
