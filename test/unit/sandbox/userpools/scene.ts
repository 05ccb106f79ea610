import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createOutbox, type Outbox } from '../../../../sandbox/control/outbox';
import { AwsError } from '../../../../sandbox/kernel/aws-error';
import { createClock } from '../../../../sandbox/kernel/clock';
import type { Call, Clock } from '../../../../sandbox/kernel/types';
import { createPool } from '../../../../sandbox/userpools/admin/pool-operations';
import { generatePoolKeys, type PoolKeys } from '../../../../sandbox/userpools/tokens/pool-keys';
import { createUserPools, type UserPools } from '../../../../sandbox/userpools/user-pools';

const CALL: Call = { requestId: 'test', sourceIp: '127.0.0.1', principal: undefined };

export const PASSWORD = 'Right-1-Password';
export const EVERY_FLOW = ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];

export type Members = Record<string, unknown>;

export interface Refusal {
  readonly code: string;
  readonly message: string | RegExp;
}

/** Key generation is slow and its outcome does not matter, so all scenes share two pairs. */
const keyPairs: Promise<PoolKeys>[] = [];

function sharedKeys(index: number): Promise<PoolKeys> {
  return (keyPairs[index] ??= generatePoolKeys());
}

/** User pools without a server before them: one pool, one public client, and calls by operation name. */
export class Scene {
  readonly clock: Clock = createClock();
  readonly outbox: Outbox = createOutbox(this.clock);
  readonly pools: UserPools = createUserPools({
    clock: this.clock,
    outbox: this.outbox,
    region: 'us-east-1',
    accountId: '123456789012',
  });
  poolId = '';
  clientId = '';

  static async create(pool: Members = {}, client: Members = {}): Promise<Scene> {
    const scene = new Scene();
    scene.poolId = await scene.addPool(pool);
    scene.clientId = await scene.addClient(client);
    return scene;
  }

  async addPool(settings: Members = {}, keys = 0): Promise<string> {
    const input = { PoolName: 'test', UsernameConfiguration: { CaseSensitive: false }, ...settings };
    const pool = await createPool(this.pools.context, input, { keys: sharedKeys(keys) });
    return pool.id;
  }

  async addClient(settings: Members = {}, poolId = this.poolId): Promise<string> {
    const { UserPoolClient } = await this.call('CreateUserPoolClient', {
      UserPoolId: poolId,
      ClientName: 'app',
      ExplicitAuthFlows: EVERY_FLOW,
      PreventUserExistenceErrors: 'ENABLED',
      ...settings,
    });
    return text(UserPoolClient, 'ClientId');
  }

  /** A confirmed user with the usual password. */
  async addUser(username: string, attributes: Record<string, string> = {}): Promise<void> {
    const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
    const named = { UserPoolId: this.poolId, Username: username };
    await this.call('AdminCreateUser', {
      ...named,
      UserAttributes,
      MessageAction: 'SUPPRESS',
      // Another one, for pools that remember passwords.
      TemporaryPassword: `Temporary-${PASSWORD}`,
    });
    await this.call('AdminSetUserPassword', { ...named, Password: PASSWORD, Permanent: true });
  }

  async call(operation: string, input: Members): Promise<Members> {
    const run = this.pools.service.operations[operation];
    assert.ok(run, `${operation} exists`);
    return JSON.parse(JSON.stringify(await run(input, CALL))) as Members;
  }

  /** Calls an operation on the scene's pool with administrator's rights. */
  async admin(operation: string, input: Members): Promise<Members> {
    return this.call(operation, { UserPoolId: this.poolId, ...input });
  }

  async passwordSignIn(username: string, password = PASSWORD, more: Members = {}): Promise<Members> {
    return this.call('InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: this.clientId,
      AuthParameters: { USERNAME: username, PASSWORD: password },
      ...more,
    });
  }

  async tokens(username: string): Promise<{ id: string; access: string; refresh: string }> {
    const { AuthenticationResult } = await this.passwordSignIn(username);
    return {
      id: text(AuthenticationResult, 'IdToken'),
      access: text(AuthenticationResult, 'AccessToken'),
      refresh: text(AuthenticationResult, 'RefreshToken'),
    };
  }

  /** Answers a challenge of the scene's client. */
  async respond(challenge: Members, responses: Record<string, string>): Promise<Members> {
    return this.call('RespondToAuthChallenge', this.response(challenge, responses));
  }

  /** The request that answers a challenge; USERNAME is the challenge's own unless given. */
  response(challenge: Members, responses: Record<string, string>): Members {
    const parameters = members(challenge['ChallengeParameters']);
    return {
      ClientId: this.clientId,
      ChallengeName: challenge['ChallengeName'],
      Session: challenge['Session'],
      ChallengeResponses: {
        USERNAME: String(parameters['USER_ID_FOR_SRP'] ?? parameters['USERNAME']),
        ...responses,
      },
    };
  }

  /** Turns on all methods of the second factor, `configuration` says for whom. */
  async setMfa(configuration: 'OFF' | 'OPTIONAL' | 'ON', more: Members = {}): Promise<void> {
    await this.admin('SetUserPoolMfaConfig', {
      MfaConfiguration: configuration,
      SoftwareTokenMfaConfiguration: { Enabled: true },
      SmsMfaConfiguration: {
        SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/SendsSms' },
      },
      EmailMfaConfiguration: {},
      ...more,
    });
  }

  /** The code of the newest message. */
  lastCode(): string {
    return this.outbox.all().at(-1)?.code ?? '';
  }

  async refuses(operation: string, input: Members, refusal: Refusal): Promise<void> {
    await refuses(() => this.call(operation, input), refusal);
  }
}

export async function refuses(attempt: () => unknown, { code, message }: Refusal): Promise<void> {
  let caught: unknown;
  try {
    await attempt();
  } catch (error) {
    caught = error;
  }
  assert.ok(caught instanceof AwsError, `refused with ${code}, not ${String(caught)}`);
  assert.equal(`${caught.code}: ${caught.message}`.slice(0, code.length), code, caught.message);
  if (typeof message === 'string') assert.equal(caught.message, message);
  else assert.match(caught.message, message);
}

export function text(value: unknown, member: string): string {
  const found = members(value)[member];
  assert.equal(typeof found, 'string', `${member} is a string`);
  return String(found);
}

/** A code of as many digits, and not this one. */
export function otherCode(code: string): string {
  return code.replace(/^./, (digit) => String((Number(digit) + 1) % 10));
}

export function members(value: unknown): Members {
  assert.ok(typeof value === 'object' && value !== null);
  return value as Members;
}

export function claimsOf(token: string): Members {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Members;
}

export function secretHash(secret: string, username: string, clientId: string): string {
  return createHmac('sha256', secret)
    .update(username + clientId)
    .digest('base64');
}
