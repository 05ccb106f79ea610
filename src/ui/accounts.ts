import { CancelledError, isWorkbenchError } from '../core/errors';
import type { Sessions } from '../core/session/manager';
import type { SessionRef, TokenSet } from '../core/session/model';
import { claimsOf } from '../core/session/token-set';
import type { AccountActions } from '../host/authentication-provider';
import type { Failures } from '../host/failures';
import type { Log } from '../host/log';
import type { SignInCommand } from './sign-in/sign-in-command';

export interface AccountsParts {
  readonly sessions: Sessions;
  readonly signIn: SignInCommand;
  readonly failures: Failures;
  readonly log: Log;
}

/** What VS Code's Accounts menu, and with consent other extensions, can do with sessions. */
export function accountActions({ sessions, signIn, failures, log }: AccountsParts): AccountActions {
  const fill = async <T extends { id: string }>(account: T) => {
    try {
      const tokens = await sessions.tokens(refOf(account.id));
      return {
        ...account,
        accessToken: tokens.accessToken,
        idToken: tokens.idToken,
        scopes: scopesOf(tokens),
      };
    } catch (error) {
      // Asked in the background: whoever wants a session gets to see that there is none.
      log.error('accounts', error);
      return undefined;
    }
  };
  return {
    async withTokens(accounts, scopes) {
      const filled = await Promise.all(accounts.map(fill));
      return filled.filter(
        (account) => account !== undefined && scopes.every((scope) => account.scopes.includes(scope)),
      ) as NonNullable<(typeof filled)[number]>[];
    },
    async signIn(sessionId, find) {
      const known = sessionId === undefined ? undefined : refOf(sessionId);
      try {
        const ref = await signIn.signIn(known ? { ref: known, connectionId: known.connectionId } : {});
        const made = ref && find(ref);
        const account = made && (await fill(made));
        if (account) return account;
      } catch (error) {
        await failures.show('signIn', error);
        throw error;
      }
      throw new CancelledError();
    },
    async signOut(sessionId) {
      const ref = refOf(sessionId);
      const { revokeError } = await sessions.signOut(ref, { revoke: await isThere(sessions, ref) });
      if (revokeError) log.error('accounts', revokeError);
    },
  };
}

/** As the provider makes it: `CONNECTION/IDENTITY`. */
function refOf(sessionId: string): SessionRef {
  const slash = sessionId.indexOf('/');
  return { connectionId: sessionId.slice(0, slash), identityKey: sessionId.slice(slash + 1) };
}

/** What the access token may, and `openid` where there is an ID token: the API gives one without that scope. */
function scopesOf({ accessToken, idToken }: TokenSet): string[] {
  const { scope } = claimsOf(accessToken);
  const scopes = typeof scope === 'string' ? scope.split(' ').filter((one) => one !== '') : [];
  return idToken === undefined || scopes.includes('openid') ? scopes : ['openid', ...scopes];
}

async function isThere(sessions: Sessions, ref: SessionRef): Promise<boolean> {
  try {
    await sessions.load(ref);
    return true;
  } catch (error) {
    if (isWorkbenchError(error)) return false;
    throw error;
  }
}
