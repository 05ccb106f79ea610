import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { VsCodeWindow } from './vscode-window';

export interface Stored {
  readonly place: string;
  readonly text: string;
}

/** Everything that this VS Code has written down: files of the server, and the browser's own stores. */
export async function storedTexts(window: VsCodeWindow): Promise<Stored[]> {
  return [
    ...filesIn(window.userDataDir),
    ...filesIn(path.join(window.workspace, '.vscode')),
    ...(await browserStores(window)),
  ];
}

/** This VS Code writes the state of a window a moment later; what is not written yet, a reload forgets. */
export async function untilStored(window: VsCodeWindow, text: RegExp): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await browserStores(window)).some((stored) => text.test(stored.text)))
    if (Date.now() > deadline) throw new Error(`never stored: ${text}`);
}

function filesIn(folder: string): Stored[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({ place: path.relative(folder, file), text: readFileSync(file, 'latin1') }));
}

/** SecretStorage of this VS Code is the entry `secrets.provider` of the local storage, encrypted. */
async function browserStores(window: VsCodeWindow): Promise<Stored[]> {
  const texts = await window.page.evaluate(async () => {
    const found: [string, string][] = Object.entries(localStorage).map(([key, value]) => [
      `localStorage ${key}`,
      value,
    ]);
    // A method, since tsx gives functions with names of their own a helper that the page does not have.
    const requests = {
      done<T>(request: IDBRequest<T>): Promise<T> {
        return new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
        });
      },
    };
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await requests.done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        const keys = await requests.done(objects.getAllKeys());
        const values: unknown[] = await requests.done(objects.getAll());
        for (const [index, value] of values.entries()) {
          const text = value instanceof Uint8Array ? new TextDecoder().decode(value) : JSON.stringify(value);
          found.push([`${name} ${JSON.stringify(keys[index])}`, text]);
        }
      }
      database.close();
    }
    return found;
  });
  return texts.map(([place, text]) => ({ place, text }));
}

/** Where one of these secrets, or any token in JWT form, stands in plain text. */
export function leaksIn(stored: readonly Stored[], secrets: readonly string[]): string[] {
  return stored.flatMap(({ place, text }) => [
    ...(/eyJ[\w-]{8,}\.[\w-]{8,}/.test(text) ? [`a token in ${place}`] : []),
    ...secrets
      .filter((secret) => text.includes(secret))
      .map((secret) => `${secret.slice(0, 4)}… in ${place}`),
  ]);
}
