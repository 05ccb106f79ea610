import { AwsError } from '../kernel/aws-error';
import { isRecord } from '../kernel/input';
import type { Authorizer, Call, HttpRequest, Principal, Service, SignatureCheck } from '../kernel/types';
import { parseQueryForm } from './query-form';
import { jsonAnswer, queryAnswer } from './protocol';
import { resourceArn } from './resource-arn';
import type { Route } from './exchange';

export interface Dispatcher {
  readonly region: string;
  readonly accountId: string;
  readonly services: readonly Service[];
  readonly authorizer: Authorizer;
  readonly verify: (request: HttpRequest, service: string) => SignatureCheck;
}

const TARGETS: Readonly<Record<string, string>> = {
  AWSCognitoIdentityProviderService: 'cognito-idp',
  AWSCognitoIdentityService: 'cognito-identity',
};

/** Operations that any signed caller may use whatever the policies say, as in AWS. */
const ALWAYS_ALLOWED: ReadonlySet<string> = new Set(['GetCallerIdentity']);

/** A JSON 1.1 request, told by its X-Amz-Target. */
export function routeJson(request: HttpRequest, target: string, dispatcher: Dispatcher): Route {
  const [prefix = '', operation = ''] = target.split('.');
  const service = dispatcher.services.find(({ name }) => name === TARGETS[prefix]);
  return {
    operation: service !== undefined && Object.hasOwn(service.operations, operation) ? operation : 'Unknown',
    protocol: 'json',
    async run(requestId) {
      if (service === undefined) throw unknownOperation();
      const input = parseJson(request.body);
      return jsonAnswer(await invoke(request, service, operation, input, requestId, dispatcher));
    },
  };
}

/** A request of the query protocol (STS, IAM), told by its Action, in a form or in the query string. */
export function routeQuery(request: HttpRequest, dispatcher: Dispatcher): Route {
  const form = new URLSearchParams(
    request.method === 'POST' ? request.body.toString('utf8') : request.rawQuery,
  );
  const operation = form.get('Action') ?? '';
  const service = dispatcher.services.find(
    ({ name, operations }) => (name === 'sts' || name === 'iam') && Object.hasOwn(operations, operation),
  );
  return {
    operation: service === undefined ? 'Unknown' : operation,
    protocol: 'query',
    async run(requestId) {
      if (service === undefined)
        throw new AwsError('InvalidAction', `Could not find operation ${operation || '(none)'}`, 400);
      const input = parseQueryForm(form);
      const output = await invoke(request, service, operation, input, requestId, dispatcher);
      return queryAnswer(service.name, operation, output, requestId);
    },
  };
}

async function invoke(
  request: HttpRequest,
  service: Service,
  operation: string,
  input: Readonly<Record<string, unknown>>,
  requestId: string,
  dispatcher: Dispatcher,
): Promise<unknown> {
  const run = Object.hasOwn(service.operations, operation) ? service.operations[operation] : undefined;
  if (run === undefined) throw unknownOperation();
  const { principal } = dispatcher.verify(request, service.name);
  if (!service.unsigned.has(operation)) authorise(principal, request, service, operation, input, dispatcher);
  const call: Call = { requestId, sourceIp: request.sourceIp, principal };
  return await run(input, call);
}

function authorise(
  principal: Principal | undefined,
  request: HttpRequest,
  service: Service,
  operation: string,
  input: Readonly<Record<string, unknown>>,
  dispatcher: Dispatcher,
): void {
  const query = service.name === 'sts' || service.name === 'iam';
  if (principal === undefined) {
    throw query
      ? new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403)
      : new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 400);
  }
  if (ALWAYS_ALLOWED.has(operation)) return;
  const action = `${service.name}:${operation}`;
  const resource = resourceArn(service.name, input, dispatcher);
  const context = { 'aws:sourceip': request.sourceIp, 'aws:securetransport': 'false' };
  const { allowed, reason } = dispatcher.authorizer.decide({ principal, action, resource, context });
  if (allowed) return;
  const why =
    reason === 'explicit-deny'
      ? 'with an explicit deny in an identity-based policy'
      : reason === 'session-policy'
        ? `because no session policy allows the ${action} action`
        : `because no identity-based policy allows the ${action} action`;
  const message = `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
  throw query
    ? new AwsError('AccessDenied', message, 403)
    : new AwsError('AccessDeniedException', message, 400);
}

function parseJson(body: Buffer): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8') || '{}');
  } catch {
    parsed = undefined;
  }
  if (!isRecord(parsed))
    throw new AwsError('SerializationException', 'The request body is not a JSON object.');
  return parsed;
}

function unknownOperation(): AwsError {
  return new AwsError('UnknownOperationException', 'The operation is not known.');
}
