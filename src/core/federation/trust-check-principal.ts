import { identityPoolPrincipal } from '../connection/derive';

const PRINCIPAL =
  /^cognito-identity(\.amazonaws\.com|-us-gov\.amazonaws\.com|\.us-gov-east-1\.amazonaws\.com|\.cn-[a-z]+-\d\.amazonaws\.com\.cn)$/;

/** Whether a name is the one that identity pools have in trust policies, but in another partition or region. */
export function isForeignPrincipal(name: string, region: string): boolean {
  return name !== identityPoolPrincipal(region) && PRINCIPAL.test(name);
}
