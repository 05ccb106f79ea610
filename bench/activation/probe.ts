// Runs in the extension host, as an extension of its own that starts with "*". Until it has started (at most 10 s), VS
// Code holds back everything that waits for onStartupFinished, so nothing of it is active when its turn comes.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { ProbeActivation, ProbeConfig, ProbeResult } from './probe-types';

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const started = performance.now();
  const file = path.join(context.extensionPath, 'config.json');
  const config = JSON.parse(readFileSync(file, 'utf8')) as ProbeConfig;
  await pause(config.settle);
  const activations: ProbeActivation[] = [];
  for (const id of config.ids) {
    // What one has set going must not be charged to the next.
    await pause(config.between);
    activations.push(await activation(id));
  }
  const took = performance.now() - started;
  const loads = config.load.map((name) => loading(config.loadOf, name));
  const result: ProbeResult = { activations: await withHostFigures(activations), loads, took };
  // Renamed, so that the other side never reads half of it.
  writeFileSync(`${config.result}.part`, JSON.stringify(result));
  renameSync(`${config.result}.part`, config.result);
}

async function activation(id: string): Promise<ProbeActivation> {
  const extension = vscode.extensions.getExtension(id);
  if (!extension) return { id, skipped: 'not there' };
  if (extension.isActive) return { id, skipped: 'active before' };
  const before = performance.now();
  await extension.activate();
  return { id, milliseconds: performance.now() - before };
}

/** The first require() of a side bundle, as the extension itself would do it. */
function loading(id: string, name: string): { file: string; milliseconds: number } {
  const file = path.join(vscode.extensions.getExtension(id)?.extensionPath ?? '', 'dist', name);
  const before = performance.now();
  createRequire(file)(file);
  return { file: name, milliseconds: performance.now() - before };
}

/** "Developer: Startup Performance" lists what the host itself measured. */
async function withHostFigures(activations: readonly ProbeActivation[]): Promise<ProbeActivation[]> {
  await vscode.commands.executeCommand('perfview.show');
  const text = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf')?.getText() ?? '';
  return activations.map((one) => {
    const line = text.split('\n').find((row) => row.startsWith(`| ${one.id} `)) ?? '';
    const [load, call, finish] = (line.match(/\|\s*(\d+)(?=\s*\|)/g) ?? []).map((cell) =>
      Number(cell.slice(1)),
    );
    if (load === undefined || call === undefined || finish === undefined) return one;
    return { ...one, host: { load, call, finish } };
  });
}
