import { AwsError } from '../kernel/aws-error';
import { isRecord } from '../kernel/input';

export const FAULT_KINDS = ['delay', 'status', 'html', 'throttle', 'malformed', 'reset', 'truncate'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** What the next answers of an operation suffer. `value`: milliseconds of a delay, HTTP status of `status` and `html`. */
export interface Fault {
  readonly operation: string;
  readonly kind: FaultKind;
  readonly value: unknown;
}

/** The faults that tests have ordered, first in, first out, per operation (`*` meets them all). */
export class FaultBook {
  private entries: { readonly fault: Fault; left: number }[] = [];

  add(order: unknown): Fault {
    if (!isRecord(order)) throw refuse('a fault is an object with operation and kind');
    const { operation, kind, value, times = 1 } = order;
    if (typeof operation !== 'string' || operation === '') throw refuse('operation must be a name');
    const known = FAULT_KINDS.find((name) => name === kind);
    if (known === undefined) throw refuse(`kind must be one of ${FAULT_KINDS.join(', ')}`);
    if (typeof times !== 'number' || !Number.isInteger(times) || times < 1)
      throw refuse('times must be a positive integer');
    if (known === 'delay' && (typeof value !== 'number' || !(value >= 0) || value > 600_000))
      throw refuse('value of a delay is in milliseconds, at most 600000');
    if ((known === 'status' || known === 'html') && value !== undefined && !isErrorStatus(value))
      throw refuse(`value of ${known} is an HTTP status from 400 to 599`);
    const fault: Fault = { operation, kind: known, value };
    this.entries.push({ fault, left: times });
    return fault;
  }

  /** The fault that meets this request, if any; each one is counted down as it is taken. */
  take(operation: string): Fault | undefined {
    const entry = this.entries.find(({ fault }) => fault.operation === operation || fault.operation === '*');
    if (entry === undefined) return undefined;
    entry.left -= 1;
    if (entry.left === 0) this.entries = this.entries.filter((other) => other !== entry);
    return entry.fault;
  }

  pending(): readonly (Fault & { readonly times: number })[] {
    return this.entries.map(({ fault, left }) => ({ ...fault, times: left }));
  }

  clear(): void {
    this.entries = [];
  }
}

function isErrorStatus(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 400 && value <= 599;
}

function refuse(message: string): AwsError {
  return new AwsError('BadRequest', message, 400);
}
