import * as l10n from '@vscode/l10n';
import { serviceName } from '../names';
import type { Row } from '../row';

/** Rows 36–38: quotas and firewalls, whatever the service. */
export const limitRows: readonly Row[] = [
  {
    id: 'A36',
    codes: [
      'TooManyRequests',
      'Throttling',
      'Throttled',
      'RequestLimitExceeded',
      'SlowDown',
      'RequestThrottled',
      'ProvisionedThroughputExceeded',
    ],
    say: (c) => ({
      title: l10n.t('Too many requests for {0}', c.operation),
      why: l10n.t(
        '{0} limits how often {1} may be called, for the whole account and region together, and other programs count as well.',
        serviceName(c.service?.service ?? 'cognito-idp'),
        c.operation,
      ),
      fix: l10n.t('Wait a few seconds and try again. Quotas can be raised in the Service Quotas console.'),
      actions: ['retry'],
    }),
  },
  {
    id: 'A37',
    services: ['cognito-idp', 'cognito-identity'],
    codes: ['LimitExceeded'],
    say: (c) => ({
      title: l10n.t("Cognito's limit for {0} is reached", c.operation),
      why: l10n.t(
        'Some operations are allowed only a few times per user and hour. Cognito does not publish when the count is cleared.',
      ),
      fix: l10n.t('Try again later, best after an hour. Further tries before that do not help.'),
      actions: ['show-details'],
    }),
  },
  {
    id: 'A38',
    services: ['cognito-idp', 'cognito-identity', 'oauth'],
    codes: ['Forbidden', 'WAF'],
    say: () => ({
      title: l10n.t('A firewall blocked the request before Cognito saw it'),
      why: l10n.t(
        'An AWS WAF web ACL stands before this user pool and refused the request, by address, by country, by rate, or because it wants a CAPTCHA.',
      ),
      fix: l10n.t(
        'Connect through the network or VPN that the rules allow, or ask whoever runs the web ACL. Your user name and password were not judged.',
      ),
      actions: ['retry', 'show-details'],
    }),
  },
];
