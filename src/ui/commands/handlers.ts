import { kindOf } from '../../core/session/keys';
import type { ReplacedTokens } from '../../core/session/replaced-tokens';
import type { CommandHandler } from '../../host/command-registrar';
import type { Log } from '../../host/log';
import type { SandboxController } from '../../host/sandbox-controller';
import type { ConnectionSettings } from '../../host/settings';
import type { CommandName } from '../../ids';
import type { AccountParts } from '../account/account-parts';
import { manageDevicesCommand } from '../account/devices';
import { setUpMfaCommand } from '../account/mfa';
import { changePasswordCommand, forgotPasswordCommand } from '../account/password';
import { signUpCommand } from '../account/sign-up';
import type { AddConnection } from '../connections/add-connection';
import { editConnection, removeConnection } from '../connections/manage-connections';
import type { BrowserRounds } from '../sign-in/browser-rounds';
import { copyCallbackAddressesOf } from '../sign-in/callback-addresses';
import { copyClaimsAt, inspectTokenAt, verifyTokenAt } from '../editor/token-commands';
import type { TokenPlaceParts } from '../editor/token-commands';
import { chooseRole } from '../identities/choose-role';
import { compareIdentities, type CompareParts } from '../identities/compare';
import { chooseAwsProfile } from '../identities/aws-profile';
import { signInAsDeveloper } from '../identities/developer';
import type { DeveloperParts } from '../identities/developer';
import { manageDeveloperIdentities } from '../identities/developer-manage';
import { findCause } from '../identities/find-cause';
import { signInAsGuest } from '../identities/guest';
import { chooseWayIn } from '../identities/ways-in';
import { linkLogin } from '../identities/link';
import { signInWithProvider } from '../identities/provider';
import type { ProviderParts } from '../identities/provider';
import { unlinkLogin } from '../identities/unlink';
import { compareTokens } from '../tokens/compare-tokens';
import { inspectToken } from '../tokens/inspect-token';
import type { InspectTokenParts } from '../tokens/inspect-token';
import { subjectOf } from '../tree/nodes';
import type { PoolsTree } from '../tree/pools-tree';
import { inspectVariable } from '../debug/inspect-variable';
import { inspectTerminalSelection } from '../terminal/inspect-selection';
import type { PrintedTokens } from '../debug/printed-tokens';
import { copyCredentials, copyToken } from './copy-commands';
import { openDetail, openInspector, openS3Location } from './inspector-commands';
import { startSandbox, stopSandbox } from './sandbox-commands';
import { refreshCredentials, signOut, switchIdentity } from './session-commands';
import type { SessionParts } from './session-commands';
import { statusBarMenu } from './status-bar-menu';

export interface CommandParts
  extends
    TokenPlaceParts,
    SessionParts,
    InspectTokenParts,
    AccountParts,
    CompareParts,
    DeveloperParts,
    ProviderParts {
  readonly settings: ConnectionSettings;
  readonly replaced: ReplacedTokens;
  readonly sandbox: SandboxController;
  readonly tree: PoolsTree;
  readonly log: Log;
  readonly addConnection: AddConnection;
  readonly rounds: BrowserRounds;
  readonly printed: PrintedTokens;
}

/** Every command of the extension, one line each; one without a handler does not compile. */
export function commandHandlers(parts: CommandParts): Readonly<Record<CommandName, CommandHandler>> {
  const { picker, settings, sessions, sandbox, signIn, inspector } = parts;
  return {
    addConnection: () => parts.addConnection.run(),
    editConnection: editConnection(picker, settings),
    removeConnection: removeConnection(picker, settings, sessions, parts.failures),
    signIn: (argument) => signInAs(parts, argument) ?? signIn.run(argument),
    signInInBrowser: (argument) => signIn.signIn({ ...subjectOf(argument), method: 'browser' }),
    signInAsGuest: signInAsGuest(parts),
    signInAsDeveloper: signInAsDeveloper(parts),
    signInWithProvider: signInWithProvider(parts),
    linkLogin: linkLogin(parts),
    unlinkLogin: unlinkLogin(parts),
    manageDeveloperIdentities: manageDeveloperIdentities(parts),
    chooseAwsProfile: chooseAwsProfile(parts),
    signOut: signOut(parts),
    switchIdentity: switchIdentity(parts),
    refreshCredentials: refreshCredentials(parts),
    chooseRole: chooseRole(parts),
    findCause: findCause(parts),
    compareIdentities: compareIdentities(parts),
    openInspector: openInspector(parts),
    openDetail: openDetail(parts),
    openS3Location: openS3Location(parts),
    inspectToken: inspectToken(parts),
    compareTokens: compareTokens(parts),
    inspectVariable: inspectVariable(parts),
    inspectTerminalSelection: inspectTerminalSelection(parts),
    showPrintedTokens: () => parts.printed.choose(),
    inspectTokenAt: inspectTokenAt(parts),
    copyClaimsAt: copyClaimsAt(parts),
    verifyTokenAt: verifyTokenAt(parts),
    copyToken: copyToken(parts),
    copyCredentials: copyCredentials(parts),
    signUp: signUpCommand(parts),
    forgotPassword: forgotPasswordCommand(parts),
    changePassword: changePasswordCommand(parts),
    setUpMfa: setUpMfaCommand(parts),
    manageDevices: manageDevicesCommand(parts),
    startSandbox: startSandbox(sandbox, signIn, inspector),
    stopSandbox: stopSandbox(sandbox),
    copySignInAddress: () => parts.rounds.copyAddress(),
    pasteRedirectedAddress: () => parts.rounds.pasteAddress(),
    copyCallbackAddresses: copyCallbackAddressesOf(picker),
    showLog: () => parts.log.show(),
    statusBarMenu: statusBarMenu(parts.identities),
    refreshTree: () => parts.tree.refresh(),
  };
}

/**
 * Whoever signs an identity in again wants to be that one: guests, users of a provider and developer identities have
 * ways of their own, and so has a connection without a user pool.
 */
function signInAs(parts: CommandParts, argument: unknown): Promise<unknown> | undefined {
  const { ref, connectionId } = subjectOf(argument);
  const connection = connectionId === undefined ? undefined : parts.settings.find(connectionId);
  if (ref === undefined) return connection && !connection.userPool ? chooseWayIn(connection) : undefined;
  if (kindOf(ref) === 'guest') return signInAsGuest(parts)(argument);
  if (kindOf(ref) === 'provider') return signInWithProvider(parts)(argument);
  return kindOf(ref) === 'developer' ? signInAsDeveloper(parts)(argument) : undefined;
}
