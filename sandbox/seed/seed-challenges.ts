import { ACCOUNT_ID, REGION } from '../account';
import { createClient } from '../userpools/admin/client-operations';
import { createPool } from '../userpools/admin/pool-operations';
import type { UserPool } from '../userpools/model';
import { addUser } from '../userpools/new-user';
import { makeLazyPasswordRecord } from '../userpools/srp';
import { srpName } from '../userpools/store';
import { functionArn } from '../userpools/triggers';
import { lazyPoolKeys } from '../userpools/tokens/pool-keys';
import type { UserPools } from '../userpools/user-pools';
import {
  CHALLENGE_POOL_ID,
  CHALLENGE_USERS,
  CHALLENGES_CLIENT,
  REQUIRED_CLIENT,
  REQUIRED_POOL_ID,
  REQUIRED_USERS,
  type ChallengeUser,
} from './challenge-names';
import { CUSTOM_CHALLENGE_FUNCTIONS } from './custom-challenge';
import type { Invoke } from './invoke';

const EVERY_FLOW = [
  'ALLOW_USER_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
];
const RELYING_PARTY = 'passkeys.example.com';
const SNS_CALLER = `arn:aws:iam::${ACCOUNT_ID}:role/SendsSms`;
const arn = (name: string): string => functionArn(name, { region: REGION, accountId: ACCOUNT_ID });

/** The pool with a user for every challenge, and the one that requires a second factor. */
export async function seedChallengePools(userPools: UserPools, invoke: Invoke): Promise<void> {
  const { context, service } = userPools;
  for (const [name, run] of Object.entries(CUSTOM_CHALLENGE_FUNCTIONS))
    if (!context.functions.has(arn(name))) context.functions.set(arn(name), run);
  const common = {
    UsernameConfiguration: { CaseSensitive: false },
    AliasAttributes: ['email', 'preferred_username'],
    AutoVerifiedAttributes: ['email'],
  };
  const challenges = await createPool(
    context,
    {
      ...common,
      PoolName: 'Every challenge',
      Policies: {
        PasswordPolicy: {
          MinimumLength: 8,
          RequireUppercase: true,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          PasswordHistorySize: 3,
        },
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] },
      },
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
      LambdaConfig: {
        DefineAuthChallenge: arn('challenges-define'),
        CreateAuthChallenge: arn('challenges-create'),
        VerifyAuthChallengeResponse: arn('challenges-verify'),
      },
    },
    { id: CHALLENGE_POOL_ID, keys: lazyPoolKeys() },
  );
  await invoke(service, 'SetUserPoolMfaConfig', {
    UserPoolId: CHALLENGE_POOL_ID,
    MfaConfiguration: 'OPTIONAL',
    SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: SNS_CALLER, ExternalId: 'sandbox' } },
    SoftwareTokenMfaConfiguration: { Enabled: true },
    EmailMfaConfiguration: {},
    WebAuthnConfiguration: { RelyingPartyId: RELYING_PARTY, UserVerification: 'preferred' },
  });
  const required = await createPool(
    context,
    { ...common, PoolName: 'Second factor required' },
    { id: REQUIRED_POOL_ID, keys: lazyPoolKeys() },
  );
  await invoke(service, 'SetUserPoolMfaConfig', {
    UserPoolId: REQUIRED_POOL_ID,
    MfaConfiguration: 'ON',
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  for (const [pool, client] of [
    [challenges, CHALLENGES_CLIENT],
    [required, REQUIRED_CLIENT],
  ] as const)
    createClient(
      context,
      {
        UserPoolId: pool.id,
        ClientName: client.name,
        ExplicitAuthFlows: EVERY_FLOW,
        PreventUserExistenceErrors: 'LEGACY',
      },
      client,
    );
  const now = context.clock.now();
  for (const user of CHALLENGE_USERS) seedUser(challenges, user, now);
  for (const user of REQUIRED_USERS) seedUser(required, user, now);
}

function seedUser(pool: UserPool, seed: ChallengeUser, now: number): void {
  const { username, state, mfa = [], phone, totpSecret } = seed;
  const confirmed = state !== 'unconfirmed';
  const attributes = new Map([
    ['name', `${username.charAt(0).toUpperCase()}${username.slice(1)}`],
    ['email', `${username}@example.com`],
    ['email_verified', String(confirmed)],
  ]);
  if (phone !== undefined) attributes.set('phone_number', phone).set('phone_number_verified', 'true');
  const user = addUser(pool, username, attributes, confirmed ? 'CONFIRMED' : 'UNCONFIRMED', now, seed.sub);
  user.password = makeLazyPasswordRecord(srpName(pool), username, seed.password);
  for (const method of mfa) user.mfa.enabled.add(method);
  user.mfa.preferred = mfa.length === 1 ? mfa[0] : undefined;
  if (totpSecret !== undefined)
    user.totp = { secret: totpSecret, friendlyName: 'Sandbox authenticator', lastStep: 0 };
  if (seed.passkey === true)
    user.passkeys.push({
      id: Buffer.from(`lost passkey of ${username}`).toString('base64url'),
      name: 'A laptop that was lost',
      relyingPartyId: RELYING_PARTY,
      createdAt: now,
    });
  user.enabled = state !== 'disabled';
  if (state === 'reset') {
    user.status = 'RESET_REQUIRED';
    user.password = undefined;
  }
  if (state === 'expired') {
    user.status = 'FORCE_CHANGE_PASSWORD';
    user.temporaryUntil = now - 1;
  }
}
