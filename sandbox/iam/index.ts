export { createIam } from './iam';
export type { Iam, IamOptions } from './iam';
export { evaluatePolicies } from './evaluator';
export type { PolicySet, Question } from './evaluator';
export { conditionContext } from './condition-context';
export type { ConditionContext, ContextValues } from './condition-context';
export { parsePolicyText, readPolicy } from './policy-document';
export type { Policy } from './policy-document';
export type { Role } from './role-store';
