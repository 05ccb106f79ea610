import { AwsError } from '../kernel/aws-error';
import type { Operation } from '../kernel/types';
import { amrOf } from './amr';
import type { Linking } from './linking';
import type { Logins } from './logins';
import type { OpenIdTokens } from './openid-tokens';
import { tagsFor } from './principal-tags';
import type { IdentityPool, IdentityStore } from './store';
import { identityId, identityOperation, loginMap } from './validation';

export interface OpenIdTokenOperationParts {
  readonly store: IdentityStore;
  readonly logins: Logins;
  readonly linking: Linking;
  readonly openIdTokens: OpenIdTokens;
}

/** Nobody can change it. */
const LIFETIME_SECONDS = 600;

/** GetOpenIdToken: the first half of the basic flow; STS takes the token for the role that the caller names. */
export function openIdTokenOperation(parts: OpenIdTokenOperationParts): Operation {
  const { store, logins, linking, openIdTokens } = parts;
  return identityOperation((input) => {
    const id = identityId(input);
    const tokens = loginMap(input);
    const requested = store.identity(id);
    const pool = store.pool(requested.poolId);
    mustTakeBasicFlow(pool);
    mustHaveNoAssertion(tokens);
    const verified = logins.verify(pool, tokens);
    const identity = linking.settle(pool, requested, verified);
    return {
      IdentityId: identity.id,
      Token: openIdTokens.mint({
        identityId: identity.id,
        poolId: pool.id,
        amr: amrOf(verified),
        seconds: LIFETIME_SECONDS,
        tags: tagsFor(pool, ...verified),
      }),
    };
  });
}

function mustTakeBasicFlow({ settings, roles }: IdentityPool): void {
  const why =
    settings.AllowClassicFlow !== true
      ? 'is not enabled'
      : roles.mappings.size > 0
        ? 'is not supported with RoleMappings'
        : undefined;
  if (why !== undefined) {
    throw new AwsError('InvalidParameterException', `Basic (classic) flow ${why}, please use enhanced flow.`);
  }
}

/** Assertions are for the enhanced flow alone; AWS documents that and not its words. */
function mustHaveNoAssertion(tokens: ReadonlyMap<string, string>): void {
  if ([...tokens.keys()].some((provider) => provider.includes(':saml-provider/'))) {
    throw new AwsError(
      'InvalidParameterException',
      'Basic (classic) flow is not supported with SAML providers.',
    );
  }
}
