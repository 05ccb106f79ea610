import assert from 'node:assert/strict';
import fc from 'fast-check';
import { claimsDocument, compareTokens, countChanges } from '../../../../src/core/tokens/compare';
import { decodeToken } from '../../../../src/core/tokens/decode';
import { accessClaims, idClaims, ISSUED, refreshToken, tokenOf, tokenOfText } from './make';

const NOW = (ISSUED + 60) * 1000;
const compare = (left: string, right: string) => compareTokens(decodeToken(left), decodeToken(right), NOW);
const row = (left: object, right: object, name: string) =>
  compare(tokenOf(left), tokenOf(right))
    .flatMap(({ rows }) => rows)
    .find((found) => found.name === name);

describe('core/tokens/compare', () => {
  it('tells an ID token from the access token beside it', () => {
    const groups = compare(tokenOf(idClaims), tokenOf(accessClaims, { kid: 'k2', alg: 'RS256' }));
    const shown = groups.map(({ id, title, rows }) => [
      id,
      title,
      Object.fromEntries(rows.map(({ name, change }) => [name, change])),
    ]);
    assert.deepEqual(shown, [
      ['header', 'Header', { kid: 'changed', alg: 'same' }],
      ['who', 'Who', { sub: 'same', 'cognito:username': 'removed', username: 'added' }],
      ['roles', 'Groups and roles', { 'cognito:groups': 'removed', scope: 'added' }],
      [
        'audience',
        'Issuer and audience',
        { iss: 'same', aud: 'removed', token_use: 'changed', client_id: 'added' },
      ],
      ['times', 'Times', { auth_time: 'same', iat: 'same', exp: 'same' }],
    ]);
    assert.equal(countChanges(groups), 8);
    const use = groups[3]?.rows.find(({ name }) => name === 'token_use');
    assert.deepEqual([use?.left?.value, use?.right?.value], ['id', 'access']);
    assert.match(use?.meaning ?? '', /what the token is for/i);
  });

  it('sees every value of a name that stands there more than once', () => {
    const header = '{"alg":"none","alg":"RS256"}';
    const [one, two] = ['a', 'b'].map((first) => tokenOfText(header, `{"sub":"${first}","x":1,"sub":"c"}`));
    const changes = compare(one ?? '', two ?? '').flatMap(({ rows }) => rows);
    assert.deepEqual(
      changes.map(({ name, change }) => `${name} ${change}`),
      ['alg same', 'sub changed', 'x same'],
    );
    const text = claimsDocument(decodeToken(one ?? ''));
    assert.match(text, / {4}"alg": "none", \/\/ not taken\n {4}"alg": "RS256"\n/);
    assert.match(text, / {4}"sub": "a", \/\/ not taken\n {4}"sub": "c",\n {4}"x": 1\n/);
  });

  it('explains what a refresh does to times', () => {
    const later = { ...idClaims, iat: ISSUED + 7200, exp: ISSUED + 10_800 };
    assert.equal(row(idClaims, later, 'exp')?.note, '2 h later');
    assert.equal(row(later, idClaims, 'iat')?.note, '2 h earlier');
    assert.equal(row(idClaims, later, 'auth_time')?.change, 'same');
    assert.equal(row(idClaims, { ...idClaims, exp: 'soon' }, 'exp')?.note, undefined);
    assert.match(row(idClaims, later, 'exp')?.right?.value ?? '', /\(in 2 h\)$/);
  });

  it('tells which groups and scopes came and went', () => {
    const groups = row({ 'cognito:groups': ['a', 'b'] }, { 'cognito:groups': ['b', 'c'] }, 'cognito:groups');
    assert.deepEqual([groups?.addedItems, groups?.removedItems], [['c'], ['a']]);
    const scopes = row({ scope: 'openid email' }, { scope: 'openid' }, 'scope');
    assert.deepEqual([scopes?.addedItems, scopes?.removedItems], [[], ['email']]);
    const order = row({ 'cognito:groups': ['a', 'b'] }, { 'cognito:groups': ['b', 'a'] }, 'cognito:groups');
    assert.deepEqual([order?.change, order?.addedItems, order?.removedItems], ['changed', [], []]);
  });

  it('sees what numbers hide, and nothing in blanks', () => {
    const header = '{"alg":"RS256"}';
    const change = (left: string, right: string) =>
      compare(tokenOfText(header, left), tokenOfText(header, right))[1]?.rows[0]?.change;
    assert.equal(change('{"n":9007199254740993}', '{"n":9007199254740992}'), 'changed');
    assert.equal(change('{"n":{"a":[1,2]}}', '{"n": { "a" : [ 1, 2 ] } }'), 'same');
    assert.equal(change('{"n":"1"}', '{"n":1}'), 'changed');
    assert.equal(change('{"toString":1}', '{"toString":1}'), 'same');
    const headers = (left: string, right: string) =>
      compare(tokenOfText(left, '{}'), tokenOfText(right, '{}'))[0]?.rows.find(({ name }) => name === 'n');
    const far = headers('{"n":9007199254740993}', '{"n":9007199254740992}');
    assert.deepEqual(
      [far?.change, far?.left?.value, far?.right?.value],
      ['changed', '9007199254740993', '9007199254740992'],
    );
    assert.equal(headers('{"n":[1, 2]}', '{ "n" : [1,2] }')?.change, 'same');
    assert.notEqual(
      claimsDocument(decodeToken(tokenOfText('{"n":9007199254740993}', '{}'))),
      claimsDocument(decodeToken(tokenOfText('{"n":9007199254740992}', '{}'))),
    );
  });

  it('compares refresh tokens by their headers', () => {
    assert.deepEqual(
      compare(refreshToken, tokenOf(idClaims)).map(({ id }) => id),
      ['header', 'who', 'roles', 'audience', 'times'],
    );
    assert.equal(countChanges(compare(refreshToken, refreshToken)), 0);
  });

  it('changes nothing in itself, and turns round with its sides', () => {
    const claims = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('sub', 'exp', 'scope')),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(claims, claims, (one, two) => {
        const [left, right] = [tokenOf(one), tokenOf(two)];
        assert.equal(countChanges(compare(left, left)), 0);
        const there = compare(left, right);
        const back = compare(right, left);
        assert.equal(countChanges(there), countChanges(back));
        const turned = { same: 'same', changed: 'changed', added: 'removed', removed: 'added' };
        const changes = (groups: typeof there) =>
          new Map(
            groups.flatMap(({ id, rows }) => rows.map((found) => [`${id} ${found.name}`, found.change])),
          );
        for (const [name, change] of changes(there)) assert.equal(changes(back).get(name), turned[change]);
        assert.equal(
          claimsDocument(decodeToken(left)) === claimsDocument(decodeToken(right)),
          countChanges(there) === 0,
        );
      }),
    );
  });

  describe('the document for a diff', () => {
    it('has sorted names, exact numbers and dates, and no signature', () => {
      const token = tokenOfText(
        '{"kid":"k1","alg":"RS256"}',
        '{"sub":"a//b","exp":1767229200,"cognito:groups":["x","y"],"big":12345678901234567890}',
        'c2lnbmF0dXJl',
      );
      assert.equal(
        claimsDocument(decodeToken(token)),
        `{
  "header": {
    "alg": "RS256",
    "kid": "k1"
  },
  "claims": {
    "big": 12345678901234567890,
    "cognito:groups": [
      "x",
      "y"
    ],
    "exp": 1767229200, // 2026-01-01T01:00:00.000Z
    "sub": "a//b"
  }
}
`,
      );
    });

    it('is JSON but for the comments, whatever the claims are', () => {
      const claims = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue());
      fc.assert(
        fc.property(claims, (given) => {
          const decoded = decodeToken(tokenOf({ ...given, exp: ISSUED }));
          const text = claimsDocument(decoded).replace(/ \/\/ 2026\S+$/gm, '');
          const { claims: read } = JSON.parse(text) as { claims: object };
          assert.deepEqual(read, JSON.parse(JSON.stringify({ ...given, exp: ISSUED })));
        }),
      );
    });

    it('says of encrypted tokens that they are', () => {
      assert.match(
        claimsDocument(decodeToken(refreshToken)),
        /"enc": "A256GCM"\n {2}\}\n {2}\/\/ Encrypted: /,
      );
      assert.doesNotMatch(claimsDocument(decodeToken(refreshToken)), /Y2lwaGVy/);
    });
  });
});
