import * as l10n from '@vscode/l10n';
import type { ActionId } from './types';

/** The words on an action's button, in notifications and in the Inspector alike. */
export function actionLabel(action: ActionId): string {
  const labels: Readonly<Record<ActionId, string>> = {
    'sign-in-again': l10n.t('Sign In'),
    retry: l10n.t('Try Again'),
    'sign-in-with-srp': l10n.t('Sign In with SRP'),
    'sign-in-with-password': l10n.t('Sign In with Password Flow'),
    'set-client-secret': l10n.t('Enter Client Secret'),
    'remove-client-secret': l10n.t('Remove Client Secret'),
    'edit-connection': l10n.t('Edit Connection'),
    'refresh-credentials': l10n.t('Refresh Credentials'),
    'copy-cli-command': l10n.t('Copy AWS CLI Command'),
    'open-likely-locations': l10n.t('Open S3 Location'),
    'show-log': l10n.t('Show Log'),
    'check-clock': l10n.t('Compare Clocks'),
    'start-sandbox': l10n.t('Start Sandbox'),
    'add-connection': l10n.t('Add Connection'),
    'sign-in-in-browser': l10n.t('Sign In in the Browser'),
    'sign-in-with-choice': l10n.t('Sign In with Another Way'),
    'sign-in-with-custom': l10n.t('Sign In with Custom Challenges'),
    'sign-up': l10n.t('Sign Up'),
    'confirm-sign-up': l10n.t('Enter the Code'),
    'resend-code': l10n.t('Send a New Code'),
    'reset-password': l10n.t('Reset Password'),
    'set-up-mfa': l10n.t('Set Up MFA'),
    'copy-callback-addresses': l10n.t('Copy Callback Addresses'),
    'choose-role': l10n.t('Choose Role'),
    'sign-in-as-guest': l10n.t('Continue as Guest'),
    'sign-in-with-provider': l10n.t('Sign In with a Provider'),
    'sign-in-as-developer': l10n.t('Sign In as Developer Identity'),
    'manage-developer-identities': l10n.t('Manage Developer Identities'),
    'find-cause': l10n.t('Find the Cause'),
    'set-aws-profile': l10n.t('Choose AWS Profile'),
    'use-enhanced-flow': l10n.t('Use the Enhanced Flow'),
    'use-basic-flow': l10n.t('Use the Basic Flow'),
    'show-details': l10n.t('Show Details'),
  };
  return labels[action];
}
