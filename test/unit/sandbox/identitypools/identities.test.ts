import assert from 'node:assert/strict';
import { createPool, getId, NOW, OTHER_PROVIDER, PROVIDER, type Scene, scene, token } from './scene';

const OTHER = { provider: OTHER_PROVIDER, aud: 'other', sub: 'x' };
const PROVIDERS = [
  { ProviderName: PROVIDER, ClientId: '5webclient' },
  { ProviderName: OTHER_PROVIDER, ClientId: 'other' },
];

describe('sandbox identity pools: identities', () => {
  let world: Scene;
  let pool: string;

  const call = (operation: string, input: Record<string, unknown>): Record<string, unknown> =>
    world.call(operation, input);
  const newGuest = (): string => String(call('GetId', { IdentityPoolId: pool })['IdentityId']);
  const describeIdentity = (IdentityId: string): Record<string, unknown> =>
    call('DescribeIdentity', { IdentityId });

  beforeEach(() => {
    world = scene();
    pool = createPool(world, { AllowUnauthenticatedIdentities: true, CognitoIdentityProviders: PROVIDERS });
  });

  for (const [operation, input, code, message] of [
    [
      'DescribeIdentity',
      { IdentityId: 'us-east-1:0' },
      'ResourceNotFoundException',
      /^Identity 'us-east-1:0' not found\.$/,
    ],
    ['DescribeIdentity', {}, 'ValidationException', /'identityId'/],
    [
      'ListIdentities',
      { MaxResults: 1, IdentityPoolId: 'us-east-1:0' },
      'ResourceNotFoundException',
      /not found/,
    ],
    ['ListIdentities', {}, 'ValidationException', /'maxResults'/],
    ['ListIdentities', { MaxResults: 61 }, 'ValidationException', /less than or equal to 60/],
    ['ListIdentities', { MaxResults: 1, NextToken: 'x' }, 'InvalidParameterException', /token/],
    ['ListIdentities', { MaxResults: 1, HideDisabled: 'no' }, 'SerializationException', /HideDisabled/],
    ['DeleteIdentities', {}, 'ValidationException', /'identityIdsToDelete'/],
    ['DeleteIdentities', { IdentityIdsToDelete: [] }, 'ValidationException', /between 1 and 60/],
    ['DeleteIdentities', { IdentityIdsToDelete: ['x'] }, 'ValidationException', /regular expression/],
    [
      'DeleteIdentities',
      { IdentityIdsToDelete: Array.from({ length: 61 }, () => 'us-east-1:0') },
      'ValidationException',
      /between 1 and 60/,
    ],
  ] as const) {
    it(`${operation} refuses ${JSON.stringify(input).slice(0, 80)}`, () => {
      assert.throws(() => call(operation, { IdentityPoolId: pool, ...input }), {
        code,
        message,
        status: 400,
      });
    });
  }

  it('are listed page by page in the order of their making, with their logins, disabled ones too unless hidden', () => {
    const guest = newGuest();
    const reader = getId(world, pool);
    const other = getId(world, pool, OTHER);
    const merged = call('GetId', {
      IdentityPoolId: pool,
      Logins: { [PROVIDER]: token(), [OTHER_PROVIDER]: token(OTHER) },
    });
    assert.equal(merged['IdentityId'], reader);
    const list = (HideDisabled?: boolean): unknown[] => {
      const seen: unknown[] = [];
      let NextToken: unknown;
      do {
        const page = call('ListIdentities', {
          IdentityPoolId: pool,
          MaxResults: 2,
          ...(HideDisabled === undefined ? {} : { HideDisabled }),
          ...(NextToken === undefined ? {} : { NextToken }),
        });
        assert.equal(page['IdentityPoolId'], pool);
        const identities = page['Identities'] as Record<string, unknown>[];
        assert.ok(identities.length <= 2);
        seen.push(...identities.map(({ IdentityId, Logins }) => [IdentityId, Logins]));
        NextToken = page['NextToken'];
      } while (NextToken !== undefined);
      return seen;
    };
    const both = [reader, [PROVIDER, OTHER_PROVIDER]];
    assert.deepEqual(list(), [[guest, []], both, [other, []]]);
    assert.deepEqual(list(false), list());
    assert.deepEqual(list(true), [[guest, []], both]);
    assert.deepEqual(describeIdentity(other)['LastModifiedDate'], new Date(NOW));
  });

  it('are deleted, and those that are not there are told', () => {
    const reader = getId(world, pool);
    const absent = 'us-east-1:00000000-0000-4000-8000-000000000000';
    assert.deepEqual(call('DeleteIdentities', { IdentityIdsToDelete: [reader, absent] }), {
      UnprocessedIdentityIds: [{ IdentityId: absent, ErrorCode: 'AccessDenied' }],
    });
    assert.throws(() => describeIdentity(reader), { code: 'ResourceNotFoundException' });
    assert.throws(
      () => call('GetCredentialsForIdentity', { IdentityId: reader, Logins: { [PROVIDER]: token() } }),
      { code: 'ResourceNotFoundException', message: `Identity '${reader}' not found.` },
    );
    assert.notEqual(getId(world, pool), reader);
  });

  describe('lose a login', () => {
    let id: string;
    const both = { [PROVIDER]: token(), [OTHER_PROVIDER]: token(OTHER) };
    const unlink = (over: Record<string, unknown>): unknown =>
      call('UnlinkIdentity', { IdentityId: id, Logins: both, LoginsToRemove: [PROVIDER], ...over });

    beforeEach(() => {
      id = String(call('GetId', { IdentityPoolId: pool, Logins: both })['IdentityId']);
    });

    for (const [what, over, code, message] of [
      ['nobody vouches for', { Logins: {} }, 'NotAuthorizedException', /^Logins don't match/],
      ['no logins come with', { Logins: undefined }, 'ValidationException', /'logins'/],
      [
        'somebody else asks for',
        { Logins: { [PROVIDER]: token({ sub: 'x' }) } },
        'NotAuthorizedException',
        /match/,
      ],
      ['a bad token asks for', { Logins: { [PROVIDER]: 'x' } }, 'NotAuthorizedException', /^Invalid login/],
      ['is not named', { LoginsToRemove: undefined }, 'ValidationException', /'loginsToRemove'/],
      [
        'the identity does not have',
        { LoginsToRemove: ['accounts.google.com'] },
        'InvalidParameterException',
        /google/,
      ],
      ['belongs to no identity', { IdentityId: 'us-east-1:0' }, 'ResourceNotFoundException', /not found/],
    ] as const) {
      it(`not one that ${what}`, () => {
        assert.throws(() => unlink(over), { code, message, status: 400 });
        assert.deepEqual(describeIdentity(id)['Logins'], [PROVIDER, OTHER_PROVIDER]);
      });
    }

    it('with any of their logins as the proof; who had it is somebody new', () => {
      world.clock.advance(60);
      assert.deepEqual(unlink({ Logins: { [OTHER_PROVIDER]: token(OTHER) } }), {});
      assert.deepEqual(describeIdentity(id)['Logins'], [OTHER_PROVIDER]);
      assert.deepEqual(describeIdentity(id)['LastModifiedDate'], new Date(NOW + 60_000));
      assert.notEqual(getId(world, pool), id);
      assert.equal(getId(world, pool, OTHER), id);
    });

    it('and are out of reach without the last one', () => {
      unlink({ LoginsToRemove: [PROVIDER, OTHER_PROVIDER] });
      const forbidden = {
        code: 'NotAuthorizedException',
        message: `Access to Identity '${id}' is forbidden.`,
      };
      for (const Logins of [both, {}]) {
        assert.throws(() => call('GetCredentialsForIdentity', { IdentityId: id, Logins }), forbidden);
      }
      assert.throws(() => unlink({}), forbidden);
    });
  });

  describe('of pools with tags', () => {
    const arn = (id = pool): string => `arn:aws:cognito-identity:us-east-1:123456789012:identitypool/${id}`;
    const tags = (): unknown => call('ListTagsForResource', { ResourceArn: arn() })['Tags'];

    for (const [operation, input, code] of [
      ['ListTagsForResource', {}, 'ValidationException'],
      ['ListTagsForResource', { ResourceArn: 'short' }, 'ValidationException'],
      ['ListTagsForResource', { ResourceArn: `arn:aws:s3:::${'b'.repeat(20)}` }, 'InvalidParameterException'],
      ['ListTagsForResource', { ResourceArn: arn('us-east-1:0') }, 'ResourceNotFoundException'],
      ['TagResource', { ResourceArn: 'POOL' }, 'ValidationException'],
      ['TagResource', { ResourceArn: 'POOL', Tags: { '': 'x' } }, 'ValidationException'],
      ['TagResource', { ResourceArn: 'POOL', Tags: ['x'] }, 'SerializationException'],
      [
        'TagResource',
        {
          ResourceArn: 'POOL',
          Tags: Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, 'v'])),
        },
        'InvalidParameterException',
      ],
      ['UntagResource', { ResourceArn: 'POOL' }, 'ValidationException'],
    ] as const) {
      it(`${operation} refuses ${JSON.stringify(input).slice(0, 60)} with ${code}`, () => {
        call('TagResource', { ResourceArn: arn(), Tags: { team: 'blue' } });
        const resource = 'ResourceArn' in input && input.ResourceArn === 'POOL' ? { ResourceArn: arn() } : {};
        assert.throws(() => call(operation, { ...input, ...resource }), { code, status: 400 });
        assert.deepEqual(tags(), { team: 'blue' });
      });
    }

    it('are given, changed and taken away, and the pool shows them', () => {
      call('TagResource', { ResourceArn: arn(), Tags: { team: 'blue', stage: 'dev' } });
      call('TagResource', { ResourceArn: arn(), Tags: { stage: 'prod' } });
      assert.deepEqual(tags(), { team: 'blue', stage: 'prod' });
      call('UntagResource', { ResourceArn: arn(), TagKeys: ['team', 'absent'] });
      assert.deepEqual(tags(), { stage: 'prod' });
      const described = call('DescribeIdentityPool', { IdentityPoolId: pool });
      assert.deepEqual(described['IdentityPoolTags'], { stage: 'prod' });
    });
  });
});
