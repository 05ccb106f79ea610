import type { VerifiedLogin } from '../kernel/types';
import { COGNITO_PROVIDER } from './linking';

/** Of somebody without any login. */
export const GUEST_AMR: readonly string[] = ['unauthenticated'];

/** What an identity pool says about how somebody signed in: the provider, and the user there, of each login. */
export function amrOf(logins: readonly VerifiedLogin[]): readonly string[] {
  return logins.length === 0 ? GUEST_AMR : [...new Set(['authenticated', ...logins.flatMap(entriesOf)])];
}

function entriesOf({ providerName, clientId, sub, claims }: VerifiedLogin): readonly string[] {
  if (providerName === COGNITO_PROVIDER) {
    const amr = claims['amr'];
    return Array.isArray(amr) ? amr.filter((entry) => typeof entry === 'string') : [];
  }
  const through = providerName.startsWith('cognito-idp.') ? 'CognitoSignIn' : clientId;
  return [providerName, `${providerName}:${through}:${sub}`];
}

/** The entries of a user of the developer provider. */
export function developerAmr(poolId: string, providerName: string, user: string): readonly string[] {
  return [providerName, `${providerName}:${poolId}:${user}`];
}
