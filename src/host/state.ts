import type { Memento, SecretStorage } from 'vscode';
import type { Disposable, SecretStore, StateStore } from '../core/ports';

export function mementoStore(memento: Memento): StateStore {
  return {
    get: (key) => memento.get<unknown>(key),
    update: async (key, value) => memento.update(key, value),
  };
}

export function secretStore(secrets: SecretStorage): SecretStore {
  return {
    get: async (key) => secrets.get(key),
    store: async (key, value) => secrets.store(key, value),
    delete: async (key) => secrets.delete(key),
    onDidChange: (listener): Disposable => secrets.onDidChange((event) => listener(event.key)),
  };
}
