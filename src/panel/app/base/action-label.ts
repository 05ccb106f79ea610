import * as l10n from '@vscode/l10n';
import type { ActionId } from '../../../core/diagnosis/types';

/** The words on the button of an action. */
export function actionLabel(action: ActionId): string {
  switch (action) {
    case 'sign-in-again':
      return l10n.t('Sign In Again');
    case 'retry':
      return l10n.t('Try Again');
    case 'sign-in-with-srp':
      return l10n.t('Sign In with SRP');
    case 'sign-in-with-password':
      return l10n.t('Sign In with the Password Flow');
    case 'set-client-secret':
      return l10n.t('Set Client Secret');
    case 'remove-client-secret':
      return l10n.t('Remove Client Secret');
    case 'edit-connection':
      return l10n.t('Edit Connection');
    case 'refresh-credentials':
      return l10n.t('Refresh Credentials');
    case 'copy-cli-command':
      return l10n.t('Copy AWS CLI Command');
    case 'open-likely-locations':
      return l10n.t('Open a Likely Location');
    case 'show-log':
      return l10n.t('Show Log');
    case 'check-clock':
      return l10n.t('Check the Clock');
    case 'start-sandbox':
      return l10n.t('Start Sandbox');
    case 'add-connection':
      return l10n.t('Add Connection…');
    case 'show-details':
      return l10n.t('Show Details');
  }
}
