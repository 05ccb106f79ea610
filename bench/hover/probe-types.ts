/** What the outside tells the probe, in `config.json` beside its manifest. */
export interface HoverConfig {
  /** `offset`: characters from the beginning of the file, inside a token. */
  readonly files: readonly { readonly name: string; readonly path: string; readonly offset: number }[];
  readonly ours: string;
  /** Ours and the floor take turns, so many times; each asks so often in its turn. */
  readonly blocks: number;
  readonly rounds: number;
  readonly result: string;
}

export interface HoverSample {
  readonly file: string;
  /** `floor`: a provider that answers at once, with ours switched off. */
  readonly who: 'ours' | 'floor';
  readonly milliseconds: number;
}

export interface HoverResult {
  readonly samples: readonly HoverSample[];
  readonly characters: number;
  readonly failure?: string;
}
