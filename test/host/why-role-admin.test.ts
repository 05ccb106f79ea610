import assert from 'node:assert/strict';
import type { AdminRoleView } from '../../src/panel/protocol';
import type { SessionRef } from '../../src/core/session/model';
import { useProfiles } from '../support/host-profile';
import { newRole, roleScene } from '../support/host-role-scene';
import { useWorld } from '../support/host-world';

/** Operations that need an administrator. */
const reads = ['GetIdentityPoolRoles', 'DescribeIdentityPool', 'GetRole', 'AdminListGroupsForUser'];

describe('why this role, as an administrator', () => {
  const world = useWorld();
  const profiles = useProfiles(world);

  async function explained(ref: SessionRef): Promise<AdminRoleView> {
    const page = await world.inspect(ref);
    await page.get('credentials/load', {});
    return page.get('credentials/explainAsAdmin', {});
  }

  const decisions = ({ explanation }: AdminRoleView) =>
    explanation.access.map(({ action, decision }) => `${action.slice(3)} ${decision}`);

  it('the preferred role of the token, by groups and their precedence', async () => {
    const profile = await profiles.use();
    await world.connect(world.entry('notes'));
    const ref = await world.signIn('notes', 'reader');
    const view = await explained(ref);
    const { explanation } = view;
    assert.match(explanation.summary, /You have the role Readers\. The token prefers .*role\/Readers/);
    const winner = explanation.groups.find(({ wins }) => wins);
    assert.equal(winner?.name, 'readers');
    assert.deepEqual([explanation.mapping.outcome, explanation.trust?.allowed], ['role', true]);
    assert.deepEqual(decisions(view), ['ListBucket allow', 'GetObject allow', 'PutObject allow']);
    assert.deepEqual([view.asked, view.unread], [`AWS profile ${profile}`, []]);
  });

  it('by rules, one by one', async () => {
    await profiles.use();
    const made = await roleScene(world, {
      mapping: (roleArn) => ({
        Type: 'Rules',
        AmbiguousRoleResolution: 'Deny',
        RulesConfiguration: {
          Rules: [
            { Claim: 'email', MatchType: 'StartsWith', Value: 'boss@', RoleARN: world.role('Admins') },
            { Claim: 'email', MatchType: 'Contains', Value: '@example.com', RoleARN: roleArn },
            { Claim: 'sub', MatchType: 'NotEqual', Value: 'x', RoleARN: world.role('Readers') },
          ],
        },
      }),
    });
    const view = await explained(await world.signIn('cause', await world.newUser()));
    const { explanation } = view;
    assert.match(
      explanation.summary,
      new RegExp(`You have the role ${made.roleName}\\. Rule 2 is the first that fits`),
    );
    assert.deepEqual(
      explanation.mapping.steps.map(({ ok }) => ok),
      [true, false, true, 'skipped', true],
    );
    assert.equal(explanation.groupsSentence, 'The user is in no group.');
    assert.deepEqual(decisions(view), [
      'ListBucket implicit-deny',
      'GetObject implicit-deny',
      'PutObject implicit-deny',
    ]);
    assert.match(explanation.access[0]?.sentence ?? '', /no permissions at all/);
  });

  it('the default role, where nothing is mapped', async () => {
    await profiles.use();
    const made = await roleScene(world);
    const { explanation } = await explained(await world.signIn('cause', await world.newUser()));
    assert.match(explanation.summary, new RegExp(`${made.roleName}.*everybody who is signed in`));
  });

  it('a guest, whom the scope-down narrows', async () => {
    await profiles.use();
    const { roleName } = await roleScene(world, { guests: true, amr: 'unauthenticated' });
    await world.iam.putRolePolicy({
      RoleName: roleName,
      PolicyName: 'all',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
      }),
    });
    const ref = (await world.run('signInAsGuest', { connectionId: 'cause' })) as SessionRef;
    const view = await explained(ref);
    assert.match(view.explanation.summary, /Guests get the unauthenticated role/);
    assert.equal(view.explanation.groupsSentence, undefined);
    const [list] = view.explanation.access;
    assert.deepEqual(
      list?.layers.map(({ id }) => id),
      ['role', 'scope-down'],
    );
  });

  it('what was changed since', async () => {
    await profiles.use();
    const { poolId, roleName } = await roleScene(world);
    const ref = await world.signIn('cause', await world.newUser());
    const newer = await newRole(world, `${roleName}-newer`, poolId, 'authenticated');
    await world.identityPools.setIdentityPoolRoles({
      IdentityPoolId: poolId,
      Roles: { authenticated: newer },
    });
    const { explanation } = await explained(ref);
    assert.match(explanation.summary, new RegExp(`You have the role ${roleName}, but .*${roleName}-newer`));
  });

  it('is asked for, and never happens by itself', async () => {
    const profile = await profiles.use();
    await world.connect(world.entry('notes'));
    const ref = await world.signIn('notes', 'reader');
    const requests = await world.requestsOf(async () => {
      const page = await world.inspect(ref);
      const { adminName } = await page.get('credentials/load', {});
      assert.equal(adminName, `AWS profile ${profile}`);
    });
    assert.deepEqual(
      Object.keys(requests).filter((name) => reads.includes(name)),
      [],
    );
  });

  it('nobody to ask: the page learns of a profile as soon as there is one', async () => {
    await world.connect(world.entry('notes'));
    const page = await world.inspect(await world.signIn('notes', 'reader'));
    assert.equal((await page.get('credentials/load', {})).adminName, undefined);
    assert.equal((await page.refused('credentials/explainAsAdmin', {})).actions[0], 'set-aws-profile');
    const before = page.state?.revision ?? 0;
    await profiles.use();
    await world.person.until('a newer revision', () =>
      (page.state?.revision ?? 0) > before ? true : undefined,
    );
    assert.match((await page.get('credentials/load', {})).adminName ?? '', /AWS profile/);
  });

  it('somebody who may not read the pool', async () => {
    await world.connect(world.entry('notes'));
    const ref = await world.signIn('notes', 'reader');
    const { credentials } = await world.session(ref);
    assert.ok(credentials);
    await profiles.use(credentials);
    const page = await world.inspect(ref);
    const { title, actions } = await page.refused('credentials/explainAsAdmin', {});
    assert.match(title, /not allowed|may not|refused|denied/i);
    assert.ok(actions.length > 0);
  });
});
