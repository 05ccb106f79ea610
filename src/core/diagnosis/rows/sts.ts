import * as l10n from '@vscode/l10n';
import type { Row } from '../row';
import { describeSkew, skewFromSignatureMessage } from '../skew';
import { assumeRoleRows } from './sts-assume-role';

/** Part D of the error table: the basic flow, and signatures and clocks for every signed call. */
export const stsRows: readonly Row[] = [
  {
    id: 'D107',
    codes: ['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture'],
    say: clockOff,
  },
  {
    id: 'D107',
    codes: ['InvalidSignature', 'SignatureDoesNotMatch', 'AccessDenied'],
    fragments: ['signature expired', 'signature not yet current', 'request time and the current time'],
    say: clockOff,
  },
  ...assumeRoleRows,
];

function clockOff(...[c]: Parameters<Row['say']>): ReturnType<Row['say']> {
  const skew = c.skew?.tooLarge ? c.skew : (skewFromSignatureMessage(c.service?.awsMessage ?? '') ?? c.skew);
  const measured = skew && skew.direction !== 'in-step' ? describeSkew(skew) : undefined;
  return {
    title: l10n.t('The clock of this machine is wrong'),
    why: l10n.t(
      '{0} AWS refuses requests whose signature is more than 5 minutes (S3: 15 minutes) away from its own time.',
      measured ?? l10n.t('AWS found the time of the request too far from its own.'),
    ),
    fix: l10n.t(
      "Set the clock of the machine on which VS Code's extensions run (with Remote or WSL that is the remote one), best by automatic time, then try again.",
    ),
    actions: ['check-clock', 'retry'],
  };
}
