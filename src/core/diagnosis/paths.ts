import type { Case } from './case';
import { short } from './names';

/** What is odd about a path in a bucket, seen beside the identity that asks for it. */
export type PathFinding =
  | { readonly kind: 'user-pool-sub'; readonly found: string }
  | { readonly kind: 'id-without-region'; readonly found: string }
  | { readonly kind: 'other-identity'; readonly found: string }
  | { readonly kind: 'unfilled-placeholder'; readonly found: string }
  | { readonly kind: 'no-slash'; readonly found: string };

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const identityId = /^[a-z]{2,5}(?:-[a-z]+){1,3}-\d:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The likeliest mistake in the prefix or key that was refused; undefined when it looks right. */
export function inspectPath(c: Case): PathFinding | undefined {
  const { key, prefix, identityId: own } = c.context;
  const path = key ?? prefix ?? '';
  for (const segment of path.split('/')) {
    if (/^\$\{.+\}$/.test(segment)) return { kind: 'unfilled-placeholder', found: segment };
    if (identityId.test(segment) && own !== undefined && segment !== own) {
      return { kind: 'other-identity', found: segment };
    }
    if (guid.test(segment)) {
      if (own?.endsWith(`:${segment}`)) return { kind: 'id-without-region', found: segment };
      if (segment === c.token.sub || own !== undefined) return { kind: 'user-pool-sub', found: segment };
    }
  }
  const missingSlash = key === undefined && path !== '' && !path.endsWith('/');
  return missingSlash ? { kind: 'no-slash', found: short(path, 120) } : undefined;
}

/** Likely locations other than the one that was just refused. */
export function otherLocations(c: Case): readonly string[] {
  const { bucket, prefix } = c.context;
  const refused = `s3://${bucket ?? ''}/${prefix ?? ''}`;
  return (c.context.likelyLocations ?? []).filter((location) => location !== refused);
}
