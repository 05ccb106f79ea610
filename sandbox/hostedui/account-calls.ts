import { createHmac } from 'node:crypto';
import { isRecord } from '../kernel/input';
import type { AuthorizeRequest } from './authorize-request';
import type { Visit } from './visit';
import type { HostedUiWorld } from './world';

/** Calls one of the pool's account operations for the client of a page, secret hash included. */
export function callForUser(
  world: HostedUiWorld,
  visit: Visit,
  { client }: AuthorizeRequest,
  operation:
    'SignUp' | 'ConfirmSignUp' | 'ResendConfirmationCode' | 'ForgotPassword' | 'ConfirmForgotPassword',
  Username: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<unknown> {
  const { id: ClientId, secret } = client;
  const hash = (key: string): string =>
    createHmac('sha256', key)
      .update(Username + ClientId, 'utf8')
      .digest('base64');
  const input = { ClientId, Username, ...(secret !== undefined && { SecretHash: hash(secret) }), ...more };
  return world.call(operation, input, visit);
}

/** Sends the code of a sign-up again; answers where to. */
export async function resendConfirmation(
  world: HostedUiWorld,
  visit: Visit,
  request: AuthorizeRequest,
  typed: string,
): Promise<string | undefined> {
  return destinationOf(await callForUser(world, visit, request, 'ResendConfirmationCode', typed));
}

/** The masked address in an answer's CodeDeliveryDetails. */
export function destinationOf(answer: unknown): string | undefined {
  const details = isRecord(answer) ? answer['CodeDeliveryDetails'] : undefined;
  const destination = isRecord(details) ? details['Destination'] : undefined;
  return typeof destination === 'string' ? destination : undefined;
}
