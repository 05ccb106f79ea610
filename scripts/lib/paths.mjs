// Where things are. Every script takes its folders from here.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const dist = path.join(root, 'dist');
export const out = path.join(root, 'out');
/** VS Code hosts live here, outside node_modules, so that `npm ci` leaves them alone. */
export const hostsFolder = path.join(root, '.vscode-test');
export const vsix = path.join(dist, 'cognito-workbench.vsix');
