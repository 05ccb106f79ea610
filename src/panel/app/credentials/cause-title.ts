import * as l10n from '@vscode/l10n';
import type { FailureFinding } from '../../../core/federation/what-failed';

/** The cause by its name. */
export function causeTitle({ cause, certain }: Pick<FailureFinding, 'cause' | 'certain'>): string {
  if (cause === undefined) return l10n.t('The cause could not be told for certain');
  const name = nameOf(cause);
  return certain ? name : l10n.t('Probably: {0}', name);
}

function nameOf(cause: NonNullable<FailureFinding['cause']>): string {
  switch (cause) {
    case 'C78':
      return l10n.t('There is no role');
    case 'C79':
      return l10n.t('The role trusts another identity pool');
    case 'C80':
      return l10n.t('The role allows another way to take it');
    case 'C81':
      return l10n.t('A name in the trust policy is mistyped');
    case 'C82':
      return l10n.t('The role is for the other kind of user');
    case 'C83':
      return l10n.t('The role does not allow session tags');
    case 'C84':
      return l10n.t('The session tags are too long');
    case 'C85':
      return l10n.t('The role, or its trust policy, is of another part of AWS');
    case 'C86':
      return l10n.t('The role mapping denies');
    case 'other':
      return l10n.t('The trust policy does not let this login in');
  }
}
