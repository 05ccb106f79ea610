import { conditionContext, type ContextValues, evaluatePolicies, readPolicy } from '../../../../sandbox/iam';

export interface Case {
  readonly statement: object | readonly object[];
  readonly action?: string;
  readonly resource?: string;
  readonly context?: ContextValues;
  readonly version?: string;
}

export interface Answer {
  readonly reason: string;
  readonly lines: readonly string[];
}

/** What the evaluator says about one policy, and what it wrote into its log. */
export function evaluate({ statement, action, resource, context, version = '2012-10-17' }: Case): Answer {
  const lines: string[] = [];
  const policy = readPolicy({ Version: version, Statement: statement }, 'identity');
  const { reason } = evaluatePolicies(
    { policies: [policy] },
    {
      action: action ?? 's3:GetObject',
      resource: resource ?? 'arn:aws:s3:::bucket/key',
      context: conditionContext(context ?? {}),
      log: (line) => lines.push(line),
    },
  );
  return { reason, lines };
}

export function allow(members: object = {}): object {
  return { Effect: 'Allow', Action: '*', Resource: '*', ...members };
}

export function deny(members: object = {}): object {
  return { Effect: 'Deny', Action: '*', Resource: '*', ...members };
}
