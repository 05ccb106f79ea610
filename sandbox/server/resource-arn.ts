/** The resource that IAM sees for a call; `*` where an operation names none. */
export function resourceArn(
  service: string,
  input: Readonly<Record<string, unknown>>,
  account: { readonly region: string; readonly accountId: string },
): string {
  const { region, accountId } = account;
  const named = (member: string): string | undefined => {
    const value = input[member];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const arn = (kind: string, id: string): string => `arn:aws:${service}:${region}:${accountId}:${kind}/${id}`;
  if (service === 'cognito-idp') {
    const pool = named('UserPoolId');
    return pool === undefined ? '*' : arn('userpool', pool);
  }
  if (service === 'cognito-identity') {
    const pool = named('IdentityPoolId');
    return pool === undefined ? (named('ResourceArn') ?? '*') : arn('identitypool', pool);
  }
  const role = named('RoleName');
  if (role !== undefined) return `arn:aws:iam::${accountId}:role/${role}`;
  return (
    named('RoleArn') ??
    named('PolicyArn') ??
    named('OpenIDConnectProviderArn') ??
    named('SAMLProviderArn') ??
    '*'
  );
}
