import assert from 'node:assert/strict';
import {
  amrOf,
  checkTrust,
  type TrustCause,
  type TrustLogin,
} from '../../../../src/core/federation/trust-check';
import { correctedTrust, freshTrust } from '../../../../src/core/federation/trust-check-correct';
import { identityPoolPrincipal } from '../../../../src/core/connection/derive';

const POOL = 'us-east-1:00000000-0000-4000-8000-000000000000';
const OLD_POOL = 'us-east-1:99999999-0000-4000-8000-000000000000';
const ID = 'cognito-identity.amazonaws.com';

const login: TrustLogin = {
  poolId: POOL,
  sub: 'us-east-1:0f1e2d3c-0000-4000-8000-000000000000',
  amr: ['authenticated', 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Sandbox01'],
  needsTagSession: false,
};
const guest: TrustLogin = { ...login, amr: ['unauthenticated'] };
const tagged: TrustLogin = { ...login, needsTagSession: true, tags: { team: 'red' } };
const gov: TrustLogin = { ...login, poolId: POOL.replace('us-east-1', 'us-gov-west-1') };

interface Parts {
  readonly principal?: unknown;
  readonly action?: unknown;
  readonly name?: string;
  readonly aud?: string | undefined;
  readonly amr?: string | undefined;
  readonly more?: object;
}

function statement(parts: Parts = {}): object {
  const { name = ID, aud = POOL, amr = 'authenticated' } = parts;
  return {
    Effect: 'Allow',
    Principal: parts.principal ?? { Federated: name },
    Action: parts.action ?? 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: { [`${name}:aud`]: aud },
      'ForAnyValue:StringLike': { [`${name}:amr`]: amr },
      ...parts.more,
    },
  };
}

const policy = (...statements: object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

const wrong: readonly [
  what: string,
  trust: string,
  who: TrustLogin,
  cause: TrustCause,
  says: RegExp,
  path: string,
][] = [
  [
    'another identity pool',
    policy(statement({ aud: OLD_POOL })),
    login,
    'C79',
    /trusts the identity pool "us-east-1:9999.*this one is us-east-1:0000/,
    'Condition.StringEquals',
  ],
  [
    'sts:AssumeRole',
    policy(statement({ action: 'sts:AssumeRole' })),
    login,
    'C80',
    /must be sts:AssumeRoleWithWebIdentity, and it is sts:AssumeRole\./,
    'Action',
  ],
  [
    'a mistyped condition key',
    policy(
      statement({
        more: { 'ForAnyValue:StringLike': { 'cognito-identity.amazon.com:amr': 'authenticated' } },
      }),
    ),
    login,
    'C81',
    /no condition key cognito-identity\.amazon\.com:amr; it must be cognito-identity\.amazonaws\.com:amr/,
    'Condition.ForAnyValue:StringLike',
  ],
  [
    'a service as principal',
    policy(statement({ principal: { Service: ID } })),
    login,
    'C81',
    /must be Federated "cognito-identity\.amazonaws\.com", and it is Service/,
    'Principal',
  ],
  [
    'guests only',
    policy(statement({ amr: 'unauthenticated' })),
    login,
    'C82',
    /this login has authenticated, cognito-idp/,
    'Condition.ForAnyValue:StringLike',
  ],
  [
    'users only',
    policy(statement()),
    guest,
    'C82',
    /this login has unauthenticated/,
    'Condition.ForAnyValue:StringLike',
  ],
  ['no sts:TagSession', policy(statement()), tagged, 'C83', /sts:TagSession is not allowed/, 'Action'],
  [
    "another partition's principal",
    policy(statement({ aud: gov.poolId })),
    gov,
    'C85',
    /us-gov-west-1 the principal must be Federated "cognito-identity-us-gov/,
    'Principal',
  ],
  [
    "another partition's keys",
    policy(statement({ aud: gov.poolId, principal: { Federated: 'cognito-identity-us-gov.amazonaws.com' } })),
    gov,
    'C85',
    /belongs to another partition/,
    'Condition.StringEquals',
  ],
  [
    'another identity',
    policy(statement({ more: { StringLike: { [`${ID}:sub`]: 'us-east-1:other' } } })),
    login,
    'other',
    /trusts the identity "us-east-1:other"/,
    'Condition.StringLike',
  ],
  [
    'another provider only',
    policy(statement({ principal: { Federated: 'accounts.google.com' } })),
    login,
    'C81',
    /it is Federated "accounts\.google\.com"/,
    'Principal',
  ],
];

describe('trust policy', () => {
  for (const [what, trust, who, cause, says, path] of wrong) {
    it(`${what}: ${cause}`, () => {
      const check = checkTrust('Readers', trust, who);
      assert.deepEqual([check.allowed, check.cause], [false, cause], check.sentence);
      const line = check.lines.find(({ ok }) => ok === false);
      assert.match(line?.sentence ?? '', says);
      assert.ok(line?.path?.startsWith(`Statement[0].${path}`), line?.path);
      assert.equal(check.sentence, line?.sentence);
    });

    it(`${what}: corrected`, () => {
      const corrected = correctedTrust(trust, who);
      assert.equal(checkTrust('Readers', corrected ?? '', who).allowed, true, corrected);
    });
  }

  it('lets the right login in, and says so of every line', () => {
    const { allowed, cause, lines, statement: index } = checkTrust('Readers', policy(statement()), login);
    assert.deepEqual([allowed, cause, index], [true, undefined, 0]);
    assert.deepEqual(
      lines.map(({ ok, path }) => [ok, path?.replace('Statement[0].', '')]),
      [
        [true, 'Principal'],
        [true, 'Action'],
        [true, `Condition.StringEquals.${ID}:aud`],
        [true, `Condition.ForAnyValue:StringLike.${ID}:amr`],
      ],
    );
  });

  it('lets tagged sessions in, also by a statement of its own', () => {
    const both = ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'];
    assert.equal(checkTrust('R', policy(statement({ action: both })), tagged).allowed, true);
    const own = statement({
      action: 'sts:TagSession',
      more: { StringEquals: { 'aws:RequestTag/team': 'red' } },
    });
    assert.equal(checkTrust('R', policy(statement(), own), tagged).allowed, true);
    const blue = { ...tagged, tags: { team: 'blue' } };
    assert.deepEqual(checkTrust('R', policy(statement(), own), blue).cause, 'C83');
    const { tags: _tags, ...unnamed } = tagged;
    assert.equal(checkTrust('R', policy(statement(), own), unnamed).allowed, 'unknown');
  });

  it('tells about the statement that comes nearest', () => {
    const far = statement({ action: 'sts:AssumeRole', aud: OLD_POOL });
    const { statement: index, lines } = checkTrust(
      'R',
      policy(far, statement({ amr: 'unauthenticated' })),
      login,
    );
    assert.equal(index, 1);
    assert.equal(lines.filter(({ ok }) => ok === false).length, 1);
  });

  it('warns where nothing is asked of aud and amr', () => {
    const open = { Effect: 'Allow', Principal: { Federated: ID }, Action: 'sts:AssumeRoleWithWebIdentity' };
    const { allowed, lines } = checkTrust('R', policy(open), login);
    assert.equal(allowed, true);
    assert.deepEqual(
      lines.filter(({ ok }) => ok === 'warning').map(({ sentence }) => /:(aud|amr)/.exec(sentence)?.[1]),
      ['aud', 'amr'],
    );
  });

  it('a Deny is told, and nobody removes it', () => {
    const denying = { ...statement(), Effect: 'Deny' };
    const trust = policy(statement(), denying);
    const check = checkTrust('R', trust, login);
    assert.deepEqual([check.allowed, check.cause], [false, 'other']);
    assert.match(check.sentence, /#2 of the trust policy of R denies/);
    assert.equal(correctedTrust(trust, login), undefined);
  });

  it('what is not understood is not called allowed', () => {
    const trust = policy(statement({ more: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }));
    const check = checkTrust('R', trust, login);
    assert.equal(check.allowed, 'unknown');
    assert.ok(check.lines.some(({ ok, path }) => ok === 'unknown' && path?.endsWith('aws:SourceIp')));
  });

  it('reads damaged policies', () => {
    assert.equal(checkTrust('R', '{', login).allowed, 'unknown');
    assert.match(checkTrust('R', '{', login).sentence, /not JSON/);
    assert.equal(checkTrust('R', '{}', login).allowed, false);
    for (const text of ['{', '{}', '[]', policy({ Effect: 'Allow' })]) {
      assert.equal(checkTrust('R', correctedTrust(text, login) ?? '', login).allowed, true, text);
    }
  });

  it('a new role trusts this kind of login only', () => {
    assert.equal(checkTrust('R', freshTrust(login), login).allowed, true);
    assert.equal(checkTrust('R', freshTrust(login), guest).cause, 'C82');
    assert.equal(checkTrust('R', freshTrust(tagged), tagged).allowed, true);
    assert.equal(checkTrust('R', freshTrust(gov), gov).allowed, true);
  });
});

describe('correcting a trust policy', () => {
  interface Document {
    Statement: Record<string, unknown>[];
  }
  const corrected = (trust: string, who: TrustLogin): Document =>
    JSON.parse(correctedTrust(trust, who) ?? 'null') as Document;

  it('keeps the other identity pools, and does not let the other kind of user in', () => {
    const [one] = corrected(policy(statement({ aud: OLD_POOL, amr: 'unauthenticated' })), login).Statement;
    assert.deepEqual(one?.['Condition'], {
      StringEquals: { [`${ID}:aud`]: [OLD_POOL, POOL] },
      'ForAnyValue:StringLike': { [`${ID}:amr`]: 'authenticated' },
    });
  });

  it('keeps a condition that names the provider', () => {
    const provider = login.amr[1];
    const [one] = corrected(policy(statement({ amr: provider, action: 'sts:AssumeRole' })), login).Statement;
    assert.deepEqual(
      one?.['Condition'],
      JSON.parse(JSON.stringify(statement({ amr: provider })))['Condition'],
    );
    assert.equal(one?.['Action'], 'sts:AssumeRoleWithWebIdentity');
  });

  it('leaves statements for services and for other providers alone', () => {
    const lambda = {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    };
    const [first, second] = corrected(policy(lambda), login).Statement;
    assert.deepEqual(first, lambda);
    assert.deepEqual(second, JSON.parse(freshTrust(login)).Statement[0]);
  });

  it('changes nothing where nothing is wrong', () => {
    assert.equal(correctedTrust(policy(statement()), login), policy(statement()));
  });

  it('has no line breaks, so that it fits into a command', () => {
    assert.doesNotMatch(
      correctedTrust(JSON.stringify(JSON.parse(policy(statement({ aud: OLD_POOL }))), undefined, 2), login) ??
        '\n',
      /\n/,
    );
  });
});

describe('what identity pools call themselves and their logins', () => {
  it('by region', () => {
    assert.deepEqual(
      ['eu-west-1', 'us-gov-west-1', 'us-gov-east-1', 'cn-north-1'].map((region) =>
        identityPoolPrincipal(region),
      ),
      [
        ID,
        'cognito-identity-us-gov.amazonaws.com',
        'cognito-identity.us-gov-east-1.amazonaws.com',
        'cognito-identity.cn-north-1.amazonaws.com.cn',
      ],
    );
  });

  it('amr', () => {
    const key = 'cognito-idp.us-east-1.amazonaws.com/us-east-1_x';
    assert.deepEqual(amrOf(), ['unauthenticated']);
    assert.deepEqual(amrOf({ key, claims: { sub: 's', aud: 'web' } }), [
      'authenticated',
      key,
      `${key}:CognitoSignIn:s`,
    ]);
    assert.deepEqual(amrOf({ key: 'accounts.google.com', claims: { sub: 's', aud: ['app'] } }), [
      'authenticated',
      'accounts.google.com',
      'accounts.google.com:app:s',
    ]);
    assert.deepEqual(amrOf({ key: 'graph.facebook.com', claims: {} }), [
      'authenticated',
      'graph.facebook.com',
    ]);
  });
});
