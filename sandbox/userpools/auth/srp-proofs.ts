import { randomBytes } from 'node:crypto';
import { AwsError } from '../../kernel/aws-error';
import { sameSecret } from '../../kernel/secrets';
import type { Clock } from '../../kernel/types';
import type { PasswordRecord } from '../model';
import { answerPublicValue, isUsablePublicValue, passwordClaim } from '../srp';
import { requiredParameter } from './parameters';
import { formatSrpTimestamp, parseSrpTimestamp } from './srp-timestamp';

/** Cognito wants the answer "within a few seconds"; we are as patient as a slow machine needs. */
const ANSWER_WITHIN_MS = 60_000;
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** Whose password is to be proven: a user's (within the pool's name) or a device's (within its group key). */
export interface SrpSubject {
  readonly realm: string;
  readonly identity: string;
  readonly record: PasswordRecord;
}

export interface SrpQuestion {
  readonly secretBlock: string;
  readonly parameters: Readonly<Record<'SALT' | 'SECRET_BLOCK' | 'SRP_B', string>>;
}

interface PendingProof {
  readonly clientId: string;
  readonly realm: string;
  readonly identity: string;
  readonly key: Buffer;
  readonly expiresAt: number;
  /** The answer must come with a Session. */
  readonly withSession: boolean;
}

export interface SrpVerdict {
  /** Whose password it was to be. */
  readonly identity: string;
  readonly right: boolean;
  /** The signature was looked at, and is not the password's. */
  readonly wrong: boolean;
}

/** SRP exchanges under way. The state stands behind SECRET_BLOCK; each can be answered once, rightly or wrongly. */
export class SrpProofs {
  private readonly pending = new Map<string, PendingProof>();

  constructor(private readonly clock: Clock) {}

  /** Throws InvalidParameterException for a public value that nobody may send. */
  start(clientId: string, subject: SrpSubject, publicHex: string, withSession: boolean): SrpQuestion {
    checkPublicValue(publicHex);
    const now = this.clock.now();
    const { publicHex: serverHex, key } = answerPublicValue(subject.record, publicHex);
    const secretBlock = randomBytes(960).toString('base64');
    for (const [block, proof] of this.pending) if (proof.expiresAt < now) this.pending.delete(block);
    const { realm, identity } = subject;
    const expiresAt = now + ANSWER_WITHIN_MS;
    this.pending.set(secretBlock, { clientId, realm, identity, key, expiresAt, withSession });
    return {
      secretBlock,
      parameters: { SALT: subject.record.salt, SECRET_BLOCK: secretBlock, SRP_B: serverHex },
    };
  }

  /** Judges an answer; undefined where no exchange is waiting for it. */
  judge(
    clientId: string,
    responses: ReadonlyMap<string, string>,
    withSession: boolean,
  ): SrpVerdict | undefined {
    const secretBlock = requiredParameter(responses, 'PASSWORD_CLAIM_SECRET_BLOCK');
    const signature = requiredParameter(responses, 'PASSWORD_CLAIM_SIGNATURE');
    const timestamp = requiredParameter(responses, 'TIMESTAMP');
    const signedAt = parseSrpTimestamp(timestamp);
    if (signedAt === undefined)
      throw new AwsError(
        'InvalidParameterException',
        'TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.',
      );
    const now = this.clock.now();
    const proof = this.pending.get(secretBlock);
    this.pending.delete(secretBlock);
    if (proof === undefined || proof.clientId !== clientId || now >= proof.expiresAt) return undefined;
    if (proof.withSession !== withSession) return undefined;
    const { key, realm, identity } = proof;
    const late = Math.abs(now - signedAt) > CLOCK_TOLERANCE_MS;
    if (late || timestamp !== formatSrpTimestamp(signedAt)) return { identity, right: false, wrong: false };
    const expected = passwordClaim(key, realm, identity, Buffer.from(secretBlock, 'base64'), timestamp);
    const right = sameSecret(signature, expected);
    return { identity, right, wrong: !right };
  }
}

export function checkPublicValue(publicHex: string): void {
  if (!isUsablePublicValue(publicHex))
    throw new AwsError('InvalidParameterException', 'Invalid SRP_A value.');
}
