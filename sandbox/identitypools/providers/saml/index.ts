export { createSamlIssuer } from './saml-issuer';
export type { SamlIssuer } from './saml-issuer';
export { samlLogins } from './saml-logins';
export type { SamlDirectory } from './saml-logins';
export { AWS_SAML } from './names';
