import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Explanation } from '../../src/core/diagnosis/types';
import type { Session } from '../../src/core/session/model';
import { fakeJwt } from '../support/fake-aws';
import { RowScenes, testRows } from '../support/host-rows';
import { useWorld } from '../support/host-world';

const GOOGLE = 'accounts.google.com';

/** The rows of identities that no user pool knows, of role choice and of the basic flow, each from a real refusal. */
describe('refusals of guests, providers, roles and the basic flow', () => {
  const world = useWorld();
  const scene = new RowScenes(world);

  const pool = (name: string): string =>
    world.sandbox.description.identityPools.find((one) => one.name === name)?.id ?? '';
  const open = (more: Record<string, unknown> = {}) =>
    world.entry('open', { identityPool: { identityPoolId: pool('notes-app-open'), ...more } });

  /** Of a session of this pool that was changed behind the product's back. */
  async function refreshed(change: (session: Session) => Session, who = 'reader'): Promise<Explanation> {
    await world.connect(open());
    const ref = await world.signIn('open', who);
    await world.doctor(ref, change);
    return scene.command('refreshCredentials', { ref });
  }

  /** With this login put beside the user's own. */
  const withLogin = (provider: string, token: string) =>
    refreshed((session) => ({ ...session, logins: [{ provider, token }] }));

  testRows([
    {
      id: 'C64',
      what: 'a guest where the pool has none',
      scene: async () => {
        await world.connect(world.entry('notes'));
        return scene.command('signInAsGuest', { connectionId: 'notes' });
      },
      says: /Guest access is switched off/,
    },
    {
      id: 'C71',
      what: "another token under the identity pool's own name",
      scene: () => withLogin('cognito-identity.amazonaws.com', 'not.a.token'),
      says: /identity pool/,
    },
    {
      id: 'C73',
      what: 'the name of the developer provider among the logins',
      scene: () => withLogin('login.notes.app', 'rita'),
      says: /developer/i,
    },
    {
      id: 'C78',
      what: 'a guest where the pool has no role for guests',
      scene: async () => {
        const identityPoolId = await world.newIdentityPool({ authenticated: world.role('Readers') });
        await world.identityPools.updateIdentityPool({
          IdentityPoolId: identityPoolId,
          IdentityPoolName: 'without a role',
          AllowUnauthenticatedIdentities: true,
        });
        await world.connect(world.entry('bare', { identityPool: { identityPoolId } }));
        return scene.command('signInAsGuest', { connectionId: 'bare' });
      },
      says: /could not get a role from AWS/,
    },
    {
      id: 'C86',
      what: 'a user whom no rule fits',
      scene: () =>
        scene.federate(
          world.entry('rules', { identityPool: { identityPoolId: pool('notes-app-rules') } }),
          world.sandbox.user('nobody'),
        ),
      says: /no single role/,
    },
    {
      id: 'C87',
      what: 'a role that neither token nor rule gives',
      scene: () =>
        scene.federate(
          world.entry('asking', {
            identityPool: { identityPoolId: world.sandbox.identityPoolId, roleArn: world.role('Admins') },
          }),
        ),
      says: /does not let reader have this role/,
    },
    {
      id: 'C88',
      what: 'the basic flow where it is switched off',
      scene: async () => {
        const identityPoolId = await world.newIdentityPool({ authenticated: world.role('Readers') });
        const identityPool = { identityPoolId, flow: 'basic', roleArn: world.role('Readers') };
        return scene.federate(world.entry('classic', { identityPool }));
      },
      says: /basic/i,
    },
    {
      id: 'C89',
      what: 'the basic flow where the pool has role mappings',
      scene: async () => {
        const IdentityPoolId = await world.newIdentityPool(undefined);
        const { providerName, webClientId } = world.sandbox;
        await world.identityPools.updateIdentityPool({
          IdentityPoolId,
          IdentityPoolName: 'mapped',
          AllowUnauthenticatedIdentities: false,
          AllowClassicFlow: true,
          CognitoIdentityProviders: [{ ProviderName: providerName, ClientId: webClientId }],
        });
        await world.identityPools.setIdentityPoolRoles({
          IdentityPoolId,
          Roles: { authenticated: world.role('Readers') },
          RoleMappings: {
            [`${providerName}:${webClientId}`]: { Type: 'Token', AmbiguousRoleResolution: 'Deny' },
          },
        });
        const identityPool = {
          identityPoolId: IdentityPoolId,
          flow: 'basic',
          roleArn: world.role('Readers'),
        };
        return scene.federate(world.entry('mapped', { identityPool }));
      },
      says: /role mapping/i,
    },
    {
      id: 'C90',
      what: 'a second login of the same provider',
      scene: async () => {
        const token = (subject: string) => world.sandbox.control.loginToken({ provider: GOOGLE, subject });
        await world.connect(open());
        const ref = await world.signIn('open', 'reader');
        const [first, second] = [await token('one'), await token('two')];
        const linked = (text: string) => (session: Session) => ({
          ...session,
          logins: [{ provider: GOOGLE, token: text }],
        });
        await world.doctor(ref, linked(first));
        await world.stillWorks(ref);
        await world.doctor(ref, linked(second));
        return scene.command('refreshCredentials', { ref });
      },
      says: /login/i,
    },
    {
      id: 'C96',
      what: 'a login that the identity pool finds revoked',
      scene: async () => {
        const { providerName, webClientId } = world.sandbox;
        const IdentityPoolId = await world.newIdentityPool({ authenticated: world.role('Readers') });
        await world.identityPools.updateIdentityPool({
          IdentityPoolId,
          IdentityPoolName: 'checking',
          AllowUnauthenticatedIdentities: false,
          CognitoIdentityProviders: [
            { ProviderName: providerName, ClientId: webClientId, ServerSideTokenCheck: true },
          ],
        });
        await world.connect(world.entry('checking', { identityPool: { identityPoolId: IdentityPoolId } }));
        const user = await world.newUser();
        const ref = await world.signIn('checking', user);
        await world.idp.adminUserGlobalSignOut({
          UserPoolId: world.sandbox.userPoolId,
          Username: user.username,
        });
        return scene.command('refreshCredentials', { ref });
      },
      says: /signed out|revoked/,
    },
    {
      id: 'C98',
      what: 'a provider that the identity pool cannot reach',
      scene: async () => {
        const url = 'http://127.0.0.1:9';
        const { OpenIDConnectProviderArn = '' } = await world.iam.createOpenIDConnectProvider({
          Url: url,
          ClientIDList: ['notes'],
        });
        const IdentityPoolId = await world.newIdentityPool({ authenticated: world.role('Readers') });
        const { providerName, webClientId } = world.sandbox;
        await world.identityPools.updateIdentityPool({
          IdentityPoolId,
          IdentityPoolName: 'far',
          AllowUnauthenticatedIdentities: false,
          CognitoIdentityProviders: [{ ProviderName: providerName, ClientId: webClientId }],
          OpenIdConnectProviderARNs: [OpenIDConnectProviderArn],
        });
        await world.connect(world.entry('far', { identityPool: { identityPoolId: IdentityPoolId } }));
        const ref = await world.signIn('far', 'reader');
        const exp = Math.floor(Date.now() / 1000) + 3600;
        const login = {
          provider: '127.0.0.1:9',
          token: fakeJwt({ iss: url, aud: 'notes', sub: 'rita', exp }),
        };
        await world.doctor(ref, (session) => ({ ...session, logins: [login] }));
        return scene.command('refreshCredentials', { ref });
      },
      says: /reach|provider/,
    },
    {
      id: 'D99',
      what: 'a role whose trust policy is for others',
      scene: () => scene.federate(open({ flow: 'basic', roleArn: world.role('OpenGuest') })),
      says: /trust policy/,
    },
    {
      id: 'D103',
      what: 'credentials for longer than the role allows',
      scene: () =>
        scene.federate(open({ flow: 'basic', roleArn: world.role('OpenAuditor'), durationSeconds: 43_200 })),
      says: /long|duration|seconds/i,
    },
    {
      id: 'D104',
      what: 'a session policy that is too large',
      scene: () => {
        // As long as it may be, and nothing in it can be packed.
        const Resource = `arn:aws:s3:::notes/${randomBytes(1300).toString('base64url')}`;
        const sessionPolicy = JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource }],
        });
        return scene.federate(open({ flow: 'basic', roleArn: world.role('OpenAuditor'), sessionPolicy }));
      },
      says: /policy|packed|large/i,
    },
    {
      id: 'D.MalformedPolicy',
      what: 'a session policy that is none',
      scene: () =>
        scene.federate(
          open({ flow: 'basic', roleArn: world.role('OpenAuditor'), sessionPolicy: '{"a": 1}' }),
        ),
      says: /policy/,
    },
  ]);

  it('leave the identities that are there as they were', async () => {
    await world.connect(open(), world.entry('notes'));
    const ref = await world.signIn('open', 'reader');
    await world.run('signInAsGuest', { connectionId: 'notes' });
    await world.person.sees(/Guests may not use this identity pool/);
    assert.equal((await world.identityLine(ref)).icon, 'account');
    await world.stillWorks(ref);
  });
});
