import assert from 'node:assert/strict';
import { expressionAt } from '../../../../src/ui/debug/expression-at';

/** The expression at the bar in a line. */
const at = (marked: string): string | undefined => {
  const line = marked.replace('|', '');
  const found = expressionAt(line, marked.indexOf('|'));
  if (found) assert.equal(line.slice(found.start, found.end), found.text);
  return found?.text;
};

describe('the expression at a place', () => {
  for (const [marked, expected] of [
    ['const id|Token = read();', 'idToken'],
    ['|idToken', 'idToken'],
    ['idToken|', 'idToken'],
    ['use(session.headers.Author|ization)', 'session.headers.Authorization'],
    ['use(session.head|ers.Authorization)', 'session.headers'],
    ['use(ses|sion.headers)', 'session'],
    ['user?.tok|ens?.idToken', 'user?.tokens'],
    ['req->head|ers->auth', 'req->headers'],
    ['App::Sess|ion::token', 'App::Session'],
    ['$session->to|ken', '$session->token'],
    ['this.#tok|en', 'this.#token'],
    ['call(...tok|ens)', 'tokens'],
    ['schlüs|sel.wert', 'schlüssel'],
    ['next().tok|en', undefined],
    ['  .th|en(x)', undefined],
    ['list[0].tok|en', undefined],
    ['a.b.list[ind|ex].c', 'index'],
    ['1 + |+ 2', undefined],
    ['"12|34"', undefined],
    ['', undefined],
  ] as const) {
    it(`is ${expected ?? 'nothing'} in ${marked || 'an empty line'}`, () =>
      assert.equal(at(marked), expected));
  }

  it('reads only what is near in a long line', () => {
    const line = `${'x'.repeat(5_000_000)} token ${'y'.repeat(5_000_000)}`;
    assert.deepEqual(expressionAt(line, 5_000_003), { text: 'token', start: 5_000_001, end: 5_000_006 });
    assert.equal(expressionAt(line, 1000), undefined);
  });
});
