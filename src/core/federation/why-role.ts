import type { Connection } from '../connection/model';
import type { IdentityKind } from '../session/keys';
import type { CallerIdentity, Exchange } from '../session/model';
import { parseRole, type RoleFacts } from './role';
import { adminOnly, summary, tokenShows } from './role-sentences';
import { roleRules, type RoleRule } from './role-rules';

export { parseRole, type RoleFacts, type RoleName } from './role';
export type { RoleFit, RoleRule, RoleRuleId } from './role-rules';

export interface RoleQuestion {
  /** Claims of the ID token that was given to the identity pool. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Who the credentials are: what GetCallerIdentity said, or the role's ARN. Without either the role is unknown. */
  readonly caller?: CallerIdentity | undefined;
  readonly roleArn?: string | undefined;
  readonly connection: Connection;
  /** A user of the user pool where it is not said. */
  readonly kind?: IdentityKind | undefined;
  /** By which the credentials came; the connection's where it is not said. */
  readonly flow?: Exchange['flow'] | undefined;
  /** The role that the person chose for this identity. */
  readonly chosenRole?: string | undefined;
}

/** What can be known without an administrator of how the role came about. Sentences are localised. */
export interface RoleExplanation extends RoleFacts {
  /** The answer in one sentence or two. */
  readonly summary: string;
  /** What the token shows, one sentence each. */
  readonly tokenShows: readonly string[];
  /** Every way in which an identity pool chooses a role, and whether it fits token and role. */
  readonly rules: readonly RoleRule[];
  /** What only an administrator can see, one sentence each. */
  readonly adminOnly: readonly string[];
}

/** Explains the role of an identity, by the role selection of its flow (Amazon Cognito developer guide, "Role-based access control"). */
export function explainRole(question: RoleQuestion): RoleExplanation {
  const { claims, connection } = question;
  const roles = strings(claims['cognito:roles']);
  const [preferredRole] = strings([claims['cognito:preferred_role']]);
  const facts: RoleFacts = {
    groups: strings(claims['cognito:groups']),
    roles,
    preferredRole,
    tie: roles.length > 0 && preferredRole === undefined,
    customRole: question.chosenRole ?? connection.identityPool?.roleArn,
    chosenBy: question.chosenRole === undefined ? 'connection' : 'person',
    kind: question.kind ?? 'user',
    flow: question.flow ?? connection.identityPool?.flow ?? 'enhanced',
    received: parseRole(question.caller?.arn ?? question.roleArn),
  };
  return {
    ...facts,
    summary: summary(facts),
    tokenShows: tokenShows(facts),
    rules: roleRules(facts),
    adminOnly: adminOnly(facts),
  };
}

function strings(value: unknown): string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.filter((item) => typeof item === 'string').filter((item) => item !== '');
}
