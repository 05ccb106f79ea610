import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { get, request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { WorkbenchError } from '../core/errors';
import { abortable, throwIfAborted } from '../core/session/abort';
import type { Disposable } from '../core/ports';
import type { SandboxDescription } from '../core/sandbox';
import { fetchJson } from './fetch-json';
import { totpCode } from './totp';

const startSeconds = 20;

export interface SandboxProcessOptions {
  /** The sandbox ends so long after the last window let go of it (30 s), so that a reload finds the same one. */
  readonly idleExitSeconds?: number;
}

/**
 * Starts `script` as a process of its own that outlives this window, on free ports, and writes its description to
 * `recordFile`. `fork`, since a desktop VS Code then runs it as Node.
 */
async function startSandbox(
  script: string,
  recordFile: string,
  idleExitSeconds: number,
  signal: AbortSignal | undefined,
): Promise<SandboxDescription> {
  throwIfAborted(signal);
  const child = fork(script, ['--port', '0', '--idle-exit', String(idleExitSeconds)], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
  });
  try {
    const line = await abortable(firstLine(child), signal);
    const description = parseDescription(line);
    await writeFile(recordFile, line, { mode: 0o600 });
    return description;
  } catch (error) {
    child.kill();
    throw error;
  } finally {
    child.stdout?.destroy();
    child.stderr?.destroy();
    if (child.connected) child.disconnect();
    child.unref();
  }
}

/** The sandbox that a window started earlier, if its record exists; whether it still runs shows the lease. */
async function recordedSandbox(recordFile: string): Promise<SandboxDescription | undefined> {
  try {
    return parseDescription(await readFile(recordFile, 'utf8'));
  } catch {
    return undefined;
  }
}

async function forgetSandbox(recordFile: string): Promise<void> {
  await rm(recordFile, { force: true });
}

/**
 * Holds one open connection to the sandbox, which keeps it alive. Resolves when it stands; `onGone` is called once
 * when the sandbox ends by itself. Throws WorkbenchError `sandbox.gone` when nothing answers within 5 s.
 */
function leaseSandbox(control: string, onGone: () => void): Promise<Disposable> {
  return new Promise((resolve, reject) => {
    let held = false;
    let released = false;
    const lost = (cause?: unknown) => {
      if (!held) reject(new WorkbenchError('sandbox.gone', 'the sandbox does not answer', {}, cause));
      else if (!released) onGone();
      released = true;
    };
    const request = get(`${control}/lease`, { agent: false }, (answer) => {
      if (answer.statusCode !== 200) {
        answer.destroy();
        lost();
        return;
      }
      held = true;
      request.setTimeout(0);
      answer.resume();
      answer.on('close', () => lost());
      resolve({
        dispose() {
          released = true;
          request.destroy();
        },
      });
    });
    request.setTimeout(5000, () => request.destroy(new Error('no answer')));
    request.on('error', (error) => {
      if (!held) lost(error);
    });
  });
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    let errors = '';
    const fail = (detail: string) => {
      clearTimeout(timer);
      reject(new WorkbenchError('sandbox.failed', `the sandbox did not start: ${detail}`, { detail }));
    };
    const timer = setTimeout(() => fail(`no word from it within ${startSeconds} s`), startSeconds * 1000);
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end < 0) return;
      clearTimeout(timer);
      resolve(text.slice(0, end));
    });
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      errors = (errors + chunk).slice(-2000);
    });
    child.on('error', (error) => fail(error.message));
    // Not `exit`, after which the last words of stderr may still be on their way.
    child.on('close', (code) => fail(errors.trim() || `exit code ${code ?? '?'}`));
  });
}

function parseDescription(line: string): SandboxDescription {
  const value = readJson(line) as Partial<SandboxDescription> | null | undefined;
  if (
    !value?.api ||
    !value.s3 ||
    !value.control ||
    !value.userPools ||
    !value.identityPools ||
    !value.buckets ||
    !value.region
  ) {
    const detail = 'it described itself incompletely';
    throw new WorkbenchError('sandbox.failed', `the sandbox did not start: ${detail}`, { detail });
  }
  return value as SandboxDescription;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The sandbox of this machine: `script` is its bundle, and its record stands in `folder`, shared by all windows. */
export function sandboxProcess(script: string, folder: string, options: SandboxProcessOptions = {}) {
  const recordFile = join(folder, 'sandbox.json');
  return {
    /** Throws WorkbenchError `sandbox.failed` (with what it said last), CancelledError, or the file system's error. */
    async start(signal?: AbortSignal): Promise<SandboxDescription> {
      await mkdir(folder, { recursive: true });
      return startSandbox(script, recordFile, options.idleExitSeconds ?? 30, signal);
    },
    recorded: () => recordedSandbox(recordFile),
    forget: () => forgetSandbox(recordFile),
    lease: leaseSandbox,
    stop: stopSandbox,
    sentCode,
    loginToken,
    authenticatorCode: (secret: string) => totpCode(secret, Date.now()),
  };
}

/** Asks the sandbox to end; one that is gone already is fine. */
function stopSandbox(control: string): Promise<void> {
  return new Promise((resolve) => {
    const request = httpRequest(`${control}/stop`, { method: 'POST', agent: false }, (answer) => {
      answer.resume();
      answer.on('close', resolve);
    });
    request.setTimeout(5000, () => request.destroy());
    request.on('error', () => resolve());
    request.on('close', () => resolve());
    request.end();
  });
}

/** The newest code in the outbox for this user; undefined where none was sent, or the sandbox is gone. */
async function sentCode(control: string, userPoolId: string, username: string): Promise<string | undefined> {
  const { body } = await fetchJson(`${control}/outbox`, AbortSignal.timeout(5000));
  const messages = Array.isArray(body)
    ? (body as { userPoolId?: string; username?: string; code?: string }[])
    : [];
  return messages.findLast((item) => item.userPoolId === userPoolId && item.username === username)?.code;
}

/** The login that a provider outside Cognito would have given, made by the sandbox. Throws `sandbox.gone`. */
async function loginToken(control: string, provider: string, subject: string): Promise<string> {
  const claims = /^[\w.+-]+$/.test(subject) ? { email: `${subject}@example.com` } : {};
  const order = { provider, subject, claims: provider.startsWith('arn:') ? {} : claims };
  const signal = AbortSignal.timeout(5000);
  const answer = await fetch(`${control}/login-tokens`, {
    method: 'POST',
    body: JSON.stringify(order),
    signal,
  }).catch((error: unknown) => {
    throw new WorkbenchError('sandbox.gone', 'the sandbox does not answer', {}, error);
  });
  const { token } = (readJson(await answer.text()) ?? {}) as { token?: unknown };
  if (answer.ok && typeof token === 'string') return token;
  throw new WorkbenchError('sandbox.gone', `the sandbox made no login: HTTP ${answer.status}`);
}
