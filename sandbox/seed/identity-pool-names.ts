/** The further identity pools of the notes app. As in `names.ts`, ids are the same at every start. */

export const OPEN_POOL_ID = 'us-east-1:5a4db0c0-1d3a-4e5f-9a0b-000000000002';
export const RULES_POOL_ID = 'us-east-1:5a4db0c0-1d3a-4e5f-9a0b-000000000003';

export const DEVELOPER_PROVIDER = 'login.notes.app';

/** The app of each social provider, as SupportedLoginProviders names it. */
export const APP_IDS = {
  'accounts.google.com': '100000000001-notesapp.apps.googleusercontent.com',
  'appleid.apple.com': 'app.notes.sandbox',
  'graph.facebook.com': '100000000000003',
  'www.amazon.com': 'amzn1.application-oa2-client.00000000000000000000000000000004',
} as const;

/** In IAM; its assertions come from the control API. */
export const SAML_PROVIDER = 'NotesIdp';

/** Which role a login of `notes-app-rules` gets: the first rule that its token meets. Names of roles, not ARNs. */
export const RULES = [
  { claim: 'cognito:groups', match: 'Contains', value: 'admins', role: 'RulesAdmins' },
  { claim: 'custom:department', match: 'Equals', value: 'Editorial', role: 'RulesEditors' },
  { claim: 'email', match: 'StartsWith', value: 'reader@', role: 'RulesReaders' },
  { claim: 'custom:department', match: 'NotEqual', value: 'none', role: 'RulesReaders' },
] as const;

/** Session tags of `notes-app-rules`: tag to claim. */
export const PRINCIPAL_TAGS = { username: 'cognito:username', department: 'custom:department' } as const;
