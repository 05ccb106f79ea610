/** Every id that package.json and the code share; a test compares the two. */
export const extensionId = 'cognito-workbench.cognito-workbench';

export const commands = {
  addConnection: 'cognitoWorkbench.addConnection',
  editConnection: 'cognitoWorkbench.editConnection',
  removeConnection: 'cognitoWorkbench.removeConnection',
  signIn: 'cognitoWorkbench.signIn',
  signInInBrowser: 'cognitoWorkbench.signInInBrowser',
  signInAsGuest: 'cognitoWorkbench.signInAsGuest',
  signInAsDeveloper: 'cognitoWorkbench.signInAsDeveloper',
  signInWithProvider: 'cognitoWorkbench.signInWithProvider',
  linkLogin: 'cognitoWorkbench.linkLogin',
  unlinkLogin: 'cognitoWorkbench.unlinkLogin',
  manageDeveloperIdentities: 'cognitoWorkbench.manageDeveloperIdentities',
  chooseAwsProfile: 'cognitoWorkbench.chooseAwsProfile',
  signOut: 'cognitoWorkbench.signOut',
  switchIdentity: 'cognitoWorkbench.switchIdentity',
  refreshCredentials: 'cognitoWorkbench.refreshCredentials',
  chooseRole: 'cognitoWorkbench.chooseRole',
  findCause: 'cognitoWorkbench.findCause',
  compareIdentities: 'cognitoWorkbench.compareIdentities',
  openInspector: 'cognitoWorkbench.openInspector',
  inspectToken: 'cognitoWorkbench.inspectToken',
  compareTokens: 'cognitoWorkbench.compareTokens',
  inspectVariable: 'cognitoWorkbench.inspectVariable',
  inspectTerminalSelection: 'cognitoWorkbench.inspectTerminalSelection',
  showPrintedTokens: 'cognitoWorkbench.showPrintedTokens',
  inspectTokenAt: 'cognitoWorkbench.inspectTokenAt',
  copyClaimsAt: 'cognitoWorkbench.copyClaimsAt',
  verifyTokenAt: 'cognitoWorkbench.verifyTokenAt',
  copyToken: 'cognitoWorkbench.copyToken',
  copyCredentials: 'cognitoWorkbench.copyCredentials',
  openS3Location: 'cognitoWorkbench.openS3Location',
  signUp: 'cognitoWorkbench.signUp',
  forgotPassword: 'cognitoWorkbench.forgotPassword',
  changePassword: 'cognitoWorkbench.changePassword',
  setUpMfa: 'cognitoWorkbench.setUpMfa',
  manageDevices: 'cognitoWorkbench.manageDevices',
  startSandbox: 'cognitoWorkbench.startSandbox',
  stopSandbox: 'cognitoWorkbench.stopSandbox',
  copySignInAddress: 'cognitoWorkbench.copySignInAddress',
  pasteRedirectedAddress: 'cognitoWorkbench.pasteRedirectedAddress',
  copyCallbackAddresses: 'cognitoWorkbench.copyCallbackAddresses',
  showLog: 'cognitoWorkbench.showLog',
  statusBarMenu: 'cognitoWorkbench.statusBarMenu',
  refreshTree: 'cognitoWorkbench.refreshTree',
  openDetail: 'cognitoWorkbench.openDetail',
} as const;

export type CommandName = keyof typeof commands;

export const views = { pools: 'cognitoWorkbench.pools' } as const;

/** `token`: not brought back after a reload, since the token it showed is in memory alone. */
export const panels = { inspector: 'cognitoWorkbench.inspector', token: 'cognitoWorkbench.token' } as const;

/** Id of the authentication provider, and in activation events. */
export const accountProvider = 'cognito';

export const settings = {
  section: 'cognitoWorkbench',
  connections: 'connections',
  awsProfile: 'awsProfile',
  refreshBeforeExpiryMinutes: 'refreshBeforeExpiryMinutes',
  tokensHover: 'tokens.hover',
  tokensCodeLens: 'tokens.codeLens',
  tokensLeakGuard: 'tokens.leakGuard',
} as const;

/** Context keys with the values they have before anything is known. */
export const contextKeys = {
  noConnections: { key: 'cognitoWorkbench.noConnections', initial: false },
  browserSignInWaiting: { key: 'cognitoWorkbench.browserSignInWaiting', initial: false },
  sandboxRunning: { key: 'cognitoWorkbench.sandboxRunning', initial: false },
  filesWithTokens: { key: 'cognitoWorkbench.filesWithTokens', initial: [] },
} as const;

export type ContextKeyName = keyof typeof contextKeys;
