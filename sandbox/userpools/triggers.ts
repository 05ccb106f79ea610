import { AwsError } from '../kernel/aws-error';
import { isRecord } from '../kernel/input';
import type { AppClient, PoolUser, UserPool } from './model';

export const TRIGGERS = [
  'PreSignUp',
  'PreAuthentication',
  'DefineAuthChallenge',
  'CreateAuthChallenge',
  'VerifyAuthChallengeResponse',
] as const;
export type TriggerName = (typeof TRIGGERS)[number];

/** The event of a user pool trigger, in the form that AWS gives to a Lambda function. */
export interface TriggerEvent {
  readonly version: string;
  readonly triggerSource: string;
  readonly region: string;
  readonly userPoolId: string;
  readonly userName: string;
  readonly callerContext: { readonly awsSdkVersion: string; readonly clientId: string };
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Record<string, unknown>;
}

/** A function as a pool's trigger: gives the event back, its response filled in. What it throws reaches the client. */
export type TriggerFunction = (event: TriggerEvent) => unknown;

/** The functions that triggers can name, by ARN. */
export type TriggerFunctions = Map<string, TriggerFunction>;

export function functionArn(name: string, account: { region: string; accountId: string }): string {
  return `arn:aws:lambda:${account.region}:${account.accountId}:function:${name}`;
}

interface TriggerCall {
  readonly pool: UserPool;
  readonly client: AppClient;
  readonly username: string;
  readonly source: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Readonly<Record<string, unknown>>;
}

/**
 * Calls one of a pool's triggers and answers the response that it filled in. Throws UserLambdaValidationException with
 * the function's own words, InvalidLambdaResponseException, and UnexpectedLambdaException where there is no function.
 */
export function callTrigger(
  context: { readonly functions: TriggerFunctions; readonly region: string },
  name: TriggerName,
  call: TriggerCall,
): Readonly<Record<string, unknown>> {
  const run = context.functions.get(call.pool.settings.triggers.get(name) ?? '');
  if (run === undefined)
    throw new AwsError('UnexpectedLambdaException', `${name} invocation failed due to configuration.`);
  const event: TriggerEvent = {
    version: '1',
    triggerSource: `${name}_${call.source}`,
    region: context.region,
    userPoolId: call.pool.id,
    userName: call.username,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: call.client.id },
    request: call.request,
    response: { ...call.response },
  };
  let result: unknown;
  try {
    result = run(event);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new AwsError('UserLambdaValidationException', `${name} failed with error ${text}.`);
  }
  if (!isRecord(result) || !isRecord(result['response'])) throw unrecognizable();
  return result['response'];
}

/** The user's attributes as triggers see them. */
export function triggerAttributes(user: PoolUser | undefined): Record<string, string> {
  if (user === undefined) return {};
  return {
    sub: user.sub,
    'cognito:user_status': user.status,
    ...Object.fromEntries(user.attributes),
  };
}

export function unrecognizable(): AwsError {
  return new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
}
