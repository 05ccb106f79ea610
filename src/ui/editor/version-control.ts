import * as vscode from 'vscode';

/** As much of the built-in Git extension's API (version 1) as is used. */
interface GitApi {
  getRepository(uri: vscode.Uri): GitRepository | null;
  readonly onDidOpenRepository: vscode.Event<unknown>;
}

interface GitRepository {
  checkIgnore?(paths: string[]): Promise<Set<string>>;
}

interface GitExports {
  readonly enabled: boolean;
  readonly onDidChangeEnablement: vscode.Event<boolean>;
  getAPI(version: 1): GitApi;
}

/** Asks VS Code's own Git extension; where it is missing or disabled, nothing is under version control. */
export class VersionControl implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** A repository was opened, or Git was switched on or off. */
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable[] = [this.changed];
  private git: Promise<GitExports | undefined> | undefined;
  private listening: GitApi | undefined;

  /** Whether a file is in a repository and not ignored there. */
  async holds(uri: vscode.Uri): Promise<boolean> {
    if (uri.scheme !== 'file') return false;
    const git = await (this.git ??= this.load().catch((error: unknown) => {
      this.git = undefined;
      throw error;
    }));
    if (git?.enabled !== true) return false;
    const api = git.getAPI(1);
    if (this.listening === undefined) {
      this.listening = api;
      this.subscriptions.push(api.onDidOpenRepository(() => this.changed.fire()));
    }
    const repository = api.getRepository(uri);
    if (repository === null) return false;
    const ignored = await repository.checkIgnore?.([uri.fsPath]);
    return ignored?.size !== 1;
  }

  dispose(): void {
    for (const subscription of this.subscriptions.splice(0)) subscription.dispose();
  }

  private async load(): Promise<GitExports | undefined> {
    const extension = vscode.extensions.getExtension<GitExports>('vscode.git');
    if (extension === undefined) return undefined;
    const git = extension.isActive ? extension.exports : await extension.activate();
    this.subscriptions.push(git.onDidChangeEnablement(() => this.changed.fire()));
    return git;
  }
}
