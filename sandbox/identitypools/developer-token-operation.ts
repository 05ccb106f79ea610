import { AwsError } from '../kernel/aws-error';
import { constraintError, type Input, isRecord, optionalInteger, requiredText } from '../kernel/input';
import type { Operation, VerifiedLogin } from '../kernel/types';
import { amrOf, developerAmr } from './amr';
import { optionalIdentityId, unsupportedDeveloperProvider } from './developer-input';
import { forbidden, type Linking } from './linking';
import type { Logins } from './logins';
import type { OpenIdTokens } from './openid-tokens';
import type { Identity, IdentityPool, IdentityStore } from './store';
import { identityOperation, identityPoolId, loginMap, textMap } from './validation';

export interface DeveloperTokenParts {
  readonly store: IdentityStore;
  readonly logins: Logins;
  readonly linking: Linking;
  readonly openIdTokens: OpenIdTokens;
  readonly newIdentity: (poolId: string) => Identity;
}

const DEFAULT_SECONDS = 15 * 60;
const MAX_SECONDS = 24 * 3600;

interface Person {
  readonly user: string;
  /** Public logins that the same request brings. */
  readonly logins: readonly VerifiedLogin[];
}

/**
 * GetOpenIdTokenForDeveloperIdentity: a backend vouches for a user of its own directory. The identity is the one that
 * is asked for, the one of this user, or a new one.
 */
export function developerTokenOperation(parts: DeveloperTokenParts): Operation {
  const { store, logins, linking, openIdTokens, newIdentity } = parts;

  function identityOf(
    pool: IdentityPool,
    id: string | undefined,
    { user, logins: brought }: Person,
  ): Identity {
    if (id === undefined) {
      return linking.identityFor(pool, brought, () => newIdentity(pool.id), user);
    }
    const identity = identityIn(store, pool, id);
    const owner = store.developerOwnerOf(pool.id, user);
    if (owner !== undefined && owner !== identity) {
      throw new AwsError(
        'DeveloperUserAlreadyRegisteredException',
        'The provided developer user identifier is already registered with Cognito under a different identity ID.',
      );
    }
    if (linking.owners(pool, brought).some((other) => other !== identity)) {
      throw new AwsError('ResourceConflictException', 'A login is already linked to another identity.');
    }
    return linking.combine([identity], brought, user);
  }

  return identityOperation((input) => {
    const poolId = identityPoolId(input);
    const id = optionalIdentityId(input);
    const tokens = readLogins(input);
    const tags = readTags(input);
    const seconds = optionalInteger(input, 'TokenDuration', { min: 1, max: MAX_SECONDS }) ?? DEFAULT_SECONDS;
    const pool = store.pool(poolId);
    const provider = pool.settings.DeveloperProviderName;
    const given = provider === undefined ? undefined : tokens.get(provider);
    if (provider === undefined || given === undefined) {
      throw unsupportedDeveloperProvider();
    }
    const user = requiredText({ Logins: given }, 'Logins', { max: 1024, secret: true });
    const others = new Map([...tokens].filter(([name]) => name !== provider));
    const verified = logins.verify(pool, others);
    const identity = identityOf(pool, id, { user, logins: verified });
    const amr = ['authenticated', ...developerAmr(poolId, provider, user)];
    return {
      IdentityId: identity.id,
      Token: openIdTokens.mint({
        identityId: identity.id,
        poolId,
        amr: verified.length === 0 ? amr : [...new Set([...amr, ...amrOf(verified)])],
        seconds,
        tags: Object.fromEntries(tags),
      }),
    };
  });
}

/** An identity of this pool that is still in use. Throws ResourceNotFoundException and NotAuthorizedException. */
function identityIn(store: IdentityStore, pool: IdentityPool, id: string): Identity {
  const identity = store.identity(id);
  if (identity.poolId !== pool.id) {
    throw new AwsError('ResourceNotFoundException', `Identity '${id}' not found.`);
  }
  if (identity.state === 'disabled') {
    throw forbidden(identity);
  }
  return identity;
}

function readLogins(input: Input): ReadonlyMap<string, string> {
  const tokens = loginMap(input);
  if (input['Logins'] === undefined || input['Logins'] === null) {
    throw constraintError('Logins', undefined, 'not be null');
  }
  return tokens;
}

function readTags(input: Input): ReadonlyMap<string, string> {
  const name = 'PrincipalTags';
  const given = input[name];
  if (isRecord(given) && Object.values(given).some(Array.isArray)) {
    throw new AwsError('SerializationException', 'Start of list found where not expected');
  }
  return textMap(input, name, { maxEntries: 50, maxKey: 128, maxValue: 256 });
}
