import * as l10n from '@vscode/l10n';
import type { IdentityPoolRoles, PrincipalTagMap, RoleFact } from '../admin-port';
import { partitionOf } from '../connection/ids';
import { parseRole } from './role';
import type { RoleChoice } from './role-mapping';
import { checkTrust, type TrustCause, type TrustCheck } from './trust-check';
import { correctedTrust, freshTrust } from './trust-check-correct';
import { regionOf, type TrustLogin } from './trust-check-request';
import * as cli from './what-failed-cli';
import { byReplay, type Replay } from './what-failed-replay';
import { tagClaims, tagProblem } from './what-failed-tags';

export type { CommandTarget } from './what-failed-cli';
export type { Replay } from './what-failed-replay';
export { sessionTags, tagProblem } from './what-failed-tags';

/** Rows of the error table; `C86` is the pool's own refusal, `other` a reason that has no row. */
export type FailureCause = TrustCause | 'C78' | 'C84' | 'C86';

/** What IAM says of the role that the pool would give. */
export type RoleState =
  | { readonly state: 'found'; readonly role: RoleFact }
  | { readonly state: 'missing'; readonly arn: string }
  /** The administrator may not read it. `reason` is for people. */
  | { readonly state: 'unreadable'; readonly arn: string; readonly reason: string };

export interface FailureFacts {
  readonly target: cli.CommandTarget;
  readonly login: TrustLogin;
  /** What an administrator sees; all undefined without one. */
  readonly roles?: IdentityPoolRoles | undefined;
  /** What chooseRole made of `roles` for this login. */
  readonly choice?: RoleChoice | undefined;
  readonly role?: RoleState | undefined;
  /** The pool's default role for the other kind of user: tells whether the two are swapped. */
  readonly otherRole?: RoleFact | undefined;
  /** Of the login's provider. The tags themselves are in `login`. */
  readonly tagMap?: (PrincipalTagMap & { readonly providerName: string }) | undefined;
  /** What STS said when the basic flow was tried. */
  readonly replay?: Replay | undefined;
}

export interface FailureFinding {
  /** Undefined where nothing was found. */
  readonly cause?: FailureCause | undefined;
  /** False where others are possible as well. */
  readonly certain: boolean;
  /** What was found, and what was expected. Localised. */
  readonly sentence: string;
  /** What to do. Localised. */
  readonly fix: string;
  /** AWS CLI, quoted for a POSIX shell: makes the change, or shows more where the change is not known. */
  readonly command?: string | undefined;
  /** The corrected trust policy, indented, where that is the change. */
  readonly document?: string | undefined;
  readonly trust?: TrustCheck | undefined;
  /** STS's own words, which the enhanced flow hides. */
  readonly stsSaid?: string | undefined;
}

/** Which of the causes it is that an identity pool hides behind InvalidIdentityPoolConfigurationException (error rows 78 to 85). */
export function whatFailed(facts: FailureFacts): FailureFinding {
  const found =
    byChoice(facts) ??
    byRole(facts) ??
    byTags(facts) ??
    byReplay(facts.target, facts.replay) ??
    nothing(facts);
  const { replay } = facts;
  return replay?.outcome === 'refused'
    ? { ...found, stsSaid: `${replay.awsCode}: ${replay.awsMessage}` }
    : found;
}

function byChoice({ choice, roles, target, login }: FailureFacts): FailureFinding | undefined {
  if (!choice || !roles || choice.outcome === 'role') return undefined;
  if (choice.outcome === 'denied') {
    return {
      cause: 'C86',
      certain: true,
      sentence: choice.decidedBy,
      fix: l10n.t(
        'Change the role mapping of the identity pool, or what the token says. The command shows the mapping.',
      ),
      command: cli.showIdentityPoolRoles(target),
    };
  }
  const kind = login.amr.includes('unauthenticated') ? 'unauthenticated' : 'authenticated';
  const arn = `arn:${partitionOf(regionOf(target)).partition}:iam::${accountOf(roles)}:role/ROLE-NAME`;
  return {
    cause: 'C78',
    certain: true,
    sentence: choice.decidedBy,
    fix: l10n.t(
      'Attach a role to the identity pool: put its name in place of ROLE-NAME. The command repeats what is set already.',
    ),
    command: cli.setIdentityPoolRoles(target, { ...roles, [kind]: arn }),
  };
}

function accountOf({ authenticated, unauthenticated, mappings }: IdentityPoolRoles): string {
  const arns = Object.values(mappings).flatMap(({ rules }) => rules.map(({ roleArn }) => roleArn));
  const accounts = [authenticated, unauthenticated, ...arns].map((arn) => parseRole(arn)?.accountId);
  return accounts.find((account) => account !== undefined) ?? 'ACCOUNT-ID';
}

function byRole(facts: FailureFacts): FailureFinding | undefined {
  const { role, target, login } = facts;
  switch (role?.state) {
    case undefined:
    case 'unreadable':
      return undefined;
    case 'missing':
      return missingRole(target, login, role.arn);
    case 'found':
      return otherPartition(facts, role.role) ?? byTrust(facts, role.role);
  }
}

function missingRole(target: cli.CommandTarget, login: TrustLogin, arn: string): FailureFinding {
  const { name, path } = nameAndPath(arn);
  return {
    cause: 'C78',
    certain: true,
    sentence: l10n.t('The identity pool gives the role {0}, and there is no such role in IAM.', arn),
    fix: l10n.t(
      'Create the role again with a trust policy that fits (the command does; its permissions must be added), or attach another one to the identity pool.',
    ),
    command: cli.createRole(target, { name, path }, freshTrust(login)),
    document: indented(freshTrust(login)),
  };
}

function otherPartition(
  { target, roles, choice }: FailureFacts,
  { arn }: RoleFact,
): FailureFinding | undefined {
  const { partition } = partitionOf(regionOf(target));
  const given = choice?.roleArn ?? arn;
  if (given.startsWith(`arn:${partition}:`) || roles === undefined) return undefined;
  return {
    cause: 'C85',
    certain: true,
    sentence: l10n.t(
      'The role {0} is of another partition; roles of region {1} begin with {2}.',
      given,
      regionOf(target),
      `arn:${partition}:`,
    ),
    fix: l10n.t('Attach a role of this partition. The command repeats everything with its ARNs corrected.'),
    command: cli.setIdentityPoolRoles(target, inPartition(roles, partition)),
  };
}

function inPartition(roles: IdentityPoolRoles, partition: string): IdentityPoolRoles {
  return JSON.parse(
    JSON.stringify(roles).replace(/"arn:aws[a-z-]*:iam:/g, `"arn:${partition}:iam:`),
  ) as IdentityPoolRoles;
}

function byTrust(facts: FailureFacts, role: RoleFact): FailureFinding | undefined {
  const { target, login } = facts;
  const { name } = nameAndPath(role.arn);
  const trust = checkTrust(name, role.trustPolicy, login);
  if (trust.allowed === true) return undefined;
  const found = { cause: trust.cause, certain: trust.allowed === false, trust };
  const sentence = l10n.t('Role {0}: {1}', name, trust.sentence);
  const swapped = trust.cause === 'C82' ? swappedRoles(facts, role) : undefined;
  if (swapped) {
    return {
      ...found,
      sentence: l10n.t('{0} The two roles of the identity pool are swapped.', sentence),
      fix: l10n.t(
        'Swap the authenticated and the unauthenticated role; the command repeats everything else.',
      ),
      command: cli.setIdentityPoolRoles(target, swapped),
    };
  }
  const corrected = correctedTrust(role.trustPolicy, login);
  if (corrected === undefined) {
    return {
      ...found,
      sentence,
      fix: l10n.t('Change the trust policy of the role by hand; the command shows it.'),
      command: cli.showTrust(target, name),
    };
  }
  return {
    ...found,
    sentence,
    fix: l10n.t('Replace the trust policy of the role by the corrected one; the command does that.'),
    command: cli.updateTrust(target, name, corrected),
    document: indented(corrected),
  };
}

/** The pool's roles the other way round, where each trusts the other kind of user. */
function swappedRoles(
  { roles, otherRole, login }: FailureFacts,
  role: RoleFact,
): IdentityPoolRoles | undefined {
  if (!roles || !otherRole) return undefined;
  const { authenticated, unauthenticated } = roles;
  const areTheTwo =
    [authenticated, unauthenticated].includes(role.arn) &&
    [authenticated, unauthenticated].includes(otherRole.arn) &&
    role.arn !== otherRole.arn;
  const fits = checkTrust('', otherRole.trustPolicy, login).allowed === true;
  return areTheTwo && fits
    ? { ...roles, authenticated: unauthenticated, unauthenticated: authenticated }
    : undefined;
}

function byTags({ login, tagMap, target }: FailureFacts): FailureFinding | undefined {
  const problem = login.needsTagSession && login.tags ? tagProblem(login.tags) : undefined;
  if (!problem) return undefined;
  const kept =
    tagMap &&
    Object.fromEntries(Object.entries(tagClaims(tagMap)).filter(([tag]) => !problem.leaveOut.includes(tag)));
  return {
    cause: 'C84',
    certain: true,
    sentence: problem.sentence,
    fix: l10n.t(
      'Make the claims shorter, or leave tags out: without {0} the rest is accepted.',
      problem.leaveOut.join(', '),
    ),
    command: tagMap && kept && cli.setPrincipalTags(target, tagMap.providerName, kept),
  };
}

function nothing({ roles, role, target }: FailureFacts): FailureFinding {
  if (role?.state === 'unreadable') {
    return {
      certain: false,
      sentence: l10n.t('The role {0} could not be read: {1}', role.arn, role.reason),
      fix: l10n.t('Run the command with credentials that may read the role.'),
      command: cli.showTrust(target, nameAndPath(role.arn).name),
    };
  }
  return {
    certain: false,
    sentence:
      roles === undefined
        ? l10n.t(
            "Without an administrator's credentials, and without the basic flow, the cause cannot be seen.",
          )
        : l10n.t('The roles of the identity pool, the trust policy and the tags fit this login.'),
    fix:
      roles === undefined
        ? l10n.t('Run the command with credentials that may read the identity pool.')
        : l10n.t('Try again: changes of IAM take some seconds to be seen everywhere.'),
    command: cli.showIdentityPoolRoles(target),
  };
}

function nameAndPath(arn: string): { readonly name: string; readonly path: string } {
  const [, path = '/', name = arn] = /:role(\/.*?\/|\/)([^/]+)$/.exec(arn) ?? [];
  return { name, path };
}

function indented(document: string): string {
  return JSON.stringify(JSON.parse(document), undefined, 2);
}
