import { AwsError } from '../../kernel/aws-error';
import { requiredText, type Input } from '../../kernel/input';
import { userIsDisabled } from '../auth/sign-in-state';
import type { UserPoolContext } from '../context';
import type { AppClient, PoolUser, UserPool } from '../model';
import { decodeJwt, isSignedBy } from './jwt';
import type { TokenFamily } from './token-families';
import { issuerOf } from './token-mint';

const refuse = (message: string): AwsError => new AwsError('NotAuthorizedException', message);

/** What a live access token stands for. */
export interface VerifiedAccessToken {
  readonly pool: UserPool;
  readonly client: AppClient;
  readonly user: PoolUser;
  readonly family: TokenFamily;
  readonly scopes: readonly string[];
}

/** Whose access token an operation was given; it must be one for the user pools API. */
export function requireAccessToken(context: UserPoolContext, input: Input): VerifiedAccessToken {
  const verified = verifyAccessToken(context, requiredText(input, 'AccessToken', { secret: true }));
  if (!verified.scopes.includes('aws.cognito.signin.user.admin'))
    throw refuse('Access Token does not have required scopes');
  return verified;
}

/** Whose access token this is; throws NotAuthorizedException for forged, foreign, expired and revoked ones. */
export function verifyAccessToken(context: UserPoolContext, token: string): VerifiedAccessToken {
  const jwt = decodeJwt(token);
  if (jwt === undefined || jwt.claims['token_use'] !== 'access') throw refuse('Invalid Access Token');
  const pool = [...context.store.pools.values()].find(
    ({ id }) => issuerOf(context.region, id) === jwt.claims['iss'],
  );
  if (pool === undefined || !isSignedBy(pool.keys.access, jwt))
    throw refuse('Could not verify signature for Access Token');
  if (Number(jwt.claims['exp']) * 1000 <= context.clock.now()) throw refuse('Access Token has expired');
  const family = context.families.find(jwt.claims['event_id']);
  const user = [...pool.users.values()].find(({ sub }) => sub === jwt.claims['sub']);
  if (user === undefined) throw new AwsError('UserNotFoundException', 'User does not exist.');
  if (!user.enabled) throw userIsDisabled();
  const client = family && pool.clients.get(family.clientId);
  if (client === undefined || family === undefined || family.revoked)
    throw refuse('Access Token has been revoked');
  return { pool, client, user, family, scopes: String(jwt.claims['scope']).split(' ') };
}
