import type { RoleTag } from './role-store';

/** An OpenID Connect provider, as trust policies and identity pools name it. */
export interface OidcProvider {
  /** `arn:aws:iam::ACCOUNT:oidc-provider/HOST/PATH` */
  readonly arn: string;
  /** Of the issuer, with its scheme and without a slash at the end. */
  readonly url: string;
  readonly clientIds: readonly string[];
  readonly thumbprints: readonly string[];
  readonly createdAt: Date;
  readonly tags: readonly RoleTag[];
}

export interface SamlProvider {
  /** `arn:aws:iam::ACCOUNT:saml-provider/NAME` */
  readonly arn: string;
  readonly name: string;
  /** The identity provider's metadata, as it was given. */
  readonly metadata: string;
  readonly createdAt: Date;
  readonly validUntil: Date;
  readonly tags: readonly RoleTag[];
}

/** All identity providers of the account. */
export class ProviderStore {
  readonly #oidc = new Map<string, OidcProvider>();
  readonly #saml = new Map<string, SamlProvider>();

  /** Adds or replaces. */
  putOidc(provider: OidcProvider): void {
    this.#oidc.set(provider.arn, provider);
  }

  /** By ARN, or by the issuer's address with or without its scheme and last slash. */
  findOidc(arnOrUrl: string): OidcProvider | undefined {
    const bare = withoutScheme(arnOrUrl);
    return (
      this.#oidc.get(arnOrUrl) ?? [...this.#oidc.values()].find(({ url }) => withoutScheme(url) === bare)
    );
  }

  allOidc(): OidcProvider[] {
    return [...this.#oidc.values()];
  }

  removeOidc(arn: string): void {
    this.#oidc.delete(arn);
  }

  /** Adds or replaces. */
  putSaml(provider: SamlProvider): void {
    this.#saml.set(provider.arn, provider);
  }

  findSaml(arn: string): SamlProvider | undefined {
    return this.#saml.get(arn);
  }

  allSaml(): SamlProvider[] {
    return [...this.#saml.values()];
  }

  removeSaml(arn: string): void {
    this.#saml.delete(arn);
  }
}

/** An issuer's address as ARNs and condition keys spell it. */
export function withoutScheme(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
