import { secretKey } from './keys';
import type { SessionRef, TokenSet } from './model';

/** The ID and access tokens that a refresh in this window replaced last, to be compared with. In memory alone. */
export class ReplacedTokens {
  private readonly bySession = new Map<string, Pick<TokenSet, 'idToken' | 'accessToken'>>();

  note(ref: SessionRef, { idToken, accessToken }: TokenSet): void {
    this.bySession.set(secretKey(ref), { idToken, accessToken });
  }

  of(ref: SessionRef): Pick<TokenSet, 'idToken' | 'accessToken'> | undefined {
    return this.bySession.get(secretKey(ref));
  }

  /** Whoever is signed out leaves nothing behind. */
  forget(ref: SessionRef): void {
    this.bySession.delete(secretKey(ref));
  }
}
