// Runs in the extension host, as an extension of its own: asks for hovers as the editor does, and takes the time.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { HoverConfig, HoverResult, HoverSample } from './probe-types';

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const file = path.join(context.extensionPath, 'config.json');
  const config = JSON.parse(readFileSync(file, 'utf8')) as HoverConfig;
  // Not waited for: VS Code would hold back what starts after it.
  void run(config)
    .catch((error: unknown): HoverResult => ({ samples: [], characters: 0, failure: String(error) }))
    .then((result) => {
      // Renamed, so that the other side never reads half of it.
      writeFileSync(`${config.result}.part`, JSON.stringify(result));
      renameSync(`${config.result}.part`, config.result);
    });
}

async function run({ files, ours, blocks, rounds }: HoverConfig): Promise<HoverResult> {
  await vscode.extensions.getExtension(ours)?.activate();
  const floor: vscode.HoverProvider = { provideHover: () => new vscode.Hover('here') };
  const samples: HoverSample[] = [];
  let characters = 0;
  for (const { name, path: file, offset } of files) {
    const document = await vscode.workspace.openTextDocument(file);
    const length = document.getText().length;
    characters = Math.max(characters, length);
    const position = document.positionAt(offset);
    for (let block = 0; block < blocks; block += 1) {
      // In turn, so that what disturbs one disturbs the other.
      for (const who of ['ours', 'floor'] as const) {
        await enabled(who === 'ours');
        const registered =
          who === 'floor' ? vscode.languages.registerHoverProvider({ pattern: '**' }, floor) : undefined;
        // The first ones load what is needed, and hear of the changed setting.
        for (let round = -2; round < rounds; round += 1) {
          const milliseconds = await hovering(document, position, who === 'ours' ? 'ID token' : 'here');
          if (round >= 0) samples.push({ file: name, who, milliseconds });
        }
        registered?.dispose();
      }
    }
  }
  return { samples, characters };
}

/** Milliseconds until the hover with this text was there. */
async function hovering(
  document: vscode.TextDocument,
  position: vscode.Position,
  wanted: string,
): Promise<number> {
  const before = performance.now();
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  const milliseconds = performance.now() - before;
  const text = hovers
    .flatMap(({ contents }) => contents)
    .map((part) => (typeof part === 'string' ? part : part.value))
    .join();
  if (!text.includes(wanted)) throw new Error(`There is no hover with "${wanted}": ${text}`);
  return milliseconds;
}

const enabled = (on: boolean): Thenable<void> =>
  vscode.workspace.getConfiguration('cognitoWorkbench', null).update('tokens.hover', on, true);
