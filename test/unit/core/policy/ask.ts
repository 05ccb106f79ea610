import {
  type ContextValues,
  decide,
  keysLike,
  parsePolicy,
  policyContext,
  type PolicyDecision,
} from '../../../../src/core/policy';

export interface Asked {
  readonly statement: object | readonly object[];
  readonly action?: string;
  readonly resource?: string;
  readonly values?: ContextValues;
  readonly absent?: readonly string[];
  readonly version?: string;
}

/** What one identity policy named `reading` says. */
export function ask({ statement, action, resource, values, absent, version }: Asked): PolicyDecision {
  const document = JSON.stringify({ Version: version ?? '2012-10-17', Statement: statement });
  return decide([parsePolicy('reading', document, 'identity')], {
    action: action ?? 's3:GetObject',
    resource: resource ?? 'arn:aws:s3:::bucket/key',
    context: policyContext(values ?? {}, keysLike(...(absent ?? ['*']))),
  });
}

export const allow = (members: object = {}): object => ({
  Effect: 'Allow',
  Action: '*',
  Resource: '*',
  ...members,
});

export const deny = (members: object = {}): object => ({ ...allow(members), Effect: 'Deny' });

/** A condition for one line. */
export const when = (operator: string, key: string, ...values: readonly unknown[]): object => ({
  Condition: { [operator]: { [key]: values.length === 1 ? values[0] : values } },
});
