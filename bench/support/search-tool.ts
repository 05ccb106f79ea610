import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureHost } from '../../scripts/lib/vscode.mjs';

/** A program that counts matches of an expression in a file. */
export interface SearchTool {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly expression: string;
}

/** What is usually searched for: three parts, the first of which begins like JSON. */
const expression = String.raw`eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*`;

/** ripgrep, of the system or that which VS Code brings; else GNU grep, if it knows Perl's expressions. */
export async function searchTool(): Promise<SearchTool | undefined> {
  const bundled = path.join(
    (await ensureHost('current')).root,
    ...['node_modules', '@vscode', 'ripgrep-universal', 'bin', `${process.platform}-${process.arch}`, 'rg'],
  );
  for (const command of ['rg', ...(existsSync(bundled) ? [bundled] : [])]) {
    const version = firstLine(command);
    if (version === undefined) continue;
    const of = command === 'rg' ? '' : ' of VS Code';
    return { name: `${version}${of}`, command, args: ['--no-config', '--count-matches'], expression };
  }
  const grep = firstLine('grep');
  if (grep?.includes('GNU') !== true) return undefined;
  return { name: `${grep} -P`, command: 'grep', args: ['-c', '-P'], expression };
}

/** Matches in a file. Throws where the program fails. */
export function toolCount({ command, args, expression: sought }: SearchTool, file: string): number {
  const { stdout, stderr, status } = spawnSync(command, [...args, sought, file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
  return Number(stdout.trim());
}

/** `ripgrep 14.1.0` */
function firstLine(command: string): string | undefined {
  const { stdout, status } = spawnSync(command, ['--version'], { encoding: 'utf8' });
  return status === 0 ? /^[^\n(]+(?:\(GNU grep\) )?[\d.]*/.exec(stdout)?.[0].trim() : undefined;
}
