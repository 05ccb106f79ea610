import * as l10n from '@vscode/l10n';
import type { Case } from '../case';
import { updateIdentityPool } from '../cli';
import { duration } from '../duration';
import { client, identityPool, sentence, user, userPool } from '../names';
import type { Row, Words } from '../row';
import { describeSkew, measureSkew } from '../skew';
import type { Detail, PossibleCause } from '../types';
import { signInOf } from './identity-pool-login';
import { providerUnknown } from './identity-pool-provider';

const services = ['cognito-identity'] as const;
const refused = ['NotAuthorized', 'InvalidParameter'];

/** Rows 64–70: why an identity pool does not take the login token. */
export const loginTokenRows: readonly Row[] = [
  {
    id: 'C64',
    services,
    codes: refused,
    fragments: ['unauthenticated access is not supported'],
    say: noLogin,
  },
  { id: 'C65', services, codes: refused, fragments: ['not from a supported provider'], say: wrongProvider },
  {
    id: 'C66',
    services,
    codes: refused,
    fragments: ['missing a required claim: aud'],
    say: (c) => ({
      title: l10n.t('The identity pool was given an access token'),
      why: l10n.t(
        'Identity pools want the ID token, which says in "aud" for which app client it was issued. Access tokens have no such claim.',
      ),
      fix: l10n.t(
        'Sign in again, so that an ID token is at hand. With browser sign-in the scope "openid" must be asked for and allowed; without it Cognito gives no ID token.',
      ),
      actions: [signInOf(c), 'edit-connection'],
    }),
  },
  {
    id: 'C67',
    services,
    codes: refused,
    fragments: ["issuer doesn't match", 'issuer does not match'],
    say: (c) => ({
      title: l10n.t('The ID token and the login name do not belong together'),
      why: l10n.t(
        'The token was issued by {0}, but it was handed in under the name {1}. The name must be the issuer without "https://".',
        c.token.iss ?? l10n.t('another issuer'),
        c.loginKey ?? l10n.t('of another provider'),
      ),
      fix: c.context.connection?.identityPool?.loginKey
        ? l10n.t('Correct "loginKey" in the connection, or remove it: it is then made from the user pool id.')
        : l10n.t(
            'Check that the user pool id of the connection is the pool that you signed in to, then sign in again.',
          ),
      actions: ['edit-connection', 'sign-in-again'],
      details: tokenDetails(c),
    }),
  },
  {
    id: 'C68',
    services,
    codes: refused,
    fragments: ['not a valid openid connect identity token'],
    say: (c) => ({
      title: l10n.t('The identity pool was given something that is not an ID token'),
      why: l10n.t(
        'What was handed in is not a signed JSON Web Token. User pools and OpenID Connect providers are represented by their ID token, Facebook and Amazon by an access token, SAML by its assertion.',
      ),
      fix: l10n.t('Sign in again to get a fresh ID token.'),
      actions: [signInOf(c), 'edit-connection'],
    }),
  },
  { id: 'C69', services, codes: refused, fragments: ['token expired', 'token is expired'], say: expired },
  {
    id: 'C70',
    services,
    codes: refused,
    fragments: ["couldn't verify signed token", 'could not verify signed token'],
    say: (c) => ({
      title: l10n.t('The signature of the ID token is not right'),
      why: l10n.t(
        'The identity pool could not verify it with the keys that {0} publishes. The token was changed or cut off on its way, or it comes from another pool.',
        c.token.iss ?? userPool(c),
      ),
      fix: l10n.t('Sign in again. The Inspector checks the signature too and names the key that is missing.'),
      actions: [signInOf(c), 'show-details'],
      details: tokenDetails(c),
    }),
  },
];

function noLogin(c: Case): Words {
  if (c.username !== undefined || c.token.known) {
    return {
      title: l10n.t('The identity pool took {0} for a guest', user(c)),
      why: l10n.t(
        'You are signed in, but no token reached {0} under the name of a provider that it knows, and it does not admit guests.',
        identityPool(c),
      ),
      fix: l10n.t(
        'Check in the connection that the user pool is the one that is linked to the identity pool (and "loginKey", if it is set), then sign in again.',
      ),
      actions: ['edit-connection', 'sign-in-again'],
      details: tokenDetails(c),
    };
  }
  return {
    title: l10n.t('Guests may not use this identity pool'),
    why: l10n.t('Guest access is switched off in {0}, and the request carried no sign-in.', identityPool(c)),
    fix: l10n.t(
      'Sign in as a user. Or let an administrator switch guest access on with the copied command; the pool then needs a guest role too.',
    ),
    actions: ['sign-in-again', 'copy-cli-command'],
    cliCommand: updateIdentityPool(c, '{AllowUnauthenticatedIdentities: `true`}'),
  };
}

function wrongProvider(c: Case): Words {
  if (c.context.identityKind === 'provider') return providerUnknown(c);
  const issuedFor = c.token.client;
  const otherClient = issuedFor !== undefined && c.clientId !== undefined && issuedFor !== c.clientId;
  const otherPool = otherIssuer(c);
  return {
    title: l10n.t('{0} refused the ID token', sentence(identityPool(c))),
    why: l10n.t(
      'It was issued by {0} for client {1}, and the identity pool has no such pair of user pool and app client among its providers.',
      c.token.iss ?? userPool(c),
      issuedFor ?? c.clientId ?? l10n.t('an unknown client'),
    ),
    fix: otherClient
      ? l10n.t(
          "The connection names client {0}: sign in again to get a token for it. Or add client {1} to the identity pool with the copied command and an administrator's credentials.",
          c.clientId ?? '',
          issuedFor,
        )
      : l10n.t(
          "Add the client to the identity pool (the copied command does it with an administrator's credentials and keeps the other providers), or use a client in the connection that the pool accepts.",
        ),
    actions: otherClient ? ['sign-in-again', 'copy-cli-command'] : ['copy-cli-command', 'edit-connection'],
    possibleCauses: [
      otherPool
        ? {
            text: l10n.t(
              'The token comes from {0}; the connection names {1}.',
              c.token.iss ?? '',
              userPool(c),
            ),
          }
        : undefined,
      {
        text: l10n.t(
          'The identity pool is linked to another client of the same user pool than {0}.',
          issuedFor ?? client(c),
        ),
      },
      { text: l10n.t('The user pool was created anew, and the identity pool still names the old one.') },
      {
        text: l10n.t(
          "The provider's name in the identity pool has another region than {0}.",
          c.region ?? l10n.t('the pool'),
        ),
      },
    ] satisfies (PossibleCause | undefined)[],
    cliCommand: linkClient(c),
    details: tokenDetails(c),
  };
}

function otherIssuer(c: Case): boolean {
  return c.token.iss !== undefined && c.userPoolId !== undefined && !c.token.iss.endsWith(`/${c.userPoolId}`);
}

function linkClient(c: Case): string | undefined {
  const provider = c.token.iss?.replace(/^https:\/\//, '') ?? c.loginKey;
  const id = c.token.client ?? c.clientId;
  if (provider === undefined || id === undefined || /[`'"\\]/.test(provider + id)) return undefined;
  const entry = `{"ProviderName":"${provider}","ClientId":"${id}","ServerSideTokenCheck":false}`;
  return updateIdentityPool(
    c,
    '{CognitoIdentityProviders: [CognitoIdentityProviders || `[]`, `[' + entry + ']`][]}',
  );
}

function expired(c: Case): Words {
  const times = /expired:\s*(\d{9,11})\s*>=\s*(\d{9,11})/.exec(c.text);
  const serverNow = times?.[1] === undefined ? undefined : Number(times[1]) * 1000;
  const end = times?.[2] === undefined ? c.token.exp : Number(times[2]) * 1000;
  const skew = c.skew ?? (serverNow === undefined ? undefined : measureSkew(serverNow, c.context.nowMs));
  const age = end === undefined ? undefined : (serverNow ?? c.context.nowMs) - end;
  return {
    title: l10n.t('The ID token of {0} has expired', user(c)),
    why:
      (age === undefined || age < 0
        ? l10n.t(
            'Its time is over, and the identity pool gives AWS credentials only for a token that is still valid.',
          )
        : l10n.t(
            'It expired {0} ago, and the identity pool gives AWS credentials only for a token that is still valid.',
            duration(age),
          )) + (skew?.tooLarge ? ` ${describeSkew(skew)}` : ''),
    ...renewal(c, skew?.tooLarge === true),
  };
}

/** A user pool renews its ID token; a token of another provider only that provider replaces. */
function renewal(c: Case, clockIsOff: boolean): Pick<Words, 'fix' | 'actions'> {
  const again = signInOf(c);
  const clock = clockIsOff ? (['check-clock'] as const) : [];
  return again === 'sign-in-again'
    ? {
        fix: l10n.t('Refresh the credentials: that renews the ID token first, then trades it in.'),
        actions: ['refresh-credentials', ...clock, again],
      }
    : {
        fix: l10n.t(
          'Sign in again: only who gave the token can give a new one. The identity ID stays the same.',
        ),
        actions: [again, ...clock],
      };
}

/** What the token says beside what the connection expects. */
function tokenDetails(c: Case): readonly Detail[] {
  const rows: readonly (readonly [string, string | undefined])[] = [
    [l10n.t('Issuer in the token (iss)'), c.token.iss],
    [l10n.t('Client in the token (aud)'), c.token.client],
    [l10n.t('Client of the connection'), c.clientId],
    [l10n.t('Login name sent'), c.loginKey],
  ];
  return rows.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));
}
