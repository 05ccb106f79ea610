import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import type { AdminKeys } from '../core/admin-credentials';
import type { RolePolicy, RoleReadApi } from '../core/admin-port';
import { WorkbenchError } from '../core/errors';
import type { AdminCaller } from './admin';
import { allPages } from './admin-pages';
import type { Place } from './call';
import { clientOptions } from './call';

/** Roles with their policies. IAM is one service for all regions. https://docs.aws.amazon.com/IAM/latest/APIReference/ */
export function roleReadApi(place: Place, caller: AdminCaller): RoleReadApi {
  const host = place.endpoint ?? 'iam';
  const make = (credentials: AdminKeys) => new IAMClient({ ...clientOptions(place, 2), credentials });
  const clientFor = (operation: string, signal: AbortSignal | undefined) =>
    caller.client('iam', make, operation, signal);
  const site = (operation: string) => ({ service: 'iam' as const, operation, host });

  async function inlinePolicies(role: string, signal?: AbortSignal): Promise<RolePolicy[]> {
    const client = await clientFor('ListRolePolicies', signal);
    const names = await allPages(async (Marker) => {
      const command = new ListRolePoliciesCommand({ RoleName: role, Marker });
      const send = (abortSignal: AbortSignal) => client.send(command, { abortSignal });
      const answer = await caller.run(site('ListRolePolicies'), send, signal);
      return { items: answer.PolicyNames ?? [], next: answer.IsTruncated ? answer.Marker : undefined };
    });
    return Promise.all(
      names.map(async (name): Promise<RolePolicy> => {
        const command = new GetRolePolicyCommand({ RoleName: role, PolicyName: name });
        const send = (abortSignal: AbortSignal) => client.send(command, { abortSignal });
        const answer = await caller.run(site('GetRolePolicy'), send, signal);
        return { name, kind: 'inline', document: decoded(answer.PolicyDocument) };
      }),
    );
  }

  async function attachedPolicies(role: string, signal?: AbortSignal): Promise<RolePolicy[]> {
    const client = await clientFor('ListAttachedRolePolicies', signal);
    const attached = await allPages(async (Marker) => {
      const command = new ListAttachedRolePoliciesCommand({ RoleName: role, Marker });
      const send = (abortSignal: AbortSignal) => client.send(command, { abortSignal });
      const answer = await caller.run(site('ListAttachedRolePolicies'), send, signal);
      return { items: answer.AttachedPolicies ?? [], next: answer.IsTruncated ? answer.Marker : undefined };
    });
    return Promise.all(
      attached.map(async ({ PolicyArn = '', PolicyName }): Promise<RolePolicy> => {
        const ask = new GetPolicyCommand({ PolicyArn });
        const sendAsk = (abortSignal: AbortSignal) => client.send(ask, { abortSignal });
        const { Policy } = await caller.run(site('GetPolicy'), sendAsk, signal);
        const read = new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId });
        const sendRead = (abortSignal: AbortSignal) => client.send(read, { abortSignal });
        const { PolicyVersion } = await caller.run(site('GetPolicyVersion'), sendRead, signal);
        const name = PolicyName ?? PolicyArn;
        return { name, kind: 'managed', arn: PolicyArn, document: decoded(PolicyVersion?.Document) };
      }),
    );
  }

  return {
    async getRole(name, signal) {
      const client = await clientFor('GetRole', signal);
      const command = new GetRoleCommand({ RoleName: name });
      const send = (abortSignal: AbortSignal) => client.send(command, { abortSignal });
      const { Role: role } = await caller.run(site('GetRole'), send, signal);
      if (!role?.Arn) throw new WorkbenchError('signin.protocol', 'GetRole gave no role');
      return {
        arn: role.Arn,
        roleId: role.RoleId ?? '',
        trustPolicy: decoded(role.AssumeRolePolicyDocument),
        maxSessionSeconds: role.MaxSessionDuration ?? 3600,
      };
    },
    async rolePolicies(name, signal) {
      const [inline, attached] = await Promise.all([
        inlinePolicies(name, signal),
        attachedPolicies(name, signal),
      ]);
      return [...inline, ...attached];
    },
  };
}

/** Documents come percent-encoded (RFC 3986). Stand-ins may leave that out, so what cannot be decoded stays. */
function decoded(document: string | undefined): string {
  const text = document ?? '';
  if (text.trimStart().startsWith('{')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
