import { isWorkbenchError } from '../core/errors';
import type { Sessions } from '../core/session/manager';
import type { SessionRef } from '../core/session/model';
import { claimsOf } from '../core/session/token-set';
import type { AccountActions, AccountTokens } from '../host/authentication-provider';
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
  return {
    async tokens(ref) {
      try {
        const tokens = await sessions.tokens(ref);
        return { accessToken: tokens.accessToken, idToken: tokens.idToken, scopes: scopesOf(tokens) };
      } catch (error) {
        // Asked in the background: whoever wants a session gets to see that there is none.
        log.error('accounts', error);
        return undefined;
      }
    },
    async signIn(known) {
      try {
        return await signIn.signIn(known ? { ref: known, connectionId: known.connectionId } : {});
      } catch (error) {
        await failures.show('signIn', error);
        throw error;
      }
    },
    async signOut(ref) {
      const { revokeError } = await sessions.signOut(ref, { revoke: await isThere(sessions, ref) });
      if (revokeError) log.error('accounts', revokeError);
    },
  };
}

/** What the access token may, and `openid` where there is an ID token: the API gives one without that scope. */
function scopesOf({ accessToken, idToken }: Pick<AccountTokens, 'accessToken' | 'idToken'>): string[] {
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
