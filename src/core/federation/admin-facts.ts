import * as l10n from '@vscode/l10n';
import type { AdminApi, GroupFact, IdentityPoolFacts, IdentityPoolRoles, RolePolicy } from '../admin-port';
import type { Connection } from '../connection/model';
import { isServiceError, type ServiceError } from '../errors';
import type { Exchange, Session } from '../session/model';
import { usernameOf } from '../session/token-set';
import { loginFacts } from './login-facts';
import { parseRole } from './role';
import { chooseRole, type RoleChoice, type RoleLogin } from './role-mapping';
import type { TrustLogin } from './trust-check';
import { type FailureFacts, type RoleState, sessionTags } from './what-failed';
import { tagClaims } from './what-failed-tags';

export interface AdminFactsQuestion {
  readonly connection: Connection;
  /** With a login that is alive: its claims are what the identity pool decides by. */
  readonly session: Session;
  readonly identityId: string;
  readonly flow: Exchange['flow'];
  /** CustomRoleArn of the enhanced flow; the role of the basic one. */
  readonly roleArn?: string | undefined;
  /** The role that the identity has, by its ARN or that of the session; without it the one that it would get. */
  readonly received?: string | undefined;
  readonly nowMs: number;
}

/** What an administrator's credentials show of one login: pool, roles and groups. */
export interface AdminFacts {
  readonly login: RoleLogin;
  readonly trustLogin: TrustLogin;
  readonly roles: IdentityPoolRoles;
  readonly pool?: IdentityPoolFacts | undefined;
  /** Enhanced flow only. */
  readonly choice?: RoleChoice | undefined;
  readonly role?: RoleState | undefined;
  readonly otherRole?: FailureFacts['otherRole'];
  readonly rolePolicies?: readonly RolePolicy[] | undefined;
  readonly groups?: readonly GroupFact[] | undefined;
  readonly tagMap?: FailureFacts['tagMap'];
  /** What could not be read, a sentence each. Localised. */
  readonly unread: readonly string[];
}

/**
 * Asks AWS for all that decides about the role of a login. Only the roles of the identity pool must be readable: their
 * ServiceError is thrown, and whatever else AdminApi throws that is no answer of AWS. The rest is told in `unread`.
 */
export async function gatherAdminFacts(
  api: AdminApi,
  question: AdminFactsQuestion,
  signal?: AbortSignal,
): Promise<AdminFacts> {
  const { connection, session, flow, roleArn, nowMs } = question;
  const unread: string[] = [];
  const { roleLogin, amr, ownTags, hidden } = loginFacts(connection, session);
  const [roles, pool, groups] = await Promise.all([
    api.identityPoolRoles(signal),
    attempt(api.describeIdentityPool(signal), unread, l10n.t('The settings of the identity pool')),
    groupsOf(api, question, unread, signal),
  ]);
  const choice =
    flow === 'enhanced' ? chooseRole({ roles, login: roleLogin, customRoleArn: roleArn }) : undefined;
  const wanted = question.received ?? choice?.roleArn ?? (flow === 'basic' ? roleArn : undefined);
  const other = roleLogin.kind === 'guest' ? roles.authenticated : roles.unauthenticated;
  const [role, otherRole, rolePolicies, tagMap] = await Promise.all([
    wanted === undefined ? undefined : roleState(api, wanted, unread, signal),
    other === undefined || other === wanted ? undefined : roleState(api, other, [], signal),
    wanted === undefined ? undefined : policiesOf(api, wanted, unread, signal),
    tagMapOf(api, roleLogin, pool, unread, signal),
  ]);
  if (hidden && choice?.mappingKey !== undefined && roles.mappings[choice.mappingKey]?.type === 'Rules') {
    unread.push(
      l10n.t(
        'What the token of this provider says is not readable here, so rules count as if it said nothing.',
      ),
    );
  }
  const claims = roleLogin.kind === 'login' ? roleLogin.claims : {};
  const tags = ownTags ?? (tagMap === 'unread' ? undefined : tagMap ? sessionTags(tagMap, claims) : {});
  return {
    login: roleLogin,
    trustLogin: {
      poolId: connection.identityPool?.identityPoolId ?? '',
      sub: question.identityId,
      amr,
      needsTagSession: tags !== undefined && Object.keys(tags).length > 0,
      tags,
      nowMs,
    },
    roles,
    pool,
    choice,
    role,
    otherRole: otherRole?.state === 'found' ? otherRole.role : undefined,
    rolePolicies: role?.state === 'found' ? rolePolicies : undefined,
    groups,
    tagMap: tagMap === 'unread' ? undefined : tagMap,
    unread,
  };
}

/** Undefined where AWS refuses to tell; then `what` is noted with the reason. */
async function attempt<T>(
  task: Promise<T>,
  unread: string[],
  what: string,
  isNothing: (error: ServiceError) => boolean = () => false,
): Promise<T | undefined> {
  try {
    return await task;
  } catch (error) {
    if (!isServiceError(error)) throw error;
    if (!isNothing(error)) unread.push(l10n.t('{0} could not be read: {1}', what, reasonOf(error)));
    return undefined;
  }
}

function reasonOf({ awsCode, awsMessage }: ServiceError): string {
  return awsMessage === '' ? awsCode : `${awsCode}: ${awsMessage}`;
}

async function groupsOf(
  api: AdminApi,
  { connection, session }: AdminFactsQuestion,
  unread: string[],
  signal: AbortSignal | undefined,
): Promise<readonly GroupFact[] | undefined> {
  const username = connection.userPool && session.tokens && usernameOf(session.tokens);
  if (username === undefined) return undefined;
  return attempt(api.groupsOfUser(username, signal), unread, l10n.t('The groups of {0}', username));
}

async function roleState(
  api: AdminApi,
  arn: string,
  unread: string[],
  signal: AbortSignal | undefined,
): Promise<RoleState> {
  const asked = parseRole(arn);
  try {
    const role = await api.getRole(asked?.name ?? arn, signal);
    const found = parseRole(role.arn);
    if (asked && found && found.accountId !== asked.accountId) {
      const reason = l10n.t(
        "it is in account {0}, the administrator's is {1}",
        asked.accountId,
        found.accountId,
      );
      unread.push(l10n.t('The role {0} could not be read: {1}', arn, reason));
      return { state: 'unreadable', arn, reason };
    }
    // IAM finds roles by name alone; the ARN of a session does not tell the path.
    const isOther = arn.includes(':role/') && pathOf(role.arn) !== pathOf(arn);
    return isOther ? { state: 'missing', arn } : { state: 'found', role };
  } catch (error) {
    if (!isServiceError(error)) throw error;
    if (isNoRole(error)) return { state: 'missing', arn };
    const reason = reasonOf(error);
    unread.push(l10n.t('The role {0} could not be read: {1}', arn, reason));
    return { state: 'unreadable', arn, reason };
  }
}

const pathOf = (arn: string): string => arn.slice(arn.indexOf(':role/'));

const isNoRole = ({ awsCode }: ServiceError): boolean => awsCode.startsWith('NoSuchEntity');

function policiesOf(
  api: AdminApi,
  arn: string,
  unread: string[],
  signal: AbortSignal | undefined,
): Promise<readonly RolePolicy[] | undefined> {
  const name = parseRole(arn)?.name ?? arn;
  const what = l10n.t('The policies of the role {0}', name);
  return attempt(api.rolePolicies(name, signal), unread, what, isNoRole);
}

/** Attributes for access control of the login's provider; `unread` where they may be on. */
async function tagMapOf(
  api: AdminApi,
  login: RoleLogin,
  pool: IdentityPoolFacts | undefined,
  unread: string[],
  signal: AbortSignal | undefined,
): Promise<FailureFacts['tagMap'] | 'unread'> {
  if (login.kind === 'guest' || login.key === '' || login.key === pool?.developerProvider) return undefined;
  const providerName =
    pool?.oidcProviderArns.find((arn) => arn.endsWith(`:oidc-provider/${login.key}`)) ?? login.key;
  const before = unread.length;
  const map = await attempt(
    api.principalTagMap(providerName, signal),
    unread,
    l10n.t('The attributes for access control of {0}', login.key),
    ({ awsCode }) => awsCode.startsWith('ResourceNotFound'),
  );
  if (map) return Object.keys(tagClaims(map)).length > 0 ? { ...map, providerName } : undefined;
  return unread.length > before ? 'unread' : undefined;
}
