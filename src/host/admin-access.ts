import * as vscode from 'vscode';
import type { AdminKeyring, AdminKeys } from '../core/admin-credentials';
import type { AdminApi } from '../core/admin-port';
import { identityPoolRegion, userPoolRegion } from '../core/connection/derive';
import type { Connection } from '../core/connection/model';
import { WorkbenchError } from '../core/errors';
import { settings } from '../ids';
import type { EndpointApproval } from './endpoint-approval';

/** Who answers as an administrator: the sandbox's own, or a profile of the AWS configuration. */
export type AdminSource =
  { readonly kind: 'sandbox' } | { readonly kind: 'profile'; readonly profile: string };

export interface AdminAccessDeps {
  /** The administrator of the sandbox that the extension started, for its own connections. */
  sandboxKeys(connection: Connection): AdminKeys | undefined;
  readonly keyring: AdminKeyring;
  readonly approval: EndpointApproval;
  /** Loads the SDK. `refused` is told when AWS does not take the keys. */
  api(
    connection: Connection,
    keys: (operation: string, signal?: AbortSignal) => Promise<AdminKeys>,
    refused: () => void,
  ): Promise<AdminApi>;
}

/** Calls that need somebody with rights in the AWS account. */
export class AdminAccess {
  constructor(private readonly deps: AdminAccessDeps) {}

  /** Whose credentials would be used, without getting any; undefined where nobody's are set. */
  source(connection: Connection): AdminSource | undefined {
    if (this.deps.sandboxKeys(connection)) return { kind: 'sandbox' };
    const profile = awsProfile();
    return profile === undefined ? undefined : { kind: 'profile', profile };
  }

  /**
   * The API of this connection; asks about endpoints outside AWS as a sign-in does (throws CancelledError). No request
   * is made before one of its operations is called. Those throw, besides what they say, `federation.no-admin` without
   * a profile, and `federation.profile-failed` where the profile gives no credentials.
   */
  async adminFor(connection: Connection): Promise<AdminApi> {
    await this.deps.approval.ensure(connection);
    const keys = (operation: string, signal?: AbortSignal) => this.keys(connection, operation, signal);
    return this.deps.api(connection, keys, () => this.forget(awsProfile()));
  }

  /** The person changed the profile, or signed in to it anew. */
  forget(profile: string | undefined): void {
    if (profile !== undefined) this.deps.keyring.forget(profile);
  }

  private async keys(connection: Connection, operation: string, signal?: AbortSignal): Promise<AdminKeys> {
    const own = this.deps.sandboxKeys(connection);
    if (own) return own;
    const profile = awsProfile();
    if (profile === undefined) {
      throw new WorkbenchError('federation.no-admin', 'no AWS profile is set', { operation });
    }
    const region = identityPoolRegion(connection) ?? userPoolRegion(connection) ?? 'us-east-1';
    return this.deps.keyring.keys({ profile, region }, signal);
  }
}

/** The setting; VS Code withholds a workspace's value where the workspace is not trusted. */
export function awsProfile(): string | undefined {
  const value = vscode.workspace.getConfiguration(settings.section).get<unknown>(settings.awsProfile);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
