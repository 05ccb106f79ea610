import type { VerifiedLogin } from '../kernel/types';

/** The attribute of an assertion that offers roles, each as `ROLEARN,PROVIDERARN`. */
export const SAML_ROLE_ATTRIBUTE = 'https://aws.amazon.com/SAML/Attributes/Role';

/** The roles that an assertion offers, in its order; none for a login of another kind. */
export function samlRoles({ mappingKey, claims }: VerifiedLogin): readonly string[] {
  if (!mappingKey.includes(':saml-provider/')) {
    return [];
  }
  const values: readonly unknown[] = [claims[SAML_ROLE_ATTRIBUTE]].flat();
  return values.flatMap((value) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((arn) => arn.trim())
          .filter((arn) => arn.includes(':role/'))
      : [],
  );
}
