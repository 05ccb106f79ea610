import assert from 'node:assert/strict';
import type { Principal } from '../../../../sandbox/kernel/types';
import { NOW, policyOf, start, trustOf } from './scene';

const ARN = 'arn:aws:iam::123456789012:policy/reads';
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

describe('sandbox iam: managed policies', () => {
  let { iam, call } = start();
  beforeEach(() => {
    ({ iam, call } = start());
    call('CreateRole', { RoleName: 'Readers', AssumeRolePolicyDocument: trustOf() });
    call('CreatePolicy', { PolicyName: 'reads', PolicyDocument: policyOf(), Description: 'reads all' });
  });

  const attach = (PolicyArn = ARN): unknown => call('AttachRolePolicy', { RoleName: 'Readers', PolicyArn });
  const attached = (over = {}): Record<string, unknown> =>
    call('ListAttachedRolePolicies', { RoleName: 'Readers', ...over });
  const may = (action: string): string => {
    const role = iam.findRole('arn:aws:iam::123456789012:role/Readers');
    const principal: Principal = {
      kind: 'role-session',
      accountId: '123456789012',
      arn: 'arn:aws:sts::123456789012:assumed-role/Readers/x',
      userId: `${role?.id}:x`,
      roleName: 'Readers',
      context: {},
    };
    return iam.authorizer.decide({ principal, action, resource: 'arn:aws:s3:::b/k', context: {} }).reason;
  };

  it('are described, with the number of roles that have them', () => {
    const { Policy } = call('GetPolicy', { PolicyArn: ARN }) as { Policy: Record<string, unknown> };
    assert.match(String(Policy['PolicyId']), /^ANPA[A-Z2-7]{16}$/);
    assert.deepEqual(
      { ...Policy, PolicyId: '' },
      {
        PolicyName: 'reads',
        PolicyId: '',
        Arn: ARN,
        Path: '/',
        DefaultVersionId: 'v1',
        AttachmentCount: 0,
        PermissionsBoundaryUsageCount: 0,
        IsAttachable: true,
        Description: 'reads all',
        CreateDate: new Date(NOW),
        UpdateDate: new Date(NOW),
      },
    );
    attach();
    assert.equal((call('GetPolicy', { PolicyArn: ARN })['Policy'] as typeof Policy)['AttachmentCount'], 1);
  });

  it('give their text by version', () => {
    const answer = call('GetPolicyVersion', { PolicyArn: ARN, VersionId: 'v1' });
    const { Document, ...rest } = answer['PolicyVersion'] as Record<string, unknown>;
    assert.equal(decodeURIComponent(String(Document)), policyOf());
    assert.deepEqual(rest, { VersionId: 'v1', IsDefaultVersion: true, CreateDate: new Date(NOW) });
    assert.equal(iam.managedPolicyText(ARN), policyOf());
  });

  it('count in decisions while they are attached', () => {
    assert.equal(may('s3:GetObject'), 'implicit-deny');
    attach();
    attach();
    assert.deepEqual(attached()['AttachedPolicies'], [{ PolicyName: 'reads', PolicyArn: ARN }]);
    assert.equal(may('s3:GetObject'), 'allowed');
    call('DetachRolePolicy', { RoleName: 'Readers', PolicyArn: ARN });
    assert.equal(may('s3:GetObject'), 'implicit-deny');
  });

  it('deny over an inline policy that allows, and by their default version', () => {
    attach(ADMINISTRATOR);
    assert.equal(may('ec2:RunInstances'), 'allowed');
    attach();
    call('CreatePolicyVersion', { PolicyArn: ARN, PolicyDocument: policyOf({ Effect: 'Deny' }) });
    assert.equal(may('s3:GetObject'), 'allowed');
    call('CreatePolicyVersion', {
      PolicyArn: ARN,
      PolicyDocument: policyOf({ Effect: 'Deny' }),
      SetAsDefault: 'true',
    });
    assert.equal(may('s3:GetObject'), 'explicit-deny');
  });

  it('of a role are listed by name, page by page', () => {
    attach();
    attach(ADMINISTRATOR);
    const first = attached({ MaxItems: '1' });
    assert.deepEqual(
      [first['AttachedPolicies'], first['IsTruncated']],
      [[{ PolicyName: 'AdministratorAccess', PolicyArn: ADMINISTRATOR }], true],
    );
    const second = attached({ MaxItems: '1', Marker: first['Marker'] });
    assert.deepEqual([second['AttachedPolicies'], second['IsTruncated']], [attachedReads, false]);
  });
  const attachedReads = [{ PolicyName: 'reads', PolicyArn: ARN }];

  it('hold a role and are held by it', () => {
    attach();
    assert.throws(() => call('DeleteRole', { RoleName: 'Readers' }), {
      code: 'DeleteConflict',
      message: 'Cannot delete entity, must detach all policies first.',
    });
    assert.throws(() => call('DeletePolicy', { PolicyArn: ARN }), { code: 'DeleteConflict' });
    call('DetachRolePolicy', { RoleName: 'Readers', PolicyArn: ARN });
    call('DeletePolicy', { PolicyArn: ARN });
    call('DeleteRole', { RoleName: 'Readers' });
    assert.throws(() => call('GetPolicy', { PolicyArn: ARN }), { code: 'NoSuchEntity' });
  });

  it('a role takes ten of and not one more', () => {
    for (let index = 0; index <= 10; index += 1) {
      const PolicyName = `p${index}`;
      call('CreatePolicy', { PolicyName, PolicyDocument: policyOf() });
      const one = (): unknown => attach(`arn:aws:iam::123456789012:policy/${PolicyName}`);
      if (index < 10) one();
      else assert.throws(one, { code: 'LimitExceeded', message: /PoliciesPerRole: 10/ });
    }
  });

  const NONE = 'arn:aws:iam::123456789012:policy/none';
  for (const [operation, input, code, message] of [
    ['GetPolicy', { PolicyArn: NONE }, 'NoSuchEntity', /policy\/none does not exist or is not attachable\.$/],
    ['GetPolicy', {}, 'ValidationError', /'policyArn'/],
    [
      'GetPolicyVersion',
      { PolicyArn: ARN, VersionId: 'v2' },
      'NoSuchEntity',
      /reads version v2 does not exist/,
    ],
    ['GetPolicyVersion', { PolicyArn: ARN, VersionId: '2' }, 'ValidationError', /'versionId'/],
    [
      'CreatePolicy',
      { PolicyName: 'READS', PolicyDocument: policyOf() },
      'EntityAlreadyExists',
      /called READS/,
    ],
    ['CreatePolicy', { PolicyName: 'x', PolicyDocument: '{' }, 'MalformedPolicyDocument', /invalid Json/],
    [
      'CreatePolicy',
      { PolicyName: 'x', PolicyDocument: policyOf({ Sid: 'x'.repeat(6144) }) },
      'LimitExceeded',
      /6144/,
    ],
    ['AttachRolePolicy', { RoleName: 'Readers', PolicyArn: NONE }, 'NoSuchEntity', /not attachable/],
    ['AttachRolePolicy', { RoleName: 'None', PolicyArn: ARN }, 'NoSuchEntity', /role with name None/],
    ['DetachRolePolicy', { RoleName: 'Readers', PolicyArn: ARN }, 'NoSuchEntity', /was not found/],
    ['ListAttachedRolePolicies', { RoleName: 'None' }, 'NoSuchEntity', /role with name None/],
    ['DeletePolicy', { PolicyArn: ADMINISTRATOR }, 'AccessDenied', /AWS managed/],
    ['UpdateRole', { RoleName: 'None' }, 'NoSuchEntity', /role with name None/],
    ['UpdateRole', { RoleName: 'Readers', MaxSessionDuration: '43201' }, 'ValidationError', /43200/],
  ] as const) {
    it(`${operation} refuses with ${code}: ${message.source}`, () => {
      assert.throws(() => call(operation, input), { code, message });
    });
  }

  it('UpdateRole changes what is given and keeps the rest', () => {
    call('UpdateRole', { RoleName: 'Readers', MaxSessionDuration: '7200' });
    call('UpdateRole', { RoleName: 'Readers', Description: 'new' });
    const { Role } = call('GetRole', { RoleName: 'Readers' }) as { Role: Record<string, unknown> };
    assert.deepEqual([Role['MaxSessionDuration'], Role['Description']], [7200, 'new']);
  });
});
