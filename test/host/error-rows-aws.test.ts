import assert from 'node:assert/strict';
import type { SessionRef } from '../../src/core/session/model';
import { RowScenes, testRows } from '../support/host-rows';
import { useWorld } from '../support/host-world';

/** Rows 78, 79, 109, 113 and 121 are produced in `faults-*`. Row 69 is mended by a refresh: see `refresh.test.ts`. */
describe('rows of the error table: identity pools and S3', () => {
  const world = useWorld();
  const scene = new RowScenes(world);

  testRows([
    {
      id: 'C63',
      what: 'an identity pool that does not exist',
      scene: () => {
        const identityPoolId = 'us-east-1:00000000-0000-4000-8000-000000000000';
        return scene.federate(world.entry('typo', { identityPool: { identityPoolId } }));
      },
      says: /There is no identity pool us-east-1:00000000/,
    },
    {
      id: 'C65',
      what: 'a client that the identity pool does not know',
      scene: async () => {
        const userPool = { userPoolId: world.sandbox.userPoolId, clientId: await world.newClient() };
        return scene.federate(world.entry('second', { userPool }));
      },
      says: /no such pair of user pool and app client/,
    },
    {
      id: 'C66',
      what: 'an access token in place of the ID token',
      scene: () =>
        scene.refresh((session) => scene.withIdToken(session, () => session.tokens?.accessToken ?? '')),
      says: /was given an access token/,
    },
    {
      id: 'C67',
      what: 'a login key of another pool',
      scene: () => {
        const loginKey = 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Elsewhere';
        const { identityPoolId } = world.sandbox;
        return scene.federate(world.entry('keyed', { identityPool: { identityPoolId, loginKey } }));
      },
      says: /do not belong together/,
    },
    {
      id: 'C68',
      what: 'something else in place of the ID token',
      scene: () => scene.refresh((session) => scene.withIdToken(session, () => 'opaque-token-of-someone')),
      says: /not an ID token/,
    },
    {
      id: 'C70',
      what: 'an ID token whose signature is wrong',
      scene: () =>
        scene.refresh((session) =>
          scene.withIdToken(session, (token) => {
            const [header, claims, signature = ''] = token.split('.');
            return [header, claims, signature.split('').reverse().join('')].join('.');
          }),
        ),
      says: /signature of the ID token is not right/,
    },
    {
      id: 'C86',
      what: 'role mapping that finds no single role',
      scene: async () => {
        const IdentityPoolId = await world.newIdentityPool(undefined);
        const { providerName, webClientId } = world.sandbox;
        await world.identityPools.setIdentityPoolRoles({
          IdentityPoolId,
          Roles: { authenticated: world.role('Readers') },
          RoleMappings: {
            [`${providerName}:${webClientId}`]: { Type: 'Token', AmbiguousRoleResolution: 'Deny' },
          },
        });
        const identityPool = { identityPoolId: IdentityPoolId };
        return scene.federate(world.entry('deny', { identityPool }), await world.newUser());
      },
      says: /no single role/,
    },
    {
      id: 'E109',
      what: 'a listing of the top of the bucket',
      scene: async () => {
        await world.connect(world.entry('notes'));
        return scene.list(await world.signIn('notes', 'reader'), world.sandbox.bucket, '');
      },
      says: /may not list the top of/,
    },
    {
      id: 'E110',
      what: "a path with the user pool's sub",
      scene: async () => {
        await world.connect(world.entry('notes'));
        const ref = await world.signIn('notes', 'reader');
        const sub = ref.identityKey.slice('user:'.length);
        return scene.list(ref, world.sandbox.bucket, `private/${sub}/`);
      },
      says: /"sub" in the user pool/,
    },
    {
      id: 'E110',
      what: "another identity's folder",
      scene: async () => {
        await world.connect(world.entry('notes'));
        const admin = await world.signIn('notes', 'admin');
        const { identityId } = await world.session(admin);
        return scene.list(
          await world.signIn('notes', 'reader'),
          world.sandbox.bucket,
          `private/${identityId}/`,
        );
      },
      says: /belongs to identity/,
    },
    {
      id: 'E116',
      what: 'credentials that AWS does not know',
      scene: async () => {
        await world.connect(world.entry('notes'));
        const ref = await world.signIn('notes', 'reader');
        await world.doctor(ref, (session) => ({
          ...session,
          ...(session.credentials
            ? { credentials: { ...session.credentials, accessKeyId: 'ASIAXXXXXXXXXXXXXXXX' } }
            : {}),
        }));
        return scene.list(ref, world.sandbox.bucket, 'public/');
      },
      says: /does not know these credentials/,
    },
    {
      id: 'E117',
      what: 'credentials that have expired before we thought',
      scene: async () => {
        await world.connect(world.entry('notes'));
        await world.advance(-7200);
        const ref = await world.signIn('notes', 'reader', { method: 'password' });
        await world.advance(7200);
        await world.doctor(ref, (session) => ({
          ...session,
          ...(session.credentials
            ? {
                credentials: {
                  ...session.credentials,
                  issuedAt: Date.now(),
                  expiresAt: Date.now() + 3_600_000,
                },
              }
            : {}),
        }));
        return scene.list(ref, world.sandbox.bucket, 'public/');
      },
      says: /credentials have expired/,
    },
  ]);

  describe('that the product mends by itself', () => {
    let ref: SessionRef;
    beforeEach(async () => {
      await world.connect(world.entry('notes'));
      ref = await world.signIn('notes', 'reader');
    });

    it('76: the identity ID of somebody else', async () => {
      const { identityId } = await world.session(ref);
      const admin = await world.signIn('notes', 'admin');
      const other = (await world.session(admin)).identityId;
      await world.doctor(ref, (session) => ({ ...session, identityId: other }));
      const requests = await world.requestsOf(() => world.stillWorks(ref));
      assert.deepEqual(requests, { GetCredentialsForIdentity: 2, GetId: 1 });
      assert.equal((await world.session(ref)).identityId, identityId);
    });

    it('77: an identity ID that is gone', async () => {
      const { identityId } = await world.session(ref);
      const gone = 'us-east-1:11111111-2222-4333-8444-555555555555';
      await world.doctor(ref, (session) => ({ ...session, identityId: gone }));
      await world.stillWorks(ref);
      assert.equal((await world.session(ref)).identityId, identityId);
    });

    it('107: requests signed by a clock that is 20 minutes off', async () => {
      await world.advance(1200);
      const page = await world.inspect(ref);
      const { bucket } = world.sandbox;
      assert.ok((await page.get('s3/list', { bucket, prefix: 'public/', filter: '' })).objects.length > 0);
    });

    it('115: a bucket in another region than the connection says', async () => {
      const s3 = { locations: [], region: 'eu-central-1' };
      await world.connect(world.entry('notes', { s3 }));
      const page = await world.inspect(ref);
      const { bucket } = world.sandbox;
      const list = () => page.get('s3/list', { bucket, prefix: 'public/', filter: '' });
      assert.deepEqual(await world.requestsOf(list), { ListObjectsV2: 2 });
      assert.deepEqual(await world.requestsOf(list), { ListObjectsV2: 1 }, 'the region is remembered');
    });
  });
});
