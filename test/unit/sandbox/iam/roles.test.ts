import assert from 'node:assert/strict';
import { NOW, policyOf, start, trustOf } from './scene';

describe('sandbox iam: roles', () => {
  let { iam, call } = start();
  beforeEach(() => {
    ({ iam, call } = start());
    call('CreateRole', { RoleName: 'Readers', AssumeRolePolicyDocument: trustOf(), Description: 'can read' });
  });

  it('are described as they were made', () => {
    const { Role } = call('GetRole', { RoleName: 'Readers' }) as { Role: Record<string, unknown> };
    assert.match(String(Role['RoleId']), /^AROA[A-Z2-7]{16}$/);
    assert.deepEqual(
      { ...Role, RoleId: '' },
      {
        Path: '/',
        RoleName: 'Readers',
        RoleId: '',
        Arn: 'arn:aws:iam::123456789012:role/Readers',
        CreateDate: new Date(NOW),
        AssumeRolePolicyDocument: encodeURIComponent(trustOf()),
        Description: 'can read',
        MaxSessionDuration: 3600,
      },
    );
  });

  it('are listed by name, page by page and by path', () => {
    call('CreateRole', { RoleName: 'Admins', AssumeRolePolicyDocument: trustOf(), Path: '/app/' });
    call('CreateRole', { RoleName: 'Guest', AssumeRolePolicyDocument: trustOf() });
    const names = (page: Record<string, unknown>): unknown[] =>
      (page['Roles'] as { RoleName: string }[]).map(({ RoleName }) => RoleName);
    const first = call('ListRoles', { MaxItems: '2' });
    assert.deepEqual([names(first), first['IsTruncated']], [['Admins', 'Guest'], true]);
    const second = call('ListRoles', { MaxItems: '2', Marker: first['Marker'] });
    assert.deepEqual([names(second), second['IsTruncated']], [['Readers'], false]);
    assert.deepEqual(names(call('ListRoles', { PathPrefix: '/app/' })), ['Admins']);
    assert.equal(iam.findRole('arn:aws:iam::123456789012:role/app/Admins')?.name, 'Admins');
  });

  it('keep policies, which are put, read, listed and deleted', () => {
    const named = { RoleName: 'Readers', PolicyName: 'read' };
    call('PutRolePolicy', { ...named, PolicyDocument: policyOf() });
    assert.deepEqual(call('GetRolePolicy', named), {
      ...named,
      PolicyDocument: encodeURIComponent(policyOf()).replaceAll('*', '%2A'),
    });
    assert.deepEqual(call('ListRolePolicies', { RoleName: 'readers' })['PolicyNames'], ['read']);
    assert.throws(() => call('DeleteRole', { RoleName: 'Readers' }), { code: 'DeleteConflict', status: 409 });
    call('DeleteRolePolicy', named);
    call('DeleteRole', { RoleName: 'Readers' });
    assert.throws(() => call('GetRole', { RoleName: 'Readers' }), { code: 'NoSuchEntity', status: 404 });
  });

  const CREATE = { RoleName: 'R', AssumeRolePolicyDocument: trustOf() };
  const PUT = { RoleName: 'Readers', PolicyName: 'p', PolicyDocument: policyOf() };
  for (const [operation, input, code, message] of [
    [
      'CreateRole',
      { ...CREATE, RoleName: undefined },
      'ValidationError',
      /at 'roleName' .* Member must not be null/,
    ],
    [
      'CreateRole',
      { ...CREATE, RoleName: 'a b' },
      'ValidationError',
      /specified value for roleName is invalid/,
    ],
    ['CreateRole', { ...CREATE, RoleName: 'x'.repeat(65) }, 'ValidationError', /less than or equal to 64/],
    ['CreateRole', { ...CREATE, RoleName: 'READERS' }, 'EntityAlreadyExists', /already exists/],
    ['CreateRole', { ...CREATE, Path: 'app' }, 'ValidationError', /at 'path'/],
    [
      'CreateRole',
      { ...CREATE, MaxSessionDuration: '100' },
      'ValidationError',
      /greater than or equal to 3600/,
    ],
    ['CreateRole', { ...CREATE, MaxSessionDuration: 'long' }, 'MalformedInput', /integer/],
    [
      'CreateRole',
      { ...CREATE, PermissionsBoundary: 'arn:aws:iam::aws:policy/X' },
      'InvalidInput',
      /boundaries/,
    ],
    ['CreateRole', { ...CREATE, AssumeRolePolicyDocument: undefined }, 'ValidationError', /not be null/],
    ['CreateRole', { ...CREATE, AssumeRolePolicyDocument: '{' }, 'MalformedPolicyDocument', /invalid Json/],
    [
      'CreateRole',
      { ...CREATE, AssumeRolePolicyDocument: trustOf({ Resource: '*' }) },
      'MalformedPolicyDocument',
      /prohibited field Resource/,
    ],
    [
      'CreateRole',
      { ...CREATE, AssumeRolePolicyDocument: trustOf({ Principal: undefined }) },
      'MalformedPolicyDocument',
      /required field Principal/,
    ],
    [
      'CreateRole',
      { ...CREATE, AssumeRolePolicyDocument: trustOf({ Principal: { Federation: 'x' } }) },
      'MalformedPolicyDocument',
      /Syntax/,
    ],
    [
      'CreateRole',
      { ...CREATE, AssumeRolePolicyDocument: trustOf({ Action: 's3:GetObject' }) },
      'MalformedPolicyDocument',
      /STS AssumeRole actions/,
    ],
    [
      'CreateRole',
      { ...CREATE, AssumeRolePolicyDocument: trustOf({ Sid: 'x'.repeat(2048) }) },
      'LimitExceeded',
      /2048/,
    ],
    [
      'UpdateAssumeRolePolicy',
      { RoleName: 'None', PolicyDocument: trustOf() },
      'NoSuchEntity',
      /cannot be found/,
    ],
    [
      'UpdateAssumeRolePolicy',
      { RoleName: 'Readers', PolicyDocument: policyOf() },
      'MalformedPolicyDocument',
      /Resource/,
    ],
    ['PutRolePolicy', { ...PUT, RoleName: 'None' }, 'NoSuchEntity', /role with name None/],
    ['PutRolePolicy', { ...PUT, PolicyName: '' }, 'ValidationError', /policyName/],
    ['PutRolePolicy', { ...PUT, PolicyDocument: '[]' }, 'MalformedPolicyDocument', /Syntax/],
    [
      'PutRolePolicy',
      { ...PUT, PolicyDocument: '{"Version":"2012-10-17","Statement":[]}' },
      'MalformedPolicyDocument',
      /Syntax/,
    ],
    [
      'PutRolePolicy',
      { ...PUT, PolicyDocument: '{"Version":"2020-01-01","Statement":{}}' },
      'MalformedPolicyDocument',
      /valid version string/,
    ],
    [
      'PutRolePolicy',
      { ...PUT, PolicyDocument: policyOf({ Effect: 'Maybe' }) },
      'MalformedPolicyDocument',
      /Syntax/,
    ],
    ['PutRolePolicy', { ...PUT, PolicyDocument: policyOf({ Foo: 1 }) }, 'MalformedPolicyDocument', /Syntax/],
    [
      'PutRolePolicy',
      { ...PUT, PolicyDocument: policyOf({ Action: undefined }) },
      'MalformedPolicyDocument',
      /must contain actions/,
    ],
    [
      'PutRolePolicy',
      { ...PUT, PolicyDocument: policyOf({ Action: 'GetObject' }) },
      'MalformedPolicyDocument',
      /prefaced by a vendor/,
    ],
    [
      'PutRolePolicy',
      { ...PUT, PolicyDocument: policyOf({ NotAction: 's3:*' }) },
      'MalformedPolicyDocument',
      /Syntax/,
    ],
    [
      'PutRolePolicy',
      { ...PUT, PolicyDocument: policyOf({ Resource: undefined }) },
      'MalformedPolicyDocument',
      /must contain resources/,
    ],
    [
      'PutRolePolicy',
      { ...PUT, PolicyDocument: policyOf({ Resource: 'bucket/*' }) },
      'MalformedPolicyDocument',
      /must be in ARN format/,
    ],
    [
      'PutRolePolicy',
      { ...PUT, PolicyDocument: policyOf({ Principal: '*' }) },
      'MalformedPolicyDocument',
      /should not specify a principal/,
    ],
    [
      'PutRolePolicy',
      { ...PUT, PolicyDocument: policyOf({ Condition: { StringSame: { 's3:prefix': 'a' } } }) },
      'MalformedPolicyDocument',
      /Invalid Condition type : StringSame/,
    ],
    [
      'PutRolePolicy',
      { ...PUT, PolicyDocument: policyOf({ Condition: { StringEquals: 'a' } }) },
      'MalformedPolicyDocument',
      /Syntax/,
    ],
    [
      'PutRolePolicy',
      { ...PUT, PolicyDocument: policyOf({ Condition: { StringEquals: { 's3:prefix': {} } } }) },
      'MalformedPolicyDocument',
      /Syntax/,
    ],
    [
      'PutRolePolicy',
      { ...PUT, PolicyDocument: policyOf({ Resource: `arn:aws:s3:::${'x'.repeat(10_240)}` }) },
      'LimitExceeded',
      /10240/,
    ],
    [
      'GetRolePolicy',
      { RoleName: 'Readers', PolicyName: 'none' },
      'NoSuchEntity',
      /role policy with name none/,
    ],
    ['DeleteRolePolicy', { RoleName: 'Readers', PolicyName: 'none' }, 'NoSuchEntity', /role policy/],
    ['DeleteRole', { RoleName: 'None' }, 'NoSuchEntity', /cannot be found/],
    ['ListRoles', { MaxItems: '0' }, 'ValidationError', /greater than or equal to 1/],
    ['ListRoles', { Marker: 'nonsense' }, 'ValidationError', /token/],
  ] as const) {
    it(`${operation} refuses with ${code}: ${message.source}`, () => {
      assert.throws(() => call(operation, input), { code, message });
    });
  }

  it('a policy that is refused changes nothing', () => {
    call('PutRolePolicy', PUT);
    assert.throws(() => call('PutRolePolicy', { ...PUT, PolicyDocument: '{' }));
    const { PolicyDocument } = call('GetRolePolicy', { RoleName: 'Readers', PolicyName: 'p' });
    assert.equal(decodeURIComponent(String(PolicyDocument)), policyOf());
  });
});
