/** What a host test needs to know of the run it is in. */
export interface RunConfig {
  /** The project's folder; `dist/sandbox.js` and the like stand below it. */
  repoRoot: string;
  /** The sandbox's bundle, to be started with `--port 0`. */
  sandbox: string;
  /** The opened workspace folder, new in each run. */
  workspace: string;
  /** An empty folder for files of the tests, removed afterwards. */
  temp: string;
  /** The Node that runs the scripts, for tests that start programs. */
  node: string;
  /** `oldest` or `current`; `desktop` under @vscode/test-electron. */
  host: string;
  resultFile: string;
  testTimeoutMs: number;
  grep?: string;
}

let current: RunConfig | undefined;

/** Called once by the runner. */
export function setRunConfig(config: RunConfig): void {
  current = config;
}

/** The run that this test is in. */
export function runConfig(): RunConfig {
  if (!current) throw new Error('This test does not run in a VS Code host');
  return current;
}
