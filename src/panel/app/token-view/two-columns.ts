import type { ClaimGroup, ExplainedClaim } from '../../../core/tokens/explain';

/** Characters that stand beside each other in a column, roughly. */
const valueWidth = 40;
const meaningWidth = 55;
/** A longer value is shown cut at first. */
const shownAtFirst = 240;

/**
 * Groups for two columns of about the same height, in their order: the first goes down the left column, the rest down
 * the right one. By what they hold and not by how they are drawn, so that nothing changes sides when a value is opened.
 */
export function twoColumns(groups: readonly ClaimGroup[]): [left: ClaimGroup[], right: ClaimGroup[]] {
  const heights = groups.map((group) => group.claims.reduce((sum, claim) => sum + linesOf(claim), 2));
  const all = heights.reduce((sum, height) => sum + height, 0);
  let best = { at: groups.length, height: all };
  let left = 0;
  heights.forEach((height, at) => {
    const higher = Math.max(left, all - left);
    if (higher < best.height) best = { at, height: higher };
    left += height;
  });
  return [groups.slice(0, best.at), groups.slice(best.at)];
}

function linesOf({ kind, value, meaning, earlier }: ExplainedClaim): number {
  const own =
    kind === 'json' ? value.split(/[,{[]/).length : Math.min(value.length, shownAtFirst) / valueWidth;
  return 1 + Math.ceil(own) + Math.ceil(meaning.length / meaningWidth) + (earlier?.values.length ?? 0);
}
