import type { SandboxLog } from '../kernel/sandbox-log';
import type { AccessDecision, Authorizer, Clock, Service } from '../kernel/types';
import { attachmentOperations } from './attachment-operations';
import { createAuthorizer, timeKeys } from './authorizer';
import { awsManagedPolicies } from './aws-managed-policies';
import { conditionContext, type ContextValues } from './condition-context';
import { evaluatePolicies } from './evaluator';
import { managedPolicyOperations } from './managed-policy-operations';
import { ManagedPolicyStore } from './managed-policy-store';
import { oidcProviderOperations } from './oidc-provider-operations';
import { type OidcProvider, ProviderStore, type SamlProvider } from './provider-store';
import { roleOperations } from './role-operations';
import { rolePolicyOperations } from './role-policy-operations';
import { type Role, RoleStore } from './role-store';
import { samlProviderOperations } from './saml-provider-operations';

export interface IamOptions {
  readonly clock: Clock;
  readonly accountId: string;
  readonly log: SandboxLog;
}

export interface Iam {
  readonly service: Service;
  readonly authorizer: Authorizer;
  findRole(arn: string): Role | undefined;
  /** By ARN, or by the issuer's address with or without its scheme. */
  findOidcProvider(arnOrUrl: string): OidcProvider | undefined;
  findSamlProvider(arn: string): SamlProvider | undefined;
  /** The text of a managed policy's default version. */
  managedPolicyText(arn: string): string | undefined;
  /**
   * Whether the role's trust policy lets a federated principal (`cognito-identity.amazonaws.com`) take it with this
   * action (`sts:AssumeRoleWithWebIdentity`), given the condition keys of the login.
   */
  evaluateTrust(
    roleArn: string,
    federatedPrincipal: string,
    action: string,
    context: ContextValues,
  ): AccessDecision;
}

/** Roles, their policies, and all decisions about them. */
export function createIam(options: IamOptions): Iam {
  const { clock, log } = options;
  const roles = new RoleStore();
  const providers = new ProviderStore();
  const policies = new ManagedPolicyStore(awsManagedPolicies());
  return {
    service: {
      name: 'iam',
      operations: {
        ...roleOperations(roles, options),
        ...rolePolicyOperations(roles),
        ...managedPolicyOperations({ ...options, roles, policies }),
        ...attachmentOperations(roles, policies),
        ...oidcProviderOperations(providers, options),
        ...samlProviderOperations(providers, options),
      },
      unsigned: new Set(),
    },
    authorizer: createAuthorizer({ roles, policies, clock, log }),
    findRole: (arn) => roles.findByArn(arn),
    findOidcProvider: (arnOrUrl) => providers.findOidc(arnOrUrl),
    findSamlProvider: (arn) => providers.findSaml(arn),
    managedPolicyText: (arn) => policies.current(arn)?.text,
    evaluateTrust(roleArn, federatedPrincipal, action, context) {
      const role = roles.findByArn(roleArn);
      if (role === undefined) {
        return { allowed: false, reason: 'implicit-deny' };
      }
      return evaluatePolicies(
        { policies: [role.trust.policy] },
        {
          action,
          principal: { type: 'Federated', id: federatedPrincipal },
          context: conditionContext(timeKeys(clock), context),
          log,
        },
      );
    },
  };
}
