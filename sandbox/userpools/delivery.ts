import { AwsError } from '../kernel/aws-error';
import { digits } from '../kernel/random';
import type { UserPoolContext } from './context';
import type { PoolUser, UserPool } from './model';

const CODE_LIFE_MS = 24 * 3_600_000;
const SENDINGS_PER_HOUR = 5;

export interface DeliveryDetails {
  readonly Destination: string;
  readonly DeliveryMedium: 'EMAIL' | 'SMS';
  readonly AttributeName: 'email' | 'phone_number';
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
  const destination = attribute && user.attributes.get(attribute);
  if (attribute === undefined || destination === undefined) return undefined;
  const now = context.clock.now();
  const recent = user.sendings.filter((at) => now - at < 3_600_000);
  if (recent.length > SENDINGS_PER_HOUR)
    throw new AwsError('LimitExceededException', 'Attempt limit exceeded, please try after some time.');
  user.sendings.splice(0, user.sendings.length, ...recent, now);
  const medium = attribute === 'email' ? 'EMAIL' : 'SMS';
  const code = digits(6);
  user.confirmation = { code, medium, expiresAt: now + CODE_LIFE_MS, failures: 0 };
  const { username } = user;
  context.outbox.deliver({
    userPoolId: pool.id,
    username,
    medium,
    destination,
    purpose: 'confirm-sign-up',
    code,
  });
  return { Destination: masked(destination), DeliveryMedium: medium, AttributeName: attribute };
}

/** What a client is told that hides whether users exist. */
export function pretendedDelivery(typed: string): DeliveryDetails {
  const local = typed.charAt(0) || 'u';
  return { Destination: `${local}***@${local}***`, DeliveryMedium: 'EMAIL', AttributeName: 'email' };
}

/** `r***@e***`, `+*******1234` */
export function masked(destination: string): string {
  const at = destination.indexOf('@');
  if (at > 0) return `${destination.charAt(0)}***@${destination.charAt(at + 1)}***`;
  return `+${'*'.repeat(Math.max(destination.length - 5, 0))}${destination.slice(-4)}`;
}
