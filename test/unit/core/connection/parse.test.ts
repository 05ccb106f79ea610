import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ConnectionEntry } from '../../../../src/core/connection/model';
import { parseConnections, toSettings } from '../../../../src/core/connection/parse';
import { didYouMean } from '../../../../src/core/connection/unknown-fields';

const GUID = '00000000-0000-0000-0000-000000000000';
const pool = { userPoolId: 'us-west-2_AbCdEfGhI', clientId: 'web' };
const entry = (more: object = {}): object => ({ id: 'shop', userPool: pool, ...more });
const parse = (value: unknown): ConnectionEntry[] => parseConnections([{ source: 'user', value }]);
const one = (value: unknown): ConnectionEntry => {
  const [first, ...more] = parse([value]);
  assert.ok(first && more.length === 0);
  return first;
};
const problems = (value: unknown): Record<string, string> => {
  const parsed = one(value);
  assert.ok(!parsed.ok);
  return Object.fromEntries(parsed.problems.map((problem) => [problem.path, problem.message]));
};
const warnings = (value: unknown): string[] => {
  const parsed = one(value);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.warnings.map((warning) => `${warning.path}: ${warning.message}`);
};
const brief = (entries: ConnectionEntry[]): string[] =>
  entries.map((item) =>
    item.ok
      ? `${item.source}:${item.connection.id}:${item.connection.name ?? ''}`
      : `bad ${item.source}:${item.label}`,
  );

describe('core/connection/parse', () => {
  it('fills the defaults and keeps absent fields absent', () => {
    const parsed = one(
      entry({
        identityPool: { identityPoolId: `us-west-2:${GUID}` },
        s3: {},
        endpoints: { s3: 'http://127.0.0.1:9000/' },
      }),
    );
    assert.deepEqual(parsed, {
      ok: true,
      source: 'user',
      warnings: [],
      connection: {
        id: 'shop',
        userPool: {
          ...pool,
          hasClientSecret: false,
          signIn: 'srp',
          scopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'],
          callbackPorts: [8400, 8401, 8402],
        },
        identityPool: { identityPoolId: `us-west-2:${GUID}`, flow: 'enhanced' },
        s3: { locations: [] },
        endpoints: { s3: 'http://127.0.0.1:9000' },
      },
    });
  });

  it('reads the example of the contract, and writes it back without defaults', () => {
    const example = {
      id: 'shop-dev',
      name: 'Shop (dev)',
      userPool: {
        ...pool,
        hasClientSecret: true,
        domain: 'shop-dev.auth.us-west-2.amazoncognito.com',
        signIn: 'browser',
        scopes: ['openid', 'https://api.shop/read'],
        callbackPorts: [9000],
      },
      identityPool: {
        identityPoolId: `us-west-2:${GUID}`,
        flow: 'basic',
        accountId: '123456789012',
        roleArn: 'arn:aws:iam::123456789012:role/path/Readers',
        developerProvider: 'login.myapp',
        loginKey: 'cognito-idp.us-west-2.amazonaws.com/us-west-2_AbCdEfGhI',
      },
      s3: { locations: ['s3://notes-app-uploads/private/${identityId}/'], region: 'us-west-2' },
      endpoints: {
        cognitoIdp: 'http://127.0.0.1:4566',
        s3Checksums: 'required',
        jwks: 'http://127.0.0.1:4566',
      },
    };
    const parsed = one(example);
    assert.ok(parsed.ok);
    assert.deepEqual(toSettings(parsed.connection), example);
    const plain = one(
      entry({
        userPool: {
          ...pool,
          signIn: 'srp',
          scopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'],
        },
      }),
    );
    assert.ok(plain.ok);
    assert.deepEqual(toSettings(plain.connection), entry());
  });

  it('collects all problems of an entry, each with what is wrong and what is expected', () => {
    const found = problems({
      id: 'Shop Dev',
      name: '',
      userPool: {
        userPoolId: 'us-west-2',
        hasClientSecret: 'yes',
        signIn: 'oauth',
        scopes: 'openid',
        callbackPorts: [8400, 70000],
        domain: 'https://a.b/c',
      },
      identityPool: {
        identityPoolId: GUID,
        flow: 'classic',
        accountId: 123456789012,
        roleArn: 'Readers',
        loginKey: 'https://x',
      },
      s3: { locations: ['private/', 's3://ok-bucket/'], region: 'oregon' },
      endpoints: { cognitoIdp: 'localhost:4566', s3Checksums: 'never' },
    });
    assert.deepEqual(Object.keys(found).sort(), [
      'endpoints.cognitoIdp',
      'endpoints.s3Checksums',
      'id',
      'identityPool.accountId',
      'identityPool.flow',
      'identityPool.identityPoolId',
      'identityPool.loginKey',
      'identityPool.roleArn',
      'name',
      's3.locations[0]',
      's3.region',
      'userPool.callbackPorts[1]',
      'userPool.clientId',
      'userPool.domain',
      'userPool.hasClientSecret',
      'userPool.scopes',
      'userPool.signIn',
      'userPool.userPoolId',
    ]);
    for (const message of Object.values(found)) assert.match(message, /expected .+\.$/);
    assert.match(found['userPool.userPoolId'] ?? '', /"us-west-2".*us-west-2_AbCdEfGhI/);
    assert.match(found['userPool.clientId'] ?? '', /missing/);
    assert.match(found['identityPool.accountId'] ?? '', /wrong type \(number\).*in quotes/);
    assert.match(found['identityPool.flow'] ?? '', /"classic".*"enhanced", "basic"/);
    assert.match(found['userPool.callbackPorts[1]'] ?? '', /70000/);
  });

  it('names what is wrong with a provider by its place', () => {
    const found = (providers: unknown): Record<string, string> =>
      problems(entry({ identityPool: { identityPoolId: `us-west-2:${GUID}`, providers } }));
    const acme = { issuer: 'https://login.acme.example', clientId: 'app' };
    const wrong = [
      'acme',
      { ...acme, issuer: 'login.acme.example', clientId: undefined, name: '' },
      { ...acme, scopes: 'openid', callbackPorts: [0] },
    ];
    const messages = found(wrong);
    const expected: Record<string, RegExp> = {
      '[0]': /wrong type \(string\).*an OpenID provider/,
      '[1].issuer': /"login\.acme\.example".*https address/,
      '[1].clientId': /missing.*client ID/,
      '[1].name': /a label of 1 to 100/,
      '[2].scopes': /wrong type \(string\).*a list of scopes/,
      '[2].callbackPorts[0]': /is 0: expected a whole number/,
    };
    const place = (name: string): string => `identityPool.providers${name}`;
    assert.deepEqual(Object.keys(messages).sort(), Object.keys(expected).map(place).sort());
    for (const [name, message] of Object.entries(expected))
      assert.match(messages[place(name)] ?? '', message);
    assert.match(found('acme')[place('')] ?? '', /wrong type \(string\).*a list of OpenID providers/);
  });

  const refused: [string, unknown, string, RegExp][] = [
    ['neither pool', { id: 'x' }, '', /userPool.*identityPool/],
    ['an empty object', {}, 'id', /missing/],
    ['a string', 'shop', '', /wrong type \(string\)/],
    ['null', null, '', /wrong type \(null\)/],
    ['a list', [entry()], '', /wrong type \(array\)/],
    ['a pool that is a string', { id: 'x', userPool: 'us-west-2_A' }, 'userPool', /wrong type \(string\)/],
    ['a pool that is null', { id: 'x', userPool: null }, 'userPool', /wrong type \(null\)/],
    [
      'an identity pool without region',
      { id: 'x', identityPool: { identityPoolId: GUID } },
      'identityPool.identityPoolId',
      /with its region/,
    ],
  ];
  for (const [what, value, path, message] of refused)
    it(`refuses ${what}`, () => assert.match(problems(value)[path] ?? '', message));

  it('does not repeat a password that stands in an address', () => {
    const message = problems(entry({ endpoints: { sts: 'http://me:hunter2@host' } }))['endpoints.sts'] ?? '';
    assert.match(message, /without user name/);
    assert.doesNotMatch(message, /hunter2/);
  });

  it('takes a domain with its scheme, and ids with blanks around', () => {
    const parsed = one({
      id: ' shop ',
      userPool: { ...pool, userPoolId: ' us-west-2_AbCdEfGhI\t', domain: 'https://auth.shop.example/' },
    });
    assert.ok(parsed.ok);
    assert.equal(parsed.connection.id, 'shop');
    assert.equal(parsed.connection.userPool?.userPoolId, 'us-west-2_AbCdEfGhI');
    assert.equal(parsed.connection.userPool.domain, 'auth.shop.example');
  });

  it('warns of unknown fields and says what was meant', () => {
    assert.deepEqual(
      warnings(
        entry({
          endpoint: {},
          userPool: { ...pool, clientID: 'x', colour: 1, identityPoolId: 'y', clientSecret: 'hunter2' },
        }),
      ),
      [
        'endpoint: "endpoint" is unknown and ignored. Did you mean "endpoints"?',
        'userPool.clientID: "clientID" is unknown and ignored. Did you mean "clientId"?',
        'userPool.colour: "colour" is unknown and ignored.',
        'userPool.identityPoolId: "identityPoolId" is ignored here: it belongs in "identityPool".',
        'userPool.clientSecret: "clientSecret" is ignored: secrets do not belong in settings. Set "hasClientSecret", and the secret is asked for once and kept in the secret store.',
      ],
    );
    assert.deepEqual(warnings(entry()), []);
    assert.match(
      warnings(entry({ s3: { locations: ['s3://bucket/${identity}/'] } })).join(),
      /s3\.locations\[0\]: "\$\{identity\}" is not a placeholder/,
    );
  });

  it('suggests only what is near', () => {
    assert.equal(didYouMean('user_pool_id', ['userPoolId', 'clientId']), 'userPoolId');
    assert.equal(didYouMean('zzz', ['sts', 'iam', 's3']), undefined);
    assert.equal(didYouMean('x'.repeat(10_000), ['sts']), undefined);
  });

  it('keeps good entries beside bad ones, labelled by id or position', () => {
    assert.deepEqual(brief(parse([entry(), 7, { id: 'named' }, entry({ id: 'b' })])), [
      'user:shop:',
      'bad user:#2',
      'bad user:named',
      'user:b:',
    ]);
  });

  it('adds the layers up; the nearer wins, the second of a layer is a problem', () => {
    const entries = parseConnections([
      { source: 'user', value: [entry({ name: 'far' }), entry({ id: 'a' })] },
      { source: 'workspace', value: [entry({ name: 'near' }), entry({ name: 'again' }), entry({ id: 'b' })] },
      { source: 'folder', value: undefined },
      { source: 'folder', value: [{ id: 'a' }] },
    ]);
    assert.deepEqual(brief(entries), [
      'workspace:shop:near',
      'user:a:',
      'bad workspace:shop',
      'workspace:b:',
      'bad folder:a',
    ]);
    const second = entries[2];
    assert.ok(second && !second.ok);
    assert.match(second.problems[0]?.message ?? '', /"shop" too: expected a different id/);
  });

  it('answers a value that is no list with one problem', () => {
    assert.deepEqual(parse(undefined), []);
    for (const value of [null, {}, 'x', 7, true]) {
      const entries = parse(value);
      assert.equal(entries.length, 1);
      assert.equal(entries[0]?.ok, false);
    }
  });

  it('never throws, whatever the value', () => {
    const cyclic: Record<string, unknown> = { id: 'c' };
    cyclic.userPool = cyclic;
    const hostile = new Proxy(
      {},
      { get: () => assert.fail('touched'), ownKeys: () => assert.fail('touched') },
    );
    assert.equal(brief(parse([cyclic, hostile, Symbol('x'), 1n, () => 1])).length, 5);
    const field = fc.oneof(
      fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }),
      fc.constant(pool),
    );
    const nearly = fc.record(
      {
        id: field,
        name: field,
        userPool: field,
        identityPool: field,
        s3: fc.record({ locations: field, region: field }, { requiredKeys: [] }),
        endpoints: field,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.array(nearly)), (value) => {
        for (const parsed of parse(value)) {
          if (parsed.ok) assert.ok(parsed.connection.userPool ?? parsed.connection.identityPool);
          else
            assert.ok(
              parsed.problems.length > 0 && parsed.problems.every((problem) => problem.message.length > 0),
            );
        }
      }),
    );
  });
});
