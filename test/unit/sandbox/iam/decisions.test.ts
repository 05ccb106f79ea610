import assert from 'node:assert/strict';
import type { Principal } from '../../../../sandbox/kernel/types';
import { ADMIN } from '../sigv4/signed-requests';
import { ASSUME, FEDERATED, LOGIN, POOL, policyOf, start, trustOf } from './scene';

const PUT = { RoleName: 'Readers', PolicyName: 'p', PolicyDocument: policyOf() };

describe('sandbox iam: decisions about roles', () => {
  let { iam, call, lines } = start();
  beforeEach(() => {
    ({ iam, call, lines } = start());
    call('CreateRole', { RoleName: 'Readers', AssumeRolePolicyDocument: trustOf() });
  });

  describe('trust policies', () => {
    const ARN = 'arn:aws:iam::123456789012:role/Readers';
    for (const [what, statement, context, allowed] of [
      ['the login that they name', {}, LOGIN, true],
      ['another identity pool', {}, { ...LOGIN, [`${FEDERATED}:aud`]: 'us-east-1:other' }, false],
      ['a guest', {}, { ...LOGIN, [`${FEDERATED}:amr`]: ['unauthenticated'] }, false],
      ['a service as principal', { Principal: { Service: FEDERATED } }, LOGIN, false],
      ['another federated principal', { Principal: { Federated: 'accounts.google.com' } }, LOGIN, false],
      ['everybody', { Principal: '*' }, LOGIN, true],
      [
        'all but this principal',
        { Principal: undefined, NotPrincipal: { Federated: FEDERATED } },
        LOGIN,
        false,
      ],
      ['all but another principal', { Principal: undefined, NotPrincipal: { AWS: '*' } }, LOGIN, true],
      ['sts:AssumeRole alone', { Action: 'sts:AssumeRole' }, LOGIN, false],
      ['both actions', { Action: ['sts:TagSession', ASSUME] }, LOGIN, true],
      ['a deny', { Effect: 'Deny' }, LOGIN, false],
      [
        'a mistyped key',
        { Condition: { StringEquals: { 'cognito-identity.amazon.com:aud': POOL } } },
        LOGIN,
        false,
      ],
      [
        'one identity, the asking one',
        { Condition: { StringEquals: { [`${FEDERATED}:sub`]: 'us-east-1:1' } } },
        LOGIN,
        true,
      ],
      [
        'one identity, another one',
        { Condition: { StringEquals: { [`${FEDERATED}:sub`]: 'us-east-1:2' } } },
        LOGIN,
        false,
      ],
    ] as const) {
      it(`${what}: ${allowed ? 'may' : 'may not'}`, () => {
        call('UpdateAssumeRolePolicy', { RoleName: 'Readers', PolicyDocument: trustOf(statement) });
        assert.equal(iam.evaluateTrust(ARN, FEDERATED, ASSUME, context).allowed, allowed);
      });
    }

    it('of a role that is not there let nobody in', () => {
      assert.equal(iam.evaluateTrust(`${ARN}s`, FEDERATED, ASSUME, LOGIN).allowed, false);
    });
  });

  describe('signed calls', () => {
    const session = (over: Partial<Principal> = {}): Principal => ({
      kind: 'role-session',
      accountId: '123456789012',
      arn: 'arn:aws:sts::123456789012:assumed-role/Readers/CognitoIdentityCredentials',
      userId: `${iam.findRole('arn:aws:iam::123456789012:role/Readers')?.id}:CognitoIdentityCredentials`,
      roleName: 'Readers',
      context: LOGIN,
      tags: { team: 'red' },
      ...over,
    });
    const decide = (principal: Principal, resource = 'arn:aws:s3:::b/k', context = {}): string =>
      iam.authorizer.decide({ principal, action: 's3:GetObject', resource, context }).reason;
    const put = (statement: object): unknown =>
      call('PutRolePolicy', { ...PUT, PolicyDocument: policyOf(statement) });

    it('let the root do everything', () => assert.equal(decide(ADMIN), 'root'));

    it('follow a policy from the moment that it is put, or deleted', () => {
      const principal = session();
      assert.equal(decide(principal), 'implicit-deny');
      put({});
      assert.equal(decide(principal), 'allowed');
      call('DeleteRolePolicy', { RoleName: 'Readers', PolicyName: 'p' });
      assert.equal(decide(principal), 'implicit-deny');
    });

    it('do not take a role made anew for the one that was deleted', () => {
      const principal = session();
      call('DeleteRole', { RoleName: 'Readers' });
      call('CreateRole', { RoleName: 'Readers', AssumeRolePolicyDocument: trustOf() });
      put({});
      assert.equal(decide(principal), 'implicit-deny');
      assert.equal(decide(session()), 'allowed');
    });

    it("know the session's identity, tags and role, and the time", () => {
      const Resource = `arn:aws:s3:::b/\${${FEDERATED}:sub}/\${aws:PrincipalTag/team}`;
      const Condition = {
        ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/Readers' },
        DateGreaterThan: { 'aws:CurrentTime': '2026-01-31T11:59:59Z' },
        NumericGreaterThan: { 'aws:EpochTime': '1769860799' },
        StringLike: { 'aws:userid': '*:CognitoIdentityCredentials' },
      };
      put({ Resource, Condition });
      assert.equal(decide(session(), 'arn:aws:s3:::b/us-east-1:1/red'), 'allowed');
      assert.equal(decide(session(), 'arn:aws:s3:::b/us-east-1:1/blue'), 'implicit-deny');
    });

    it('let no request speak for the session', () => {
      put({ Resource: `arn:aws:s3:::b/\${${FEDERATED}:sub}` });
      const context = { [`${FEDERATED}:sub`]: 'us-east-1:2' };
      assert.equal(decide(session(), 'arn:aws:s3:::b/us-east-1:2', context), 'implicit-deny');
    });

    it('cut a session down to its session policies', () => {
      put({});
      const only = (Action: string): Principal =>
        session({
          sessionPolicies: [{ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } }],
        });
      assert.equal(decide(only('s3:GetObject')), 'allowed');
      assert.equal(decide(only('s3:PutObject')), 'session-policy');
    });

    it('take a session policy that they do not understand for one that allows nothing, and log it', () => {
      put({});
      assert.equal(decide(session({ sessionPolicies: [{ Statement: 1 }] })), 'session-policy');
      assert.ok(lines.some((line) => line.includes('session policy')));
    });
  });
});
