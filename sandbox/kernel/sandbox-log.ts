/** A line for whoever runs the sandbox; never holds a secret. */
export type SandboxLog = (line: string) => void;
