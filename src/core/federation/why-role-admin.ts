import * as l10n from '@vscode/l10n';
import type { GroupFact, IdentityPoolRoles, RolePolicy } from '../admin-port';
import { type AccessRow, effectiveAccess } from './effective-access';
import { isRole } from './role';
import { chooseRole, type RoleChoice, type RoleLogin, type RoleStep } from './role-mapping';
import { checkTrust, type TrustCheck, type TrustLogin } from './trust-check';
import { type FailureCause, type RoleState } from './what-failed';
import { explainRole, parseRole, type RoleExplanation, type RoleQuestion } from './why-role';
import { explainGroups, type GroupRow } from './why-role-admin-groups';

export type { GroupRow } from './why-role-admin-groups';

/** What an administrator's credentials showed. What could not be read is undefined. */
export interface AdminRoleQuestion {
  readonly question: RoleQuestion;
  readonly login: RoleLogin;
  readonly trustLogin: TrustLogin;
  readonly roles: IdentityPoolRoles;
  /** Of a user of the user pool. */
  readonly groups?: readonly GroupFact[] | undefined;
  /** The role that the identity has, or would get. */
  readonly role?: RoleState | undefined;
  readonly rolePolicies?: readonly RolePolicy[] | undefined;
  /** Session policies of the basic flow. */
  readonly sessionPolicies?: readonly { readonly name: string; readonly document: string }[] | undefined;
  /** Of the basic flow; the enhanced flow's own where it is not given. */
  readonly sessionName?: string | undefined;
  /** `s3://` addresses, placeholders filled in. */
  readonly locations: readonly string[];
  readonly nowMs: number;
}

/** Why it is this role, with all that only an administrator can see. Plain data; sentences are localised. */
export interface AdminRoleExplanation {
  /** The answer in one sentence or two. */
  readonly summary: string;
  /** What the token alone tells. */
  readonly fromToken: RoleExplanation;
  /** In the order in which they count; empty where the login has no groups. */
  readonly groups: readonly GroupRow[];
  /** Which group wins; a second sentence where the token is older than that. Undefined without groups. */
  readonly groupsSentence?: string | undefined;
  readonly mapping: {
    readonly outcome: RoleChoice['outcome'] | 'not-used';
    readonly roleArn?: string | undefined;
    readonly steps: readonly RoleStep[];
    readonly decidedBy: string;
  };
  /** Undefined where the role could not be read. */
  readonly trust?: TrustCheck | undefined;
  /** Empty where the policies could not be read, or no location is configured. */
  readonly access: readonly AccessRow[];
  /** What the rows of `access` leave out. */
  readonly accessNote: string;
  /** Where the login gets no role: which row of the error table that is. */
  readonly cause?: FailureCause | undefined;
}

/** Extends explainRole by the groups' precedence, the pool's mapping, the role's trust policy and its permissions. */
export function explainRoleAsAdmin(admin: AdminRoleQuestion): AdminRoleExplanation {
  const fromToken = explainRole(admin.question);
  const groups = admin.groups && explainGroups(admin.groups);
  const mapping = mappingPart(admin, fromToken);
  const trust =
    admin.role?.state === 'found'
      ? checkTrust(parseRole(admin.role.role.arn)?.name ?? '', admin.role.role.trustPolicy, admin.trustLogin)
      : undefined;
  const isOutdated = groups !== undefined && groups.preferredRole !== fromToken.preferredRole;
  return {
    summary: summary(admin, fromToken, mapping, trust),
    fromToken,
    groups: groups?.rows ?? [],
    groupsSentence:
      groups && isOutdated
        ? l10n.t(
            '{0} The token says otherwise ({1}): it is older than the groups are. Refresh it.',
            groups.sentence,
            fromToken.preferredRole ?? l10n.t('no preferred role'),
          )
        : groups?.sentence,
    mapping,
    trust,
    access: accessPart(admin, fromToken),
    accessNote: l10n.t(
      'Bucket policies, permissions boundaries, policies of the organization and keys of AWS KMS are not looked at.',
    ),
    cause: causeOf(admin, mapping, trust),
  };
}

function mappingPart(
  { login, roles }: AdminRoleQuestion,
  { flow, customRole }: RoleExplanation,
): AdminRoleExplanation['mapping'] {
  if (flow === 'basic') {
    const sentence = l10n.t(
      'In the basic flow the caller names the role; the identity pool does not choose.',
    );
    return {
      outcome: 'not-used',
      roleArn: customRole,
      steps: [{ ok: 'skipped', sentence }],
      decidedBy: sentence,
    };
  }
  const { outcome, roleArn, steps, decidedBy } = chooseRole({ roles, login, customRoleArn: customRole });
  return { outcome, roleArn, steps, decidedBy };
}

function summary(
  { role }: AdminRoleQuestion,
  { received }: RoleExplanation,
  { outcome, roleArn, decidedBy }: AdminRoleExplanation['mapping'],
  trust: TrustCheck | undefined,
): string {
  const given = outcome === 'role' || outcome === 'not-used' ? roleArn : undefined;
  if (received && given !== undefined && !isRole(received, given)) {
    return l10n.t(
      'You have the role {0}, but the identity pool would now give {1}: {2} Something was changed since; new credentials will have the other role.',
      received.name,
      given,
      decidedBy,
    );
  }
  if (received && (outcome === 'role' || outcome === 'not-used')) {
    return l10n.t('You have the role {0}. {1}', received.name, decidedBy);
  }
  if (received) {
    return l10n.t(
      'You have the role {0}, but new credentials would be refused: {1}',
      received.name,
      decidedBy,
    );
  }
  if (given === undefined) return l10n.t('You get no role. {0}', decidedBy);
  if (role?.state === 'missing') return l10n.t('{0} But there is no such role in IAM.', decidedBy);
  if (trust?.allowed === false)
    return l10n.t('{0} But the role does not let you in: {1}', decidedBy, trust.sentence);
  return l10n.t('You would get the role {0}. {1}', given, decidedBy);
}

function accessPart(admin: AdminRoleQuestion, { flow }: RoleExplanation): AccessRow[] {
  const { role, rolePolicies, trustLogin, login } = admin;
  if (role?.state !== 'found' || !rolePolicies) return [];
  const isBasic = flow === 'basic';
  return effectiveAccess({
    session: {
      poolId: trustLogin.poolId,
      identityId: trustLogin.sub,
      amr: trustLogin.amr,
      roleArn: role.role.arn,
      roleId: role.role.roleId,
      sessionName: admin.sessionName,
      tags: trustLogin.needsTagSession ? trustLogin.tags : {},
      nowMs: admin.nowMs,
      isSecure: admin.question.connection.endpoints?.s3?.startsWith('http:') !== true,
    },
    rolePolicies,
    isScopedDown: login.kind === 'guest' && !isBasic,
    sessionPolicies: isBasic ? admin.sessionPolicies : undefined,
    locations: admin.locations,
  });
}

function causeOf(
  { role }: AdminRoleQuestion,
  { outcome }: AdminRoleExplanation['mapping'],
  trust: TrustCheck | undefined,
): FailureCause | undefined {
  if (outcome === 'denied') return 'C86';
  if (outcome === 'no-role' || role?.state === 'missing') return 'C78';
  return trust?.allowed === false ? trust.cause : undefined;
}
