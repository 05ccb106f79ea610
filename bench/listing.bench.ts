// The first 1,000 rows of a prefix, and all 2,500: our S3 adapter beside the SDK's client and one bare signed request.
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { strict as assert } from 'node:assert';
import { Bare } from './support/bare';
import { race, raceTable, type Contestant } from './support/race';
import { measure } from './support/report';
import { startScene, Window, type Scene } from './support/scene';

const ROUNDS = 15;
const PREFIX = 'public/many/';
const PAGE = 1000;
const ALL = 2500;

measure(async () => {
  const scene = await startScene();
  try {
    const window = new Window(scene);
    const ref = await window.signIn('password');
    const credentials = await window.sessions.credentials(ref);
    const warm = window.s3(ref);
    const sdk = sdkClient(scene, credentials);
    const bare = new Bare(scene);

    const first = await race(
      [
        {
          name: 'Cognito Workbench',
          run: () => oursPage(warm),
        },
        {
          name: 'Cognito Workbench, first use of an identity',
          run: () => oursPage(window.s3(ref)),
        },
        { name: 'SDK client', run: () => sdkPage(sdk, scene) },
        {
          name: 'bare request, XML searched for keys',
          run: async () => {
            assert.equal(keysOf(await bare.listPage(credentials, PREFIX)).length, PAGE);
          },
        },
        {
          name: 'bare request, XML as it came',
          run: async () => void (await bare.listPage(credentials, PREFIX)),
        },
      ],
      ROUNDS,
      scene.control,
    );
    const all = await race([oursToTheEnd(warm), bareToTheEnd(bare, credentials)], ROUNDS, scene.control);
    return {
      tables: [
        raceTable('First 1,000 rows of a prefix', first),
        raceTable('All 2,500 rows of a prefix', all, [
          `Median (range) of ${ROUNDS} rounds, in turns, after one that is not counted; requests as the sandbox counts them.`,
          'Ours asks the session for its credentials, signs, and reads the XML into rows with the SDK. The page that shows',
          'the rows is not in these figures.',
        ]),
      ],
      figures: { first, all },
    };
  } finally {
    await scene.stop();
  }

  async function oursPage(api: ReturnType<Window['s3']>): Promise<void> {
    const page = await api.list({ bucket: scene.bucket, prefix: PREFIX, delimiter: '/', maxKeys: PAGE });
    assert.equal(page.objects.length, PAGE);
  }

  function oursToTheEnd(api: ReturnType<Window['s3']>): Contestant {
    return {
      name: 'Cognito Workbench',
      run: async () => {
        let rows = 0;
        let continuationToken: string | undefined;
        do {
          const request = { bucket: scene.bucket, prefix: PREFIX, delimiter: '/', maxKeys: PAGE };
          const page = await api.list({ ...request, continuationToken });
          rows += page.objects.length;
          continuationToken = page.nextToken;
        } while (continuationToken !== undefined);
        assert.equal(rows, ALL);
      },
    };
  }
});

type Credentials = Parameters<Bare['listPage']>[0];

function sdkClient(scene: Scene, { accessKeyId, secretAccessKey, sessionToken }: Credentials): S3Client {
  const { region, s3: endpoint } = scene.info;
  const credentials = { accessKeyId, secretAccessKey, sessionToken };
  return new S3Client({ region, endpoint, forcePathStyle: true, credentials });
}

async function sdkPage(client: S3Client, scene: Scene): Promise<void> {
  const input = { Bucket: scene.bucket, Prefix: PREFIX, Delimiter: '/', MaxKeys: PAGE };
  const page = await client.send(new ListObjectsV2Command(input));
  assert.equal(page.Contents?.length, PAGE);
}

function bareToTheEnd(bare: Bare, credentials: Credentials): Contestant {
  return {
    name: 'bare requests, XML searched for keys',
    run: async () => {
      let rows = 0;
      let token: string | undefined;
      do {
        const text = await bare.listPage(credentials, PREFIX, token);
        rows += keysOf(text).length;
        token = /<NextContinuationToken>([^<]+)</.exec(text)?.[1];
      } while (token !== undefined);
      assert.equal(rows, ALL);
    },
  };
}

function keysOf(xml: string): string[] {
  return [...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => key);
}
