import assert from 'node:assert/strict';
import { BACKEND, type Backend, backend, UNSUPPORTED } from './backend';
import { createPool, createRole, PROVIDER, READERS, type Scene, scene, token, trust } from './scene';

describe('sandbox identity pools: users of a developer provider', () => {
  let world: Scene;
  let pool: string;

  const call = (operation: string, input: Record<string, unknown>): Record<string, unknown> =>
    world.call(operation, input);
  const vouch: Backend['vouch'] = (user, over) => backend(world, pool).vouch(user, over);
  const credentials: Backend['credentials'] = (id, text, more) =>
    backend(world, pool).credentials(id, text, more);
  const lookup: Backend['lookup'] = (input) => backend(world, pool).lookup(input);
  const usersOf = (IdentityId: string): unknown => lookup({ IdentityId })['DeveloperUserIdentifierList'];
  const loginsOf = (IdentityId: string): unknown => call('DescribeIdentity', { IdentityId })['Logins'];

  beforeEach(() => {
    world = scene();
    pool = createPool(world, { DeveloperProviderName: BACKEND, AllowUnauthenticatedIdentities: true });
    createRole(world, 'Readers', trust(pool));
    call('SetIdentityPoolRoles', { IdentityPoolId: pool, Roles: { authenticated: READERS } });
  });

  describe('looked up', () => {
    for (const [what, input, code] of [
      ['neither by user nor by identity', {}, 'InvalidParameterException'],
      ['by a user who is not there', { DeveloperUserIdentifier: 'nobody' }, 'ResourceNotFoundException'],
      ['by an identity that is not there', { IdentityId: 'us-east-1:0' }, 'ResourceNotFoundException'],
      ['in a pool that is not there', { IdentityPoolId: 'us-east-1:0' }, 'ResourceNotFoundException'],
      ['61 at a time', { DeveloperUserIdentifier: 'a', MaxResults: 61 }, 'ValidationException'],
    ] as const) {
      it(`${what}, is refused`, () => {
        assert.throws(() => lookup(input), { code, status: 400 });
      });
    }

    it('by both that do not belong together, is refused', () => {
      vouch('anna');
      const { IdentityId } = vouch('berta');
      assert.throws(() => lookup({ IdentityId, DeveloperUserIdentifier: 'anna' }), {
        code: 'ResourceConflictException',
      });
    });

    it('lead from one to the other, page by page', () => {
      const { IdentityId } = vouch('u0');
      for (let n = 1; n < 5; n++) vouch(`u${n}`, { IdentityId });
      const both = { IdentityId, DeveloperUserIdentifierList: ['u3'] };
      assert.deepEqual(lookup({ DeveloperUserIdentifier: 'u3' }), both);
      assert.deepEqual(lookup({ DeveloperUserIdentifier: 'u3', IdentityId }), both);
      const pages: unknown[] = [];
      let NextToken: unknown;
      do {
        const page = lookup({ IdentityId, MaxResults: 2, ...(NextToken === undefined ? {} : { NextToken }) });
        pages.push(page['DeveloperUserIdentifierList']);
        NextToken = page['NextToken'];
      } while (NextToken !== undefined);
      assert.deepEqual(pages, [['u0', 'u1'], ['u2', 'u3'], ['u4']]);
    });
  });

  describe('merged', () => {
    const merge = (source: string, destination: string, over = {}): unknown =>
      call('MergeDeveloperIdentities', {
        SourceUserIdentifier: source,
        DestinationUserIdentifier: destination,
        DeveloperProviderName: BACKEND,
        IdentityPoolId: pool,
        ...over,
      })['IdentityId'];

    it('are refused where one is not there, the provider is another, or a login is missing', () => {
      vouch('anna');
      const gone = { code: 'ResourceNotFoundException' };
      assert.throws(() => merge('anna', 'nobody'), gone);
      assert.throws(() => merge('nobody', 'anna'), gone);
      assert.throws(() => merge('anna', 'anna', { IdentityPoolId: 'us-east-1:0' }), gone);
      assert.throws(() => merge('anna', 'anna', { DeveloperProviderName: 'x' }), { message: UNSUPPORTED });
      assert.throws(() => merge('anna', ''), { code: 'ValidationException' });
    });

    it('are refused where both are different users of one public provider', () => {
      const anna = vouch('anna', { Logins: { [BACKEND]: 'anna', [PROVIDER]: token({ sub: 'a' }) } });
      const berta = vouch('berta', { Logins: { [BACKEND]: 'berta', [PROVIDER]: token({ sub: 'b' }) } });
      assert.throws(() => merge('anna', 'berta'), { code: 'ResourceConflictException' });
      assert.deepEqual([usersOf(anna.IdentityId), usersOf(berta.IdentityId)], [['anna'], ['berta']]);
    });

    it('are refused where they would have more than 20 logins together', () => {
      const { IdentityId } = vouch('a0');
      for (let n = 1; n < 20; n++) vouch(`a${n}`, { IdentityId });
      vouch('berta');
      assert.throws(() => merge('berta', 'a0'), { code: 'ResourceConflictException', message: /20/ });
    });

    it('have the identity of the destination, though it is younger, and the other is gone', () => {
      const source = vouch('anna', { Logins: { [BACKEND]: 'anna', [PROVIDER]: token() } });
      const destination = vouch('berta');
      assert.equal(merge('anna', 'berta'), destination.IdentityId);
      assert.deepEqual(usersOf(destination.IdentityId), ['berta', 'anna']);
      assert.deepEqual(loginsOf(destination.IdentityId), [PROVIDER, BACKEND]);
      assert.equal(vouch('anna').IdentityId, destination.IdentityId);
      const forbidden = { message: `Access to Identity '${source.IdentityId}' is forbidden.` };
      assert.throws(() => credentials(source.IdentityId, source.Token), forbidden);
      assert.throws(() => vouch('carla', { IdentityId: source.IdentityId }), forbidden);
      assert.equal(merge('anna', 'berta'), destination.IdentityId);
    });
  });

  describe('unlinked', () => {
    const unlink = (IdentityId: string, user: string, over = {}): unknown =>
      call('UnlinkDeveloperIdentity', {
        IdentityId,
        IdentityPoolId: pool,
        DeveloperProviderName: BACKEND,
        DeveloperUserIdentifier: user,
        ...over,
      });

    it('are refused where they are not linked, or the provider is another', () => {
      const { IdentityId } = vouch('anna');
      vouch('berta');
      assert.throws(() => unlink(IdentityId, 'nobody'), { code: 'ResourceNotFoundException' });
      assert.throws(() => unlink('us-east-1:0', 'anna'), { code: 'ResourceNotFoundException' });
      assert.throws(() => unlink(IdentityId, 'berta'), { code: 'ResourceConflictException' });
      assert.throws(() => unlink(IdentityId, 'anna', { DeveloperProviderName: 'x' }), {
        message: UNSUPPORTED,
      });
      assert.deepEqual(usersOf(IdentityId), ['anna']);
    });

    it('are somebody new next time; an identity without any login is out of reach', () => {
      const { IdentityId, Token } = vouch('anna');
      vouch('anna2', { IdentityId });
      assert.deepEqual(unlink(IdentityId, 'anna'), {});
      assert.deepEqual(usersOf(IdentityId), ['anna2']);
      assert.notEqual(vouch('anna').IdentityId, IdentityId);
      assert.ok(credentials(IdentityId, Token));
      unlink(IdentityId, 'anna2');
      assert.throws(() => credentials(IdentityId, Token), /is forbidden/);
      assert.deepEqual(loginsOf(IdentityId), []);
    });
  });
});
