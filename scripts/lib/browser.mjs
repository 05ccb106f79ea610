// The browser that shows VS Code: Debian's chromium, else the person's own Chrome or Edge.
import { existsSync } from 'node:fs';

const debian = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** The path of an installed chromium, if there is one. */
export function chromiumPath() {
  return process.platform === 'linux' ? debian.find((file) => existsSync(file)) : undefined;
}

/**
 * A browser for tests and tours: it reaches loopback only.
 * @param {{ headless?: boolean, args?: string[] }} [options]
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launchBrowser({ headless = true, args = [] } = {}) {
  const { chromium } = await import('playwright-core');
  const flags = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  flags.push('--disable-component-update', '--disable-sync', ...args);
  // Nothing in a run may depend on another network than loopback.
  flags.push('--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost');
  if (process.platform === 'linux' && process.getuid?.() === 0) flags.push('--no-sandbox');

  const executablePath = chromiumPath();
  if (executablePath) return chromium.launch({ executablePath, headless, args: flags });
  /** @type {unknown[]} */
  const reasons = [];
  for (const channel of ['chrome', 'msedge', 'chromium']) {
    try {
      return await chromium.launch({ channel, headless, args: flags });
    } catch (error) {
      reasons.push(error instanceof Error ? error.message.split('\n')[0] : error);
    }
  }
  throw new Error(
    `A browser is missing: install Google Chrome, Microsoft Edge or chromium.\n${reasons.join('\n')}`,
  );
}
