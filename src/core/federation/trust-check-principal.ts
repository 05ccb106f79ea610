/**
 * How an identity pool of a region calls itself in trust policies: as Federated principal, and as the beginning of its
 * condition keys. AWS GovCloud (US-West), GovCloud (US-East) and China have names of their own (GovCloud user guide,
 * "Amazon Cognito").
 */
export function federationPrincipal(region: string): string {
  if (region === 'us-gov-east-1') return 'cognito-identity.us-gov-east-1.amazonaws.com';
  if (region.startsWith('us-gov-')) return 'cognito-identity-us-gov.amazonaws.com';
  if (region.startsWith('cn-')) return `cognito-identity.${region}.amazonaws.com.cn`;
  return 'cognito-identity.amazonaws.com';
}

/** Whether a name is the one that identity pools have somewhere else. */
export function isForeignPrincipal(name: string, region: string): boolean {
  return (
    name !== federationPrincipal(region) &&
    /^cognito-identity(\.amazonaws\.com|-us-gov\.amazonaws\.com|\.us-gov-east-1\.amazonaws\.com|\.cn-[a-z]+-\d\.amazonaws\.com\.cn)$/.test(
      name,
    )
  );
}
