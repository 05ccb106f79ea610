import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  createRoleSessions,
  GUEST_SESSION_POLICIES,
  type RoleSessionRequest,
  type RoleSessions,
} from '../../../../sandbox/sts';
import { ASSUME, FEDERATED, LOGIN, NOW, policyOf, start, trustOf } from '../iam/scene';
import { credentialStore, fakeClock } from '../sigv4/signed-requests';

const ROLE = 'arn:aws:iam::123456789012:role/Readers';
const REQUEST: RoleSessionRequest = {
  roleArn: ROLE,
  sessionName: 'tests',
  federated: FEDERATED,
  context: LOGIN,
  durationSeconds: 3600,
};

describe('sandbox sts: role sessions', () => {
  let { iam, call, lines } = start();
  let sessions: RoleSessions;

  beforeEach(() => {
    ({ iam, call, lines } = start());
    const parts = { iam, credentials: credentialStore(fakeClock(NOW)), accountId: '123456789012' };
    sessions = createRoleSessions({ ...parts, log: (line) => lines.push(line) });
    call('CreateRole', { RoleName: 'Readers', AssumeRolePolicyDocument: trustOf() });
    call('PutRolePolicy', {
      RoleName: 'Readers',
      PolicyName: 'all',
      PolicyDocument: policyOf({ Action: '*' }),
    });
  });

  const may = (request: RoleSessionRequest, action: string, resource = '*'): string =>
    iam.authorizer.decide({
      principal: sessions.assume(request).credentials.principal,
      action,
      resource,
      context: {},
    }).reason;

  it('last as long as asked for', () => {
    const { credentials, roleName } = sessions.assume({ ...REQUEST, durationSeconds: 900 });
    assert.equal(roleName, 'Readers');
    assert.equal(credentials.expiresAt, NOW + 900_000);
    assert.equal(credentials.principal.arn, 'arn:aws:sts::123456789012:assumed-role/Readers/tests');
  });

  const tags = { project: 'blue' };
  for (const [what, over, reason, message] of [
    [
      'a role that is not there',
      { roleArn: `${ROLE}2` },
      'no-role',
      /^Not authorized to perform sts:AssumeRoleWithWebIdentity$/,
    ],
    [
      'another pool',
      { context: { ...LOGIN, [`${FEDERATED}:aud`]: 'x' } },
      'trust',
      /sts:AssumeRoleWithWebIdentity$/,
    ],
    ['another issuer', { federated: 'accounts.google.com' }, 'trust', /AssumeRoleWithWebIdentity$/],
    ['tags, where these are not trusted', { tags }, 'tag-session', /sts:TagSession$/],
    ['too long a time', { durationSeconds: 3601 }, 'duration', /exceeds the MaxSessionDuration/],
  ] as const) {
    it(`refuse ${what}, and the log tells why`, () => {
      assert.throws(() => sessions.assume({ ...REQUEST, ...over }), { name: 'RoleRefused', reason, message });
      assert.equal(lines.length, 1);
      assert.match(lines[0] ?? '', /does not exist|trust policy of|MaxSessionDuration/);
    });
  }

  describe('with tags', () => {
    beforeEach(() => {
      const PolicyDocument = trustOf({ Action: [ASSUME, 'sts:TagSession'] });
      call('UpdateAssumeRolePolicy', { RoleName: 'Readers', PolicyDocument });
    });

    it('have them in policies, as conditions and as variables', () => {
      const PolicyDocument = policyOf({
        Resource: 'arn:aws:s3:::b/${aws:PrincipalTag/project}/*',
        Condition: { StringEquals: { 'aws:PrincipalTag/project': ['blue', 'red'] } },
      });
      call('PutRolePolicy', { RoleName: 'Readers', PolicyName: 'all', PolicyDocument });
      const reasons = ['blue', 'red', 'green'].map((project) =>
        may({ ...REQUEST, tags: { project } }, 's3:GetObject', 'arn:aws:s3:::b/blue/x'),
      );
      assert.deepEqual(reasons, ['allowed', 'implicit-deny', 'implicit-deny']);
      assert.equal(may(REQUEST, 's3:GetObject', 'arn:aws:s3:::b/blue/x'), 'implicit-deny');
    });

    it('and the trust policy may look at what is asked for', () => {
      const PolicyDocument = trustOf({
        Action: [ASSUME, 'sts:TagSession'],
        Condition: {
          StringEquals: { 'aws:RequestTag/project': 'blue', 'sts:RoleSessionName': 'tests' },
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['project'] },
        },
      });
      call('UpdateAssumeRolePolicy', { RoleName: 'Readers', PolicyDocument });
      assert.equal(sessions.assume({ ...REQUEST, tags }).roleName, 'Readers');
      assert.throws(() => sessions.assume({ ...REQUEST, tags: { ...tags, more: 'x' } }), { reason: 'trust' });
      assert.throws(() => sessions.assume({ ...REQUEST, tags: { project: 'red' } }), { reason: 'trust' });
    });

    it('take 460 bytes of them and not one more', () => {
      const full = { k: 'ä'.repeat(229) + 'x' };
      assert.equal(sessions.assume({ ...REQUEST, tags: full }).packedPercent, 100);
      assert.throws(() => sessions.assume({ ...REQUEST, tags: { kk: full.k } }), {
        reason: 'packed-policy',
        message: 'Packed size of session tags consumes 101% of allotted space.',
      });
    });
  });

  it('of a guest are bounded by either scope-down policy', () => {
    const guest = { ...REQUEST, sessionPolicies: GUEST_SESSION_POLICIES, ownPolicies: false };
    for (const [action, reason] of [
      ['s3:GetObject', 'allowed'],
      ['s3:PutObject', 'allowed'],
      ['dynamodb:PutItem', 'allowed'],
      ['kms:Decrypt', 'allowed'],
      ['rum:PutRumEvents', 'allowed'],
      ['mobiletargeting:PutEvents', 'allowed'],
      ['kms:CreateKey', 'session-policy'],
      ['iam:GetRole', 'session-policy'],
      ['sts:AssumeRole', 'session-policy'],
      ['ec2:DescribeInstances', 'session-policy'],
      ['secretsmanager:GetSecretValue', 'session-policy'],
    ] as const) {
      assert.equal(may(guest, action), reason, action);
      assert.equal(may(REQUEST, action), 'allowed', action);
    }
  });

  it('of a guest get nothing that the role has not', () => {
    const PolicyDocument = policyOf({ Action: 's3:GetObject' });
    call('PutRolePolicy', { RoleName: 'Readers', PolicyName: 'all', PolicyDocument });
    const guest = { ...REQUEST, sessionPolicies: GUEST_SESSION_POLICIES, ownPolicies: false };
    assert.equal(may(guest, 's3:PutObject'), 'implicit-deny');
  });

  it('have no room for session policies without end', () => {
    const Resource = Array.from(
      { length: 40 },
      (_, index) => `arn:aws:s3:::${createHash('sha256').update(String(index)).digest('hex')}/*`,
    );
    const policy = JSON.parse(policyOf({ Resource })) as Record<string, unknown>;
    assert.throws(() => sessions.assume({ ...REQUEST, sessionPolicies: [policy] }), {
      reason: 'packed-policy',
      message: /^Packed size of session policy consumes \d{3}% of allotted space\.$/,
    });
  });
});
