import { identityPoolRegion, loginKeyOf, userPoolRegion } from '../connection/derive';
import type { ErrorData, ServiceError } from '../errors';
import type { ErrorContext } from './types';
import type { ClockSkew } from './skew';
import { measureSkew } from './skew';

/** An error together with everything that the rows want to know about it. */
export interface Case {
  readonly context: ErrorContext;
  readonly data: ErrorData;
  /** The service's answer, if it is one. */
  readonly service?: ServiceError | undefined;
  /** Operation name, of the error or of the context. */
  readonly operation: string;
  /** The service's code without prefix and without `Exception`; HEAD answers, which have none, by their status. */
  readonly code: string;
  /** The service's text in lower case with straight apostrophes, for matching only. */
  readonly text: string;
  readonly username?: string | undefined;
  readonly region?: string | undefined;
  readonly userPoolId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly hasClientSecret: boolean;
  readonly identityPoolId?: string | undefined;
  readonly identityRegion?: string | undefined;
  /** Key of the Logins map that this connection uses. */
  readonly loginKey?: string | undefined;
  readonly token: TokenFacts;
  readonly skew?: ClockSkew | undefined;
}

/** The claims that decide whether a token is accepted. */
export interface TokenFacts {
  readonly known: boolean;
  readonly iss?: string | undefined;
  /** `aud` of an ID token, `client_id` of an access token. */
  readonly client?: string | undefined;
  readonly use?: string | undefined;
  readonly sub?: string | undefined;
  /** Milliseconds. */
  readonly exp?: number | undefined;
}

/** Gathers the facts. `service` is given for answers of a service, `data` for all errors. */
export function makeCase(context: ErrorContext, data: ErrorData, service?: ServiceError): Case {
  const { connection } = context;
  const userPool = connection?.userPool;
  const serverDate = context.serverDateMs ?? number(data['serverDateMs']);
  return {
    context,
    data,
    service,
    operation: service?.operation ?? string(data['operation']) ?? context.operation ?? '',
    code: service ? plainCode(service) : '',
    text: (service?.awsMessage ?? '').toLowerCase().replaceAll('’', "'"),
    username: context.username,
    region: connection && userPoolRegion(connection),
    userPoolId: userPool?.userPoolId,
    clientId: userPool?.clientId,
    hasClientSecret: userPool?.hasClientSecret ?? false,
    identityPoolId: connection?.identityPool?.identityPoolId,
    identityRegion: connection && identityPoolRegion(connection),
    loginKey: connection && loginKeyOf(connection),
    token: tokenFacts(context.tokenClaims),
    skew: serverDate === undefined ? undefined : measureSkew(serverDate, context.nowMs),
  };
}

/** A guest, as far as it can be told: nobody's name and nobody's token is at hand. */
export function isGuest(c: Case): boolean {
  const kind = c.context.identityKind;
  return kind === undefined ? c.username === undefined && !c.token.known : kind === 'guest';
}

/** ARN of the role that was asked for, here or in the connection. */
export function requestedRole(c: Case): string | undefined {
  return c.context.roleArn ?? c.context.connection?.identityPool?.roleArn;
}

/** Some refresh of the tokens was under way (by either operation). */
export function isRefresh(c: Case): boolean {
  if (c.operation === 'GetTokensFromRefreshToken') return true;
  const flow = string(c.data['flow']) ?? string(c.data['authFlow']) ?? '';
  return flow.startsWith('REFRESH_TOKEN') || /refresh/i.test(c.context.operation ?? '');
}

/** `data`'s member if it is a text that says something. */
export function textOf(c: Case, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = c.data[name];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}

export function string(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** HEAD answers have no body, so that the SDK can only name their status. */
const codeOfStatus: Readonly<Record<number, string>> = {
  301: 'PermanentRedirect',
  403: 'AccessDenied',
  404: 'NotFound',
};

function plainCode(error: ServiceError): string {
  const code = error.awsCode.slice(error.awsCode.lastIndexOf('#') + 1).split(':')[0] ?? '';
  const status = number(error.data['status']);
  if (error.service === 's3' && /^(|Unknown|UnknownError|Forbidden|Error|\d{3})$/.test(code)) {
    return codeOfStatus[status ?? (/^\d{3}$/.test(code) ? Number(code) : 0)] ?? code;
  }
  return code.replace(/Exception$/, '');
}

function tokenFacts(claims: Readonly<Record<string, unknown>> | undefined): TokenFacts {
  const exp = number(claims?.['exp']);
  const audience: unknown = claims?.['aud'];
  const first: unknown = Array.isArray(audience) ? audience[0] : audience;
  return {
    known: claims !== undefined,
    iss: string(claims?.['iss']),
    client: string(first) ?? string(claims?.['client_id']),
    use: string(claims?.['token_use']),
    sub: string(claims?.['sub']),
    exp: exp === undefined ? undefined : exp * 1000,
  };
}
