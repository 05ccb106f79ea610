import * as l10n from '@vscode/l10n';
import type { ErrorCode } from '../../errors';
import type { FoundKind, NeededArtefact, ProviderKind } from '../../federation/providers';
import { FOUND_KINDS, PROVIDER_KINDS, PROVIDERS } from '../../federation/providers';
import {
  foundPhrase,
  nameOfKey,
  neededPhrase,
  providerName,
  whereToGet,
} from '../../federation/providers-words';
import { number, textOf } from '../case';
import type { Case } from '../case';
import { identityPoolCommand } from '../cli';
import { duration } from '../duration';
import { identityPool, short } from '../names';
import type { Words } from '../row';
import type { ActionId } from '../types';
import type { BrowserCode } from './own-browser';
import { profileFailed } from './own-profile';
import { providerFailed } from './own-provider';

type FederationCode = Exclude<Extract<ErrorCode, `federation.${string}`>, BrowserCode>;

/** The product's own refusals around identity pools, providers and roles. */
export const federationWords: Readonly<Record<FederationCode, (c: Case) => Words>> = {
  'federation.no-identity-pool': () => ({
    title: l10n.t('This connection has no identity pool'),
    why: l10n.t('AWS credentials come from an identity pool, which trades the ID token for them.'),
    fix: l10n.t(
      'Add "identityPool" with its id (REGION:GUID, in the console under Identity pools) to the connection.',
    ),
    actions: ['edit-connection'],
  }),
  'federation.wrong-artefact': wrongArtefact,
  'federation.provider-failed': providerFailed,
  'federation.no-role': () => ({
    title: l10n.t('The basic flow needs a role'),
    why: l10n.t(
      'In the basic flow the identity pool chooses none: whoever asks AWS STS says which role it shall be. Neither this identity nor its connection names one.',
    ),
    fix: l10n.t(
      'Choose a role, or set "identityPool.roleArn" of the connection. In the enhanced flow the pool chooses.',
    ),
    actions: ['choose-role', 'use-enhanced-flow', 'edit-connection'],
  }),
  'federation.login-expired': loginExpired,
  'federation.no-admin': (c) => ({
    title: l10n.t("That needs an administrator's AWS profile"),
    why: withDetail(
      c,
      c.operation === ''
        ? l10n.t('AWS answers such questions only to somebody with rights of their own in the account.')
        : l10n.t(
            'AWS answers {0} only to somebody with rights of their own in the account; the identities of an identity pool have none.',
            c.operation,
          ),
    ),
    fix: l10n.t('Choose a profile of your AWS configuration (setting "cognitoWorkbench.awsProfile").'),
    actions: ['set-aws-profile', 'show-log'],
  }),
  'federation.profile-failed': profileFailed,
  'federation.no-developer-provider': (c) => ({
    title: l10n.t('The connection names no developer provider'),
    why: l10n.t(
      'Developer identities are known under the name that {0} gives to its developer provider, such as "login.myapp".',
      identityPool(c),
    ),
    fix: l10n.t(
      'Set "identityPool.developerProvider" of the connection to that name. The copied command reads it from the pool.',
    ),
    actions: ['edit-connection', 'copy-cli-command'],
    cliCommand: identityPoolCommand(c, 'describe-identity-pool', [['--query', 'DeveloperProviderName']]),
  }),
};

function wrongArtefact(c: Case): Words {
  const kind = oneOf<ProviderKind>(PROVIDER_KINDS, textOf(c, 'provider'));
  const name =
    (kind === 'oidc' ? textOf(c, 'issuer') : undefined) ??
    textOf(c, 'providerName') ??
    (kind ? providerName(kind) : l10n.t('The provider'));
  const needed: NeededArtefact = kind ? PROVIDERS[kind].needs : 'id-token';
  return {
    title: l10n.t('{0} needs {1}', short(name, 80), neededPhrase(needed)),
    why: wrongArtefactReason(c, name, neededPhrase(needed)),
    fix: kind
      ? whereToGet(kind)
      : l10n.t('Paste what the provider gives as its login, whole and without anything around it.'),
    actions: [signInAction(kind)],
  };
}

function wrongArtefactReason(c: Case, name: string, needed: string): string {
  const found = oneOf<FoundKind>(FOUND_KINDS, textOf(c, 'found'));
  if (found === undefined || found === 'empty') return l10n.t('Nothing was pasted.');
  const from = textOf(c, 'from');
  const what = foundPhrase(found, from === undefined ? undefined : short(from, 120));
  const issuer = textOf(c, 'expectedIssuer');
  if (issuer !== undefined) return l10n.t('This is {0}; it must be one of {1}.', what, short(issuer, 120));
  return l10n.t('This is {0}; {1} needs {2}.', what, short(name, 80), needed);
}

function signInAction(kind: ProviderKind | undefined): ActionId {
  if (kind === 'developer') return 'sign-in-as-developer';
  return kind === 'user-pool' ? 'sign-in-again' : 'sign-in-with-provider';
}

/** Tokens of providers come without anything that could renew them. */
function loginExpired(c: Case): Words {
  const kind = c.context.identityKind ?? textOf(c, 'kind');
  const developer = kind === 'developer';
  const name = c.username ?? textOf(c, 'name');
  const key = textOf(c, 'provider');
  const at = number(c.data['endedAt']);
  const age = at === undefined || at > c.context.nowMs ? undefined : duration(c.context.nowMs - at);
  const provider = key === undefined || developer ? l10n.t('the provider') : short(nameOfKey(key), 80);
  return {
    title: name
      ? l10n.t('The login of {0} has ended', short(name, 80))
      : l10n.t('The login of this identity has ended'),
    why: [
      age
        ? l10n.t('Its token was valid until {0} ago.', age)
        : l10n.t('It has no token that is still valid.'),
      developer
        ? l10n.t('Only your backend, or an AWS profile, can get a new one from the identity pool.')
        : l10n.t('Only {0} can give a new one.', provider),
    ].join(' '),
    fix: developer
      ? l10n.t('Sign in as developer identity again. The identity ID stays the same.')
      : l10n.t('Sign in with the provider again. The identity ID stays the same.'),
    actions: developer
      ? ['sign-in-as-developer']
      : [kind === 'user' ? 'sign-in-again' : 'sign-in-with-provider'],
  };
}

function withDetail(c: Case, text: string): string {
  const detail = textOf(c, 'detail', 'reason');
  return detail ? l10n.t('{0} ({1})', text, short(detail, 200)) : text;
}

function oneOf<T extends string>(known: readonly T[], text: string | undefined): T | undefined {
  return known.find((one) => one === text);
}
