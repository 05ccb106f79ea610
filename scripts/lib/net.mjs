// Free ports and waiting for a server on loopback.
import http from 'node:http';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A port on loopback that is free now. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** @param {string} url @returns {Promise<number>} the status, 0 when nobody answers */
function status(url) {
  return new Promise((resolve) => {
    const request = http.get(url, { timeout: 5_000 }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(0));
  });
}

/**
 * Waits until a server answers with less than 500.
 * @param {string} url
 * @param {import('./exec.mjs').Kept} server
 * @param {number} [timeoutMs]
 */
export async function untilUp(url, server, timeoutMs = 60_000) {
  let ended = false;
  void server.exited.then(() => (ended = true));
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const code = await status(url);
    if (code > 0 && code < 500) return;
    if (ended) throw new Error(`The server for ${url} ended at once:\n${server.output().slice(-4_000)}`);
    if (Date.now() > deadline) {
      throw new Error(
        `No answer from ${url} within ${timeoutMs / 1000} s:\n${server.output().slice(-4_000)}`,
      );
    }
    await sleep(100);
  }
}
