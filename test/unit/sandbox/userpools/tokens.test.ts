import assert from 'node:assert/strict';
import { roleClaims } from '../../../../sandbox/userpools/tokens/role-claims';
import type { Group } from '../../../../sandbox/userpools/model';
import { PASSWORD, Scene, claimsOf, members, text, type Members } from './scene';

const role = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;

describe('sandbox user pools: tokens', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create({ Schema: [{ Name: 'team', AttributeDataType: 'String', Mutable: true }] });
    await scene.addUser('reader', {
      email: 'reader@example.com',
      email_verified: 'true',
      'custom:team': '7',
    });
    await scene.admin('CreateGroup', { GroupName: 'readers', RoleArn: role('Readers'), Precedence: 10 });
    await scene.admin('AdminAddUserToGroup', { Username: 'reader', GroupName: 'readers' });
  });

  it('fills the ID token as Cognito does', async () => {
    const { id } = await scene.tokens('reader');
    const { sub, event_id, origin_jti, jti, auth_time, iat, exp, ...claims } = claimsOf(id);
    assert.deepEqual(claims, {
      email: 'reader@example.com',
      email_verified: true,
      'custom:team': '7',
      'cognito:groups': ['readers'],
      'cognito:roles': [role('Readers')],
      'cognito:preferred_role': role('Readers'),
      'cognito:username': 'reader',
      iss: `https://cognito-idp.us-east-1.amazonaws.com/${scene.poolId}`,
      aud: scene.clientId,
      token_use: 'id',
    });
    const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;
    for (const value of [sub, event_id, origin_jti, jti]) assert.match(String(value), uuid);
    assert.equal(iat, auth_time);
    assert.equal(exp, Number(iat) + 3600);
  });

  it('fills the access token as Cognito does, under another key', async () => {
    const { id, access } = await scene.tokens('reader');
    const { sub, event_id, origin_jti, jti, auth_time, iat, exp, ...claims } = claimsOf(access);
    assert.deepEqual(claims, {
      'cognito:groups': ['readers'],
      iss: `https://cognito-idp.us-east-1.amazonaws.com/${scene.poolId}`,
      client_id: scene.clientId,
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      username: 'reader',
    });
    const ofId = claimsOf(id);
    assert.deepEqual(
      [sub, event_id, origin_jti, auth_time],
      [ofId['sub'], ofId['event_id'], ofId['origin_jti'], ofId['auth_time']],
    );
    assert.notEqual(jti, ofId['jti']);
    assert.equal(exp, Number(iat) + 3600);
    const keyId = (token: string): unknown =>
      (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as Members)['kid'];
    assert.notEqual(keyId(id), keyId(access));
  });

  it('gives a refresh token of five parts that tells nothing', async () => {
    const { refresh } = await scene.tokens('reader');
    const parts = refresh.split('.');
    assert.equal(parts.length, 5);
    assert.equal(
      Buffer.from(parts[0] ?? '', 'base64url').toString(),
      '{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}',
    );
  });

  it('keeps to the lifetimes of the client, in its units', async () => {
    scene.clientId = await scene.addClient({
      AccessTokenValidity: 5,
      IdTokenValidity: 2,
      RefreshTokenValidity: 1,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'hours', RefreshToken: 'hours' },
    });
    const { AuthenticationResult } = await scene.passwordSignIn('reader');
    const result = members(AuthenticationResult);
    assert.equal(result['ExpiresIn'], 300);
    const life = (token: string): number => Number(claimsOf(token)['exp']) - Number(claimsOf(token)['iat']);
    assert.equal(life(text(result, 'AccessToken')), 300);
    assert.equal(life(text(result, 'IdToken')), 7200);
    scene.clock.advance(3601);
    await scene.refuses(
      'GetTokensFromRefreshToken',
      { ClientId: scene.clientId, RefreshToken: result['RefreshToken'] },
      { code: 'NotAuthorizedException', message: 'Refresh Token has expired' },
    );
  });

  it('shows only the attributes that the client may read', async () => {
    scene.clientId = await scene.addClient({ ReadAttributes: ['email_verified'] });
    const claims = claimsOf((await scene.tokens('reader')).id);
    assert.equal(claims['email'], undefined);
    assert.equal(claims['email_verified'], true);
  });

  it('leaves out jti and origin_jti where revocation is off', async () => {
    scene.clientId = await scene.addClient({ EnableTokenRevocation: false });
    const claims = claimsOf((await scene.tokens('reader')).id);
    assert.equal(claims['origin_jti'], undefined);
    assert.equal(claims['jti'], undefined);
  });

  it('makes the user name a sub where people sign in by e-mail', async () => {
    scene.poolId = await scene.addPool({ UsernameAttributes: ['email'] });
    scene.clientId = await scene.addClient();
    await scene.addUser('someone@example.com');
    const { AuthenticationResult } = await scene.passwordSignIn('Someone@example.com', PASSWORD);
    const claims = claimsOf(text(AuthenticationResult, 'IdToken'));
    assert.equal(claims['cognito:username'], claims['sub']);
    assert.equal(claims['email'], 'someone@example.com');
  });
});

describe('sandbox user pools: which role is preferred', () => {
  const group = (name: string, precedence?: number, roleName?: string): Group => ({
    name,
    description: undefined,
    precedence,
    roleArn: roleName === undefined ? undefined : role(roleName),
    createdAt: 0,
  });
  const rows: readonly [name: string, groups: readonly Group[], preferred: string | undefined][] = [
    ['no groups', [], undefined],
    ['one group without a role', [group('a', 1)], undefined],
    ['one group', [group('a', 1, 'A')], role('A')],
    ['the lower precedence', [group('a', 5, 'A'), group('b', 2, 'B')], role('B')],
    ['precedence zero', [group('a', 0, 'A'), group('b', 1, 'B')], role('A')],
    ['a tie', [group('a', 1, 'A'), group('b', 1, 'B')], undefined],
    ['a tie of the same role', [group('a', 1, 'A'), group('b', 1, 'A')], role('A')],
    ['a tie below the best', [group('a', 1, 'A'), group('b', 2, 'B'), group('c', 2, 'C')], role('A')],
    [
      'none without a precedence before one with',
      [group('a', undefined, 'A'), group('b', 9, 'B')],
      role('B'),
    ],
    ['two without a precedence', [group('a', undefined, 'A'), group('b', undefined, 'B')], undefined],
  ];
  for (const [name, groups, preferred] of rows) {
    it(`${name}: ${preferred ?? 'none'}`, () => {
      assert.equal(roleClaims(groups).preferredRole, preferred);
    });
  }
});
