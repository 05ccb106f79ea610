/** What a link carries in place of a token that stands in no document. */
export interface HeldPlace {
  readonly held: number;
}

interface Held {
  readonly token: string;
  readonly source: string;
  readonly owner: string;
}

/** Tokens that are held at most; the oldest go first. */
const MOST = 50;

/** Tokens that were shown and stand in no document: in memory alone, and gone with their owner, a debug session. */
export class HeldTokens {
  private readonly tokens = new Map<number, Held>();
  private last = 0;

  /** `source`: where the token comes from, in words; nothing secret. */
  keep(token: string, source: string, owner: string): HeldPlace {
    for (const [held, known] of this.tokens) {
      if (known.token !== token || known.source !== source || known.owner !== owner) continue;
      // The last one that was shown is the last to go.
      this.tokens.delete(held);
      this.tokens.set(held, known);
      return { held };
    }
    this.last += 1;
    this.tokens.set(this.last, { token, source, owner });
    const [oldest] = this.tokens.keys();
    if (this.tokens.size > MOST && oldest !== undefined) this.tokens.delete(oldest);
    return { held: this.last };
  }

  /** The token and its source; undefined where it is gone. */
  get(held: number): { readonly token: string; readonly source: string } | undefined {
    return this.tokens.get(held);
  }

  /** A debug session has ended, for one. */
  forget(owner: string): void {
    for (const [held, known] of this.tokens) if (known.owner === owner) this.tokens.delete(held);
  }
}
