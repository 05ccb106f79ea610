import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  extractId,
  type IdKind,
  isClientId,
  isConnectionId,
  parseIdentityPoolId,
  parseUserPoolId,
  partitionOf,
  suggestConnectionId,
} from '../../../../src/core/connection/ids';

const POOL = 'us-west-2_AbCdEfGhI';
const IDENTITY = 'us-west-2:1f3c0000-aaaa-4bbb-8ccc-0123456789ab';
const CLIENT = '7g0exampleclientid0co';

describe('core/connection/ids', () => {
  describe('parseUserPoolId', () => {
    const good: [string, string, string][] = [
      [POOL, 'us-west-2', 'AbCdEfGhI'],
      ['us-east-1_Sandbox01', 'us-east-1', 'Sandbox01'],
      ['us-gov-west-1_aB3', 'us-gov-west-1', 'aB3'],
      ['eusc-de-east-1_aB3', 'eusc-de-east-1', 'aB3'],
      ['cn-north-1_aB3', 'cn-north-1', 'aB3'],
      ['us-isob-east-1_aB3', 'us-isob-east-1', 'aB3'],
      ['local_5fA1', 'local', '5fA1'],
    ];
    for (const [text, region, name] of good) {
      it(`reads ${text}`, () => assert.deepEqual(parseUserPoolId(text), { userPoolId: text, region, name }));
    }
    const bad = [
      '',
      'AbCdEfGhI',
      'us-west-2',
      'us-west-2_',
      'us-west-2_Ab-C',
      ` ${POOL}`,
      `${POOL}\n`,
      'us_west_2_Ab',
      IDENTITY,
      `us-west-2_${'a'.repeat(60)}`,
    ];
    for (const text of bad)
      it(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseUserPoolId(text), undefined));
  });

  describe('parseIdentityPoolId', () => {
    it('reads region and id', () =>
      assert.deepEqual(parseIdentityPoolId(IDENTITY), { identityPoolId: IDENTITY, region: 'us-west-2' }));
    for (const text of [
      '',
      '1f3c0000-aaaa-4bbb-8ccc-0123456789ab',
      'us-west-2:1f3c',
      `${IDENTITY}0`,
      POOL,
      IDENTITY.replace(':', '_'),
    ]) {
      it(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseIdentityPoolId(text), undefined));
    }
  });

  it('knows client ids and connection ids', () => {
    assert.deepEqual([CLIENT, 'a', 'A+_9', '', 'a-b', 'a b', 'a'.repeat(129)].map(isClientId), [
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    assert.deepEqual(
      ['shop-dev', '9', 'a'.repeat(63), '', '-a', 'Shop', 'a_b', 'a'.repeat(64)].map(isConnectionId),
      [true, true, true, false, false, false, false, false],
    );
  });

  describe('extractId', () => {
    const console2 = 'https://us-west-2.console.aws.amazon.com/cognito/v2';
    const rows: [IdKind, string, string, string | undefined][] = [
      ['userPool', 'bare', POOL, POOL],
      ['userPool', 'blanks and quotes', `\t "${POOL}", \n`, POOL],
      ['userPool', 'ARN', `arn:aws:cognito-idp:us-west-2:123456789012:userpool/${POOL}`, POOL],
      ['userPool', 'console of today', `${console2}/idp/user-pools/${POOL}/users?region=us-west-2`, POOL],
      [
        'userPool',
        'older console',
        `https://us-west-2.console.aws.amazon.com/cognito/users/?region=us-west-2#/pool/${POOL}/details`,
        POOL,
      ],
      ['userPool', 'issuer', `https://cognito-idp.us-west-2.amazonaws.com/${POOL}`, POOL],
      ['userPool', 'JSON', `{"UserPoolId":"${POOL}","Region":"us-west-2"}`, POOL],
      ['userPool', 'shell line', `export USER_POOL_ID='${POOL}'`, POOL],
      ['userPool', 'the same one twice', `${POOL} ${POOL}`, POOL],
      ['userPool', 'two different ones', `${POOL} us-west-2_Other`, undefined],
      ['userPool', 'part of a longer word', `x${POOL}-y`, undefined],
      ['userPool', 'an identity pool', IDENTITY, undefined],
      ['identityPool', 'bare', IDENTITY, IDENTITY],
      [
        'identityPool',
        'ARN',
        `arn:aws:cognito-identity:us-west-2:123456789012:identitypool/${IDENTITY}`,
        IDENTITY,
      ],
      [
        'identityPool',
        'console of today',
        `${console2}/identity/identity-pools/${encodeURIComponent(IDENTITY)}/user-statistics?region=us-west-2`,
        IDENTITY,
      ],
      [
        'identityPool',
        'older console',
        `https://us-west-2.console.aws.amazon.com/cognito/pool/edit/?region=us-west-2&id=${IDENTITY}`,
        IDENTITY,
      ],
      ['identityPool', 'JSON', `"aws_cognito_identity_pool_id": "${IDENTITY}",`, IDENTITY],
      ['identityPool', 'a user pool', POOL, undefined],
      ['client', 'bare', CLIENT, CLIENT],
      ['client', 'quoted with comma', ` '${CLIENT}',`, CLIENT],
      [
        'client',
        'console of today',
        `${console2}/idp/user-pools/${POOL}/applications/app-clients/${CLIENT}/overview?region=us-west-2`,
        CLIENT,
      ],
      [
        'client',
        'console before',
        `${console2}/idp/user-pools/${POOL}/app-integration/clients/${CLIENT}?region=us-west-2`,
        CLIENT,
      ],
      [
        'client',
        'sign-in address',
        `https://shop.auth.us-west-2.amazoncognito.com/login?client_id=${CLIENT}&response_type=code`,
        CLIENT,
      ],
      ['client', 'JSON', `{ "UserPoolClientId" : "${CLIENT}" }`, CLIENT],
      ['client', 'aws-exports', `aws_user_pools_web_client_id: '${CLIENT}'`, CLIENT],
      [
        'client',
        'the page that creates one',
        `${console2}/idp/user-pools/${POOL}/applications/app-clients/create`,
        undefined,
      ],
      ['client', 'a pool', POOL, undefined],
      ['client', 'nothing', '   ', undefined],
      ['client', 'a broken escape', `%E0%A4%A client_id=${CLIENT}`, CLIENT],
    ];
    for (const [kind, what, text, expected] of rows) {
      it(`${kind}: ${what}`, () => assert.equal(extractId(kind, text), expected));
    }
    it('never throws, and what it finds is well formed', () => {
      const kinds = fc.constantFrom<IdKind>('userPool', 'client', 'identityPool');
      const pieces = fc.array(
        fc.constantFrom(POOL, IDENTITY, CLIENT, '"', ' ', '/', 'client_id=', '%', ':', 'é'),
        { maxLength: 8 },
      );
      fc.assert(
        fc.property(
          kinds,
          fc.oneof(
            fc.string(),
            pieces.map((all) => all.join('')),
          ),
          (kind, text) => {
            const found = extractId(kind, text);
            const isGood = {
              userPool: parseUserPoolId,
              identityPool: parseIdentityPoolId,
              client: isClientId,
            }[kind];
            assert.ok(found === undefined || Boolean(isGood(found)));
          },
        ),
      );
    });
  });

  it('suggests ids that are valid and free', () => {
    assert.equal(suggestConnectionId('Shop (dev)', []), 'shop-dev');
    assert.equal(suggestConnectionId('Shop (dev)', ['shop-dev', 'shop-dev-2']), 'shop-dev-3');
    assert.equal(suggestConnectionId('Café Über', []), 'cafe-uber');
    assert.equal(suggestConnectionId('日本', ['connection']), 'connection-2');
    fc.assert(
      fc.property(fc.string(), (name) => {
        const first = suggestConnectionId(name, []);
        const second = suggestConnectionId(name, [first]);
        assert.ok(isConnectionId(first) && isConnectionId(second) && first !== second);
      }),
    );
  });

  it('knows the partitions', () => {
    const rows: [string, string, string][] = [
      ['us-west-2', 'aws', 'amazonaws.com'],
      ['cn-northwest-1', 'aws-cn', 'amazonaws.com.cn'],
      ['us-gov-east-1', 'aws-us-gov', 'amazonaws.com'],
      ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
      ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
      ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
      ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk'],
      ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov'],
    ];
    for (const [region, partition, dnsSuffix] of rows)
      assert.deepEqual(partitionOf(region), { partition, dnsSuffix });
  });
});
