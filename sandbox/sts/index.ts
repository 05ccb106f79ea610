export { createSts } from './sts';
export type { StsParts } from './sts';
export { createRoleSessions, RoleRefused } from './role-sessions';
export type {
  RoleRefusal,
  RoleSession,
  RoleSessionParts,
  RoleSessionRequest,
  RoleSessions,
} from './role-sessions';
export { GUEST_MANAGED_POLICY, GUEST_MANAGED_POLICY_NAME, GUEST_SESSION_POLICIES } from './guest-scope-down';
export { tagsInToken } from './token-tags';
export { createTokenChecks } from './token-checks';
export type { TokenCheckParts } from './token-checks';
export type { TokenCheck, WebIdentityParts } from './web-identity';
