import { newUniqueId } from '../credentials';
import { AwsError } from '../kernel/aws-error';
import { type Input, optionalText, requiredText } from '../kernel/input';
import type { Clock, Operation } from '../kernel/types';
import { iamOperation, PATH, policyArn, policyName } from './iam-input';
import { describeManagedPolicy, encodePolicy } from './iam-output';
import {
  isOwn,
  type ManagedPolicy,
  type ManagedPolicyStore,
  type PolicyVersion,
} from './managed-policy-store';
import { parsePolicyText } from './policy-document';
import type { RoleStore } from './role-store';

const MAX_CHARACTERS = 6144;
const MAX_VERSIONS = 5;

export interface ManagedPolicyParts {
  readonly policies: ManagedPolicyStore;
  readonly roles: RoleStore;
  readonly clock: Clock;
  readonly accountId: string;
}

/** Policies that stand for themselves and are attached to roles. */
export function managedPolicyOperations(parts: ManagedPolicyParts): Record<string, Operation> {
  const { policies, roles, clock, accountId } = parts;
  const attachments = ({ arn }: ManagedPolicy): number =>
    roles.all().filter((role) => role.attached.has(arn)).length;
  return {
    CreatePolicy: iamOperation((input) => {
      const name = policyName(input);
      const path = optionalText(input, 'Path', { max: 512, pattern: PATH }) ?? '/';
      const createdAt = new Date(clock.now());
      const policy: ManagedPolicy = {
        name,
        id: newUniqueId('ANPA'),
        arn: `arn:aws:iam::${accountId}:policy${path}${name}`,
        path,
        description: optionalText(input, 'Description', { max: 1000 }),
        createdAt,
        updatedAt: createdAt,
        versions: new Map([['v1', readVersion(input, createdAt)]]),
        defaultVersion: 'v1',
      };
      policies.add(policy);
      return { Policy: describeManagedPolicy(policy, 0) };
    }),

    GetPolicy: iamOperation((input) => {
      const policy = policies.get(policyArn(input));
      return { Policy: describeManagedPolicy(policy, attachments(policy)) };
    }),

    GetPolicyVersion: iamOperation((input) => {
      const id = requiredText(input, 'VersionId', { pattern: /^v[1-9]\d*(\.[A-Za-z0-9-]*)?$/ });
      const policy = policies.get(policyArn(input));
      const version = policy.versions.get(id);
      if (version === undefined) {
        throw new AwsError(
          'NoSuchEntity',
          `Policy ${policy.arn} version ${id} does not exist or is not attachable.`,
          404,
        );
      }
      return {
        PolicyVersion: { Document: encodePolicy(version.text), ...describeVersion(policy, id, version) },
      };
    }),

    CreatePolicyVersion: iamOperation((input) => {
      const policy = own(policies.get(policyArn(input)));
      const version = readVersion(input, new Date(clock.now()));
      if (policy.versions.size >= MAX_VERSIONS) {
        throw new AwsError(
          'LimitExceeded',
          `A managed policy can have up to ${MAX_VERSIONS} versions. Before you create a new version, you must delete an existing version.`,
          409,
        );
      }
      const id = `v${policy.versions.size + 1}`;
      policy.versions.set(id, version);
      if (optionalText(input, 'SetAsDefault') === 'true') policy.defaultVersion = id;
      policy.updatedAt = version.createdAt;
      return { PolicyVersion: describeVersion(policy, id, version) };
    }),

    DeletePolicy: iamOperation((input) => {
      const policy = own(policies.get(policyArn(input)));
      if (attachments(policy) > 0) {
        throw new AwsError('DeleteConflict', 'Cannot delete a policy attached to entities.', 409);
      }
      policies.remove(policy.arn);
      return {};
    }),
  };
}

function readVersion(input: Input, createdAt: Date): PolicyVersion {
  const text = requiredText(input, 'PolicyDocument', { min: 1, max: 131_072, secret: true });
  if (text.replace(/\s/g, '').length > MAX_CHARACTERS) {
    throw new AwsError('LimitExceeded', `Cannot exceed quota for PolicySize: ${MAX_CHARACTERS}`, 409);
  }
  return { text, policy: parsePolicyText(text, 'identity'), createdAt };
}

function describeVersion(
  policy: ManagedPolicy,
  id: string,
  { createdAt }: PolicyVersion,
): Record<string, unknown> {
  return { VersionId: id, IsDefaultVersion: policy.defaultVersion === id, CreateDate: createdAt };
}

function own(policy: ManagedPolicy): ManagedPolicy {
  if (!isOwn(policy.arn)) {
    throw new AwsError('AccessDenied', 'Cannot perform the operation on an AWS managed policy.', 403);
  }
  return policy;
}
