import type { Connection } from '../connection/model';
import type { IdentityKind } from '../session/keys';

/** What a button of an explanation does; the host maps each to a command. */
export type ActionId =
  | 'sign-in-again'
  | 'retry'
  | 'sign-in-with-srp'
  | 'sign-in-with-password'
  | 'set-client-secret'
  | 'remove-client-secret'
  | 'edit-connection'
  | 'refresh-credentials'
  | 'copy-cli-command'
  | 'open-likely-locations'
  | 'show-log'
  | 'check-clock'
  | 'start-sandbox'
  | 'add-connection'
  | 'sign-in-in-browser'
  | 'sign-in-with-choice'
  | 'sign-in-with-custom'
  | 'sign-up'
  | 'confirm-sign-up'
  | 'resend-code'
  | 'reset-password'
  | 'set-up-mfa'
  | 'copy-callback-addresses'
  | 'choose-role'
  | 'sign-in-as-guest'
  | 'sign-in-with-provider'
  | 'sign-in-as-developer'
  | 'manage-developer-identities'
  | 'find-cause'
  | 'set-aws-profile'
  | 'use-enhanced-flow'
  | 'use-basic-flow'
  | 'show-details';

export interface PossibleCause {
  readonly text: string;
  /** Row of the error table that this cause stands for. */
  readonly row?: string | undefined;
}

export interface Detail {
  readonly label: string;
  readonly value: string;
}

/** An error in words. Plain text throughout (never markup), free of secrets, and survives `JSON.stringify`. */
export interface Explanation {
  /** Row of the error table (`A1`, `C65`, `E109`), or `N.…` for the product's own codes, `S.…` for a service's code. */
  readonly id: string;
  /** What happened, in a few words. */
  readonly title: string;
  readonly why: string;
  /** What to do. */
  readonly fix: string;
  /** `fix` does nothing but list `locations`: whoever shows them as links needs no such sentence beside. */
  readonly fixIsLocations?: boolean | undefined;
  /** The first is the primary one. */
  readonly actions: readonly ActionId[];
  /** Most likely first. */
  readonly possibleCauses?: readonly PossibleCause[] | undefined;
  /** For `copy-cli-command`: this connection's ids filled in, quoted for a POSIX shell. */
  readonly cliCommand?: string | undefined;
  /** For `open-likely-locations`: `s3://` addresses to try instead. */
  readonly locations?: readonly string[] | undefined;
  /** Operation, code, request id, raw message and the ids that were involved. */
  readonly details: readonly Detail[];
}

/** What the caller knows around the error. The more of it, the more exact the sentences. */
export interface ErrorContext {
  readonly connection?: Connection | undefined;
  readonly username?: string | undefined;
  /** Failed sign-ins in a row of this user, this one included. */
  readonly failedAttempts?: number | undefined;
  readonly identityId?: string | undefined;
  /** Decoded claims of the ID token, unverified. */
  readonly tokenClaims?: Readonly<Record<string, unknown>> | undefined;
  readonly nowMs: number;
  /** The `Date` header of an answer, in milliseconds; taken from the error where it carries one. */
  readonly serverDateMs?: number | undefined;
  readonly bucket?: string | undefined;
  readonly prefix?: string | undefined;
  readonly key?: string | undefined;
  /** `s3://` addresses that this identity can probably open. */
  readonly likelyLocations?: readonly string[] | undefined;
  readonly roleName?: string | undefined;
  /** The role that was asked for: CustomRoleArn, or the role of the basic flow. */
  readonly roleArn?: string | undefined;
  /** Who it is about; guests and developer identities have other ways out than users. */
  readonly identityKind?: IdentityKind | undefined;
  /** What was being done, where the error does not say. */
  readonly operation?: string | undefined;
}
