import * as vscode from 'vscode';
import { foreignEndpoints } from '../core/connection/derive';
import type { ForeignHost } from '../core/connection/hosts';
import type { Connection } from '../core/connection/model';
import { CancelledError } from '../core/errors';
import type { StateStore } from '../core/ports';
import type { ConnectionSettings } from './settings';

const approvedKey = 'approvedHosts';

/**
 * The first sign-in through an endpoint outside AWS asks, naming the host: a shared setting must not be able to send
 * a password elsewhere (decision 8). The sandbox that the extension itself started is exempt, by its exact address.
 */
export class EndpointApproval {
  constructor(
    private readonly state: StateStore,
    private readonly settings: ConnectionSettings,
  ) {}

  /** Throws CancelledError when the person says no. */
  async ensure(connection: Connection): Promise<void> {
    const own = this.settings.sandbox(connection.id);
    if (own && JSON.stringify(own.endpoints) === JSON.stringify(connection.endpoints)) {
      return;
    }
    // By service: whoever may serve the objects of S3 may not take passwords unasked.
    const keyOf = ({ service, origin }: ForeignHost) => `${connection.id} ${service} ${origin}`;
    const approved = this.approved();
    const fresh = foreignEndpoints(connection).filter((item) => !approved.includes(keyOf(item)));
    if (fresh.length === 0) return;
    // With its scheme where others on the way could read along.
    const hosts = [...new Set(fresh.map(({ host, origin }) => (isOpen(origin) ? origin : host)))];
    const go = vscode.l10n.t('Sign In There');
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t('Send your sign-in to {0}?', hosts.join(', ')),
      {
        modal: true,
        detail: vscode.l10n.t(
          "The connection {0} does not use AWS's own endpoints. Whoever runs this host sees your password or tokens. Go on only if you know it, for example a local stand-in that you started.",
          connection.id,
        ),
      },
      go,
    );
    if (chosen !== go) throw new CancelledError();
    await this.state.update(approvedKey, [...this.approved(), ...fresh.map(keyOf)]);
  }

  private approved(): string[] {
    const value = this.state.get(approvedKey);
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
  }
}

function isOpen(origin: string): boolean {
  return origin.startsWith('http:') && !/^http:\/\/(?:127\.|localhost(?::|$)|\[::1\])/.test(origin);
}
