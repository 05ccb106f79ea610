import { AwsError } from '../kernel/aws-error';
import { digits } from '../kernel/random';
import type { OutboxMessage } from '../control/outbox';
import { limitAttempts } from './attempts';
import type { UserPoolContext } from './context';
import type { CodePurpose, DeliveredTo, PoolUser, UserPool } from './model';

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
const SENDINGS_PER_HOUR = 6;
const SENDINGS_BY_PURPOSE: Readonly<Record<CodePurpose, OutboxMessage['purpose']>> = {
  'confirm-sign-up': 'confirm-sign-up',
  'reset-password': 'reset-password',
  'verify-email': 'verify-attribute',
  'verify-phone_number': 'verify-attribute',
};

export interface DeliveryDetails {
  readonly Destination: string;
  readonly DeliveryMedium: 'EMAIL' | 'SMS';
  readonly AttributeName: DeliveredTo;
}

/** Sends a confirmation code to the outbox; undefined where the pool verifies nothing that the user has. */
export function sendConfirmationCode(
  context: UserPoolContext,
  pool: UserPool,
  user: PoolUser,
): DeliveryDetails | undefined {
  // A phone is asked before an address where both are verified, as AWS does it.
  const attribute = (['phone_number', 'email'] as const).find(
    (name) => pool.settings.autoVerifiedAttributes.includes(name) && user.attributes.has(name),
  );
  return attribute && sendCode(context, pool, user, 'confirm-sign-up', attribute);
}

/** Sends a code for a purpose, which replaces the one before; `to` may be a value that the user is yet to verify. */
export function sendCode(
  context: UserPoolContext,
  pool: UserPool,
  user: PoolUser,
  purpose: CodePurpose,
  attribute: DeliveredTo,
  to = user.attributes.get(attribute),
): DeliveryDetails {
  if (to === undefined)
    throw new AwsError('InvalidParameterException', `User does not have attribute ${attribute}.`);
  const now = context.clock.now();
  limitAttempts(user, `send ${purpose}`, SENDINGS_PER_HOUR, now);
  const code = digits(6);
  const expiresAt = now + (purpose === 'reset-password' ? HOUR_MS : DAY_MS);
  user.codes.set(purpose, { code, attribute, expiresAt, failures: 0 });
  deliver(context, pool, user, attribute, to, SENDINGS_BY_PURPOSE[purpose], code, expiresAt);
  return { Destination: masked(to), DeliveryMedium: mediumOf(attribute), AttributeName: attribute };
}

/** Sends the code of a challenge, which lives as long as the challenge's session. */
export function sendSignInCode(
  context: UserPoolContext,
  pool: UserPool,
  user: PoolUser,
  medium: 'EMAIL' | 'SMS',
  options: { readonly digits: number; readonly minutes: number },
): { code: string; destination: string } {
  const attribute = medium === 'EMAIL' ? 'email' : 'phone_number';
  const to = user.attributes.get(attribute) ?? '';
  const code = digits(options.digits);
  const expiresAt = context.clock.now() + options.minutes * 60_000;
  deliver(context, pool, user, attribute, to, 'sign-in', code, expiresAt);
  return { code, destination: masked(to) };
}

function deliver(
  context: UserPoolContext,
  pool: UserPool,
  user: PoolUser,
  attribute: DeliveredTo,
  destination: string,
  purpose: OutboxMessage['purpose'],
  code: string,
  expiresAt: number,
): void {
  context.outbox.deliver({
    userPoolId: pool.id,
    username: user.username,
    medium: mediumOf(attribute),
    attribute,
    destination,
    purpose,
    code,
    expiresAt: new Date(expiresAt).toISOString(),
  });
}

function mediumOf(attribute: DeliveredTo): 'EMAIL' | 'SMS' {
  return attribute === 'email' ? 'EMAIL' : 'SMS';
}

/** What a client is told that hides whether users exist. */
export function pretendedDelivery(typed: string, medium: 'EMAIL' | 'SMS' = 'EMAIL'): DeliveryDetails {
  if (medium === 'SMS') {
    const ending = String([...typed].reduce((sum, character) => sum + character.charCodeAt(0), 1000));
    return {
      Destination: `+*******${ending.slice(-4)}`,
      DeliveryMedium: medium,
      AttributeName: 'phone_number',
    };
  }
  const local = typed.charAt(0) || 'u';
  return { Destination: `${local}***@${local}***`, DeliveryMedium: 'EMAIL', AttributeName: 'email' };
}

/** `r***@e***`, `+*******1234` */
export function masked(destination: string): string {
  const at = destination.indexOf('@');
  if (at > 0) return `${destination.charAt(0)}***@${destination.charAt(at + 1)}***`;
  return `+${'*'.repeat(Math.max(destination.length - 5, 0))}${destination.slice(-4)}`;
}
