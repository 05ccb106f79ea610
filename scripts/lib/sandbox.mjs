// Starts the built sandbox on free ports, and makes the settings of a workspace that is connected to it.
import path from 'node:path';
import { keep } from './exec.mjs';
import { dist } from './paths.mjs';

/**
 * Its line of JSON, as docs and contracts describe it.
 * @typedef {{ id: string, name: string, secret: string | null }} Client
 * @typedef {{ username: string, password: string, groups: string[], hint?: string }} User
 * @typedef {{ api: string, s3: string, region: string, userPools: { id: string, clients: Client[], users: User[] }[],
 *   identityPools: { id: string, name: string, roles: { authenticated?: string, unauthenticated?: string } }[], buckets: string[], control: string }} SandboxInfo
 */

/**
 * @param {{ port?: number, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ info: SandboxInfo, stop: () => Promise<void> }>}
 */
export async function startSandbox({ port = 0, env } = {}) {
  /** @type {(info: SandboxInfo) => void} */
  let started = () => undefined;
  /** @type {Promise<SandboxInfo>} */
  const line = new Promise((resolve) => (started = resolve));
  const server = keep(process.execPath, [path.join(dist, 'sandbox.js'), '--port', String(port)], {
    ...(env ? { env } : {}),
    onLine: (text) => {
      if (text.startsWith('{')) started(JSON.parse(text));
    },
  });
  const ended = server.exited.then((code) => {
    throw new Error(`The sandbox ended with code ${code}:\n${server.output().slice(-4_000)}`);
  });
  const info = await Promise.race([line, ended]);
  ended.catch(() => undefined);
  return { info, stop: server.stop };
}

/**
 * Settings of a workspace whose one connection is this sandbox.
 * @param {SandboxInfo} info
 */
export function sandboxSettings(info) {
  const [userPool] = info.userPools;
  const [identityPool] = info.identityPools;
  const client = userPool?.clients.find(({ name }) => name === 'web');
  const [bucket] = info.buckets;
  if (!userPool || !client || !identityPool || !bucket)
    throw new Error('The sandbox has no seed to connect to.');
  return {
    'cognitoWorkbench.connections': [
      {
        id: 'sandbox',
        name: 'Sandbox',
        userPool: { userPoolId: userPool.id, clientId: client.id },
        identityPool: { identityPoolId: identityPool.id },
        s3: { locations: [`s3://${bucket}/private/\${identityId}/`, `s3://${bucket}/public/`] },
        endpoints: {
          cognitoIdp: info.api,
          cognitoIdentity: info.api,
          sts: info.api,
          iam: info.api,
          s3: info.s3,
          hostedUi: info.api,
        },
      },
    ],
  };
}
