/** What the outside tells the probe, in `config.json` beside its manifest. */
export interface ProbeConfig {
  /** Extensions in the order in which they are to be activated. */
  readonly ids: readonly string[];
  /** Milliseconds from the probe's own activation, so that the workbench has come to rest. */
  readonly settle: number;
  /** Milliseconds of rest before each activation. */
  readonly between: number;
  /** Loaded one after the other once all is measured: side bundles of the first extension in `loadOf`. */
  readonly loadOf: string;
  readonly load: readonly string[];
  readonly result: string;
}

export interface ProbeActivation {
  readonly id: string;
  readonly milliseconds?: number;
  /** Why there is no figure. */
  readonly skipped?: 'not there' | 'active before';
  /** The host's own figures. */
  readonly host?: { readonly load: number; readonly call: number; readonly finish: number };
}

export interface ProbeResult {
  readonly activations: readonly ProbeActivation[];
  readonly loads: readonly { readonly file: string; readonly milliseconds: number }[];
  /** Milliseconds from the probe's activation to the last figure; VS Code holds extensions back for 10,000. */
  readonly took: number;
}
