import * as l10n from '@vscode/l10n';
import type { ErrorCode } from '../errors';
import { isCancelled, isServiceError, isWorkbenchError } from '../errors';
import { makeCase } from './case';
import type { Case } from './case';
import { detailsOf, foreignDetails } from './details';
import { otherLocations } from './paths';
import { findRow } from './row';
import type { Words } from './row';
import { codeRows, unknownAnswer } from './rows/by-code';
import { identityPoolRows } from './rows/identity-pool';
import { clockMisleads, misledByClock, storeFailed } from './rows/local';
import { hostedUiRows } from './rows/hosted-ui';
import { browserRowIds, browserWords, noRefreshToken } from './rows/own-browser';
import { federationWords } from './rows/own-federation';
import { networkWords } from './rows/own-network';
import { otherWords } from './rows/own-other';
import { sessionWords } from './rows/own-session';
import { s3Rows } from './rows/s3';
import { isUriError, uriRefused } from './rows/s3-uri';
import { signInRows } from './rows/sign-in';
import { stsRows } from './rows/sts';
import { plain } from './text';
import type { ActionId, Detail, ErrorContext, Explanation } from './types';

/** The whole table; the first row that fits speaks, then the service's code alone. */
const serviceRows = [...stsRows, ...hostedUiRows, ...signInRows, ...identityPoolRows, ...s3Rows, ...codeRows];

const ownWords: Readonly<
  Record<Exclude<ErrorCode, 'cancelled' | 'service.refused' | 'session.store-failed'>, (c: Case) => Words>
> = { ...networkWords, ...sessionWords, ...browserWords, ...federationWords, ...otherWords };

/**
 * Says in words what happened, why, and what to do. Never throws and never gives a secret away. Callers stay silent
 * about a cancelled wait; asked all the same, this returns a neutral text.
 */
export function explain(error: unknown, context: ErrorContext): Explanation {
  if (isCancelled(error)) return cancelled(context);
  if (isServiceError(error)) {
    const c = makeCase(context, error.data, error);
    const row = findRow(serviceRows, c);
    return finish(row?.id ?? 'S', row?.say(c) ?? unknownAnswer(c), c, detailsOf(c, error));
  }
  if (!isWorkbenchError(error)) {
    const c = makeCase(context, {});
    if (isUriError(error)) return finish('E120', uriRefused(c), c, foreignDetails(c, error));
    return finish('N.internal', otherWords.internal(c), c, foreignDetails(c, error));
  }
  const { code } = error;
  // The refusal of the refresh token says more than that only a sign-in helps.
  if (code === 'session.expired' && isServiceError(error.cause)) return explain(error.cause, context);
  const c = makeCase(context, error.data);
  const details = detailsOf(c, error);
  if (code === 'session.store-failed') return finish('F121', storeFailed(c), c, details);
  if ((code === 'token.invalid' || code === 'session.expired') && clockMisleads(c)) {
    return finish('F122', misledByClock(c), c, details);
  }
  if (code === 'session.expired' && error.data.reason === 'absent') {
    return finish('B57', noRefreshToken(c), c, details);
  }
  // Another bundle may be newer than this one and know codes that are not here.
  const words: ((c: Case) => Words) | undefined = ownWords[code as keyof typeof ownWords];
  const id = browserRowIds[code] ?? `N.${code.replace(/^network\./, '')}`;
  return finish(id, (words ?? otherWords.internal)(c), c, details);
}

function cancelled(context: ErrorContext): Explanation {
  return {
    id: 'N.cancelled',
    title: l10n.t('Stopped'),
    why: l10n.t('You ended it before it was done.'),
    fix: l10n.t('Start it again whenever you like.'),
    actions: ['retry'],
    details: context.operation ? [{ label: l10n.t('Operation'), value: plain(context.operation) }] : [],
  };
}

/** Adds the details, drops the actions that have nothing to act on, and defuses what came from outside. */
function finish(id: string, words: Words, c: Case, details: readonly Detail[]): Explanation {
  const locations = otherLocations(c);
  const causes = (words.possibleCauses ?? []).flatMap((cause) =>
    cause ? [{ ...cause, text: plain(cause.text) }] : [],
  );
  const { cliCommand } = words;
  const wanted: readonly ActionId[] = [...words.actions, 'show-details'];
  const actions = [...new Set(wanted)].filter(
    (action) =>
      (action !== 'copy-cli-command' || cliCommand !== undefined) &&
      (action !== 'open-likely-locations' || locations.length > 0),
  );
  return {
    id,
    title: plain(words.title),
    why: plain(words.why),
    fix: plain(words.fix),
    ...(words.fixIsLocations ? { fixIsLocations: true } : {}),
    actions,
    ...(causes.length > 0 ? { possibleCauses: causes } : {}),
    ...(cliCommand !== undefined ? { cliCommand } : {}),
    ...(locations.length > 0 && words.actions.includes('open-likely-locations') ? { locations } : {}),
    details: [...details, ...(words.details ?? [])],
  };
}
