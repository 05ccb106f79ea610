import type { CommandHandler } from '../../host/command-registrar';
import type { Log } from '../../host/log';
import type { SandboxController } from '../../host/sandbox-controller';
import type { ConnectionSettings } from '../../host/settings';
import type { CommandName } from '../../ids';
import type { AddConnection } from '../connections/add-connection';
import { editConnection, removeConnection } from '../connections/manage-connections';
import type { PoolsTree } from '../tree/pools-tree';
import { copyCredentials, copyToken } from './copy-commands';
import { openDetail, openInspector, openS3Location } from './inspector-commands';
import type { InspectorParts } from './inspector-commands';
import { startSandbox, stopSandbox } from './sandbox-commands';
import { refreshCredentials, signOut, switchIdentity } from './session-commands';
import type { SessionParts } from './session-commands';
import { statusBarMenu } from './status-bar-menu';

export interface CommandParts extends SessionParts, InspectorParts {
  readonly settings: ConnectionSettings;
  readonly sandbox: SandboxController;
  readonly tree: PoolsTree;
  readonly log: Log;
  readonly addConnection: AddConnection;
}

/** Every command of the extension, one line each; one without a handler does not compile. */
export function commandHandlers(parts: CommandParts): Readonly<Record<CommandName, CommandHandler>> {
  const { picker, settings, sessions, sandbox, signIn, inspector } = parts;
  return {
    addConnection: () => parts.addConnection.run(),
    editConnection: editConnection(picker, settings),
    removeConnection: removeConnection(picker, settings, sessions),
    signIn: (argument) => signIn.run(argument),
    signOut: signOut(parts),
    switchIdentity: switchIdentity(parts),
    refreshCredentials: refreshCredentials(parts),
    openInspector: openInspector(parts),
    openDetail: openDetail(parts),
    openS3Location: openS3Location(parts),
    copyToken: copyToken(parts),
    copyCredentials: copyCredentials(parts),
    startSandbox: startSandbox(sandbox, signIn, inspector),
    stopSandbox: stopSandbox(sandbox),
    showLog: () => parts.log.show(),
    statusBarMenu: statusBarMenu(parts.identities),
    refreshTree: () => parts.tree.refresh(),
  };
}
