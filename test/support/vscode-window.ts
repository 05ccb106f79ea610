import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/lib/browser.mjs';
import { out, vsix } from '../../scripts/lib/paths.mjs';
import { removeFolder, tempFolder } from '../../scripts/lib/temp.mjs';
import { ensureHost } from '../../scripts/lib/vscode.mjs';
import { installExtension, startFront, type Server } from '../../scripts/lib/vscode-server.mjs';
import { Dialog, Notifications } from './vscode-messages';
import { QuickInput } from './vscode-quick-input';
import { TreeDriver } from './vscode-tree';

export type Settings = Record<string, unknown>;

export interface WindowOptions {
  /** User settings, on top of those that keep VS Code quiet. */
  settings?: Settings;
  workspaceSettings?: Settings;
  /** Files of the workspace, by path. */
  files?: Record<string, string>;
  /** Whether workspace trust is off, so that every folder counts as trusted. Default true. */
  trustAll?: boolean;
  /** A folder with unpacked extensions, instead of the built VSIX. */
  extensionsDir?: string;
  env?: NodeJS.ProcessEnv;
  viewport?: { width: number; height: number };
  headless?: boolean;
}

/** What would otherwise pop up, move, or reach for the network. */
const quiet: Settings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.reduceMotion': 'on',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'npm.autoDetect': 'off',
  'files.simpleDialog.enable': true,
};

/** The current VS Code's own themes, by the names in its picker. */
const themes = {
  light: { name: 'Light 2026', class: 'vs' },
  dark: { name: 'Dark 2026', class: 'vs-dark' },
  hc: { name: 'Dark High Contrast', class: 'hc-black' },
};

let installed: Promise<string> | undefined;

/** Installs the built VSIX once for all windows of this process. */
function installedVsix(): Promise<string> {
  installed ??= (async () => {
    if (!existsSync(vsix)) throw new Error(`${vsix} is missing: npm run package`);
    const folder = tempFolder('ext');
    const extensionsDir = path.join(folder, 'e');
    const host = await ensureHost('current');
    await installExtension({ host, file: vsix, extensionsDir, dataDir: path.join(folder, 'd') });
    return extensionsDir;
  })();
  return installed;
}

/** A real VS Code in a real browser, with its own user data and workspace, driven as a person would. */
export class VsCodeWindow {
  readonly page: Page;
  readonly workspace: string;
  /** Where the server keeps settings, logs and the global storage of extensions. */
  readonly userDataDir: string;
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  readonly dialog: Dialog;
  /** Errors and warnings of the page's console, for failure reports. */
  readonly log: string[] = [];
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #folder: string;

  private constructor(browser: Browser, page: Page, server: Server, folder: string) {
    this.#browser = browser;
    this.#server = server;
    this.#folder = folder;
    this.page = page;
    this.workspace = path.join(folder, 'workspace');
    this.userDataDir = path.join(folder, 'u');
    this.quickInput = new QuickInput(page);
    this.notifications = new Notifications(page);
    this.dialog = new Dialog(page);
    page.setDefaultTimeout(20_000);
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.log.push(message.text());
    });
  }

  static async open(options: WindowOptions = {}): Promise<VsCodeWindow> {
    const folder = tempFolder('win');
    const userDataDir = path.join(folder, 'u');
    const workspace = path.join(folder, 'workspace');
    writeJson(path.join(userDataDir, 'User', 'settings.json'), { ...quiet, ...options.settings });
    writeJson(path.join(workspace, '.vscode', 'settings.json'), options.workspaceSettings ?? {});
    for (const [name, text] of Object.entries(options.files ?? {}))
      writeText(path.join(workspace, name), text);

    const server = await startFront({
      host: await ensureHost('current'),
      folder: workspace,
      userDataDir,
      extensionsDir: options.extensionsDir ?? (await installedVsix()),
      trustAll: options.trustAll ?? true,
      ...(options.env ? { env: options.env } : {}),
    });
    let browser: Browser | undefined;
    try {
      browser = await launchBrowser({ headless: options.headless ?? true });
      const context = await browser.newContext({
        viewport: options.viewport ?? { width: 1280, height: 800 },
        permissions: ['clipboard-read', 'clipboard-write'],
        acceptDownloads: true,
      });
      const window = new VsCodeWindow(browser, await context.newPage(), server, folder);
      await window.page.goto(server.url, { timeout: 60_000 });
      await window.ready();
      return window;
    } catch (error) {
      await browser?.close();
      await server.stop();
      throw error;
    }
  }

  /** Waits until the workbench is drawn. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    await this.page.locator('.monaco-workbench .part.activitybar').waitFor();
  }

  /** F1, the title, Enter. The category is ours where none is given. */
  async runCommand(title: string, tries = 3): Promise<void> {
    const label = title.includes(': ') ? title : `Cognito: ${title}`;
    const rows = this.quickInput.widget.locator('.quick-input-list .monaco-list-row');
    const row = rows
      .filter({ has: this.page.locator('.label-name').getByText(label, { exact: true }) })
      .first();
    await this.untilSeen(row, () => this.typeCommand(label));
    const look = await row.getAttribute('class', { timeout: 2000 }).catch(() => undefined);
    // What took the focus meanwhile took the palette with it.
    if (look === undefined && tries > 1) return this.runCommand(title, tries - 1);
    if (look?.includes('focused')) await this.quickInput.accept();
    else await row.click();
  }

  /** Opens the palette with this typed; waits until there is a command that holds it. */
  async showCommands(text: string): Promise<void> {
    const rows = this.quickInput.widget.locator('.quick-input-list .monaco-list-row');
    await this.untilSeen(rows.filter({ hasText: text }).first(), () => this.typeCommand(text));
  }

  /** The titles that the palette offers for what was typed; waits until there is one that holds it. */
  async paletteTitles(text: string): Promise<string[]> {
    await this.showCommands(text);
    const items = await this.quickInput.items();
    await this.quickInput.dismiss();
    return items.map((item) => item.label);
  }

  /** What takes the focus at this moment (a panel that just opened) takes the palette with it, before or while it is typed. */
  private async typeCommand(text: string): Promise<void> {
    await this.openPalette();
    await this.quickInput.type(`>${text}`, 2000).catch(() => undefined);
  }

  private async openPalette(): Promise<void> {
    await this.untilSeen(this.quickInput.widget, () => this.page.keyboard.press('F1'));
  }

  /**
   * Repeats a step until it shows what it should. While the workbench loads, keys are lost, and the palette does not
   * know the commands of extensions yet.
   */
  async untilSeen(wanted: Locator, step: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await step();
      try {
        await wanted.waitFor({ timeout: 2_000 });
        return;
      } catch (error) {
        if (attempt === 10) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Opens a view container of the activity bar, where it is not open yet. */
  async openContainer(name = 'Cognito'): Promise<void> {
    const tab = this.page.locator('.part.activitybar').getByRole('tab', { name: new RegExp(`^${name}`) });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.locator('a').click();
    await this.page
      .locator('.part.sidebar')
      .filter({ hasText: new RegExp(name, 'i') })
      .waitFor();
  }

  tree(name = 'Pools'): TreeDriver {
    return new TreeDriver(this.page, name);
  }

  /** The status bar item that holds this text. */
  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator('.part.statusbar .statusbar-item').filter({ hasText: text }).first();
  }

  async statusBarText(text: string | RegExp): Promise<string> {
    const item = this.statusBarItem(text);
    await item.waitFor();
    return ((await item.textContent()) ?? '').replaceAll('\u00a0', ' ').trim();
  }

  /** The page inside the webview that is in sight; it lies two frames deep. */
  inspectorFrame(): FrameLocator {
    const outer = this.page.locator('iframe.webview.ready').filter({ visible: true }).last();
    return outer.contentFrame().frameLocator('#active-frame');
  }

  /** Tabs of the editor area, by name. */
  editorTab(name: string | RegExp): Locator {
    return this.page.locator('.editor-group-container').getByRole('tab', { name });
  }

  async clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Merges into the user settings. This VS Code does not watch that file: it reads it at the next `reload`. */
  writeSettings(settings: Settings): void {
    const file = path.join(this.userDataDir, 'User', 'settings.json');
    writeJson(file, { ...readJson(file), ...settings });
  }

  readSettings(): Settings {
    return readJson(path.join(this.userDataDir, 'User', 'settings.json'));
  }

  /** Merges into the settings of the workspace, which VS Code notices by itself. */
  writeWorkspaceSettings(settings: Settings): void {
    const file = path.join(this.workspace, '.vscode', 'settings.json');
    writeJson(file, { ...readJson(file), ...settings });
  }

  async setTheme(theme: keyof typeof themes): Promise<void> {
    const { name, class: mark } = themes[theme];
    await this.runCommand('Preferences: Color Theme');
    await this.quickInput.waitFor(/theme/i);
    await this.quickInput.type(name);
    await this.quickInput.pick(name);
    await this.quickInput.closed();
    await this.page.locator(`.monaco-workbench.${mark}`).waitFor();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  async screenshot(file: string): Promise<void> {
    mkdirSync(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
    removeFolder(this.#folder);
  }
}

/** Registers an `afterEach` that leaves a picture and the page's errors of a failed test in out/e2e. */
export function pictureOnFailure(window: () => VsCodeWindow | undefined): void {
  afterEach(async function () {
    const open = window();
    const test = this.currentTest;
    if (!open || test?.state !== 'failed') return;
    const name = test
      .fullTitle()
      .replace(/[^\w-]+/g, '-')
      .slice(0, 100);
    await open.screenshot(path.join(out, 'e2e', `${name}.png`));
    writeText(path.join(out, 'e2e', `${name}.log`), open.log.join('\n'));
  });
}

function writeText(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function writeJson(file: string, value: unknown): void {
  writeText(file, JSON.stringify(value, null, 2));
}

function readJson(file: string): Settings {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Settings) : {};
}
