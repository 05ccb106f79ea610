import { AwsError } from '../kernel/aws-error';
import { type Input, optionalBoolean, requiredText } from '../kernel/input';
import type { Operation, VerifiedLogin } from '../kernel/types';
import { tagsInToken } from '../sts';
import { FEDERATED } from './enhanced-session';
import type { IdentityPool, IdentityStore } from './store';
import { identityOperation, identityPoolId, textMap } from './validation';

interface AttributeMap {
  readonly useDefaults: boolean;
  /** Tag to claim. */
  readonly tags: Readonly<Record<string, string>>;
}

/** What AWS calls the default mappings. */
const DEFAULT_TAGS: Readonly<Record<string, string>> = { client: 'aud', username: 'sub' };

/** By pool, and then by the name of the provider or the key of its role mapping. */
const maps = new WeakMap<IdentityPool, Map<string, AttributeMap>>();

/** Attributes for access control: which claims of a provider's tokens become tags of the session. */
export function principalTagOperations(store: IdentityStore): Record<string, Operation> {
  return {
    SetPrincipalTagAttributeMap: identityOperation((input) => {
      const id = identityPoolId(input);
      const provider = providerName(input);
      const tags = textMap(input, 'PrincipalTags', { maxEntries: 50, maxKey: 128, maxValue: 256 });
      const map = {
        useDefaults: optionalBoolean(input, 'UseDefaults') ?? false,
        tags: Object.fromEntries(tags),
      };
      const pool = store.pool(id);
      checkProvider(pool, provider);
      const known = maps.get(pool) ?? new Map<string, AttributeMap>();
      maps.set(pool, known.set(provider, map));
      return describe(pool, provider, map);
    }),

    GetPrincipalTagAttributeMap: identityOperation((input) => {
      const id = identityPoolId(input);
      const provider = providerName(input);
      const pool = store.pool(id);
      checkProvider(pool, provider);
      const map = maps.get(pool)?.get(provider);
      return describe(pool, provider, map ?? { useDefaults: false, tags: {} });
    }),
  };
}

/**
 * The session tags that logins bring. Where several bring the same tag, the first login wins. A claim that is not
 * there, or that is a list or a structure, makes no tag.
 */
export function tagsFor(pool: IdentityPool, ...logins: readonly VerifiedLogin[]): Record<string, string> {
  return Object.assign({}, ...logins.map((login) => tagsOf(pool, login)).reverse()) as Record<string, string>;
}

function tagsOf(pool: IdentityPool, login: VerifiedLogin): Record<string, string> {
  if (login.providerName === FEDERATED) {
    // An identity pool's own token carries what the developer's backend asked for.
    return tagsInToken(login.claims);
  }
  const known = maps.get(pool);
  const map = known?.get(login.providerName) ?? known?.get(login.mappingKey);
  const tags = map?.useDefaults === true ? DEFAULT_TAGS : (map?.tags ?? {});
  return Object.fromEntries(
    Object.entries(tags).flatMap(([tag, claim]) => {
      const value = Object.hasOwn(login.claims, claim) ? login.claims[claim] : undefined;
      const simple = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
      return simple ? [[tag, String(value)] as const] : [];
    }),
  );
}

function providerName(input: Input): string {
  return requiredText(input, 'IdentityProviderName', { min: 1, max: 128 });
}

/** AWS's own words for this are not known to us. */
function checkProvider({ settings }: IdentityPool, provider: string): void {
  const known = [
    ...settings.CognitoIdentityProviders.map(({ ProviderName }) => ProviderName),
    ...Object.keys(settings.SupportedLoginProviders ?? {}),
    ...(settings.OpenIdConnectProviderARNs ?? []),
    ...(settings.SamlProviderARNs ?? []),
  ];
  if (!known.includes(provider)) {
    throw new AwsError('ResourceNotFoundException', `Identity provider '${provider}' not found.`);
  }
}

function describe(pool: IdentityPool, provider: string, map: AttributeMap): Record<string, unknown> {
  return {
    IdentityPoolId: pool.id,
    IdentityProviderName: provider,
    UseDefaults: map.useDefaults,
    PrincipalTags: map.useDefaults ? DEFAULT_TAGS : map.tags,
  };
}
