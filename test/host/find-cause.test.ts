import assert from 'node:assert/strict';
import type { SessionRef } from '../../src/core/session/model';
import type { CauseView } from '../../src/panel/protocol';
import type { FakePage } from '../support/host-panel';
import { useProfiles } from '../support/host-profile';
import {
  newRole,
  roleScene,
  runCommand,
  type RoleScene,
  type RoleSceneOptions,
} from '../support/host-role-scene';
import { useWorld } from '../support/host-world';

const replays = /^Replay the basic flow with role /;

/** Each cause is made for real, with a role and a pool of its own; what is copied then mends it. */
describe('what really failed', () => {
  const world = useWorld();
  const profiles = useProfiles(world);

  /** Signs in where no role is to be had: the sign-in stands. */
  async function refusedUser(): Promise<SessionRef> {
    const user = await world.newUser();
    const ref = await world.trySignIn('cause', user);
    assert.ok(ref, world.person.report());
    await world.person.sees(/could not get a role|found no single role/);
    return ref;
  }

  async function open(argument?: unknown): Promise<FakePage> {
    await world.run('findCause', argument);
    const page = world.pages.at(-1);
    assert.ok(page);
    page.ready();
    const { tab, findCause } = page.state?.tabRequest ?? {};
    assert.deepEqual([tab, findCause], ['credentials', true]);
    return page;
  }

  async function causeOf(page: FakePage, replay?: 'Replay' | 'Go On Without'): Promise<CauseView> {
    if (replay) world.person.pressesButton(replays, replay);
    return page.get('credentials/findCause', {});
  }

  async function copied(page: FakePage): Promise<string> {
    await page.get('credentials/copyFinding', { what: 'command' });
    return world.person.clipboard;
  }

  interface CauseCase {
    readonly what: string;
    readonly cause: string;
    readonly scene: RoleSceneOptions;
    /** After the pool is there. */
    readonly then?: (scene: RoleScene) => Promise<unknown>;
    readonly says: RegExp;
    /** Without it STS is not asked: there is no role. */
    readonly sts?: RegExp;
    readonly command?: (command: string, scene: RoleScene) => string;
  }

  const mistyped = (statement: Record<string, unknown>) => ({
    ...statement,
    Principal: { Federated: 'cognito-identiy.amazonaws.com' },
  });
  const forGuests = (statement: Record<string, unknown>) => ({
    ...statement,
    Condition: {
      ...(statement['Condition'] as object),
      'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'unauthenticated' },
    },
  });
  const otherPool = (statement: Record<string, unknown>) => ({
    ...statement,
    Condition: {
      ...(statement['Condition'] as object),
      StringEquals: {
        'cognito-identity.amazonaws.com:aud': 'us-east-1:00000000-0000-4000-8000-00000000dead',
      },
    },
  });
  const notAuthorized = /AccessDenied.*: Not authorized to perform sts:AssumeRoleWithWebIdentity/;

  const cases: readonly CauseCase[] = [
    {
      what: 'no role is attached',
      cause: 'C78',
      scene: { roles: () => ({}) },
      says: /no authenticated role/,
      command: (command, { roleName }) =>
        command.replace('ROLE-NAME', roleName).replace('ACCOUNT-ID', '123456789012'),
    },
    {
      what: 'the role was deleted',
      cause: 'C78',
      scene: {},
      then: ({ roleName }) => world.iam.deleteRole({ RoleName: roleName }),
      says: /there is no such role in IAM/,
      sts: notAuthorized,
    },
    {
      what: 'the role trusts another identity pool',
      cause: 'C79',
      scene: { trust: otherPool },
      says: /00000000dead/,
      sts: notAuthorized,
    },
    {
      what: 'the role allows sts:AssumeRole',
      cause: 'C80',
      scene: { trust: (statement) => ({ ...statement, Action: 'sts:AssumeRole' }) },
      says: /sts:AssumeRole\b/,
      sts: notAuthorized,
    },
    {
      what: 'the principal is mistyped',
      cause: 'C81',
      scene: { trust: mistyped },
      says: /cognito-identiy/,
      sts: notAuthorized,
    },
    {
      what: 'the role is for guests',
      cause: 'C82',
      scene: { trust: forGuests },
      says: /unauthenticated/,
      sts: notAuthorized,
    },
    {
      what: 'sts:TagSession is missing',
      cause: 'C83',
      scene: { tags: { department: 'cognito:username' } },
      says: /sts:TagSession/,
      sts: /Not authorized to perform sts:TagSession/,
    },
    {
      what: 'the session tags are too long',
      cause: 'C84',
      scene: {
        tags: Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`issuer-${index}`, 'iss'])),
        trust: (statement) => ({ ...statement, Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'] }),
      },
      says: /take \d+ bytes, and 460 are allowed/,
      sts: /PackedPolicyTooLarge/,
    },
  ];

  for (const { what, cause, scene, then, says, sts, command } of cases) {
    it(`${cause}: ${what}`, async () => {
      await profiles.use();
      const made = await roleScene(world, scene);
      await then?.(made);
      const ref = await refusedUser();

      const page = await open({ ref });
      const view = await causeOf(page, sts ? 'Replay' : undefined);
      assert.equal(view.outcome, 'refused');
      assert.equal(view.finding?.cause, cause, JSON.stringify(view));
      assert.equal(view.finding.certain, true);
      assert.match(view.finding.sentence, says);
      if (sts) assert.match(view.finding.stsSaid ?? '', sts);
      else assert.equal(view.finding.stsSaid, undefined);

      const text = await copied(page);
      assert.equal(text, view.finding.command);
      await runCommand(world, command ? command(text, made) : text);
      await world.stillWorks(ref);
      assert.equal((await causeOf(page)).outcome, 'works');
    });
  }

  it('C82: the two roles of the pool are swapped', async () => {
    await profiles.use();
    const made = await roleScene(world, { guests: true });
    const guests = await newRole(world, `${made.roleName}-guests`, made.poolId, 'unauthenticated');
    await world.identityPools.setIdentityPoolRoles({
      IdentityPoolId: made.poolId,
      Roles: { authenticated: guests, unauthenticated: made.roleArn },
    });
    const ref = await refusedUser();
    const page = await open({ ref });
    const view = await causeOf(page, 'Replay');
    assert.match(view.finding?.sentence ?? '', /swapped/);
    await runCommand(world, await copied(page));
    await world.stillWorks(ref);
    assert.equal((await world.session(ref)).caller?.roleName ?? made.roleName, made.roleName);
  });

  it('C86: the role mapping denies; STS is no part of it', async () => {
    await profiles.use();
    await roleScene(world, { mapping: () => ({ Type: 'Token', AmbiguousRoleResolution: 'Deny' }) });
    const page = await open({ ref: await refusedUser() });
    const view = await causeOf(page);
    assert.equal(view.finding?.cause, 'C86');
    assert.ok(view.choice?.some(({ sentence }) => /names no role/.test(sentence)));
    assert.match(await copied(page), /get-identity-pool-roles/);
  });

  it('a pool without the basic flow: nobody asks, and the cause is found all the same', async () => {
    await profiles.use();
    await roleScene(world, { trust: otherPool, classicFlow: false });
    const view = await causeOf(await open({ ref: await refusedUser() }));
    assert.deepEqual([view.finding?.cause, view.finding?.stsSaid], ['C79', undefined]);
    assert.ok(view.steps.some(({ sentence }) => /does not allow the basic flow/.test(sentence)));
  });

  it('a replay that is not wanted', async () => {
    await profiles.use();
    await roleScene(world, { trust: otherPool });
    const page = await open({ ref: await refusedUser() });
    const requests = await world.requestsOf(async () => {
      const view = await causeOf(page, 'Go On Without');
      assert.equal(view.finding?.cause, 'C79');
    });
    assert.equal(requests['AssumeRoleWithWebIdentity'], undefined);
  });

  it('without an administrator, STS alone tells what it can', async () => {
    const { roleArn } = await roleScene(world, { tags: { who: 'sub' } });
    const page = await open({ ref: await refusedUser() });
    world.person.types(/ARN of the role/, roleArn);
    const view = await causeOf(page);
    assert.deepEqual([view.finding?.cause, view.adminMissing], ['C83', true]);
    assert.match(view.finding?.stsSaid ?? '', /sts:TagSession/);
  });

  it('without an administrator, where the pool refuses the basic flow too', async () => {
    const { roleArn } = await roleScene(world, { trust: otherPool, classicFlow: false });
    const page = await open({ ref: await refusedUser() });
    world.person.types(/ARN of the role/, roleArn);
    const view = await causeOf(page);
    assert.deepEqual([view.finding?.cause, view.finding?.certain], [undefined, false]);
    assert.ok(
      view.steps.some(({ sentence }) => /STS could not be asked\. .*basic flow/i.test(sentence)),
      JSON.stringify(view.steps),
    );
    assert.match(await copied(page), /get-identity-pool-roles/);
  });

  it('an administrator who may not look', async () => {
    const { roleArn } = await roleScene(world);
    const able = await world.signIn('cause', await world.newUser());
    const { credentials } = await world.session(able);
    assert.ok(credentials);
    await profiles.use(credentials);
    await world.iam.deleteRole({ RoleName: roleArn.split('/').at(-1) ?? '' });
    const page = await open({ ref: able });
    world.person.escapes(/ARN of the role/);
    const view = await causeOf(page);
    assert.ok(
      view.steps.some(({ sentence }) => /Pool and role could not be read/.test(sentence)),
      JSON.stringify(view.steps),
    );
    assert.equal(view.finding?.certain, false);
  });

  it('nothing fails', async () => {
    const { roleName } = await roleScene(world);
    const ref = await world.signIn('cause', await world.newUser());
    const before = await world.session(ref);
    const view = await causeOf(await open());
    assert.deepEqual([view.outcome, view.roleName], ['works', roleName]);
    assert.equal((await world.session(ref)).credentials?.accessKeyId, before.credentials?.accessKeyId);
  });

  it('another failure than a hidden one is explained as such', async () => {
    await roleScene(world);
    const ref = await world.signIn('cause', await world.newUser());
    const page = await open({ ref });
    await world.sandbox.control.fault({ operation: 'GetCredentialsForIdentity', kind: 'throttle' });
    const view = await causeOf(page);
    assert.deepEqual([view.outcome, view.finding], ['other', undefined]);
    assert.match(view.error?.title ?? '', /too many|slow|often|throttl/i);
  });

  it('is cancelled by the page', async () => {
    await profiles.use();
    await roleScene(world, { trust: otherPool });
    const page = await open({ ref: await refusedUser() });
    await world.sandbox.control.fault({ operation: 'GetIdentityPoolRoles', kind: 'delay', value: 8000 });
    let requestId = 0;
    const answer = page.ask('credentials/findCause', {}, (id) => (requestId = id));
    await world.person.until('it reads the pool', () =>
      page.messages.find(
        (message) => message.type === 'credentials/progress' && /Reading/.test(message.text),
      ),
    );
    page.send({ type: 'cancel', requestId });
    assert.deepEqual(await answer, { ok: false, explanation: undefined });
  });

  it('a guest, of whom there is no session, by the button of the notification', async () => {
    await profiles.use();
    const made = await roleScene(world, {
      guests: true,
      amr: 'unauthenticated',
      trust: otherPool,
    });
    world.person.pressesButton(/could not get a role/, 'Find the Cause');
    await world.run('signInAsGuest', { connectionId: 'cause' });
    const page = await world.person.until('the Inspector of the guest', () => world.pages.at(-1));
    page.ready();
    assert.deepEqual(
      [page.title, page.state?.state, page.state?.tabRequest?.findCause],
      ['Inspector: guest', 'signed-out', true],
    );
    assert.match(page.state?.notice ?? '', /refused/);
    const view = await causeOf(page, 'Replay');
    assert.equal(view.finding?.cause, 'C79');
    assert.match(view.finding.stsSaid ?? '', notAuthorized);
    await runCommand(world, await copied(page));
    assert.equal((await causeOf(page)).roleName, made.roleName);
    assert.equal(world.handle.store.list().length, 0, 'nothing is kept');
    const ref = (await world.run('signInAsGuest', { connectionId: 'cause' })) as SessionRef;
    assert.equal((await world.session(ref)).identityKey, 'guest');
  });

  it('nobody is there at all: it is tried as a guest', async () => {
    await roleScene(world, { guests: true, amr: 'unauthenticated' });
    const page = await open();
    assert.equal(page.title, 'Inspector: guest');
    assert.equal((await causeOf(page)).outcome, 'works');
  });

  it('asks for whom, where one was refused and another is active', async () => {
    await roleScene(world, { guests: true, amr: 'authenticated' });
    await world.signIn('cause', await world.newUser());
    await world.run('signInAsGuest', { connectionId: 'cause' });
    await world.person.sees(/could not get a role/);
    world.person.picks(/What failed for whom\?/, 'guest');
    assert.equal((await open()).title, 'Inspector: guest');
  });
});
