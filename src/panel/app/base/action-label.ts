import * as l10n from '@vscode/l10n';
import type { ActionId } from '../../../core/diagnosis/types';

/** The words on the button of an action, the same as on VS Code's own messages. */
export function actionLabel(action: ActionId): string {
  switch (action) {
    case 'sign-in-again':
      return l10n.t('Sign In');
    case 'retry':
      return l10n.t('Try Again');
    case 'sign-in-with-srp':
      return l10n.t('Sign In with SRP');
    case 'sign-in-with-password':
      return l10n.t('Sign In with Password Flow');
    case 'set-client-secret':
      return l10n.t('Enter Client Secret');
    case 'remove-client-secret':
      return l10n.t('Remove Client Secret');
    case 'edit-connection':
      return l10n.t('Edit Connection');
    case 'refresh-credentials':
      return l10n.t('Refresh Credentials');
    case 'copy-cli-command':
      return l10n.t('Copy AWS CLI Command');
    case 'open-likely-locations':
      return l10n.t('Open S3 Location');
    case 'show-log':
      return l10n.t('Show Log');
    case 'check-clock':
      return l10n.t('Compare Clocks');
    case 'start-sandbox':
      return l10n.t('Start Sandbox');
    case 'add-connection':
      return l10n.t('Add Connection');
    case 'show-details':
      return l10n.t('Show Details');
  }
}
