import * as v from 'valibot';
import type { InspectorRequestName, PanelRequests, RequestName, TokenRequestName } from '../protocol';

const none = v.object({});
const field = v.picklist(['accessKeyId', 'secretAccessKey', 'sessionToken']);
const object = { bucket: v.string(), key: v.string() };
const slot = v.union([
  v.picklist(['id', 'access', 'refresh']),
  v.custom<`login-${number}`>((name) => typeof name === 'string' && /^login-\d+$/.test(name)),
]);

/** The page is ours, yet what comes out of a webview is checked like anything from outside. */
const schemas: { [N in RequestName]: v.GenericSchema<unknown, PanelRequests[N]['in']> } = {
  'tokens/load': none,
  'tokens/copy': v.object({ slot }),
  'tokens/copyAs': v.object({ slot }),
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
  'token/load': none,
  'token/reveal': none,
  'token/copy': none,
  'token/copyAs': none,
  'token/fetchKeys': none,
  'token/useKeys': v.object({ keys: v.string() }),
  'token/askCognito': none,
};

export type Handlers<Names extends RequestName> = {
  [N in Names]: (input: PanelRequests[N]['in'], signal: AbortSignal) => Promise<PanelRequests[N]['out']>;
};

/** One handler per request, so that a message without one does not compile. */
export type RequestHandlers = Handlers<InspectorRequestName>;
export type TokenRequestHandlers = Handlers<TokenRequestName>;

export function isRequestName<Names extends RequestName>(
  handlers: Handlers<Names>,
  name: string,
): name is Names {
  return Object.hasOwn(schemas, name) && Object.hasOwn(handlers, name);
}

/** Checks the input and calls the handler; throws ValiError on a malformed message. */
export function handleRequest<N extends RequestName>(
  handlers: Handlers<N>,
  name: N,
  input: unknown,
  signal: AbortSignal,
): Promise<PanelRequests[N]['out']> {
  const schema = schemas[name] as v.GenericSchema<unknown, PanelRequests[N]['in']>;
  return handlers[name](v.parse(schema, input), signal);
}
