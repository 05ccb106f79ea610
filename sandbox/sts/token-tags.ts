import { isRecord } from '../kernel/input';

/** The claim of a web identity token that asks for session tags. */
const TAGS_CLAIM = 'https://aws.amazon.com/tags';

/** The session tags that a token asks for; each has one value. */
export function tagsInToken(claims: Readonly<Record<string, unknown>>): Record<string, string> {
  const claim = claims[TAGS_CLAIM];
  const tags = isRecord(claim) ? claim['principal_tags'] : undefined;
  return Object.fromEntries(
    Object.entries(isRecord(tags) ? tags : {}).flatMap(([tag, values]) => {
      const [value]: readonly unknown[] = [values].flat();
      return typeof value === 'string' ? [[tag, value] as const] : [];
    }),
  );
}
