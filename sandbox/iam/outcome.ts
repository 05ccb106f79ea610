/**
 * Whether an element of a statement applies. `unknown`: the sandbox does not understand it, so that an Allow must
 * not apply and a Deny must.
 */
export type Outcome = 'match' | 'no-match' | 'unknown';

export function outcomeOf(matches: boolean): Outcome {
  return matches ? 'match' : 'no-match';
}

/** All must match; what surely does not match settles it. */
export function every(outcomes: readonly Outcome[]): Outcome {
  return outcomes.includes('no-match') ? 'no-match' : outcomes.includes('unknown') ? 'unknown' : 'match';
}

/** One must match; what surely matches settles it. */
export function some(outcomes: readonly Outcome[]): Outcome {
  return outcomes.includes('match') ? 'match' : outcomes.includes('unknown') ? 'unknown' : 'no-match';
}

export function negate(outcome: Outcome): Outcome {
  return outcome === 'unknown' ? outcome : outcomeOf(outcome === 'no-match');
}
