import { AwsError } from '../kernel/aws-error';
import type { Policy } from './policy-document';

/** A policy as it was put, and as the evaluator reads it. */
export interface StoredPolicy {
  readonly text: string;
  readonly policy: Policy;
}

export interface RoleTag {
  readonly Key: string;
  readonly Value: string;
}

export interface Role {
  readonly name: string;
  /** `AROA…`; a role made anew under the same name has another one. */
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly createdAt: Date;
  description: string | undefined;
  /** In seconds. */
  maxSessionDuration: number;
  readonly tags: readonly RoleTag[];
  trust: StoredPolicy;
  /** Inline, by name. */
  readonly policies: Map<string, StoredPolicy>;
  /** ARNs of managed policies. */
  readonly attached: Set<string>;
}

/** All roles of the account; names are unique whatever their case. */
export class RoleStore {
  readonly #roles = new Map<string, Role>();

  add(role: Role): void {
    if (this.find(role.name) !== undefined) {
      throw new AwsError('EntityAlreadyExists', `Role with name ${role.name} already exists.`, 409);
    }
    this.#roles.set(role.name.toLowerCase(), role);
  }

  find(name: string): Role | undefined {
    return this.#roles.get(name.toLowerCase());
  }

  findByArn(arn: string): Role | undefined {
    return [...this.#roles.values()].find((role) => role.arn === arn);
  }

  /** Throws NoSuchEntity. */
  get(name: string): Role {
    const role = this.find(name);
    if (role === undefined) {
      throw new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
    }
    return role;
  }

  /** Throws NoSuchEntity and DeleteConflict. */
  remove(name: string): void {
    const role = this.get(name);
    if (role.attached.size > 0) {
      throw new AwsError('DeleteConflict', 'Cannot delete entity, must detach all policies first.', 409);
    }
    if (role.policies.size > 0) {
      throw new AwsError('DeleteConflict', 'Cannot delete entity, must delete policies first.', 409);
    }
    this.#roles.delete(name.toLowerCase());
  }

  /** By name. */
  all(): Role[] {
    return [...this.#roles.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
