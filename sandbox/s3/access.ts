import type { AwsError } from '../kernel/aws-error';
import type { SandboxLog } from '../kernel/sandbox-log';
import type { AccessDecision, Authorizer, Clock } from '../kernel/types';
import { s3Error } from './errors';
import type { S3Call } from './s3-call';

export interface Permission {
  /** `s3:GetObject` */
  readonly action: string;
  /** Undefined: the account's buckets as such. */
  readonly bucket?: string;
  readonly key?: string;
  /** Condition keys beyond those of every request. */
  readonly context?: Readonly<Record<string, string>>;
}

const REASONS: Readonly<Record<string, (action: string) => string>> = {
  'explicit-deny': () => 'with an explicit deny in an identity-based policy',
  'session-policy': (action) => `because no session policy allows the ${action} action`,
};

function arnOf({ bucket, key }: Permission): string {
  return `arn:aws:s3:::${bucket ?? '*'}${key === undefined ? '' : `/${key}`}`;
}

/** Asks the policy evaluator on behalf of a call, and words the refusal as S3 does today. */
export class Access {
  readonly #authorizer: Authorizer;
  readonly #clock: Clock;
  readonly #log: SandboxLog;

  constructor(authorizer: Authorizer, clock: Clock, log: SandboxLog) {
    this.#authorizer = authorizer;
    this.#clock = clock;
    this.#log = log;
  }

  /** Throws AccessDenied. */
  require(call: S3Call, permission: Permission): void {
    const decision = this.#decide(call, permission);
    if (decision?.allowed !== true) throw this.#denied(call, permission, decision);
  }

  allows(call: S3Call, permission: Permission): boolean {
    return this.#decide(call, permission)?.allowed === true;
  }

  #decide(call: S3Call, permission: Permission): AccessDecision | undefined {
    const { principal } = call.check;
    if (principal === undefined) return undefined;
    return this.#authorizer.decide({
      principal,
      action: permission.action,
      resource: arnOf(permission),
      context: {
        'aws:securetransport': 'false',
        'aws:sourceip': call.request.http.sourceIp,
        'aws:currenttime': new Date(this.#clock.now()).toISOString(),
        ...permission.context,
      },
    });
  }

  #denied(call: S3Call, permission: Permission, decision: AccessDecision | undefined): AwsError {
    const { principal } = call.check;
    if (principal === undefined || decision === undefined) return s3Error('AccessDenied');
    const { action } = permission;
    this.#log(
      `s3 ${call.operation}: ${principal.arn} may not ${action} on ${arnOf(permission)} (${decision.reason})`,
    );
    const where = permission.bucket === undefined ? '' : ` on resource: "${arnOf(permission)}"`;
    const why =
      REASONS[decision.reason]?.(action) ?? `because no identity-based policy allows the ${action} action`;
    return s3Error('AccessDenied', {
      message: `User: ${principal.arn} is not authorized to perform: ${action}${where} ${why}`,
    });
  }
}
