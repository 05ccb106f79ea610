import assert from 'node:assert/strict';
import type { DebugSession } from 'vscode';
import { tokensOfConsole, type Devtools } from '../../../../src/ui/debug/console-calls';
import { findInPrinted } from '../../../../src/ui/debug/find-in-variable';
import { mayHoldPrinted } from '../../../../src/ui/debug/printed-hint';
import { PrintedText } from '../../../../src/ui/debug/printed-text';
import type { Ask } from '../../../../src/ui/debug/session-requests';
import { growsLinearly } from '../../../support/growth';
import { accessClaims, idClaims, tokenOf } from '../../core/tokens/make';

const id = tokenOf(idClaims);
const access = tokenOf(accessClaims);
const cut = (token: string): string => `${token.slice(0, 50)}…${token.slice(-49)}`;
const placesAnd = (tokens: readonly { place: string; token: string }[]) =>
  tokens.map(({ place, token }) => [place, token]);

describe('the preview of a printed object', () => {
  for (const [preview, expected] of [
    [`{Authorization: 'Bearer ${cut(id)}', nested: {…}}`, true],
    ['{idToken: CognitoIdToken, refreshToken: CognitoRefreshToken}', true],
    ['{id_token: {…}}', true],
    ["{Authorization: 'Bearer …'}", true],
    ["{'accessToken' => Token {…}}", true],
    ['{accessToken: undefined, idToken: null}', false],
    ["{idToken: 'none', Authorization: ''}", false],
    ['{a: 1, headers: {…}}', false],
  ] as const) {
    it(`${expected ? 'promises' : 'shows no sign of'} a token: ${preview.slice(0, 50)}`, () => {
      assert.equal(mayHoldPrinted(preview), expected);
    });
  }
});

describe('what a session printed', () => {
  const printed = () => new PrintedText({ id: '1', name: 'app' } as DebugSession);

  it('has the tokens of its text, also when they come in pieces', () => {
    const session = printed();
    assert.equal(session.take(`one ${id.slice(0, 300)}`, 0), false);
    assert.equal(session.take(`${id.slice(300)}\n`, 0), true);
    assert.equal(session.take(`again ${id}\n`, 0), false);
    assert.deepEqual(placesAnd(session.tokens), [['', id]]);
    assert.deepEqual(session.references, []);
  });

  it('keeps a whole token apart from the next word', () => {
    const session = printed();
    session.take(id, 0, 'stdout');
    session.take('Done\n', 0, 'stdout');
    assert.deepEqual(placesAnd(session.tokens), [['', id]]);
  });

  it('reads each stream for itself', () => {
    const session = printed();
    session.take(`one ${id.slice(0, 300)}`, 0, 'stdout');
    session.take('a warning\n', 0, 'stderr');
    session.take(`${id.slice(300)}\n`, 0, 'stdout');
    assert.deepEqual(placesAnd(session.tokens), [['', id]]);
  });

  it('is read in time that grows with it, however many tokens come at once', () => {
    const tokens = (count: number) =>
      Array.from({ length: count }, (_, at) => tokenOf({ ...idClaims, sub: `s${at}` })).join(' ');
    growsLinearly(250, (count) => {
      const text = tokens(count);
      return () => void printed().take(text, 0);
    });
  });

  it('has the objects that may hold some, beside the tokens of their text', () => {
    const session = printed();
    assert.equal(session.take(`${access} {idToken: '${cut(id)}'}\n`, 4), true);
    assert.equal(session.take('{a: 1}\n', 6), false);
    assert.equal(session.take(`${access} {a: 1}\n`, 8), false, 'known, and nothing else');
    assert.deepEqual(placesAnd(session.tokens), [['', access]]);
    assert.deepEqual(session.references, [4]);
    session.wasRead([4], [{ place: 'idToken', token: id }]);
    assert.deepEqual(placesAnd(session.tokens), [
      ['', access],
      ['idToken', id],
    ]);
    assert.deepEqual(session.references, []);
  });

  it('takes the beginning and the end of a token for none', () => {
    const session = printed();
    const [header = '', claims = '', signature = ''] = id.split('.');
    session.take(`{t: '${header}.${claims}.${signature.slice(0, 80)}…${signature.slice(-20)}'}\n`, 4);
    assert.deepEqual(session.tokens, []);
    assert.deepEqual(session.references, [4]);
  });
});

describe('tokens in printed objects', () => {
  it('are read by the reference, without evaluating a name', async () => {
    const asked: string[] = [];
    const children: Record<number, object[]> = {
      9: [{ name: '', value: '{…}', evaluateName: '', variablesReference: 8 }],
      8: [
        {
          name: 'Authorization',
          value: `'Bearer ${access}'`,
          evaluateName: '.Authorization',
          variablesReference: 0,
        },
        { name: 'nested', value: '{…}', evaluateName: '.nested', variablesReference: 7 },
        { name: 'getter', value: '', variablesReference: 5, presentationHint: { lazy: true } },
      ],
      7: [{ name: 'idToken', value: `'${cut(id)}'`, evaluateName: '.nested.idToken', variablesReference: 0 }],
    };
    const ask: Ask = async (command, args) => {
      const { variablesReference } = args as { variablesReference: number };
      asked.push(`${command} ${variablesReference}`);
      return { variables: children[variablesReference] ?? [] };
    };
    const { tokens, cut: some } = await findInPrinted(ask, 9);
    assert.deepEqual(placesAnd(tokens), [['Authorization', access]]);
    assert.equal(some, true, 'the other one is cut');
    assert.deepEqual(asked, ['variables 9', 'variables 8', 'variables 7']);
  });

  interface Scene {
    readonly calls: unknown[];
    readonly objects?: Record<string, object>;
    readonly address?: object;
  }
  const console = ({ calls, objects = {}, address = { host: '127.0.0.1', port: 9, path: '/a1' } }: Scene) => {
    const sent: string[] = [];
    const opened: string[] = [];
    const devtools: Devtools = {
      send: async (method, params) => {
        const { objectId } = params as { objectId?: string };
        sent.push([method, objectId].join(' ').trim());
        const found = objects[objectId ?? ''];
        if (method === 'Runtime.getProperties' && !found) throw new Error('gone');
        return found ?? {};
      },
      events: () => calls,
      close: () => void sent.push('close'),
    };
    const run = () =>
      tokensOfConsole(
        async () => address,
        async (url) => (opened.push(url), devtools),
        new AbortController().signal,
      );
    return { run, sent, opened };
  };
  const string = (value: string) => ({ type: 'string', value });
  const object = (objectId: string) => ({ type: 'object', objectId });

  it('are whole where the debugger shares its connection, the newest call first', async () => {
    const { run, sent, opened } = console({
      calls: [
        { args: [string('old'), object('a')] },
        { args: [object('gone')] },
        { args: [object('b'), { type: 'function', objectId: 'f' }] },
      ],
      objects: {
        a: { result: [{ name: 'idToken', value: string(id) }, { name: 'get' }] },
        b: { result: [{ name: 'headers', value: object('c') }] },
        c: {
          result: [{ name: 'size' }],
          internalProperties: [{ name: '[[Entries]]', value: object('d') }],
        },
        d: { result: [{ name: '0', value: object('e') }] },
        e: { result: [{ name: 'value', value: string(`Bearer ${access}`) }] },
      },
    });
    assert.deepEqual(placesAnd(await run()), [
      ['headers.0.value', access],
      ['idToken', id],
    ]);
    assert.deepEqual(opened, ['ws://127.0.0.1:9/a1']);
    const released = sent.filter((line) => line.startsWith('Runtime.releaseObject'));
    assert.deepEqual(
      released.map((line) => line.at(-1)),
      ['c', 'd', 'e'],
      'what was handed out for the search alone',
    );
    assert.equal(sent.at(-1), 'close');
  });

  it('are looked for with a bound in objects that hold themselves', async () => {
    const { run, sent } = console({
      calls: Array.from({ length: 50 }, () => ({ args: [object('self')] })),
      objects: {
        self: { result: Array.from({ length: 20 }, (_, at) => ({ name: `n${at}`, value: object('self') })) },
      },
    });
    assert.deepEqual(await run(), []);
    assert.equal(sent.filter((line) => line.startsWith('Runtime.getProperties')).length, 150);
  });

  for (const address of [
    { host: 'evil.example', port: 9, path: '/a' },
    { host: '127.0.0.1', port: '9@evil.example', path: '/a' },
    { host: '127.0.0.1', port: 9, path: '@evil.example/' },
    undefined,
  ]) {
    it(`are not asked of ${JSON.stringify(address)}`, async () => {
      const { run, opened } = console({ calls: [], address: address ?? {} });
      await assert.rejects(run(), /no address of this machine/);
      assert.deepEqual(opened, []);
    });
  }
});
