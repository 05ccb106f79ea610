import assert from 'node:assert/strict';
import { decodeToken, prettyJson } from '../../../../src/core/tokens/decode';
import { excerptOf } from '../../../../src/core/tokens/excerpt';
import { explainClaims, explainHeader } from '../../../../src/core/tokens/explain';
import { tokenOf } from './make';

const numbered = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));
const itemsOf = (raw: unknown): unknown => (typeof raw === 'string' ? raw.split(' ') : raw);
const excerpt = (claims: object, header?: object) => excerptOf(decodeToken(tokenOf(claims, header)), 0);

describe('the excerpt of a token', () => {
  it('is all of a common one', () => {
    const decoded = decodeToken(
      tokenOf({
        sub: 's',
        'cognito:groups': ['a', 'b,c'],
        exp: 2000,
        'custom:x': '{"a":1}',
        scope: 'openid email',
      }),
    );
    const { header, groups, json, jsonMore } = excerptOf(decoded, 0);
    const texts = (all: typeof groups) =>
      all.map(({ id, claims, more }) => ({
        id,
        more,
        // Of a list the page draws the items.
        claims: claims.map(({ name, kind, value, raw }) => [name, kind === 'list' ? itemsOf(raw) : value]),
      }));
    assert.deepEqual(texts(groups), texts(explainClaims(decoded, 0)));
    assert.deepEqual(texts(header), texts(explainHeader(decoded)));
    assert.deepEqual([json, jsonMore], [prettyJson(decoded), undefined]);
  });

  it('leaves out claims, names of the header and items of lists, and counts them', () => {
    const many = Object.fromEntries(numbered(700, (at) => [`c${at}`, at]));
    const { groups, header } = excerpt(
      { sub: 's', list: numbered(1500, String), ...many },
      { alg: 'RS256', ...many },
    );
    assert.equal(
      groups.reduce((sum, { claims }) => sum + claims.length, 0),
      500,
    );
    assert.equal(groups.at(-1)?.more, 202);
    assert.equal(header[0]?.claims.length, 100);
    assert.equal(header[0]?.more, 601);
    const list = groups.flatMap(({ claims }) => claims).find(({ name }) => name === 'list');
    assert.deepEqual([(list?.raw as string[]).length, list?.more], [1000, 500]);
  });

  it('cuts names, values and JSON that are too long, and keeps none of it beside', () => {
    const whole = excerpt({ ['n'.repeat(900)]: 'v'.repeat(300_000), json: numbered(50_000, () => [1]) });
    const [text, json] = whole.groups.at(-1)?.claims ?? [];
    assert.deepEqual([text?.name.length, text?.value.length, text?.more], [301, 10_000, 290_000]);
    assert.equal(json?.value.length, 10_000);
    const length = (whole.json?.length ?? 0) + (whole.jsonMore ?? 0);
    assert.equal(length > 500_000, true);
    assert.ok(JSON.stringify(whole).length < 300_000, String(JSON.stringify(whole).length));
  });

  for (const [name, value] of [
    ['scope', 's'.repeat(600_000)],
    ['cognito:groups', ['g'.repeat(600_000)]],
  ] as const) {
    it(`cuts items of lists that are too long, and sends them once: ${name}`, () => {
      const whole = excerpt({ [name]: value });
      const [claim] = whole.groups.flatMap(({ claims }) => claims);
      const [item, ...others] = claim?.raw as string[];
      assert.deepEqual([claim?.kind, claim?.value, claim?.more, others.length], ['list', '', undefined, 0]);
      assert.equal(item, `${value[0]?.[0]?.repeat(10_000)}…`);
      assert.ok(JSON.stringify({ ...whole, json: '' }).length < 12_000);
    });
  }

  it('shows a list without items as what it is', () => {
    const lists = excerpt({ scope: ' ', 'cognito:groups': [] }).groups.flatMap(({ claims }) => claims);
    assert.deepEqual(
      lists.map(({ kind, value, raw }) => [kind, value, raw]),
      [
        ['list', '', []],
        ['list', '', []],
      ],
    );
  });
});
