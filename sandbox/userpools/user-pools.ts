import type { Outbox } from '../control/outbox';
import type { Clock, LoginVerifier, Service } from '../kernel/types';
import { attributeOperations } from './account/attribute-operations';
import { ownAccountOperations } from './account/own-account-operations';
import { recoveryOperations } from './account/recovery-operations';
import { clientOperations } from './admin/client-operations';
import { domainOperations } from './admin/domain-operations';
import { groupOperations } from './admin/group-operations';
import { poolOperations } from './admin/pool-operations';
import { providerOperations } from './admin/provider-operations';
import { adminSignInOperations } from './admin/sign-in-operations';
import { userOperations } from './admin/user-operations';
import { ChallengeSessions } from './auth/challenge-sessions';
import { initiateAuth } from './auth/initiate-auth';
import { respondToAuthChallenge } from './auth/respond-to-challenge';
import { SrpProofs } from './auth/srp-proofs';
import type { UserPoolContext } from './context';
import { discoveryOf } from './discovery';
import { deviceOperations } from './devices/device-operations';
import { createLoginVerifier } from './login-verifier';
import { passkeyOperations } from './mfa/passkey-operations';
import { poolMfaOperations } from './mfa/pool-mfa';
import { preferenceOperations } from './mfa/preference-operations';
import { softwareTokenOperations } from './mfa/software-token-operations';
import { signUpOperations } from './sign-up';
import { UserPoolStore } from './store';
import { jwksOf } from './tokens/pool-keys';
import { TokenFamilies } from './tokens/token-families';
import { tokenOperations } from './tokens/token-operations';
import { UNSIGNED_OPERATIONS } from './unsigned';

export interface UserPools {
  readonly service: Service;
  readonly logins: LoginVerifier;
  /** For the seed, which makes its pool with ids of its own choice. */
  readonly context: UserPoolContext;
  jwks(userPoolId: string): unknown;
  /** `baseUrl`: where the documents are served. */
  discovery(userPoolId: string, baseUrl: string): unknown;
}

export function createUserPools(options: {
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly region: string;
  readonly accountId: string;
}): UserPools {
  const context: UserPoolContext = {
    ...options,
    store: new UserPoolStore(),
    families: new TokenFamilies(),
    sessions: new ChallengeSessions(options.clock),
    proofs: new SrpProofs(options.clock),
    functions: new Map(),
  };
  return {
    context,
    logins: createLoginVerifier(context),
    service: {
      name: 'cognito-idp',
      unsigned: UNSIGNED_OPERATIONS,
      operations: {
        ...poolOperations(context),
        ...clientOperations(context),
        ...domainOperations(context),
        ...groupOperations(context),
        ...providerOperations(context),
        ...userOperations(context),
        ...signUpOperations(context),
        ...tokenOperations(context),
        ...adminSignInOperations(context),
        ...recoveryOperations(context),
        ...ownAccountOperations(context),
        ...attributeOperations(context),
        ...deviceOperations(context),
        ...poolMfaOperations(context),
        ...preferenceOperations(context),
        ...softwareTokenOperations(context),
        ...passkeyOperations(context),
        InitiateAuth: (input) => initiateAuth(context, input),
        RespondToAuthChallenge: (input) => respondToAuthChallenge(context, input),
      },
    },
    jwks(userPoolId) {
      const pool = context.store.pools.get(userPoolId);
      return pool && jwksOf(pool.keys);
    },
    discovery(userPoolId, baseUrl) {
      const pool = context.store.pools.get(userPoolId);
      return pool && discoveryOf(pool, context.region, baseUrl);
    },
  };
}
