import * as l10n from '@vscode/l10n';
import type { NetworkErrorCode } from '../../errors';
import { textOf } from '../case';
import type { Case } from '../case';
import type { Words } from '../row';
import type { ActionId } from '../types';

/** No usable answer came back: what lies between this machine and the service. */
export const networkWords: Readonly<Record<NetworkErrorCode | 'timeout', (c: Case) => Words>> = {
  'network.unreachable': (c) =>
    isLocal(c)
      ? {
          title: l10n.t('Nothing answers at {0}', host(c)),
          why: l10n.t(
            'The connection names a service on this machine, and none listens there: it has ended or has not been started.',
          ),
          fix: l10n.t(
            'Start the local service, or the sandbox, and try again. If it moved to another port, correct the connection.',
          ),
          actions: ['retry', 'start-sandbox', 'edit-connection'],
        }
      : {
          title: l10n.t('{0} cannot be reached', host(c)),
          why: l10n.t(
            'The connection was refused or no way leads there: a firewall, a VPN that is off, or no network.',
          ),
          fix: l10n.t(
            'Check the network and VPN, then try again. Behind a proxy, set "http.proxy" in VS Code.',
          ),
          actions: withEdit(c, ['retry']),
        },
  'network.dns': (c) => ({
    title: l10n.t('The name {0} was not found', host(c)),
    why: hasEndpoints(c)
      ? l10n.t(
          "The connection names this host as an endpoint, and the network's name service does not know it.",
        )
      : l10n.t(
          'The host follows from the region in the id of the pool. Either there is no network, or there is no such region.',
        ),
    fix: c.context.connection
      ? l10n.t('Check the network and VPN, and the spelling of the id or endpoint in the connection.')
      : l10n.t('Check the network and VPN, then try again.'),
    actions: c.context.connection ? ['retry', 'edit-connection'] : ['retry'],
  }),
  'network.reset': (c) => ({
    title: l10n.t('The connection to {0} broke off', host(c)),
    why: l10n.t(
      'The other side, or something in between, ended the connection before the answer was complete.',
    ),
    fix: l10n.t('Try again. If it keeps happening, look for a proxy or firewall that ends connections.'),
    actions: ['retry'],
  }),
  'network.tls': (c) => ({
    title: l10n.t('The certificate of {0} is not trusted', host(c)),
    why: l10n.t(
      'The encrypted connection could not be set up. Often a company proxy puts its own certificate in place, which Node does not know; sometimes the clock is wrong.',
    ),
    fix: l10n.t(
      'Have the certificate authority of the proxy installed in the system, with "http.systemCertificates" switched on in VS Code. NODE_EXTRA_CA_CERTS is enough only while that setting is off. Do not switch the check off.',
    ),
    actions: ['retry', 'show-details', 'check-clock'],
  }),
  'network.not-aws': (c) => ({
    title: l10n.t('Something else answered in place of {0}', host(c)),
    why: l10n.t(
      "The answer is not one of the service: it is a web page or an unreadable text, as a proxy, a hotel's or company's sign-in page, or a wrong endpoint would send.",
    ),
    fix: l10n.t(
      'Open a web page in the browser to see whether the network asks for a sign-in, check the proxy and the endpoints of the connection, then try again.',
    ),
    actions: withEdit(c, ['retry', 'show-details']),
  }),
  timeout: (c) => ({
    title: l10n.t('{0} took too long', c.operation === '' ? l10n.t('The request') : c.operation),
    why: waited(c),
    fix: l10n.t(
      'Try again. A step of a sign-in may have been used up meanwhile; then start the sign-in anew.',
    ),
    actions: ['retry', 'show-log'],
  }),
};

function waited(c: Case): string {
  const seconds = textOf(c, 'seconds');
  return seconds === undefined
    ? l10n.t('No answer came in time, so the wait was ended. The network, a proxy or the service is slow.')
    : l10n.t(
        'No answer came within {0} seconds, so the wait was ended. The network, a proxy or the service is slow.',
        seconds,
      );
}

function host(c: Case): string {
  return textOf(c, 'host') ?? l10n.t('the service');
}

/** `host` may be a whole address, as endpoints are written. */
function isLocal(c: Case): boolean {
  const name = (textOf(c, 'host') ?? '').replace(/^https?:\/\//i, '');
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|::1)(?::\d+)?(?:\/|$)/i.test(name);
}

function hasEndpoints(c: Case): boolean {
  return Object.keys(c.context.connection?.endpoints ?? {}).length > 0;
}

function withEdit(c: Case, actions: readonly ActionId[]): readonly ActionId[] {
  return hasEndpoints(c) ? [...actions, 'edit-connection'] : actions;
}
