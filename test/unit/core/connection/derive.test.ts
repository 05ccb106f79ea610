import assert from 'node:assert/strict';
import {
  connectionLabel,
  discoveryUrl,
  expandLocation,
  foreignEndpoints,
  identityPoolRegion,
  issuersOf,
  jwksUrl,
  loginKeyOf,
  originOf,
  s3Region,
  sameOrigin,
  userPoolRegion,
} from '../../../../src/core/connection/derive';
import type {
  Connection,
  Endpoints,
  IdentityPoolSettings,
  UserPoolSettings,
} from '../../../../src/core/connection/model';

const GUID = '1f3c0000-aaaa-4bbb-8ccc-0123456789ab';
const userPool = (userPoolId: string, more: Partial<UserPoolSettings> = {}): UserPoolSettings => ({
  userPoolId,
  clientId: 'web',
  hasClientSecret: false,
  signIn: 'srp',
  scopes: [],
  callbackPorts: [],
  ...more,
});
const identityPool = (more: Partial<IdentityPoolSettings> = {}): IdentityPoolSettings => ({
  identityPoolId: `eu-west-1:${GUID}`,
  flow: 'enhanced',
  ...more,
});
const whole: Connection = { id: 'shop', userPool: userPool('us-west-2_AbC'), identityPool: identityPool() };
const withEndpoints = (endpoints: Endpoints): Connection => ({ ...whole, endpoints });

describe('core/connection/derive', () => {
  it('takes each region from its own id', () => {
    assert.equal(userPoolRegion(whole), 'us-west-2');
    assert.equal(identityPoolRegion(whole), 'eu-west-1');
    assert.equal(s3Region(whole), 'eu-west-1');
    assert.equal(s3Region({ ...whole, s3: { locations: [], region: 'sa-east-1' } }), 'sa-east-1');
    assert.equal(s3Region({ id: 'x', userPool: userPool('us-west-2_AbC') }), 'us-west-2');
    assert.equal(userPoolRegion({ id: 'x', identityPool: identityPool() }), undefined);
  });

  it('knows both forms of issuer, in every partition', () => {
    assert.deepEqual(issuersOf(whole), [
      'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_AbC',
      'https://issuer-cognito-idp.us-west-2.amazonaws.com/us-west-2_AbC',
    ]);
    assert.equal(
      issuersOf({ id: 'x', userPool: userPool('cn-north-1_A') })[0],
      'https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_A',
    );
    assert.deepEqual(issuersOf({ id: 'x' }), []);
    assert.equal(
      issuersOf(withEndpoints({ cognitoIdp: 'http://localhost:9229/' })).at(-1),
      'http://localhost:9229/us-west-2_AbC',
    );
  });

  it('makes the login key, unless one is configured', () => {
    assert.equal(loginKeyOf(whole), 'cognito-idp.us-west-2.amazonaws.com/us-west-2_AbC');
    assert.equal(
      loginKeyOf({ ...whole, identityPool: identityPool({ loginKey: 'other/key' }) }),
      'other/key',
    );
    assert.equal(loginKeyOf({ id: 'x', identityPool: identityPool() }), undefined);
  });

  it('finds the keys, and follows no issuer that is not the pool’s', () => {
    const [original = '', updated = ''] = issuersOf(whole);
    assert.equal(jwksUrl(whole), `${original}/.well-known/jwks.json`);
    assert.equal(jwksUrl(whole, updated), `${updated}/.well-known/jwks.json`);
    assert.equal(jwksUrl(whole, 'https://evil.example/us-west-2_AbC'), `${original}/.well-known/jwks.json`);
    assert.equal(
      jwksUrl(withEndpoints({ cognitoIdp: 'http://127.0.0.1:4566' }), updated),
      'http://127.0.0.1:4566/us-west-2_AbC/.well-known/jwks.json',
    );
    assert.equal(
      jwksUrl(withEndpoints({ cognitoIdp: 'http://a', jwks: 'http://b/x/' })),
      'http://b/x/us-west-2_AbC/.well-known/jwks.json',
    );
    assert.equal(discoveryUrl(whole), `${original}/.well-known/openid-configuration`);
    assert.equal(discoveryUrl({ id: 'x', identityPool: identityPool() }), undefined);
  });

  it('tells when a session was made with other ids or endpoints', () => {
    assert.equal(originOf(whole).endpoints, '');
    assert.ok(sameOrigin(originOf(whole), originOf({ ...whole, id: 'other', name: 'Other' })));
    const changed: Connection[] = [
      { ...whole, userPool: userPool('us-west-2_Other') },
      { ...whole, userPool: userPool('us-west-2_AbC', { clientId: 'other' }) },
      { ...whole, identityPool: identityPool({ identityPoolId: `eu-west-2:${GUID}` }) },
      { id: whole.id, userPool: userPool('us-west-2_AbC') },
      withEndpoints({ cognitoIdp: 'http://127.0.0.1:4566' }),
    ];
    for (const connection of changed) assert.equal(sameOrigin(originOf(whole), originOf(connection)), false);
    const [a, b] = ['http://127.0.0.1:1', 'http://127.0.0.1:2'];
    assert.equal(
      sameOrigin(
        originOf(withEndpoints({ cognitoIdp: a, s3: b })),
        originOf(withEndpoints({ cognitoIdp: b, s3: a })),
      ),
      false,
    );
    assert.equal(
      sameOrigin(originOf(withEndpoints({ cognitoIdp: a })), originOf(withEndpoints({ sts: a }))),
      false,
    );
    assert.ok(
      sameOrigin(
        originOf(withEndpoints({ cognitoIdp: `${a}/x` })),
        originOf(withEndpoints({ cognitoIdp: `${a}/` })),
      ),
    );
  });

  it('labels by name, else by id', () => {
    assert.deepEqual([connectionLabel(whole), connectionLabel({ ...whole, name: 'Shop' })], ['shop', 'Shop']);
  });

  describe('expandLocation', () => {
    const values = { identityId: `eu-west-1:${GUID}`, sub: 'abc', username: 'reader' };
    it('fills every placeholder, literally', () => {
      assert.deepEqual(expandLocation('s3://b/${username}/${identityId}/${sub}/${sub}', values), {
        ok: true,
        address: `s3://b/reader/eu-west-1:${GUID}/abc/abc`,
      });
      assert.deepEqual(expandLocation('s3://b/${username}', { username: "$&$'${sub}" }), {
        ok: true,
        address: "s3://b/$&$'${sub}",
      });
      assert.deepEqual(expandLocation('s3://b/private/${cognito-identity.amazonaws.com:sub}/', values), {
        ok: true,
        address: `s3://b/private/eu-west-1:${GUID}/`,
      });
    });
    it('names the first that it cannot fill', () => {
      assert.deepEqual(expandLocation('s3://b/${identityId}/${sub}', { sub: 'x' }), {
        ok: false,
        missing: 'identityId',
      });
      assert.deepEqual(expandLocation('s3://b/${identityId}', { identityId: '' }), {
        ok: false,
        missing: 'identityId',
      });
      assert.deepEqual(expandLocation('s3://b/${constructor}', values), {
        ok: false,
        missing: 'constructor',
      });
    });
  });

  describe('foreignEndpoints', () => {
    const foreignHosts = (connection: Connection) => [
      ...new Set(foreignEndpoints(connection).map(({ host }) => host)),
    ];

    it('tells the services of one host apart, and names each pair once', () => {
      const here = 'http://127.0.0.1:4566';
      const connection: Connection = {
        ...withEndpoints({ cognitoIdp: here, s3: here, hostedUi: 'https://auth.shop.example' }),
        userPool: userPool('us-west-2_AbC', { domain: 'auth.shop.example' }),
      };
      assert.deepEqual(foreignEndpoints(connection), [
        { service: 'cognitoIdp', host: '127.0.0.1:4566', origin: here },
        { service: 's3', host: '127.0.0.1:4566', origin: here },
        { service: 'hostedUi', host: 'auth.shop.example', origin: 'https://auth.shop.example' },
      ]);
    });

    it('tells http from https at one host', () => {
      const originOf = (cognitoIdp: string) =>
        foreignEndpoints(withEndpoints({ cognitoIdp })).map(({ origin }) => origin);
      assert.deepEqual(originOf('https://idp.example'), ['https://idp.example']);
      assert.deepEqual(originOf('http://idp.example:443'), ['http://idp.example:443']);
    });

    const aws: Endpoints[] = [
      {},
      {
        cognitoIdp: 'https://cognito-idp.us-west-2.amazonaws.com',
        cognitoIdentity: 'https://cognito-identity-fips.us-gov-west-1.amazonaws.com',
      },
      {
        sts: 'https://sts.amazonaws.com',
        iam: 'https://iam.us-gov.amazonaws.com',
        s3: 'https://s3.dualstack.eu-west-1.amazonaws.com',
      },
      {
        cognitoIdp: 'https://cognito-idp.cn-north-1.amazonaws.com.cn',
        jwks: 'https://issuer-cognito-idp.us-west-2.amazonaws.com',
      },
      {
        cognitoIdp: 'https://vpce-0a1b-2c.cognito-idp.us-east-1.vpce.amazonaws.com',
        s3: 'https://bucket.vpce-0a1b-2c.s3.us-east-1.vpce.amazonaws.com',
      },
      { hostedUi: 'https://shop.auth.us-west-2.amazoncognito.com' },
    ];
    for (const endpoints of aws)
      it(`lets ${JSON.stringify(endpoints)} pass`, () =>
        assert.deepEqual(foreignHosts(withEndpoints(endpoints)), []));

    const foreign: [string, Endpoints, string[]][] = [
      ['loopback', { cognitoIdp: 'http://127.0.0.1:4566', sts: 'http://127.0.0.1:4566' }, ['127.0.0.1:4566']],
      [
        'somebody’s API Gateway',
        { cognitoIdp: 'https://abc.execute-api.us-east-1.amazonaws.com' },
        ['abc.execute-api.us-east-1.amazonaws.com'],
      ],
      [
        'somebody’s private link',
        { cognitoIdp: 'https://vpce-0a.vpce-svc-0b.us-east-1.vpce.amazonaws.com' },
        ['vpce-0a.vpce-svc-0b.us-east-1.vpce.amazonaws.com'],
      ],
      [
        'a bucket named like a service',
        { cognitoIdp: 'https://cognito-idp.s3.amazonaws.com' },
        ['cognito-idp.s3.amazonaws.com'],
      ],
      [
        'another service',
        { cognitoIdp: 'https://s3.us-east-1.amazonaws.com' },
        ['s3.us-east-1.amazonaws.com'],
      ],
      [
        'AWS as a prefix',
        { cognitoIdp: 'https://cognito-idp.us-west-2.amazonaws.com.evil.example' },
        ['cognito-idp.us-west-2.amazonaws.com.evil.example'],
      ],
      [
        'AWS as a user name',
        { cognitoIdp: 'https://cognito-idp.us-west-2.amazonaws.com@evil.example/' },
        ['evil.example'],
      ],
      [
        'AWS without encryption',
        { cognitoIdp: 'http://cognito-idp.us-west-2.amazonaws.com' },
        ['cognito-idp.us-west-2.amazonaws.com'],
      ],
      ['not an address', { s3: 'nonsense' }, ['nonsense']],
    ];
    for (const [what, endpoints, hosts] of foreign)
      it(`names ${what}`, () => assert.deepEqual(foreignHosts(withEndpoints(endpoints)), hosts));

    it('names a custom domain, not a prefix domain', () => {
      const domain = (name: string): Connection => ({
        id: 'x',
        userPool: userPool('us-west-2_AbC', { domain: name }),
      });
      assert.deepEqual(foreignHosts(domain('auth.shop.example')), ['auth.shop.example']);
      assert.deepEqual(foreignHosts(domain('shop.auth.us-west-2.amazoncognito.com')), []);
      assert.deepEqual(foreignHosts(domain('shop.auth.us-west-2.amazoncognito.com.evil.example')), [
        'shop.auth.us-west-2.amazoncognito.com.evil.example',
      ]);
    });
  });
});
