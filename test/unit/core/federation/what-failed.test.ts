import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { IdentityPoolRoles, RoleFact } from '../../../../src/core/admin-port';
import { chooseRole } from '../../../../src/core/federation/role-mapping';
import { checkTrust, type TrustLogin } from '../../../../src/core/federation/trust-check';
import { freshTrust } from '../../../../src/core/federation/trust-check-correct';
import {
  type FailureFacts,
  type FailureFinding,
  sessionTags,
  tagProblem,
  whatFailed,
} from '../../../../src/core/federation/what-failed';

const POOL = 'us-east-1:00000000-0000-4000-8000-000000000000';
const arn = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;
const PROVIDER = 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Sandbox01';

const login: TrustLogin = {
  poolId: POOL,
  sub: 'us-east-1:0f1e2d3c-0000-4000-8000-000000000000',
  amr: ['authenticated', PROVIDER],
  needsTagSession: false,
};
const guest: TrustLogin = { ...login, amr: ['unauthenticated'] };

const roles: IdentityPoolRoles = {
  authenticated: arn('team/Auth'),
  unauthenticated: arn('Guest'),
  mappings: {
    [`${PROVIDER}:app`]: {
      type: 'Rules',
      ambiguous: 'Deny',
      rules: [{ claim: 'name', match: 'Equals', value: "O'Hara", roleArn: arn('Admins') }],
    },
    [`${PROVIDER}:other`]: { type: 'Token', ambiguous: 'AuthenticatedRole', rules: [] },
  },
};

function role(trustPolicy: string, roleArn = arn('team/Auth')): RoleFact {
  return { arn: roleArn, roleId: 'AROAEXAMPLE', trustPolicy, maxSessionSeconds: 3600 };
}

function facts(over: Partial<FailureFacts> = {}): FailureFacts {
  const all = over.roles ?? roles;
  const isGuest = over.login?.amr.includes('unauthenticated') === true;
  return {
    target: { poolId: POOL },
    login,
    roles: all,
    choice: chooseRole({
      roles: all,
      login: isGuest ? { kind: 'guest' } : { kind: 'login', key: PROVIDER, clientId: 'web', claims: {} },
    }),
    role: { state: 'found', role: role(freshTrust(login)) },
    ...over,
  };
}

const found = (trustPolicy: string, over: Partial<FailureFacts> = {}): FailureFinding =>
  whatFailed(facts({ role: { state: 'found', role: role(trustPolicy) }, ...over }));

/** The words that a shell makes of the command; the AWS CLI's options by name. */
function parse(command: string | undefined): { words: string[]; options: Record<string, string> } {
  const output = execFileSync('sh', ['-c', `aws() { printf '%s\\n' "$@"; }; ${command ?? ''}`]);
  const words = output.toString().trimEnd().split('\n');
  const options = Object.fromEntries(
    words.flatMap((word, index) => (word.startsWith('--') ? [[word.slice(2), words[index + 1] ?? '']] : [])),
  ) as Record<string, string>;
  return { words, options };
}

/** Runs a corrected trust policy against the login. */
function lets(finding: FailureFinding, who: TrustLogin = login): boolean | 'unknown' {
  const { words, options } = parse(finding.command);
  assert.deepEqual(words.slice(0, 2), ['iam', 'update-assume-role-policy']);
  assert.equal(options['role-name'], 'Auth');
  assert.deepEqual(JSON.parse(finding.document ?? ''), JSON.parse(options['policy-document'] ?? ''));
  return checkTrust('Auth', options['policy-document'] ?? '', who).allowed;
}

describe('what really failed', () => {
  it('C78: no role attached; the command keeps all that is set', () => {
    const without = { unauthenticated: roles.unauthenticated, mappings: roles.mappings };
    const finding = whatFailed(facts({ roles: without }));
    assert.deepEqual([finding.cause, finding.certain], ['C78', true]);
    assert.match(finding.sentence, /no authenticated role/);
    const { words, options } = parse(finding.command);
    assert.deepEqual(words.slice(0, 2), ['cognito-identity', 'set-identity-pool-roles']);
    assert.equal(options['identity-pool-id'], POOL);
    assert.deepEqual(JSON.parse(options['roles'] ?? ''), {
      authenticated: arn('ROLE-NAME'),
      unauthenticated: arn('Guest'),
    });
    assert.deepEqual(JSON.parse(options['role-mappings'] ?? ''), {
      [`${PROVIDER}:app`]: {
        Type: 'Rules',
        AmbiguousRoleResolution: 'Deny',
        RulesConfiguration: {
          Rules: [{ Claim: 'name', MatchType: 'Equals', Value: "O'Hara", RoleARN: arn('Admins') }],
        },
      },
      [`${PROVIDER}:other`]: { Type: 'Token', AmbiguousRoleResolution: 'AuthenticatedRole' },
    });
  });

  it('C78: no role for guests', () => {
    const finding = whatFailed(facts({ login: guest, roles: { authenticated: arn('Auth'), mappings: {} } }));
    assert.equal(finding.cause, 'C78');
    const { options } = parse(finding.command);
    assert.deepEqual(JSON.parse(options['roles'] ?? ''), {
      authenticated: arn('Auth'),
      unauthenticated: arn('ROLE-NAME'),
    });
    assert.equal(options['role-mappings'], undefined);
  });

  it('C78: the role was deleted', () => {
    const finding = whatFailed(facts({ role: { state: 'missing', arn: arn('team/Auth') } }));
    assert.equal(finding.cause, 'C78');
    assert.match(finding.sentence, /no such role/);
    const { words, options } = parse(finding.command);
    assert.deepEqual(words.slice(0, 2), ['iam', 'create-role']);
    assert.deepEqual([options['path'], options['role-name']], ['/team/', 'Auth']);
    assert.equal(checkTrust('Auth', options['assume-role-policy-document'] ?? '', login).allowed, true);
  });

  const trusts: readonly [cause: string, from: string, to: string, says: RegExp][] = [
    [
      'C79',
      POOL,
      POOL.replace('00000000', '99999999'),
      /identity pool "us-east-1:9999.*this one is us-east-1:0000/,
    ],
    ['C80', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRole', /must be sts:AssumeRoleWithWebIdentity/],
    ['C81', 'amazonaws.com:amr', 'amazon.com:amr', /no condition key/],
    ['C81', '"Federated"', '"Service"', /principal must be Federated/],
    ['C82', '"authenticated"', '"unauthenticated"', /this login has authenticated/],
  ];
  for (const [cause, from, to, says] of trusts) {
    it(`${cause}: ${to} in the trust policy`, () => {
      const finding = found(freshTrust(login).replace(from, to));
      assert.deepEqual([finding.cause, finding.certain], [cause, true]);
      assert.match(finding.sentence, /^Role Auth: /);
      assert.match(finding.sentence, says);
      assert.equal(lets(finding), true);
    });
  }

  it('C82: the two roles of the pool are swapped', () => {
    const otherRole = role(freshTrust(login), arn('Guest'));
    const finding = found(freshTrust(guest), { otherRole });
    assert.equal(finding.cause, 'C82');
    assert.match(finding.sentence, /swapped/);
    const { options } = parse(finding.command);
    assert.deepEqual(JSON.parse(options['roles'] ?? ''), {
      authenticated: arn('Guest'),
      unauthenticated: arn('team/Auth'),
    });
    assert.ok(options['role-mappings']);
  });

  it('C82: not swapped where the other role is right', () => {
    assert.equal(lets(found(freshTrust(guest), { otherRole: role(freshTrust(guest), arn('Guest')) })), true);
  });

  it('C83: no sts:TagSession', () => {
    const tagged: TrustLogin = { ...login, needsTagSession: true, tags: { team: 'red' } };
    const finding = found(freshTrust(login), { login: tagged });
    assert.equal(finding.cause, 'C83');
    assert.equal(lets(finding, tagged), true);
  });

  it('C84: tags too long; the command leaves out the longest', () => {
    const tags = { team: 'red', about: 'x'.repeat(250), more: 'é'.repeat(120) };
    const tagged: TrustLogin = { ...login, needsTagSession: true, tags };
    const tagMap = {
      providerName: PROVIDER,
      useDefaults: false,
      tags: { team: 'custom:team', about: 'profile', more: 'name' },
    };
    const finding = found(freshTrust(tagged), { login: tagged, tagMap });
    assert.equal(finding.cause, 'C84');
    assert.match(
      finding.sentence,
      /take 506 bytes, and 460 are allowed \(about: 255 bytes, more: 244 bytes, team: 7 bytes\)/,
    );
    const { words, options } = parse(finding.command);
    assert.equal(words[1], 'set-principal-tag-attribute-map');
    assert.ok(words.includes('--no-use-defaults'));
    assert.deepEqual(JSON.parse(options['principal-tags'] ?? ''), { team: 'custom:team', more: 'name' });
  });

  it('C85: the principal of another partition', () => {
    const gov: TrustLogin = { ...login, poolId: POOL.replace('us-east-1', 'us-gov-west-1') };
    const inGov = JSON.parse(
      JSON.stringify(roles).replaceAll('arn:aws:', 'arn:aws-us-gov:'),
    ) as IdentityPoolRoles;
    const standard = freshTrust(login).replace(POOL, gov.poolId);
    const finding = whatFailed({
      ...facts({ roles: inGov, target: { poolId: gov.poolId }, login: gov }),
      role: { state: 'found', role: role(standard, inGov.authenticated) },
    });
    assert.equal(finding.cause, 'C85');
    assert.equal(lets(finding, gov), true);
    assert.equal(parse(finding.command).options['region'], 'us-gov-west-1');
  });

  it('C85: a role ARN of another partition', () => {
    const poolId = POOL.replace('us-east-1', 'cn-north-1');
    const finding = whatFailed(facts({ target: { poolId }, login: { ...login, poolId } }));
    assert.equal(finding.cause, 'C85');
    const { options } = parse(finding.command);
    assert.doesNotMatch(finding.command ?? '', /arn:aws:/);
    assert.equal(
      JSON.parse(options['roles'] ?? '{}').authenticated,
      'arn:aws-cn:iam::123456789012:role/team/Auth',
    );
  });

  it('C86: the pool denies by its own rules', () => {
    const denying = {
      ...roles,
      mappings: { [`${PROVIDER}:web`]: { type: 'Token', ambiguous: 'Deny', rules: [] } },
    } as const;
    const finding = whatFailed(facts({ roles: denying }));
    assert.equal(finding.cause, 'C86');
    assert.match(finding.sentence, /set to deny/);
  });

  it('a Deny is not removed by a command', () => {
    const open = JSON.parse(freshTrust(login)) as { Statement: object[] };
    const trust = JSON.stringify({
      ...open,
      Statement: [...open.Statement, { ...open.Statement[0], Effect: 'Deny' }],
    });
    const finding = found(trust);
    assert.equal(finding.cause, 'other');
    assert.equal(parse(finding.command).words[1], 'get-role');
  });

  it('finds nothing where nothing is wrong, and says so', () => {
    const finding = whatFailed(facts());
    assert.deepEqual([finding.cause, finding.certain], [undefined, false]);
    assert.match(finding.sentence, /fit this login/);
  });

  it('a role that may not be read', () => {
    const finding = whatFailed(
      facts({ role: { state: 'unreadable', arn: arn('team/Auth'), reason: 'AccessDenied.' } }),
    );
    assert.match(finding.sentence, /team\/Auth could not be read: AccessDenied/);
    assert.equal(parse(finding.command).options['role-name'], 'Auth');
  });

  it('commands go to the endpoints of the connection', () => {
    const endpoints = { iam: 'http://127.0.0.1:4566', cognitoIdentity: 'http://127.0.0.1:4567' };
    const target = { poolId: POOL, endpoints };
    const iam = found(freshTrust(guest), { target });
    assert.equal(parse(iam.command).options['endpoint-url'], endpoints.iam);
    const pool = whatFailed(facts({ target }));
    assert.equal(parse(pool.command).options['endpoint-url'], endpoints.cognitoIdentity);
  });

  it('survives JSON', () => {
    const finding = found(freshTrust(guest));
    const copy: unknown = JSON.parse(JSON.stringify(finding));
    assert.deepEqual(JSON.parse(JSON.stringify(copy)), copy);
    assert.equal((copy as FailureFinding).sentence, finding.sentence);
  });
});

describe('what STS said in the basic flow', () => {
  const replayed = (awsCode: string, awsMessage: string): FailureFinding =>
    whatFailed({
      target: { poolId: POOL },
      login,
      replay: { outcome: 'refused', roleArn: arn('team/Auth'), awsCode, awsMessage },
    });

  it('sts:TagSession', () => {
    const finding = replayed('AccessDenied', 'Not authorized to perform sts:TagSession');
    assert.deepEqual([finding.cause, finding.certain], ['C83', true]);
    assert.equal(finding.stsSaid, 'AccessDenied: Not authorized to perform sts:TagSession');
  });

  it('AccessDenied alone can be several things', () => {
    const finding = replayed(
      'AccessDeniedException',
      'Not authorized to perform sts:AssumeRoleWithWebIdentity',
    );
    assert.deepEqual([finding.cause, finding.certain], [undefined, false]);
    assert.equal(parse(finding.command).options['role-name'], 'Auth');
  });

  it('PackedPolicyTooLarge', () => {
    const finding = replayed('PackedPolicyTooLargeException', 'Packed size of session tags consumes 120%');
    assert.deepEqual([finding.cause, finding.certain], ['C84', true]);
    assert.match(finding.sentence, /120%/);
  });

  it('anything else in its own words', () => {
    assert.match(
      replayed('RegionDisabledException', 'STS is not activated').sentence,
      /RegionDisabled.*not activated/,
    );
  });

  it('it worked there', () => {
    const finding = whatFailed({
      target: { poolId: POOL },
      login,
      replay: { outcome: 'ok', roleArn: arn('team/Auth') },
    });
    assert.match(finding.sentence, /STS gives the role Auth/);
    assert.equal(finding.stsSaid, undefined);
  });

  it('an administrator sees more than it tells', () => {
    const replay = {
      outcome: 'refused',
      roleArn: arn('team/Auth'),
      awsCode: 'AccessDenied',
      awsMessage: 'no',
    } as const;
    const finding = found(freshTrust(guest), { replay });
    assert.deepEqual([finding.cause, finding.stsSaid], ['C82', 'AccessDenied: no']);
  });

  it('neither is known', () => {
    const finding = whatFailed({ target: { poolId: POOL }, login });
    assert.match(finding.sentence, /Without an administrator/);
    assert.equal(parse(finding.command).words[1], 'get-identity-pool-roles');
  });
});

describe('session tags', () => {
  it('of plain claims only', () => {
    const claims = { aud: 'web', sub: 's', paid: true, age: 7, groups: ['a'], address: {} };
    const tags = { a: 'paid', b: 'age', c: 'groups', d: 'address', e: 'none', f: 'constructor' };
    assert.deepEqual(sessionTags({ useDefaults: true, tags }, claims), { client: 'web', username: 's' });
    assert.deepEqual(sessionTags({ useDefaults: false, tags }, claims), { a: 'true', b: '7' });
  });

  it('each has its own limits', () => {
    assert.equal(tagProblem({ team: 'red', mail: 'a.b+c@d.e' }), undefined);
    assert.deepEqual(tagProblem({ ok: '1', long: 'x'.repeat(257) })?.leaveOut, ['long']);
    assert.match(tagProblem({ long: 'x'.repeat(257) })?.sentence ?? '', /257 characters, and 256/);
    assert.match(tagProblem({ odd: 'a|b' })?.sentence ?? '', /a character that AWS refuses/);
    assert.equal(tagProblem({ a: 'x'.repeat(229), b: 'y'.repeat(229) }), undefined);
    assert.deepEqual(tagProblem({ a: 'x'.repeat(229), b: 'y'.repeat(230) })?.leaveOut, ['b']);
  });
});
