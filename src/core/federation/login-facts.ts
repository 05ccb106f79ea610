import { loginKeyOf } from '../connection/derive';
import type { Connection } from '../connection/model';
import { kindOf } from '../session/keys';
import type { Session, StoredLogin } from '../session/model';
import { decodeToken } from '../tokens/decode';
import { readArtefact } from './providers-artefact';
import type { Claims, RoleLogin } from './role-mapping';
import { textsOf } from './role-mapping-claims';
import { amrOf } from './trust-check';

/** What the logins of a session tell: who vouches, as what, and with which claims. Unverified. */
export interface LoginFacts {
  /** As the role mappings of an identity pool see it. */
  readonly roleLogin: RoleLogin;
  readonly amr: readonly string[];
  /** Session tags that the token itself names: those of a developer-authenticated user. */
  readonly ownTags?: Readonly<Record<string, string>> | undefined;
  /** The identity pool reads claims that cannot be read here: those of an opaque token, or of a SAML assertion. */
  readonly hidden: boolean;
}

type Known = Pick<Session, 'identityKey' | 'tokens' | 'logins' | 'developer'>;

/** Takes the first login of a session for the role, as an identity pool does, and all of them for `amr`. */
export function loginFacts(connection: Connection, session: Known): LoginFacts {
  switch (kindOf(session)) {
    case 'user':
      return userFacts(connection, session);
    case 'developer':
      return developerFacts(session);
    case 'provider':
      return providerFacts(session);
    default:
      return { roleLogin: { kind: 'guest' }, amr: amrOf(), hidden: false };
  }
}

function userFacts(connection: Connection, { tokens, logins = [] }: Known): LoginFacts {
  const claims = claimsIn(tokens?.idToken) ?? {};
  const key = loginKeyOf(connection) ?? '';
  const clientId = connection.userPool?.clientId;
  return {
    roleLogin: { kind: 'login', key, clientId, claims },
    amr: allMethods([{ key, claims }, ...logins.map(keyed)]),
    hidden: false,
  };
}

function providerFacts({ logins = [] }: Known): LoginFacts {
  const [first] = logins;
  const key = first?.provider ?? '';
  const claims = claimsIn(first?.token);
  return {
    roleLogin: { kind: 'login', key, claims: claims ?? samlClaims(first) },
    amr: allMethods(logins.map(keyed)),
    hidden: claims === undefined,
  };
}

/** The token is the identity pool's own, and carries what STS will be told. */
function developerFacts({ logins = [], developer }: Known): LoginFacts {
  const claims = claimsIn(logins[0]?.token) ?? {};
  const told = textsOf(claims['amr']);
  const key = developer?.providerName ?? '';
  return {
    roleLogin: { kind: 'login', key, claims: {} },
    amr: told.length > 0 ? told : ['authenticated', key],
    ownTags: tagsIn(claims) ?? developer?.principalTags ?? {},
    hidden: false,
  };
}

const keyed = ({ provider, token }: StoredLogin) => ({ key: provider, claims: claimsIn(token) ?? {} });

function allMethods(logins: readonly { readonly key: string; readonly claims: Claims }[]): string[] {
  return [...new Set(logins.flatMap((login) => amrOf(login)))];
}

const SAML_ROLE = 'https://aws.amazon.com/SAML/Attributes/Role';

function samlClaims(login: StoredLogin | undefined): Claims {
  if (!login?.provider.includes(':saml-provider/')) return {};
  return { [SAML_ROLE]: readArtefact(login.token).roles ?? [] };
}

function claimsIn(token: string | undefined): Claims | undefined {
  if (token === undefined) return undefined;
  try {
    return decodeToken(token).claims;
  } catch {
    return undefined;
  }
}

/** `https://aws.amazon.com/tags`: tag to a list of one value (IAM user guide, "Passing session tags"). */
function tagsIn(claims: Claims): Record<string, string> | undefined {
  const told = claims['https://aws.amazon.com/tags'];
  const tags = isObject(told) ? told['principal_tags'] : undefined;
  if (!isObject(tags)) return undefined;
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) => textsOf(value).map((text) => [key, text] as const)),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
