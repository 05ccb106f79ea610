/**
 * Shows the Inspector's page in a plain browser, under VS Code's content security policy, with a fake host behind it:
 * for tests, and to look at it (`node --import tsx test/support/panel-harness.shots.ts FOLDER`).
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { themeCss, type ThemeName } from './panel-harness.themes';

const root = path.resolve(__dirname, '..', '..');
const origin = 'http://panel.test';
const nonce = 'bm9uY2U';
export const chromiumPath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
export const hasChromium = existsSync(chromiumPath);

const csp = [
  `default-src 'none'`,
  `script-src 'nonce-${nonce}'`,
  `style-src ${origin}`,
  `font-src ${origin}`,
  `img-src data: blob:`,
].join('; ');

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

const keepFont: Plugin = {
  name: 'keep-font',
  setup: (build) =>
    build.onResolve({ filter: /codicon\.ttf/ }, () => ({ path: './codicon.ttf', external: true })),
};

export interface PanelFiles {
  readonly [name: string]: { readonly contentType: string; readonly body: string | Buffer };
}

/** Builds the page as the product's build does. `minify` as for the package. */
export async function buildPanel(minify = false): Promise<PanelFiles> {
  const bundle = async (entry: string, options: BuildOptions = {}) => {
    const result = await build({
      entryPoints: [path.join(root, entry)],
      absWorkingDir: root,
      bundle: true,
      write: false,
      outdir: '/',
      platform: 'browser',
      format: 'iife',
      target: 'es2022',
      minify,
      legalComments: 'none',
      tsconfig: path.join(root, 'src/panel/app/tsconfig.json'),
      define: { 'process.env.NODE_ENV': minify ? '"production"' : '"development"' },
      ...options,
    });
    return result.outputFiles?.[0]?.text ?? '';
  };
  const icons = 'node_modules/@vscode/codicons/dist';
  const [page, host, styles, codicons] = await Promise.all([
    bundle('src/panel/app/main.ts'),
    bundle('test/support/panel-harness.page.ts'),
    bundle('src/panel/app/panel.css', { plugins: [keepFont] }),
    bundle(`${icons}/codicon.css`, { plugins: [keepFont] }),
  ]);
  return {
    'panel.js': { contentType: 'text/javascript', body: page },
    'host.js': { contentType: 'text/javascript', body: host },
    'panel.css': { contentType: 'text/css', body: styles },
    'codicon.css': { contentType: 'text/css', body: codicons },
    'codicon.ttf': { contentType: 'font/ttf', body: readFileSync(path.join(root, icons, 'codicon.ttf')) },
  };
}

const html = (
  root: string,
) => `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Inspector: reader</title>
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="${origin}/theme.css"><link rel="stylesheet" href="${origin}/panel.css">
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="${origin}/codicon.css"></head>
<body><${root}></${root}>
<script nonce="${nonce}" src="${origin}/host.js"></script>
<script nonce="${nonce}" src="${origin}/prepare.js"></script>
<script nonce="${nonce}" src="${origin}/panel.js"></script></body></html>`;

export interface OpenOptions {
  /** Which page: an identity's Inspector, or that of a token from anywhere. */
  readonly root?: 'cognito-inspector' | 'cognito-token';
  readonly width?: number;
  readonly height?: number;
  readonly theme?: ThemeName;
  /** JavaScript that runs before the page does, with `fakeHost` at hand. */
  readonly prepare?: string;
  readonly reducedMotion?: boolean;
  /** For tools that write styles into the page themselves. */
  readonly bypassCSP?: boolean;
  /** Installs a clock that only a test moves, from this moment on. */
  readonly clock?: number;
}

export interface OpenPanel {
  readonly page: Page;
  /** What the page complained of: errors, warnings, breaches of the content security policy. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

/** Opens the page in a context of its own. */
export async function openPanel(
  browser: Browser,
  files: PanelFiles,
  options: OpenOptions = {},
): Promise<OpenPanel> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 700, height: options.height ?? 800 },
    reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
    bypassCSP: options.bypassCSP ?? false,
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`${message.type()}: ${message.text()}`);
  });
  await page.route(`${origin}/**`, (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (name === '')
      return route.fulfill({
        contentType: 'text/html',
        body: html(options.root ?? 'cognito-inspector'),
        headers: { 'content-security-policy': csp },
      });
    if (name === 'theme.css')
      return route.fulfill({ contentType: 'text/css', body: themeCss(options.theme ?? 'dark') });
    if (name === 'prepare.js')
      return route.fulfill({ contentType: 'text/javascript', body: options.prepare ?? '' });
    const file = files[name];
    return file
      ? route.fulfill({ contentType: file.contentType, body: file.body })
      : route.fulfill({ status: 404 });
  });
  if (options.clock !== undefined) await page.clock.install({ time: options.clock });
  await page.goto(`${origin}/`);
  return { page, complaints, close: () => context.close() };
}
