import {
  ChangePasswordCommand,
  ConfirmDeviceCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  DeleteWebAuthnCredentialCommand,
  ForgetDeviceCommand,
  ForgotPasswordCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  ListDevicesCommand,
  ListWebAuthnCredentialsCommand,
  ResendConfirmationCodeCommand,
  SetUserMFAPreferenceCommand,
  SignUpCommand,
  UpdateDeviceStatusCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type {
  AttributeType,
  CodeDeliveryDetailsType,
  CognitoIdentityProviderClient,
  DeviceType,
} from '@aws-sdk/client-cognito-identity-provider';
import { WorkbenchError } from '../core/errors';
import type { AccountApi, ClientUser, CodeDelivery, MfaPreference, PoolDevice } from '../core/ports';

type Metadata = { readonly $metadata: { requestId?: string } };

/** Sends one command with the time limit and the faults of `call`. */
export type Sender = <T extends Metadata>(
  operation: string,
  send: (abortSignal: AbortSignal) => Promise<T>,
  signal: AbortSignal | undefined,
) => Promise<T>;

/** Page sizes that the API allows at most. */
const DEVICES_A_PAGE = 60;
const PASSKEYS_A_PAGE = 20;

/** The account operations of the user pools API; all of them unsigned. */
export function accountApi(client: CognitoIdentityProviderClient, run: Sender): AccountApi {
  return {
    async signUp(request, signal) {
      const command = new SignUpCommand({
        ...who(request),
        Password: request.password,
        UserAttributes: Object.entries(request.attributes).map(([Name, Value]) => ({ Name, Value })),
      });
      const answer = await run('SignUp', (abortSignal) => client.send(command, { abortSignal }), signal);
      return {
        confirmed: answer.UserConfirmed ?? false,
        sub: answer.UserSub,
        delivery: answer.CodeDeliveryDetails && toDelivery(answer.CodeDeliveryDetails),
        session: answer.Session,
      };
    },
    async confirmSignUp(request, signal) {
      const command = new ConfirmSignUpCommand({
        ...who(request),
        ConfirmationCode: request.code,
        Session: request.session,
      });
      const answer = await run(
        'ConfirmSignUp',
        (abortSignal) => client.send(command, { abortSignal }),
        signal,
      );
      return { session: answer.Session };
    },
    async resendConfirmationCode(request, signal) {
      const command = new ResendConfirmationCodeCommand(who(request));
      const answer = await run(
        'ResendConfirmationCode',
        (abortSignal) => client.send(command, { abortSignal }),
        signal,
      );
      return toDelivery(answer.CodeDeliveryDetails);
    },
    async forgotPassword(request, signal) {
      const command = new ForgotPasswordCommand(who(request));
      const answer = await run(
        'ForgotPassword',
        (abortSignal) => client.send(command, { abortSignal }),
        signal,
      );
      return toDelivery(answer.CodeDeliveryDetails);
    },
    async confirmForgotPassword(request, signal) {
      const command = new ConfirmForgotPasswordCommand({
        ...who(request),
        ConfirmationCode: request.code,
        Password: request.password,
      });
      await run('ConfirmForgotPassword', (abortSignal) => client.send(command, { abortSignal }), signal);
    },
    async changePassword(request, signal) {
      const command = new ChangePasswordCommand({
        AccessToken: request.accessToken,
        PreviousPassword: request.previousPassword,
        ProposedPassword: request.proposedPassword,
      });
      await run('ChangePassword', (abortSignal) => client.send(command, { abortSignal }), signal);
    },
    async setUserMfaPreference(request, signal) {
      const command = new SetUserMFAPreferenceCommand({
        AccessToken: request.accessToken,
        SMSMfaSettings: request.sms && toPreference(request.sms),
        SoftwareTokenMfaSettings: request.softwareToken && toPreference(request.softwareToken),
        EmailMfaSettings: request.email && toPreference(request.email),
      });
      await run('SetUserMFAPreference', (abortSignal) => client.send(command, { abortSignal }), signal);
    },
    async getUser(request, signal) {
      const command = new GetUserCommand({ AccessToken: request.accessToken });
      const answer = await run('GetUser', (abortSignal) => client.send(command, { abortSignal }), signal);
      if (!answer.Username) throw new WorkbenchError('signin.protocol', 'GetUser gave no user name');
      return {
        username: answer.Username,
        attributes: toRecord(answer.UserAttributes),
        mfaMethods: answer.UserMFASettingList ?? [],
        preferredMfa: answer.PreferredMfaSetting,
      };
    },
    async globalSignOut(request, signal) {
      const command = new GlobalSignOutCommand({ AccessToken: request.accessToken });
      await run('GlobalSignOut', (abortSignal) => client.send(command, { abortSignal }), signal);
    },
    async confirmDevice(request, signal) {
      const command = new ConfirmDeviceCommand({
        AccessToken: request.accessToken,
        DeviceKey: request.deviceKey,
        DeviceName: request.deviceName,
        DeviceSecretVerifierConfig: { Salt: request.salt, PasswordVerifier: request.passwordVerifier },
      });
      const answer = await run(
        'ConfirmDevice',
        (abortSignal) => client.send(command, { abortSignal }),
        signal,
      );
      return { userConfirmationNecessary: answer.UserConfirmationNecessary ?? false };
    },
    async updateDeviceStatus(request, signal) {
      const command = new UpdateDeviceStatusCommand({
        AccessToken: request.accessToken,
        DeviceKey: request.deviceKey,
        DeviceRememberedStatus: request.remembered ? 'remembered' : 'not_remembered',
      });
      await run('UpdateDeviceStatus', (abortSignal) => client.send(command, { abortSignal }), signal);
    },
    async listDevices(request, signal) {
      const command = new ListDevicesCommand({
        AccessToken: request.accessToken,
        Limit: DEVICES_A_PAGE,
        PaginationToken: request.nextToken,
      });
      const answer = await run('ListDevices', (abortSignal) => client.send(command, { abortSignal }), signal);
      return { devices: (answer.Devices ?? []).flatMap(toDevice), nextToken: answer.PaginationToken };
    },
    async forgetDevice(request, signal) {
      const command = new ForgetDeviceCommand({
        AccessToken: request.accessToken,
        DeviceKey: request.deviceKey,
      });
      await run('ForgetDevice', (abortSignal) => client.send(command, { abortSignal }), signal);
    },
    async listWebAuthnCredentials(request, signal) {
      const command = new ListWebAuthnCredentialsCommand({
        AccessToken: request.accessToken,
        MaxResults: PASSKEYS_A_PAGE,
        NextToken: request.nextToken,
      });
      const answer = await run(
        'ListWebAuthnCredentials',
        (abortSignal) => client.send(command, { abortSignal }),
        signal,
      );
      const passkeys = (answer.Credentials ?? []).flatMap((one) =>
        one.CredentialId
          ? [
              {
                credentialId: one.CredentialId,
                name: one.FriendlyCredentialName,
                relyingPartyId: one.RelyingPartyId,
                createdAt: one.CreatedAt?.getTime(),
              },
            ]
          : [],
      );
      return { passkeys, nextToken: answer.NextToken };
    },
    async deleteWebAuthnCredential(request, signal) {
      const command = new DeleteWebAuthnCredentialCommand({
        AccessToken: request.accessToken,
        CredentialId: request.credentialId,
      });
      await run('DeleteWebAuthnCredential', (abortSignal) => client.send(command, { abortSignal }), signal);
    },
  };
}

function who(request: ClientUser) {
  return { ClientId: request.clientId, Username: request.username, SecretHash: request.secretHash };
}

function toDelivery(details: CodeDeliveryDetailsType | undefined): CodeDelivery {
  return {
    medium: details?.DeliveryMedium,
    destination: details?.Destination,
    attribute: details?.AttributeName,
  };
}

function toPreference(preference: MfaPreference) {
  return { Enabled: preference.enabled, PreferredMfa: preference.preferred };
}

function toDevice(device: DeviceType): PoolDevice[] {
  if (!device.DeviceKey) return [];
  const attributes = toRecord(device.DeviceAttributes);
  const status = attributes['dev:device_remembered_status'] ?? attributes['device_remembered_status'];
  return [
    {
      deviceKey: device.DeviceKey,
      name: attributes['device_name'],
      remembered: status === undefined ? undefined : status === 'remembered',
      lastAddress: attributes['last_ip_used'],
      createdAt: device.DeviceCreateDate?.getTime(),
      lastUsedAt: device.DeviceLastAuthenticatedDate?.getTime(),
    },
  ];
}

function toRecord(attributes: readonly AttributeType[] | undefined): Record<string, string> {
  return Object.fromEntries(
    (attributes ?? []).flatMap(({ Name, Value }) => (Name ? [[Name, Value ?? '']] : [])),
  );
}
