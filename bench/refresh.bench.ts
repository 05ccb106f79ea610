// Refresh Credentials, with one request and with two, beside the same requests sent bare; and many callers at once.
import { fromCognitoIdentityPool } from '@aws-sdk/credential-providers';
import { S3Client } from '@aws-sdk/client-s3';
import { strict as assert } from 'node:assert';
import { Bare } from './support/bare';
import { countOf, race, raceTable, sum, type Contestant } from './support/race';
import { measure, type Table } from './support/report';
import { newMachine, startScene, Window, type Scene } from './support/scene';

const ROUNDS = 25;
const CALLERS = 50;
/** After so many minutes, tokens of an hour and their credentials are due. */
const NEARLY_AN_HOUR = 58;

measure(async () => {
  const scene = await startScene();
  try {
    const one = await race([await ours(scene, 1), await bare(scene, 1)], ROUNDS, scene.control);
    const two = await race([await ours(scene, 2), await bare(scene, 2)], ROUNDS, scene.control);
    const crowd = await crowds(scene);
    const notes = [
      `Median (range) of ${ROUNDS} rounds, in turns, after one that is not counted; requests as the sandbox counts them.`,
      'Ours reads the session, takes the lock of all windows, reads again, exchanges, and saves; bare keeps nothing.',
      'For two requests the clocks of window and sandbox go 58 minutes forward before each run, so that the ID token is due.',
    ];
    return {
      tables: [
        raceTable('Refresh Credentials, ID token not due', one),
        raceTable('Refresh Credentials, ID token due', two, notes),
        crowdTable(crowd),
      ],
      figures: { one, two, crowd },
    };
  } finally {
    await scene.stop();
  }
});

async function ours(scene: Scene, requests: 1 | 2): Promise<Contestant> {
  const window = new Window(scene);
  const ref = await window.signIn('password');
  return {
    name: 'Cognito Workbench',
    prepare: async () => {
      if (requests === 2) await scene.pass(NEARLY_AN_HOUR);
      window.inRequests = 0;
    },
    run: async () => {
      const outcome = await window.sessions.refresh(ref);
      assert.equal(outcome.requests, requests);
      return window.inRequests;
    },
  };
}

async function bare(scene: Scene, requests: 1 | 2): Promise<Contestant> {
  const client = new Bare(scene);
  const { idToken, refreshToken } = await client.signInByPassword();
  const identityId = await client.identityId(idToken);
  return {
    name: 'bare requests',
    prepare: async () => (client.inRequests = 0),
    run: async () => {
      const token = requests === 2 ? await client.refreshTokens(refreshToken) : idToken;
      await client.credentials(identityId, token);
      return client.inRequests;
    },
  };
}

interface Crowd {
  readonly name: string;
  readonly milliseconds: number;
  readonly requests: Readonly<Record<string, number>>;
}

/** Callers that all ask at the same moment, when credentials and ID token are due. */
async function crowds(scene: Scene): Promise<Crowd[]> {
  const machine = newMachine();
  const [first, second] = [new Window(scene, machine), new Window(scene, machine)];
  const ref = await first.signIn('password');
  const ask = (window: Window) => Array.from({ length: CALLERS }, () => window.sessions.credentials(ref));
  const later = (): Promise<void> => scene.pass(NEARLY_AN_HOUR);
  const bareClient = new Bare(scene);
  let [idToken, identityId] = ['', ''];
  const signInBare = async (): Promise<void> => {
    idToken = (await bareClient.signInByPassword()).idToken;
    identityId = await bareClient.identityId(idToken);
  };
  const contestants: { name: string; prepare: () => Promise<void>; run: () => Promise<unknown>[] }[] = [
    { name: `${CALLERS} callers in one window`, prepare: later, run: () => ask(first) },
    {
      name: `${CALLERS} callers in each of two windows`,
      prepare: later,
      run: () => [...ask(first), ...ask(second)],
    },
    {
      name: `${CALLERS} callers of one SDK client`,
      prepare: signInBare,
      run: () => askClient(scene, idToken),
    },
    {
      name: `${CALLERS} bare requests`,
      prepare: signInBare,
      run: () => Array.from({ length: CALLERS }, () => bareClient.credentials(identityId, idToken)),
    },
  ];
  const crowd: Crowd[] = [];
  for (const { name, prepare, run } of contestants) {
    await prepare();
    await scene.control.resetRequests();
    const started = performance.now();
    const answers = await Promise.all(run());
    const milliseconds = Math.round((performance.now() - started) * 10) / 10;
    assert.ok(
      answers.every((answer) => typeof (answer as { accessKeyId?: string }).accessKeyId === 'string'),
    );
    crowd.push({ name, milliseconds, requests: await countOf(scene.control) });
  }
  return crowd;
}

/** The SDK's own provider, as an S3 client holds it. */
function askClient(scene: Scene, idToken: string): Promise<unknown>[] {
  const { region, api } = scene.info;
  const { userPool, identityPool } = scene.connection;
  const client = new S3Client({
    region,
    credentials: fromCognitoIdentityPool({
      clientConfig: { region, endpoint: api },
      identityPoolId: identityPool?.identityPoolId ?? '',
      logins: { [`cognito-idp.${region}.amazonaws.com/${userPool?.userPoolId}`]: idToken },
    }),
  });
  return Array.from({ length: CALLERS }, () => client.config.credentials());
}

function crowdTable(crowd: readonly Crowd[]): Table {
  return {
    title: 'Many callers at the same moment, credentials due',
    columns: ['', 'all served, ms', 'requests', 'which'],
    rows: crowd.map(({ name, milliseconds, requests }) => [
      name,
      milliseconds.toFixed(1),
      sum(requests),
      Object.entries(requests)
        .map(([operation, count]) => `${count} ${operation}`)
        .join(', '),
    ]),
    notes: [
      'One run each. In ours the ID token is due as well, hence the exchange of the refresh token before the one for credentials.',
      'The SDK client joins its callers too; it begins with GetId, and knows neither refresh tokens nor other windows.',
    ],
  };
}
