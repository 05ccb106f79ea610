export { type ContextValues, keysLike, policyContext, type PolicyContext } from './context';
export { decide, type DecidingStatement, type PolicyDecision, type Verdict } from './decide';
export type { Policy, PolicyKind, PolicyProblem, Statement } from './model';
export { parsePolicy } from './parse';
export type { PolicyRequest } from './statement';
export { conditionFinding } from './conditions';
export { actionFinding, principalFinding } from './statement';
