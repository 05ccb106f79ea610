import type { IdentityKind } from '../session/keys';
import type { Exchange } from '../session/model';

/** A role as far as it is known: STS tells account and name, a role ARN the path as well. */
export interface RoleName {
  readonly accountId: string;
  readonly name: string;
  readonly arn: string;
}

/** What token, connection and credentials say about roles. */
export interface RoleFacts {
  /** `cognito:groups`. */
  readonly groups: readonly string[];
  /** `cognito:roles`, whole ARNs. */
  readonly roles: readonly string[];
  /** `cognito:preferred_role`. */
  readonly preferredRole?: string | undefined;
  /** Roles without a preferred one: groups of equal precedence have different roles. */
  readonly tie: boolean;
  /** The role that is asked for: CustomRoleArn of the enhanced flow, the role of the basic one. */
  readonly customRole?: string | undefined;
  /** Who asks for it. */
  readonly chosenBy?: 'connection' | 'person' | undefined;
  readonly kind: IdentityKind;
  readonly flow: Exchange['flow'];
  readonly received?: RoleName | undefined;
}

/** Account and name of a role's ARN (`arn:aws:iam::…:role/path/Name`) or of an assumed role's (`arn:aws:sts::…:assumed-role/Name/session`). */
export function parseRole(arn: string | undefined): RoleName | undefined {
  if (arn === undefined) return undefined;
  const [, accountId, kind, rest] =
    /^arn:[a-z-]+:(?:iam|sts)::(\d{12}):(role|assumed-role)\/(.+)$/.exec(arn) ?? [];
  const segments = rest?.split('/') ?? [];
  const name = kind === 'role' ? segments.at(-1) : segments[0];
  return accountId !== undefined && name ? { accountId, name, arn } : undefined;
}

/** Whether both name the same role; STS does not tell a role's path, so account and name decide. */
export function isRole(received: RoleName, arn: string): boolean {
  const role = parseRole(arn);
  return role?.name === received.name && role.accountId === received.accountId;
}
