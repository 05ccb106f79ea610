import assert from 'node:assert/strict';
import type { Call } from '../../../../sandbox/kernel/types';
import { ASSUME, FEDERATED, NOW, POOL, policyOf, trustOf } from '../iam/scene';
import { stsScene, type StsScene, tokenOf } from './scene';

const CALL: Call = { requestId: 'r', sourceIp: '127.0.0.1', principal: undefined };
const SECOND = NOW / 1000;
const IDENTITY = 'us-east-1:11111111-0000-4000-8000-000000000000';
const CLAIMS = {
  iss: `https://${FEDERATED}`,
  sub: IDENTITY,
  aud: POOL,
  amr: ['authenticated', 'graph.facebook.com', 'graph.facebook.com:1:2'],
  iat: SECOND,
  exp: SECOND + 600,
};
const TAGGED = {
  ...CLAIMS,
  'https://aws.amazon.com/tags': { principal_tags: { team: ['blue'] }, transitive_tag_keys: [] },
};
const ISSUER = 'https://id.example.com/app';
const PROVIDER = 'arn:aws:iam::123456789012:oidc-provider/id.example.com/app';
const FOREIGN = { iss: ISSUER, sub: 'person', aud: 'one', exp: SECOND + 60 };

describe('sandbox sts: AssumeRoleWithWebIdentity', () => {
  let world: StsScene;
  const REQUEST = {
    RoleArn: 'arn:aws:iam::123456789012:role/Readers',
    RoleSessionName: 'workbench',
    WebIdentityToken: tokenOf(CLAIMS),
  };

  const assume = async (over: Record<string, unknown> = {}): Promise<Record<string, unknown>> => {
    const run = world.service.operations['AssumeRoleWithWebIdentity'];
    assert.ok(run);
    return (await run({ ...REQUEST, ...over }, CALL)) as Record<string, unknown>;
  };

  const mayRead = (answer: Record<string, unknown>): string => {
    const { AccessKeyId } = answer['Credentials'] as { AccessKeyId: string };
    const principal = world.credentials.find(AccessKeyId)?.principal;
    assert.ok(principal);
    const resource = `arn:aws:s3:::b/private/${IDENTITY}/x`;
    return world.iam.authorizer.decide({ principal, action: 's3:GetObject', resource, context: {} }).reason;
  };

  beforeEach(() => {
    world = stsScene();
    world.call('CreateRole', { RoleName: 'Readers', AssumeRolePolicyDocument: trustOf() });
    const PolicyDocument = policyOf({
      Action: 's3:*',
      Resource: `arn:aws:s3:::b/private/\${${FEDERATED}:sub}/*`,
    });
    world.call('PutRolePolicy', { RoleName: 'Readers', PolicyName: 'own', PolicyDocument });
  });

  it('gives credentials for an hour, and tells whose they are', async () => {
    const { Credentials, ...rest } = await assume();
    const { Expiration, AccessKeyId } = Credentials as { Expiration: Date; AccessKeyId: string };
    assert.match(AccessKeyId, /^ASIA/);
    assert.deepEqual(Expiration, new Date(NOW + 3600_000));
    const role = world.iam.findRole(REQUEST.RoleArn);
    assert.deepEqual(rest, {
      SubjectFromWebIdentityToken: IDENTITY,
      Audience: POOL,
      AssumedRoleUser: {
        Arn: 'arn:aws:sts::123456789012:assumed-role/Readers/workbench',
        AssumedRoleId: `${role?.id}:workbench`,
      },
      Provider: FEDERATED,
    });
  });

  it('of the identity reaches its own folder, and no longer once the role was made anew', async () => {
    const answer = await assume();
    assert.equal(mayRead(answer), 'allowed');
    world.call('DeleteRolePolicy', { RoleName: 'Readers', PolicyName: 'own' });
    world.call('DeleteRole', { RoleName: 'Readers' });
    world.call('CreateRole', { RoleName: 'Readers', AssumeRolePolicyDocument: trustOf() });
    world.call('AttachRolePolicy', {
      RoleName: 'Readers',
      PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    });
    assert.equal(mayRead(answer), 'implicit-deny');
  });

  it('takes any time between a quarter of an hour and what the role allows', async () => {
    world.call('UpdateRole', { RoleName: 'Readers', MaxSessionDuration: '7200' });
    for (const seconds of [900, 7200]) {
      const { Credentials } = await assume({ DurationSeconds: String(seconds) });
      const { Expiration } = Credentials as { Expiration: Date };
      assert.equal(Expiration.getTime(), NOW + seconds * 1000);
    }
  });

  describe('with a session policy', () => {
    const BUCKETS = policyOf({ Action: 's3:ListAllMyBuckets' });

    it('gives no more than that', async () => {
      const answer = await assume({ Policy: BUCKETS });
      assert.equal(mayRead(answer), 'session-policy');
      assert.ok(Number(answer['PackedPolicySize']) > 0);
      assert.equal(mayRead(await assume({ Policy: policyOf() })), 'allowed');
    });

    it('gives what managed policies allow, as far as the role does', async () => {
      const arn = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
      assert.equal(mayRead(await assume({ Policy: BUCKETS, PolicyArns: [{ arn }] })), 'allowed');
    });
  });

  it('makes session tags of those in the token, if the trust policy allows that', async () => {
    const WebIdentityToken = tokenOf(TAGGED);
    await assert.rejects(assume({ WebIdentityToken }), {
      code: 'AccessDenied',
      message: 'Not authorized to perform sts:TagSession',
    });
    const PolicyDocument = trustOf({ Action: [ASSUME, 'sts:TagSession'] });
    world.call('UpdateAssumeRolePolicy', { RoleName: 'Readers', PolicyDocument });
    const { Credentials } = await assume({ WebIdentityToken });
    const { AccessKeyId } = Credentials as { AccessKeyId: string };
    assert.deepEqual(world.credentials.find(AccessKeyId)?.principal.tags, { team: 'blue' });
  });

  it('takes the token of an OpenID Connect provider that is registered in IAM', async () => {
    world.call('CreateOpenIDConnectProvider', { Url: ISSUER, ClientIDList: ['one'] });
    const PolicyDocument = trustOf({
      Principal: { Federated: PROVIDER },
      Condition: {
        StringEquals: { 'id.example.com/app:aud': 'one', 'id.example.com/app:sub': 'person' },
      },
    });
    world.call('UpdateAssumeRolePolicy', { RoleName: 'Readers', PolicyDocument });
    const answer = await assume({ WebIdentityToken: tokenOf(FOREIGN) });
    assert.deepEqual(
      [answer['Provider'], answer['Audience'], answer['SubjectFromWebIdentityToken']],
      [PROVIDER, 'one', 'person'],
    );
    await assert.rejects(assume({ WebIdentityToken: tokenOf({ ...FOREIGN, sub: 'other' }) }), {
      code: 'AccessDenied',
    });
    await assert.rejects(assume({ WebIdentityToken: tokenOf({ ...FOREIGN, aud: 'two' }) }), {
      code: 'InvalidIdentityToken',
      message: 'Incorrect token audience',
    });
    await assert.rejects(assume({ WebIdentityToken: tokenOf(FOREIGN, 'no-keys') }), {
      code: 'InvalidIdentityToken',
      message: /^Couldn't retrieve verification key/,
    });
  });

  const long = `${policyOf().slice(0, -1)}${' '.repeat(2048)}}`;
  for (const [what, over, code, message] of [
    ['no role', { RoleArn: undefined }, 'ValidationError', /'roleArn' .* not be null/],
    [
      'a session name with a space',
      { RoleSessionName: 'a b' },
      'ValidationError',
      /'roleSessionName' .* pattern/,
    ],
    [
      'a session name of one letter',
      { RoleSessionName: 'a' },
      'ValidationError',
      /greater than or equal to 2/,
    ],
    ['no token', { WebIdentityToken: undefined }, 'ValidationError', /'webIdentityToken'/],
    [
      'too short a time',
      { DurationSeconds: '899' },
      'ValidationError',
      /^1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900$/,
    ],
    [
      'too long a time for anybody',
      { DurationSeconds: '43201' },
      'ValidationError',
      /less than or equal to 43200/,
    ],
    [
      'too long a time for the role',
      { DurationSeconds: '3601' },
      'ValidationError',
      /^The requested DurationSeconds exceeds the MaxSessionDuration set for this role\.$/,
    ],
    ['a time that is none', { DurationSeconds: 'long' }, 'MalformedInput', /integer/],
    ['a policy that is none', { Policy: '{' }, 'MalformedPolicyDocument', /Json/],
    ['a policy that is too long', { Policy: long }, 'ValidationError', /2048/],
    [
      'a policy and ARNs that are too long together',
      {
        Policy: long.replace(/ {100}/, ''),
        PolicyArns: [{ arn: `arn:aws:iam::aws:policy/${'x'.repeat(100)}` }],
      },
      'PackedPolicyTooLarge',
      /2048/,
    ],
    [
      'a managed policy that is not there',
      { PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/Nothing' }] },
      'MalformedPolicyDocument',
      /does not exist/,
    ],
    [
      'a token that is none',
      { WebIdentityToken: 'undefined' },
      'InvalidIdentityToken',
      /^The ID Token provided is not a valid JWT\. \(You may see this error if you sent an Access Token\)$/,
    ],
    [
      'a token without issuer',
      { WebIdentityToken: tokenOf({ ...CLAIMS, iss: undefined }) },
      'InvalidIdentityToken',
      /not a valid JWT/,
    ],
    [
      'a token that nobody signed',
      { WebIdentityToken: tokenOf(CLAIMS, 'bad-signature') },
      'InvalidIdentityToken',
      /signed/,
    ],
    [
      'a token that is too old',
      { WebIdentityToken: tokenOf({ ...CLAIMS, exp: SECOND }) },
      'ExpiredTokenException',
      new RegExp(
        `^Token expired: current date/time ${SECOND} must be before the expiration date/time ${SECOND}$`,
      ),
    ],
    [
      'a token without expiry',
      { WebIdentityToken: tokenOf({ ...CLAIMS, exp: undefined }) },
      'InvalidIdentityToken',
      /claim: exp/,
    ],
    [
      'a token for nobody',
      { WebIdentityToken: tokenOf({ ...CLAIMS, aud: undefined }) },
      'InvalidIdentityToken',
      /claim: aud/,
    ],
    [
      'a token of nobody',
      { WebIdentityToken: tokenOf({ ...CLAIMS, sub: '' }) },
      'InvalidIdentityToken',
      /claim: sub/,
    ],
    [
      'a token of an issuer that IAM does not know',
      { WebIdentityToken: tokenOf(FOREIGN) },
      'InvalidIdentityToken',
      /^Couldn't retrieve verification key from your identity provider/,
    ],
    [
      'a guest of a role for the authenticated',
      { WebIdentityToken: tokenOf({ ...CLAIMS, amr: ['unauthenticated'] }) },
      'AccessDenied',
      /^Not authorized to perform sts:AssumeRoleWithWebIdentity$/,
    ],
    [
      'an identity of another pool',
      { WebIdentityToken: tokenOf({ ...CLAIMS, aud: 'us-east-1:0' }) },
      'AccessDenied',
      /^Not authorized to perform sts:AssumeRoleWithWebIdentity$/,
    ],
    [
      'a role that is not there',
      { RoleArn: 'arn:aws:iam::123456789012:role/Nobody' },
      'AccessDenied',
      /^Not authorized to perform sts:AssumeRoleWithWebIdentity$/,
    ],
    ['an access token of Facebook', { ProviderId: 'graph.facebook.com' }, 'InvalidIdentityToken', /sandbox/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(assume(over), { code, message });
    });
  }

  it('writes no token into the log', async () => {
    await assert.rejects(assume({ RoleArn: 'arn:aws:iam::123456789012:role/Nobody' }));
    assert.ok(world.lines.length > 0);
    assert.ok(!world.lines.join('\n').includes(REQUEST.WebIdentityToken));
  });
});
