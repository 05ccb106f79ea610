/**
 * Whether a part of a statement applies to a request. `reason` (localised) says why not, or what cannot be told;
 * empty for `yes`.
 */
export interface Finding {
  readonly applies: 'yes' | 'no' | 'unknown';
  readonly reason: string;
}

export const YES: Finding = { applies: 'yes', reason: '' };

export function no(reason: string): Finding {
  return { applies: 'no', reason };
}

export function unknown(reason: string): Finding {
  return { applies: 'unknown', reason };
}

/** All must apply; one that surely does not settles it. */
export function all(findings: readonly Finding[]): Finding {
  return first(findings, 'no') ?? first(findings, 'unknown') ?? YES;
}

/** One must apply; one that surely does settles it. `reason` for where none does. */
export function some(findings: readonly Finding[], reason: string): Finding {
  return first(findings, 'yes') ?? first(findings, 'unknown') ?? no(reason);
}

function first(findings: readonly Finding[], applies: Finding['applies']): Finding | undefined {
  return findings.find((finding) => finding.applies === applies);
}
