import * as l10n from '@vscode/l10n';
import type { IdentityPoolRoles, MappingRule, RoleMapping } from '../admin-port';

export type Claims = Readonly<Record<string, unknown>>;

/** Who asks the identity pool for a role. */
export type RoleLogin =
  | { readonly kind: 'guest' }
  | {
      readonly kind: 'login';
      /** The provider's key in the Logins map. */
      readonly key: string;
      /** Of user pools: the app client, `aud` of the ID token. */
      readonly clientId?: string | undefined;
      /** Of the token, or the attributes of a SAML assertion; empty for tokens that cannot be read. */
      readonly claims: Claims;
    };

/** The mapping that an identity pool uses for a login: of the app client, of the provider, or of the IAM provider with that address. */
export function mappingOf(
  { mappings }: IdentityPoolRoles,
  login: RoleLogin,
): { readonly key: string; readonly mapping: RoleMapping } | undefined {
  if (login.kind === 'guest') return undefined;
  const key = [`${login.key}:${login.clientId ?? ''}`, login.key, ...Object.keys(mappings)].find(
    (name, index) =>
      Object.hasOwn(mappings, name) && (index < 2 || name.endsWith(`:oidc-provider/${login.key}`)),
  );
  const mapping = key === undefined ? undefined : mappings[key];
  return key === undefined || mapping === undefined ? undefined : { key, mapping };
}

export interface TokenRoles {
  readonly roles: readonly string[];
  readonly preferred?: string | undefined;
}

/** The roles of a user pool's ID token: `cognito:roles` and `cognito:preferred_role`. */
export function rolesOf(claims: Claims): TokenRoles {
  const [preferred] = textsOf(claims['cognito:preferred_role']);
  const listed = claims['cognito:roles'];
  // The developer guide calls it a comma-separated text; in the field it is a list.
  const roles = typeof listed === 'string' ? listed.split(',').map((role) => role.trim()) : textsOf(listed);
  return { roles, preferred };
}

const SAML_ROLE = 'https://aws.amazon.com/SAML/Attributes/Role';

/** The roles that a SAML assertion offers. Each value of the attribute is a role's and a provider's ARN, in any order. */
export function samlRolesOf(login: RoleLogin): TokenRoles {
  if (login.kind === 'guest' || !login.key.includes(':saml-provider/')) return { roles: [] };
  const roles = textsOf(login.claims[SAML_ROLE]).flatMap((pair) =>
    pair
      .split(',')
      .map((arn) => arn.trim())
      .filter((arn) => arn.includes(':role/')),
  );
  // Among several, only the caller can tell which one is meant.
  return { roles, preferred: roles.length === 1 ? roles[0] : undefined };
}

export interface RuleFinding {
  readonly fits: boolean | 'skipped';
  /** What the claim is, and what the rule asks. */
  readonly sentence: string;
}

/**
 * Compares one rule with the claims (RoleMapping API: Equals, Contains, StartsWith, NotEqual). A list fits where one of
 * its values does, NotEqual where none is equal. NotEqual is not evaluated where the claim is missing.
 */
export function ruleFinding({ claim, match, value }: MappingRule, claims: Claims): RuleFinding {
  const given = Object.hasOwn(claims, claim) ? textsOf(claims[claim]) : [];
  if (given.length === 0) {
    return match === 'NotEqual'
      ? {
          fits: 'skipped',
          sentence: l10n.t(
            '{0} must not equal "{1}"; the token has no {0}, so this rule is left out.',
            claim,
            value,
          ),
        }
      : { fits: false, sentence: l10n.t('{0}, and the token has no {1}.', wish(claim, match, value), claim) };
  }
  const shown = given.map((text) => `"${text}"`).join(', ');
  return {
    fits: compares(match, given, value),
    sentence: l10n.t('{0}, and it is {1}.', wish(claim, match, value), shown),
  };
}

function compares(match: MappingRule['match'], given: readonly string[], value: string): boolean {
  switch (match) {
    case 'Equals':
      return given.includes(value);
    case 'Contains':
      return given.some((text) => text.includes(value));
    case 'StartsWith':
      return given.some((text) => text.startsWith(value));
    case 'NotEqual':
      return !given.includes(value);
  }
}

function wish(claim: string, match: MappingRule['match'], value: string): string {
  switch (match) {
    case 'Equals':
      return l10n.t('{0} must equal "{1}"', claim, value);
    case 'Contains':
      return l10n.t('{0} must contain "{1}"', claim, value);
    case 'StartsWith':
      return l10n.t('{0} must start with "{1}"', claim, value);
    case 'NotEqual':
      return l10n.t('{0} must not equal "{1}"', claim, value);
  }
}

/** A claim as texts: one, or a list. Objects have no text. */
export function textsOf(claim: unknown): string[] {
  const items: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return items.flatMap((item) => {
    if (typeof item === 'number' || typeof item === 'boolean') return [String(item)];
    return typeof item === 'string' && item !== '' ? [item] : [];
  });
}
