import { AwsError } from '../kernel/aws-error';
import { constraintError, optionalTexts } from '../kernel/input';
import type { Operation } from '../kernel/types';
import { forbidden, type Linking } from './linking';
import type { Logins } from './logins';
import type { OpenIdTokens } from './openid-tokens';
import type { IdentityStore } from './store';
import { identityId, identityOperation, loginMap } from './validation';

export interface UnlinkOperationParts {
  readonly store: IdentityStore;
  readonly logins: Logins;
  readonly linking: Linking;
  readonly openIdTokens: OpenIdTokens;
}

/** UnlinkIdentity: a person takes public logins off their identity, with a login of it as the proof. */
export function unlinkOperation(parts: UnlinkOperationParts): Operation {
  const { store, logins, linking, openIdTokens } = parts;
  return identityOperation((input) => {
    const id = identityId(input);
    const tokens = loginMap(input);
    if (input['Logins'] === undefined || input['Logins'] === null) {
      throw constraintError('Logins', undefined, 'not be null');
    }
    const remove = optionalTexts(input, 'LoginsToRemove', { min: 1, max: 128 });
    if (remove === undefined) {
      throw constraintError('LoginsToRemove', undefined, 'not be null');
    }
    const identity = store.identity(id);
    const pool = store.pool(identity.poolId);
    const verified = logins.verify(pool, tokens, openIdTokens);
    if (identity.state === 'disabled') {
      throw forbidden(identity);
    }
    linking.mustLeadTo(pool, identity, verified);
    const unknown = remove.find((providerName) => !identity.logins.has(providerName));
    if (unknown !== undefined) {
      // AWS documents neither whether this is an error, nor which one.
      throw new AwsError('InvalidParameterException', `Identity '${id}' has no login of ${unknown}.`);
    }
    linking.unlink(identity, remove);
    return {};
  });
}
