import assert from 'node:assert/strict';
import {
  type AccessAction,
  type AccessQuestion,
  type AccessRow,
  effectiveAccess,
} from '../../../../src/core/federation/effective-access';
import { guestScopeDown } from '../../../../src/core/federation/effective-access-scope-down';
import { decide, policyContext } from '../../../../src/core/policy';

const ME = 'us-east-1:0f1e2d3c-0000-4000-8000-000000000000';
const OWN = '${cognito-identity.amazonaws.com:sub}';
const BUCKET = 'arn:aws:s3:::notes';

const inline = (...statements: object[]): { name: string; kind: 'inline'; document: string } => ({
  name: 'access',
  kind: 'inline',
  document: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
});
const allow = (Action: string | string[], Resource: string, more: object = {}): object => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

const READER = inline(
  allow('s3:ListBucket', BUCKET, {
    Sid: 'List',
    Condition: { StringLike: { 's3:prefix': ['public/*', `private/${OWN}/*`] } },
  }),
  allow('s3:GetObject', `${BUCKET}/public/*`, { Sid: 'ReadPublic' }),
  allow('s3:*', `${BUCKET}/private/${OWN}/*`, { Sid: 'Own' }),
);

const question: AccessQuestion = {
  session: {
    poolId: 'us-east-1:00000000-0000-4000-8000-000000000000',
    identityId: ME,
    amr: ['authenticated'],
    roleArn: 'arn:aws:iam::123456789012:role/Readers',
    roleId: 'AROAEXAMPLE',
    tags: {},
    nowMs: Date.parse('2026-11-21T10:00:00Z'),
  },
  rolePolicies: [READER],
  isScopedDown: false,
  locations: [`s3://notes/private/${ME}/`, 's3://notes/public/', 's3://notes/'],
};

const ask = (over: Partial<AccessQuestion> = {}): AccessRow[] => effectiveAccess({ ...question, ...over });

function row(action: AccessAction, location: string, over: Partial<AccessQuestion> = {}): AccessRow {
  const [found] = ask({ locations: [location], ...over }).filter((one) => one.action === action);
  assert.ok(found);
  return found;
}

const shown = (rows: readonly AccessRow[]): string[] =>
  rows.map(({ location, action, decision }) => `${action} ${location.replace(ME, 'ME')}: ${decision}`);

describe('effective access', () => {
  it('lists, reads and writes where the role says so', () => {
    assert.deepEqual(shown(ask()), [
      's3:ListBucket s3://notes/private/ME/: allow',
      's3:GetObject s3://notes/private/ME/: allow',
      's3:PutObject s3://notes/private/ME/: allow',
      's3:ListBucket s3://notes/public/: allow',
      's3:GetObject s3://notes/public/: allow',
      's3:PutObject s3://notes/public/: implicit-deny',
      's3:ListBucket s3://notes/: implicit-deny',
      's3:GetObject s3://notes/: implicit-deny',
      's3:PutObject s3://notes/: implicit-deny',
    ]);
  });

  it('names the statement, and for a refusal the condition that is missed', () => {
    assert.equal(
      row('s3:GetObject', 's3://notes/public/').sentence,
      'Statement ReadPublic of access allows s3:GetObject.',
    );
    assert.match(
      row('s3:ListBucket', 's3://notes/').sentence,
      /Nearest is Statement List of access: .*s3:prefix.*"public\/\*".*it is ""/,
    );
  });

  it('asks about an object in the folder, or the very key', () => {
    assert.equal(row('s3:GetObject', 's3://notes/public/').resource, `${BUCKET}/public/example`);
    assert.equal(row('s3:GetObject', 's3://notes/public/a.txt').resource, `${BUCKET}/public/a.txt`);
    assert.equal(row('s3:ListBucket', 's3://notes/public/a.txt').resource, BUCKET);
    const point = 'arn:aws:s3:us-east-1:123456789012:accesspoint/p';
    assert.equal(row('s3:PutObject', `s3://${point}/a/`).resource, `${point}/object/a/example`);
  });

  it('a folder with the sub of the user pool instead of the identity ID is refused', () => {
    const { decision, sentence } = row('s3:GetObject', 's3://notes/private/0a1b2c3d-sub-of-the-user/');
    assert.equal(decision, 'implicit-deny');
    assert.match(sentence, /other resources than/);
  });

  it('a deny goes before an allow in another policy', () => {
    const deny = { ...inline({ ...allow('s3:Put*', '*'), Effect: 'Deny', Sid: 'NoWrites' }), name: 'limits' };
    const found = row('s3:PutObject', `s3://notes/private/${ME}/`, { rolePolicies: [READER, deny] });
    assert.deepEqual(
      [found.decision, found.sentence],
      ['explicit-deny', 'Statement NoWrites of limits denies s3:PutObject.'],
    );
  });

  it('the scope-down lets S3 through, and nothing that the role does not allow', () => {
    const found = row('s3:GetObject', 's3://notes/public/', { isScopedDown: true });
    assert.deepEqual(
      found.layers.map(({ id, decision }) => [id, decision]),
      [
        ['role', 'allow'],
        ['scope-down', 'allow'],
      ],
    );
    assert.equal(found.decision, 'allow');
    assert.equal(row('s3:PutObject', 's3://notes/public/', { isScopedDown: true }).decision, 'implicit-deny');
  });

  it('a session policy narrows the role, and says so', () => {
    const sessionPolicies = [{ name: 'session', document: inline(allow('s3:ListBucket', '*')).document }];
    const found = row('s3:GetObject', 's3://notes/public/', { sessionPolicies });
    assert.equal(found.decision, 'implicit-deny');
    assert.equal(
      found.sentence,
      'The role would allow it. Session policy: No statement allows s3:GetObject.',
    );
    assert.equal(row('s3:ListBucket', 's3://notes/public/', { sessionPolicies }).decision, 'allow');
    const denied = row('s3:PutObject', 's3://notes/public/', { sessionPolicies });
    assert.match(denied.sentence, /^No statement allows s3:PutObject\. Nearest/);
  });

  it('an unreadable session policy is not taken for none', () => {
    const sessionPolicies = [{ name: 'session', document: '{' }];
    assert.equal(row('s3:GetObject', 's3://notes/public/', { sessionPolicies }).decision, 'unknown');
  });

  it('principal tags: known, known to be missing, not known', () => {
    const byTeam = inline(allow('s3:GetObject', `${BUCKET}/\${aws:PrincipalTag/team}/*`));
    const decision = (tags: Record<string, string> | undefined): string =>
      row('s3:GetObject', 's3://notes/red/', {
        rolePolicies: [byTeam],
        session: { ...question.session, tags },
      }).decision;
    assert.deepEqual(
      [decision({ team: 'red' }), decision({ team: 'blue' }), decision({}), decision(undefined)],
      ['allow', 'implicit-deny', 'implicit-deny', 'unknown'],
    );
  });

  it('knows the session, and does not pretend to know the address of the caller', () => {
    const when = (operator: string, key: string, value: string): string =>
      row('s3:GetObject', 's3://notes/a', {
        rolePolicies: [inline(allow('s3:GetObject', '*', { Condition: { [operator]: { [key]: value } } }))],
      }).decision;
    assert.equal(when('StringEquals', 'aws:userid', 'AROAEXAMPLE:CognitoIdentityCredentials'), 'allow');
    assert.equal(when('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::123456789012:role/R*'), 'allow');
    assert.equal(when('Bool', 'aws:SecureTransport', 'true'), 'allow');
    assert.equal(when('DateLessThan', 'aws:CurrentTime', '2026-11-21T09:00:00Z'), 'implicit-deny');
    assert.equal(when('Null', 's3:x-amz-acl', 'true'), 'allow');
    assert.equal(when('IpAddress', 'aws:SourceIp', '203.0.113.0/24'), 'unknown');
    assert.equal(when('StringEquals', 's3:ExistingObjectTag/team', 'red'), 'unknown');
  });

  it('a role without policies, and a location that is no address', () => {
    assert.equal(
      row('s3:GetObject', 's3://notes/', { rolePolicies: [] }).sentence,
      'The role has no permissions at all.',
    );
    const odd = row('s3:GetObject', 's3://?');
    assert.deepEqual([odd.decision, odd.sentence], ['unknown', 's3://? is not an S3 address.']);
  });

  it('other partitions have other ARNs', () => {
    const poolId = question.session.poolId.replace('us-east-1', 'cn-north-1');
    const found = row('s3:GetObject', 's3://notes/', { session: { ...question.session, poolId } });
    assert.equal(found.resource, 'arn:aws-cn:s3:::notes/example');
  });

  it('survives JSON', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(ask({ isScopedDown: true }))), ask({ isScopedDown: true }));
  });
});

describe('scope-down of guests', () => {
  const passes = (action: string): boolean =>
    decide(guestScopeDown(), { action, resource: 'arn:aws:x:::y', context: policyContext({}, () => true) })
      .decision === 'allow';

  it('either policy lets a service pass', () => {
    for (const action of [
      's3:PutObject',
      'dynamodb:Query',
      'rum:PutRumEvents',
      'kms:Decrypt',
      'polly:SynthesizeSpeech',
    ]) {
      assert.equal(passes(action), true, action);
    }
    for (const action of [
      'sts:AssumeRole',
      'iam:GetRole',
      'ec2:RunInstances',
      'secretsmanager:GetSecretValue',
      'kms:CreateKey',
      'sagemaker:CreateModel',
    ]) {
      assert.equal(passes(action), false, action);
    }
  });
});
