import { randomBytes } from 'node:crypto';
import { AwsError } from '../../kernel/aws-error';
import { optionalInteger, optionalRecord, optionalText, requiredText } from '../../kernel/input';
import { pageOf } from '../../kernel/paging';
import type { Operation } from '../../kernel/types';
import type { UserPoolContext } from '../context';
import type { UserPool } from '../model';
import { requireAccessToken } from '../tokens/access-token';

/** Passkeys: they can be listed, asked for and deleted; no authenticator works here, so none is ever added. */
export function passkeyOperations(context: UserPoolContext): Record<string, Operation> {
  return {
    ListWebAuthnCredentials(input) {
      const { user } = requireAccessToken(context, input);
      const limit = optionalInteger(input, 'MaxResults', { min: 0, max: 20 }) || 20;
      const token = optionalText(input, 'NextToken', { min: 1, max: 131072 });
      const { items, next } = pageOf(user.passkeys, ({ id }) => id, limit, token);
      return {
        Credentials: items.map((passkey) => ({
          CredentialId: passkey.id,
          FriendlyCredentialName: passkey.name,
          RelyingPartyId: passkey.relyingPartyId,
          AuthenticatorTransports: ['internal'],
          CreatedAt: new Date(passkey.createdAt),
        })),
        NextToken: next,
      };
    },
    DeleteWebAuthnCredential(input) {
      const { user } = requireAccessToken(context, input);
      const id = requiredText(input, 'CredentialId', { min: 1, max: 1024 });
      const index = user.passkeys.findIndex((passkey) => passkey.id === id);
      if (index < 0)
        throw new AwsError('ResourceNotFoundException', 'The WebAuthn credential does not exist.');
      user.passkeys.splice(index, 1);
      return {};
    },
    StartWebAuthnRegistration(input) {
      const { pool, user } = requireAccessToken(context, input);
      const rpId = relyingParty(pool, context.region);
      return {
        CredentialCreationOptions: {
          rp: { id: rpId, name: rpId },
          user: {
            id: Buffer.from(user.sub, 'utf8').toString('base64url'),
            name: user.username,
            displayName: user.username,
          },
          challenge: randomBytes(32).toString('base64url'),
          pubKeyCredParams: [
            { type: 'public-key', alg: -7 },
            { type: 'public-key', alg: -257 },
          ],
          timeout: 60_000,
          excludeCredentials: user.passkeys.map(({ id }) => ({ type: 'public-key', id })),
          authenticatorSelection: {
            requireResidentKey: true,
            residentKey: 'required',
            userVerification: 'preferred',
          },
        },
      };
    },
    CompleteWebAuthnRegistration(input) {
      const { pool } = requireAccessToken(context, input);
      relyingParty(pool, context.region);
      if (optionalRecord(input, 'Credential') === undefined)
        throw new AwsError('InvalidParameterException', 'Credential is missing.');
      throw new AwsError(
        'WebAuthnOriginNotAllowedException',
        'The origin of the credential is not allowed by the relying party of the user pool.',
      );
    },
  };
}

/** The host that passkeys are made for: as configured, or the pool's domain. */
function relyingParty(pool: UserPool, region: string): string {
  if (!pool.settings.firstFactors.includes('WEB_AUTHN'))
    throw new AwsError('WebAuthnNotEnabledException', 'WebAuthn is not enabled for the user pool.');
  const configured = pool.mfa.webAuthn?.['RelyingPartyId'];
  if (typeof configured === 'string') return configured;
  if (pool.domain !== undefined) return `${pool.domain}.auth.${region}.amazoncognito.com`;
  throw new AwsError(
    'WebAuthnConfigurationMissingException',
    'The user pool has no relying party id and no domain.',
  );
}
