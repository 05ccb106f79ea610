// Logins for AWS credentials, in each way: ours beside the same requests sent bare.
import { strict as assert } from 'node:assert';
import type { Connection } from '../src/core/connection/model';
import { federate } from '../src/core/federation/exchange';
import { userLogins } from '../src/core/federation/logins';
import { Bare } from './support/bare';
import { race, raceTable, sameRequests, type Contestant } from './support/race';
import { measure } from './support/report';
import { startScene, Window, type Scene } from './support/scene';

const ROUNDS = 25;
const OURS = 'Cognito Workbench';

measure(async () => {
  const scene = await openScene(await startScene());
  try {
    const { idToken } = await new Bare(scene).signInByPassword();
    const guest = await race([ourGuest(scene), bareGuest(scene)], ROUNDS, scene.control);
    const enhanced = await race([ours(scene, idToken), bareEnhanced(scene, idToken)], ROUNDS, scene.control);
    const basic = await race(
      [ours(scene, idToken, scene.roleArn), bareBasic(scene, idToken)],
      ROUNDS,
      scene.control,
    );
    for (const placings of [guest, enhanced, basic]) sameRequests(placings);
    return {
      tables: [
        raceTable('To credentials as a guest', guest),
        raceTable('To credentials by the enhanced flow', enhanced),
        raceTable('To credentials by the basic flow', basic, [
          `Median (range) of ${ROUNDS} rounds, in turns, after one that is not counted; requests as the sandbox counts them.`,
          'Our guest is a new window with an empty store, which takes the file lock and saves the session; in the two flows',
          'ours is the exchange alone, from the ID token. Bare is fetch, and keeps nothing.',
        ]),
      ],
      figures: { guest, enhanced, basic },
    };
  } finally {
    await scene.stop();
  }
});

interface OpenScene extends Scene {
  /** What the basic flow asks for. */
  readonly roleArn: string;
}

/** The identity pool of the seed that takes guests and both flows. */
async function openScene(scene: Scene): Promise<OpenScene> {
  const pool = scene.info.identityPools.find(({ name }) => name === 'notes-app-open');
  const roleArn = pool?.roles.authenticated;
  if (!pool || roleArn === undefined) {
    await scene.stop();
    throw new Error('The sandbox has no such identity pool.');
  }
  const connection: Connection = {
    ...scene.connection,
    identityPool: { identityPoolId: pool.id, flow: 'enhanced' },
  };
  return { ...scene, connection, roleArn };
}

function ourGuest(scene: Scene): Contestant {
  let window = new Window(scene);
  return {
    name: OURS,
    prepare: () => void (window = new Window(scene)),
    run: async () => {
      await window.sessions.beginAs(scene.connection, { kind: 'guest' });
      return window.inRequests;
    },
  };
}

function bareGuest(scene: Scene): Contestant {
  return bare(scene, async (client) => void (await client.credentials(await client.identityId())));
}

/** With a role by the basic flow, without one by the enhanced flow. */
function ours(scene: Scene, idToken: string, roleArn?: string): Contestant {
  const { connection } = scene;
  const window = new Window(scene);
  const flow = roleArn === undefined ? 'enhanced' : 'basic';
  const { identityPool: pool, sts } = window.apis;
  const apis = { pool, sts: () => Promise.resolve(sts) };
  const clock = { now: () => scene.now() };
  return {
    name: OURS,
    prepare: () => void (window.inRequests = 0),
    run: async () => {
      const logins = userLogins(connection, idToken);
      const { exchange } = await federate({ connection, logins, flow, roleArn }, apis, clock);
      assert.equal(exchange.flow, flow);
      return window.inRequests;
    },
  };
}

function bareEnhanced(scene: Scene, idToken: string): Contestant {
  return bare(scene, async (client) => {
    await client.credentials(await client.identityId(idToken), idToken);
  });
}

function bareBasic(scene: OpenScene, idToken: string): Contestant {
  return bare(scene, async (client) => {
    await client.assumeRole(await client.identityId(idToken), idToken, scene.roleArn);
  });
}

function bare(scene: Scene, work: (client: Bare) => Promise<void>): Contestant {
  return {
    name: 'bare requests',
    run: async () => {
      const client = new Bare(scene);
      await work(client);
      return client.inRequests;
    },
  };
}
