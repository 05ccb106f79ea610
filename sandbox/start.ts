import type { Server } from 'node:http';
import { ACCOUNT_ID, REGION } from './account';
import { CONTROL_PATH, createControlApi } from './control/control-api';
import { FaultBook } from './control/faults';
import { createLeases } from './control/leases';
import { createLoginTokens } from './control/login-tokens';
import { createOutbox } from './control/outbox';
import { RequestCounts } from './control/request-counts';
import type { SandboxDescription } from './description';
import { createClock } from './kernel/clock';
import type { SandboxLog } from './kernel/sandbox-log';
import { APP_IDS } from './seed/identity-pool-names';
import { NOTHING_SEEDED, seedSandbox } from './seed/seed';
import { routeApi } from './server/api-router';
import { exchange } from './server/exchange';
import { closeServer, listenOnLoopback, LOOPBACK, portOf } from './server/loopback-server';
import { createServices } from './services';
import { generatePoolKeys } from './userpools/tokens/pool-keys';
import { functionArn, type TriggerFunction } from './userpools/triggers';

export interface SandboxOptions {
  /** Of the API; S3 gets the next one. 0: two free ports. */
  readonly port: number;
  /** False: no pools, users, roles and buckets. */
  readonly seed?: boolean;
  /** The sandbox ends by itself so long after its last lease was given back. */
  readonly idleExitSeconds?: number;
  /** Functions for the pools' triggers, by name; in place of the seed's own where they have the same. */
  readonly functions?: Readonly<Record<string, TriggerFunction>>;
  readonly log: SandboxLog;
}

export interface RunningSandbox {
  readonly description: SandboxDescription;
  close(): Promise<void>;
  /** Resolves when the sandbox has ended, by `close`, through the control API, or because nobody uses it. */
  readonly closed: Promise<void>;
}

const API_BODY_LIMIT = 1024 * 1024;
const S3_BODY_LIMIT = 256 * 1024 * 1024;
const FIRST_LEASE_SECONDS = 60;

/** Starts the whole sandbox on 127.0.0.1. Throws PortTakenError. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const { log, idleExitSeconds } = options;
  const keys = generatePoolKeys();
  const clock = createClock();
  const outbox = createOutbox(clock);
  const faults = new FaultBook();
  const counts = new RequestCounts();
  let baseUrl = '';
  const services = createServices({ clock, outbox, log, baseUrl: () => baseUrl });
  for (const [name, run] of Object.entries(options.functions ?? {}))
    services.userPools.context.functions.set(
      functionArn(name, { region: REGION, accountId: ACCOUNT_ID }),
      run,
    );
  const servers: Server[] = [];
  let description: SandboxDescription | undefined;

  let ended = (): void => undefined;
  const closed = new Promise<void>((resolve) => (ended = resolve));
  const close = async (): Promise<void> => {
    leases.dispose();
    await Promise.all(servers.splice(0).map(closeServer));
    ended();
  };
  const stop = (): void => void close();
  const leases = createLeases(
    idleExitSeconds === undefined
      ? undefined
      : { afterSeconds: idleExitSeconds, firstWithinSeconds: FIRST_LEASE_SECONDS, onIdle: stop },
  );

  const parts = { clock, faults, counts, log };
  const documents = {
    jwks: (poolId: string) => services.userPools.jwks(poolId),
    discovery: (poolId: string) => services.userPools.discovery(poolId, baseUrl),
    openIdJwks: () => services.identityPools.openIdTokens.jwks(),
  };
  const control = createControlApi({
    ...parts,
    outbox,
    leases,
    stop,
    loginTokens: createLoginTokens(services, APP_IDS),
    description: () => description,
  });
  const { s3, dispatcher, hostedUi } = services;
  try {
    const seeded = options.seed === false ? NOTHING_SEEDED : await seedSandbox(services, keys);
    const api = await listenOnLoopback(options.port, (message, response) =>
      message.url?.startsWith(`${CONTROL_PATH}/`)
        ? control(message, response)
        : exchange(message, response, {
            ...parts,
            bodyLimit: API_BODY_LIMIT,
            protocol: 'json',
            route: (request) => routeApi(request, { dispatcher, documents, hostedUi }),
          }),
    );
    servers.push(api);
    const s3Port = options.port === 0 ? 0 : options.port + 1;
    const s3Server = await listenOnLoopback(s3Port, (message, response) =>
      exchange(message, response, {
        ...parts,
        bodyLimit: S3_BODY_LIMIT,
        protocol: 's3',
        route: (request) => ({
          operation: s3.operationOf(request),
          protocol: 's3',
          run: (requestId) => s3.handle(request, requestId),
        }),
      }),
    );
    servers.push(s3Server);
    baseUrl = `http://${LOOPBACK}:${portOf(api)}`;
    const { accessKeyId, secretAccessKey } = services.admin;
    description = {
      api: baseUrl,
      s3: `http://${LOOPBACK}:${portOf(s3Server)}`,
      region: REGION,
      accountId: ACCOUNT_ID,
      admin: { accessKeyId, secretAccessKey },
      ...seeded,
      control: `${baseUrl}${CONTROL_PATH}`,
    };
    return { description, close, closed };
  } catch (error) {
    await close();
    throw error;
  }
}
