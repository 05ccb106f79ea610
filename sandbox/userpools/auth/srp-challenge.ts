import { createHmac, randomBytes } from 'node:crypto';
import { AwsError } from '../../kernel/aws-error';
import { sameSecret } from '../../kernel/secrets';
import type { UserPoolContext } from '../context';
import { recordFailure, refuseIfLockedOut } from '../lockout';
import type { AppClient, PasswordRecord, PoolUser, UserPool } from '../model';
import { answerPublicValue, isUsablePublicValue, makePasswordRecord, passwordClaim } from '../srp';
import { srpName } from '../store';
import { afterPassword } from './sign-in-result';
import { userForSignIn, wrongPassword } from './sign-in-state';
import { formatSrpTimestamp, parseSrpTimestamp } from './srp-timestamp';
import { requiredParameter } from './parameters';

/** Cognito wants the answer "within a few seconds"; we are as patient as a slow machine needs. */
const ANSWER_WITHIN_MS = 60_000;
const CLOCK_TOLERANCE_MS = 5 * 60_000;

interface PendingProof {
  readonly clientId: string;
  readonly userIdForSrp: string;
  readonly key: Buffer;
  readonly expiresAt: number;
}

/** SRP sign-in: the challenge, and the check of its answer. The state stands behind SECRET_BLOCK; there is no Session. */
export class SrpChallenges {
  private readonly pending = new Map<string, PendingProof>();
  private readonly pretence = randomBytes(32);

  start(
    context: UserPoolContext,
    pool: UserPool,
    client: AppClient,
    typed: string,
    publicHex: string,
  ): Record<string, unknown> {
    const user = userForSignIn(pool, client, typed);
    if (!isUsablePublicValue(publicHex))
      throw new AwsError('InvalidParameterException', 'Invalid SRP_A value.');
    const now = context.clock.now();
    if (user !== undefined) refuseIfLockedOut(user, now);
    const userIdForSrp = user?.username ?? typed;
    const record = user?.password ?? this.pretendedRecord(pool, typed);
    const { publicHex: serverHex, key } = answerPublicValue(record, publicHex);
    const secretBlock = randomBytes(960).toString('base64');
    for (const [block, proof] of this.pending) if (proof.expiresAt < now) this.pending.delete(block);
    this.pending.set(secretBlock, {
      clientId: client.id,
      userIdForSrp,
      key,
      expiresAt: now + ANSWER_WITHIN_MS,
    });
    return {
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeParameters: {
        SALT: record.salt,
        SECRET_BLOCK: secretBlock,
        SRP_B: serverHex,
        USERNAME: userIdForSrp,
        USER_ID_FOR_SRP: userIdForSrp,
      },
    };
  }

  /** Checks a PASSWORD_VERIFIER answer; each challenge can be answered once, rightly or wrongly. */
  verify(
    context: UserPoolContext,
    pool: UserPool,
    client: AppClient,
    typed: string,
    responses: ReadonlyMap<string, string>,
  ): Record<string, unknown> {
    const secretBlock = requiredParameter(responses, 'PASSWORD_CLAIM_SECRET_BLOCK');
    const signature = requiredParameter(responses, 'PASSWORD_CLAIM_SIGNATURE');
    const timestamp = requiredParameter(responses, 'TIMESTAMP');
    const signedAt = parseSrpTimestamp(timestamp);
    if (signedAt === undefined)
      throw new AwsError(
        'InvalidParameterException',
        'TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.',
      );
    const now = context.clock.now();
    const proof = this.pending.get(secretBlock);
    this.pending.delete(secretBlock);
    if (proof === undefined || proof.clientId !== client.id || now >= proof.expiresAt) throw wrongPassword();
    const user = userForSignIn(pool, client, typed);
    if (user === undefined || user.username !== proof.userIdForSrp) throw wrongPassword();
    refuseIfLockedOut(user, now);
    const late = Math.abs(now - signedAt) > CLOCK_TOLERANCE_MS;
    if (late || timestamp !== formatSrpTimestamp(signedAt)) throw wrongPassword();
    const expected = passwordClaim(
      proof.key,
      srpName(pool),
      proof.userIdForSrp,
      Buffer.from(secretBlock, 'base64'),
      timestamp,
    );
    if (!sameSecret(signature, expected)) {
      recordFailure(user, now);
      throw wrongPassword();
    }
    return afterPassword(context, pool, client, user);
  }

  /** For users that do not exist: the same salt each time, and a verifier that no password fits. */
  private pretendedRecord(pool: UserPool, typed: string): PasswordRecord {
    const salt = createHmac('sha256', this.pretence).update(`${pool.id}:${typed}`).digest('hex').slice(0, 32);
    const record = makePasswordRecord(srpName(pool), typed, randomBytes(16).toString('hex'));
    return { salt, verifier: record.verifier };
  }
}

export function checkPasswordFlow(
  user: PoolUser | undefined,
  right: (user: PoolUser) => boolean,
  now: number,
): PoolUser {
  if (user === undefined) throw wrongPassword();
  refuseIfLockedOut(user, now);
  if (right(user)) return user;
  recordFailure(user, now);
  throw wrongPassword();
}
