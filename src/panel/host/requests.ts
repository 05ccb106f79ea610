import * as v from 'valibot';
import type { PanelRequests, RequestName } from '../protocol';

const none = v.object({});
const field = v.picklist(['accessKeyId', 'secretAccessKey', 'sessionToken']);
const object = { bucket: v.string(), key: v.string() };

/** The page is ours, yet what comes out of a webview is checked like anything from outside. */
const schemas: { [N in RequestName]: v.GenericSchema<unknown, PanelRequests[N]['in']> } = {
  'tokens/load': none,
  'tokens/copy': v.object({
    slot: v.union([
      v.picklist(['id', 'access', 'refresh']),
      v.custom<`login-${number}`>((slot) => typeof slot === 'string' && /^login-\d+$/.test(slot)),
    ]),
    form: v.picklist(['raw', 'claims']),
  }),
  'credentials/load': none,
  'credentials/tryFlow': v.object({ flow: v.picklist(['enhanced', 'basic']) }),
  'credentials/explainAsAdmin': none,
  'credentials/findCause': none,
  'credentials/copyFinding': v.object({ what: v.picklist(['command', 'document']) }),
  'credentials/reveal': v.object({ field }),
  'credentials/copy': v.object({ field: v.union([field, v.literal('identityId')]) }),
  's3/locations': none,
  's3/list': v.object({
    bucket: v.string(),
    prefix: v.string(),
    filter: v.string(),
    continuationToken: v.optional(v.string()),
  }),
  's3/head': v.object(object),
  's3/preview': v.object({ ...object, size: v.number(), contentType: v.optional(v.string()) }),
  's3/download': v.object({ ...object, downloadId: v.string() }),
  's3/copyAddress': v.object(object),
};

/** One handler per request, so that a message without one does not compile. */
export type RequestHandlers = {
  [N in RequestName]: (
    input: PanelRequests[N]['in'],
    signal: AbortSignal,
  ) => Promise<PanelRequests[N]['out']>;
};

export function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(schemas, name);
}

/** Checks the input and calls the handler; throws ValiError on a malformed message. */
export function handleRequest<N extends RequestName>(
  handlers: RequestHandlers,
  name: N,
  input: unknown,
  signal: AbortSignal,
): Promise<PanelRequests[N]['out']> {
  const schema = schemas[name] as v.GenericSchema<unknown, PanelRequests[N]['in']>;
  return handlers[name](v.parse(schema, input), signal);
}
