import assert from 'node:assert/strict';
import { nameBefore, namesRefresh } from '../../../../src/core/tokens/name-before';
import { placedTokens } from '../../../../src/core/tokens/find';
import { idClaims, tokenOf } from './make';

const token = tokenOf(idClaims);

describe('core/tokens/name-before', () => {
  for (const [before, name] of [
    ['{"id_token":"', 'id_token'],
    ['"{\\"id_token\\":\\"', 'id_token'],
    ['export ID_TOKEN=', 'ID_TOKEN'],
    ["curl -H 'Authorization: Bearer ", 'Authorization'],
    ['https://app.example/#state=1&access_token=', 'access_token'],
    ['CognitoIdentityServiceProvider.7g0example.reader.refreshToken: ', 'refreshToken'],
    ['const t = `', 't'],
    ['seen: 12:30:', undefined],
    ['Bearer ', undefined],
    ['', undefined],
    [`${token}=`, undefined],
  ] as const) {
    it(`${before.slice(0, 30)} → ${String(name)}`, () => {
      assert.equal(nameBefore(before + token, before.length), name);
    });
  }

  it('stands with each token of a text once, and its line', () => {
    const other = tokenOf({ sub: 'b' });
    assert.deepEqual(placedTokens(`{\n"id_token":"${token}",\n\n"b":"${other}", "again":"${token}"}`), [
      { token, name: 'id_token', line: 2 },
      { token: other, name: 'b', line: 4 },
    ]);
  });

  it('tells a refresh token by its name', () => {
    assert.ok(namesRefresh('REFRESH_TOKEN') && namesRefresh('refreshToken'));
    assert.ok(!namesRefresh('id_token') && !namesRefresh(undefined));
  });
});
