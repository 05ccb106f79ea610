import type { Clock } from '../kernel/types';

/** A message that a user pool would have sent by e-mail or SMS. */
export interface OutboxMessage {
  readonly userPoolId: string;
  readonly username: string;
  readonly medium: 'EMAIL' | 'SMS';
  /** Which attribute of the user's held the destination. */
  readonly attribute: 'email' | 'phone_number';
  readonly destination: string;
  readonly purpose: 'confirm-sign-up' | 'invitation' | 'sign-in' | 'reset-password' | 'verify-attribute';
  /** The code, or the temporary password of an invitation. */
  readonly code: string;
  /** ISO time by the sandbox's clock. */
  readonly expiresAt: string;
}

export interface Outbox {
  deliver(message: OutboxMessage): void;
  all(): readonly (OutboxMessage & { readonly sentAt: string })[];
  clear(): void;
}

const KEPT = 1000;

export function createOutbox(clock: Clock): Outbox {
  let messages: (OutboxMessage & { sentAt: string })[] = [];
  return {
    deliver(message) {
      messages.push({ ...message, sentAt: new Date(clock.now()).toISOString() });
      if (messages.length > KEPT) messages = messages.slice(-KEPT);
    },
    all: () => messages,
    clear() {
      messages = [];
    },
  };
}
