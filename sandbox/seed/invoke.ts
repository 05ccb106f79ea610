import type { Call, Principal, Service } from '../kernel/types';

/** Calls an operation as the administrator would, without HTTP and signature. */
export type Invoke = (service: Service, operation: string, input: object) => Promise<Record<string, unknown>>;

export function invokeAs(principal: Principal): Invoke {
  const call: Call = { requestId: 'seed', sourceIp: '127.0.0.1', principal };
  return async (service, operation, input) => {
    const run = service.operations[operation];
    if (run === undefined) throw new Error(`The seed needs ${service.name}:${operation}`);
    return (await run({ ...input }, call)) as Record<string, unknown>;
  };
}
