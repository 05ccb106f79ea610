import { AwsError } from '../kernel/aws-error';
import type { StoredPolicy } from './role-store';

export interface PolicyVersion extends StoredPolicy {
  readonly createdAt: Date;
}

export interface ManagedPolicy {
  readonly name: string;
  /** `ANPA…` */
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly description: string | undefined;
  readonly createdAt: Date;
  updatedAt: Date;
  /** By `v1`, `v2`, … */
  readonly versions: Map<string, PolicyVersion>;
  defaultVersion: string;
}

/** The policies of the account and those that AWS manages. */
export class ManagedPolicyStore {
  readonly #policies = new Map<string, ManagedPolicy>();

  constructor(managedByAws: readonly ManagedPolicy[]) {
    for (const policy of managedByAws) this.#policies.set(policy.arn, policy);
  }

  add(policy: ManagedPolicy): void {
    if (this.all().some(({ arn, name }) => isOwn(arn) && name.toLowerCase() === policy.name.toLowerCase())) {
      throw new AwsError('EntityAlreadyExists', `A policy called ${policy.name} already exists.`, 409);
    }
    this.#policies.set(policy.arn, policy);
  }

  find(arn: string): ManagedPolicy | undefined {
    return this.#policies.get(arn);
  }

  /** Throws NoSuchEntity. */
  get(arn: string): ManagedPolicy {
    const policy = this.find(arn);
    if (policy === undefined) {
      throw new AwsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`, 404);
    }
    return policy;
  }

  remove(arn: string): void {
    this.#policies.delete(arn);
  }

  all(): ManagedPolicy[] {
    return [...this.#policies.values()];
  }

  /** What a policy says in its default version. */
  current(arn: string): StoredPolicy | undefined {
    const policy = this.find(arn);
    return policy?.versions.get(policy.defaultVersion);
  }
}

/** Whether a policy belongs to the account and not to AWS. */
export function isOwn(arn: string): boolean {
  return !arn.startsWith('arn:aws:iam::aws:');
}
