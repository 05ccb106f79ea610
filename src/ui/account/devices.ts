import * as vscode from 'vscode';
import { isServiceError } from '../../core/errors';
import type { PoolDevice, PoolPasskey } from '../../core/ports';
import {
  deleteWebAuthnCredential,
  listDevices,
  listWebAuthnCredentials,
  updateDeviceStatus,
} from '../../core/signin/account';
import type { SignedInUser } from '../../core/signin/account';
import { formatDate } from '../../core/time';
import { plain } from '../../host/plain';
import { withProgress } from '../../host/progress';
import { askChoice } from '../input';
import type { Choice } from '../input';
import { subjectOf } from '../tree/nodes';
import { userOf } from './account-parts';
import type { AccountParts } from './account-parts';

type Entry = { kind: 'device'; device: PoolDevice } | { kind: 'passkey'; passkey: PoolPasskey };

/** Manage Passkeys and Devices…: what the API allows. Passkeys are added in the browser, on the pool's own domain. */
export function manageDevicesCommand(parts: AccountParts) {
  return async (argument: unknown): Promise<void> => {
    const subject = subjectOf(argument);
    const { view, connection, user } = await userOf(parts, subject, vscode.l10n.t('Whose devices?'));
    await parts.failures.about({ connection, ref: view.ref, username: view.name }, async () => {
      const entries = await withProgress(
        vscode.l10n.t('Asking for the devices of {0}', view.name),
        (signal) => entriesOf(user, signal),
      );
      if (entries.length === 0) {
        void vscode.window.showInformationMessage(
          plain(
            vscode.l10n.t(
              'Cognito knows no device and no passkey of {0}. Devices appear when the pool remembers them; passkeys are added on the sign-in page in the browser.',
              view.name,
            ),
          ),
        );
        return;
      }
      const chosen = await askChoice<Entry>({
        title: vscode.l10n.t('Devices and passkeys of {0}', view.name),
        placeHolder: vscode.l10n.t('Choose one to change it'),
        items: entries.map(itemOf),
      });
      const done = await change(user, chosen, (deviceKey) =>
        parts.sessions.forgetDevice(view.ref, deviceKey),
      );
      void vscode.window.showInformationMessage(plain(done));
    });
  };
}

async function entriesOf(user: SignedInUser, signal: AbortSignal): Promise<Entry[]> {
  const [devices, passkeys] = await Promise.all([
    orNone(listDevices(user, signal)),
    orNone(listWebAuthnCredentials(user, signal)),
  ]);
  return [
    ...devices.map((device): Entry => ({ kind: 'device', device })),
    ...passkeys.map((passkey): Entry => ({ kind: 'passkey', passkey })),
  ];
}

/** A pool without devices or passkeys refuses to list them: that is an empty list here. */
async function orNone<T>(list: Promise<T[]>): Promise<T[]> {
  try {
    return await list;
  } catch (error) {
    const off = [
      'InvalidUserPoolConfigurationException',
      'WebAuthnNotEnabledException',
      'InvalidParameterException',
    ];
    if (isServiceError(error) && off.includes(error.awsCode)) return [];
    throw error;
  }
}

function itemOf(entry: Entry): Choice<Entry> {
  if (entry.kind === 'passkey') {
    const { name, relyingPartyId, credentialId } = entry.passkey;
    return {
      label: `$(key) ${plain(name ?? credentialId)}`,
      description: plain(relyingPartyId ?? ''),
      value: entry,
    };
  }
  const { name, deviceKey, remembered, lastUsedAt } = entry.device;
  const used = lastUsedAt === undefined ? '' : vscode.l10n.t('last used {0}', formatDate(lastUsedAt));
  return {
    label: `$(device-desktop) ${plain(name ?? deviceKey)}`,
    description: remembered ? vscode.l10n.t('remembered') : '',
    detail: plain([deviceKey, used].filter((text) => text !== '').join(' · ')),
    value: entry,
  };
}

/** What was done, in a sentence. Throws CancelledError. */
async function change(
  user: SignedInUser,
  entry: Entry,
  forget: (deviceKey: string) => Promise<void>,
): Promise<string> {
  if (entry.kind === 'passkey') {
    const name = entry.passkey.name ?? entry.passkey.credentialId;
    await askChoice({
      title: name,
      placeHolder: vscode.l10n.t('What to do with this passkey?'),
      items: [{ label: vscode.l10n.t('$(trash) Delete it'), value: 'delete' as const }],
    });
    await deleteWebAuthnCredential(user, entry.passkey.credentialId);
    return vscode.l10n.t('The passkey {0} is deleted in the user pool.', name);
  }
  const { deviceKey, remembered, name } = entry.device;
  const label = name ?? deviceKey;
  const action = await askChoice<'forget' | 'remember' | 'do-not-remember'>({
    title: label,
    placeHolder: vscode.l10n.t('What to do with this device?'),
    items: [
      remembered
        ? {
            label: vscode.l10n.t('$(circle-slash) Do not remember it: ask for the second factor'),
            value: 'do-not-remember',
          }
        : { label: vscode.l10n.t('$(check) Remember it: no second factor from here'), value: 'remember' },
      { label: vscode.l10n.t('$(trash) Forget it'), value: 'forget' },
    ],
  });
  if (action === 'forget') {
    await forget(deviceKey);
    return vscode.l10n.t('Cognito has forgotten the device {0}.', label);
  }
  await updateDeviceStatus(user, { deviceKey, remembered: action === 'remember' });
  return action === 'remember'
    ? vscode.l10n.t('Sign-ins from {0} need no second factor any more.', label)
    : vscode.l10n.t('Sign-ins from {0} need the second factor again.', label);
}
