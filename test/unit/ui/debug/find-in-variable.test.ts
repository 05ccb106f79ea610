import assert from 'node:assert/strict';
import { findInExpression, findInHovered, findInVariable } from '../../../../src/ui/debug/find-in-variable';
import { askWithin, SessionEnded, type Ask } from '../../../../src/ui/debug/session-requests';
import { accessClaims, idClaims, refreshToken, tokenOf } from '../../core/tokens/make';

const id = tokenOf(idClaims);
const access = tokenOf(accessClaims);
const cut = (text: string): string => `${text.slice(0, 40)}…`;

interface Evaluation {
  readonly expression: string;
  readonly context: string;
  readonly frameId?: number;
}

/** An adapter by what it evaluates in which context, and by the children of its references. */
function adapter(
  values: Record<string, Partial<Record<string, string>>>,
  children: Record<number, object[]> = {},
): { ask: Ask; asked: string[] } {
  const asked: string[] = [];
  const ask: Ask = async (command, args) => {
    if (command === 'variables') {
      const { variablesReference } = args as { variablesReference: number };
      asked.push(`children ${variablesReference}`);
      return { variables: children[variablesReference] ?? [] };
    }
    const { expression, context } = args as Evaluation;
    asked.push(`${context} ${expression}`);
    const result = values[expression]?.[context];
    if (result === undefined) throw new Error(`${context} is not supported`);
    return { result, variablesReference: 0 };
  };
  return { ask, asked };
}

const text = (name: string, value: string, evaluateName: string | undefined = name) => ({
  name,
  value,
  variablesReference: 0,
  evaluateName,
});
const object = (name: string, variablesReference: number, evaluateName = name) => ({
  name,
  value: '{…}',
  variablesReference,
  evaluateName,
});
const placesAnd = ({ tokens }: { tokens: readonly { place: string; token: string }[] }) =>
  tokens.map(({ place, token }) => [place, token]);

describe('tokens in a variable', () => {
  for (const [name, rendered] of Object.entries({
    bare: id,
    'in quotes': `'${id}'`,
    'behind Bearer': `"Bearer ${id}"`,
    'in JSON within a string': JSON.stringify(JSON.stringify({ idToken: id })),
    'with the dots escaped': `"${id.replaceAll('.', '\\u002e')}"`,
    'with the dots escaped in hex': `"${id.replaceAll('.', '\\x2E')}"`,
  })) {
    it(`are read from the whole value, ${name}`, async () => {
      const { ask } = adapter({ t: { clipboard: rendered } });
      assert.deepEqual(placesAnd(await findInVariable(ask, text('t', cut(rendered)), 7)), [['t', id]]);
    });
  }

  it('are read from an adapter that knows no clipboard', async () => {
    const { ask, asked } = adapter({ t: { variables: `'${refreshToken}'` } });
    assert.deepEqual(placesAnd(await findInVariable(ask, text('t', 'eyJ…'))), [['t', refreshToken]]);
    assert.deepEqual(asked, ['clipboard t', 'variables t']);
  });

  it('are read from an adapter that cuts what it copies', async () => {
    const { ask } = adapter({ t: { clipboard: cut(id), variables: id } });
    assert.deepEqual(placesAnd(await findInVariable(ask, text('t', cut(id)))), [['t', id]]);
  });

  it('are taken from the view where the adapter evaluates nothing', async () => {
    const { ask } = adapter({});
    assert.deepEqual(placesAnd(await findInVariable(ask, text('t', `"${id}"`, undefined))), [['t', id]]);
  });

  it('are known to be cut where the adapter gives no more', async () => {
    const { ask } = adapter({ t: { clipboard: cut(id), variables: cut(id) } });
    assert.deepEqual(await findInVariable(ask, text('t', cut(id))), { tokens: [], cut: true });
    assert.deepEqual(await findInVariable(ask, text('u', "'reader'")), { tokens: [], cut: false });
  });

  it('are found in the children of an object and in theirs, with their place', async () => {
    const { ask, asked } = adapter(
      { 's.idToken': { clipboard: id }, 's.headers.Authorization': { clipboard: `Bearer ${access}` } },
      {
        1: [
          text('user', "'reader'", 's.user'),
          object('headers', 2, 's.headers'),
          text('idToken', cut(`'${id}'`), 's.idToken'),
          object('[[Prototype]]', 3, 's.__proto__'),
        ],
        2: [text('Authorization', cut(`'Bearer ${access}'`), 's.headers.Authorization')],
      },
    );
    assert.deepEqual(placesAnd(await findInVariable(ask, object('s', 1))), [
      ['s.idToken', id],
      ['s.headers.Authorization', access],
    ]);
    assert.deepEqual(asked, [
      'children 1',
      'clipboard s.idToken',
      'children 2',
      'clipboard s.headers.Authorization',
    ]);
  });

  it('are found through the entries of a Map', async () => {
    const { ask } = adapter(
      {},
      {
        1: [object('[[Entries]]', 2, '')],
        2: [object('0', 3, '')],
        3: [text('key', "'id'", ''), text('value', `'${id}'`, '')],
      },
    );
    assert.deepEqual(placesAnd(await findInVariable(ask, object('m', 1))), [['m.0.value', id]]);
  });

  it('are found in a copy of the whole where no child shows them', async () => {
    const { ask } = adapter(
      { s: { clipboard: JSON.stringify({ deep: { down: { there: { id } } } }) } },
      { 1: [] },
    );
    assert.deepEqual(placesAnd(await findInVariable(ask, object('s', 1))), [['s', id]]);
  });

  it('are counted once, and looked for with a bound', async () => {
    const many = Array.from({ length: 100 }, (_, at) => object(`n${at}`, at + 2));
    const { ask, asked } = adapter(
      {},
      { 1: many, ...Object.fromEntries(many.map((_, at) => [at + 2, [text('t', id, '')]])) },
    );
    assert.deepEqual(placesAnd(await findInVariable(ask, object('s', 1))), [['n0.t', id]]);
    assert.ok(asked.length <= 60, `${asked.length} requests`);
  });

  it('are asked for by the page in a long list', async () => {
    const asked: object[] = [];
    const ask: Ask = async (command, args) => {
      if (command !== 'variables') throw new Error('not supported');
      asked.push(args);
      return { variables: [text('0', `'${id}'`, '')] };
    };
    const list = { ...object('list', 1), indexedVariables: 1_000_000 };
    assert.deepEqual(placesAnd(await findInVariable(ask, list)), [['list.0', id]]);
    assert.deepEqual(asked, [{ variablesReference: 1, filter: 'indexed', start: 0, count: 100 }]);
  });

  it('stop at once where the adapter does not answer', async () => {
    let asked = 0;
    const never = { customRequest: () => ((asked += 1), new Promise<never>(() => undefined)) };
    const limits = {
      signal: new AbortController().signal,
      ended: new AbortController().signal,
      timeoutMs: 5,
    };
    await assert.rejects(findInVariable(askWithin(never, limits), text('t', cut(id))), { code: 'timeout' });
    assert.equal(asked, 1);
  });
});

describe('tokens in an expression', () => {
  it('are evaluated once where the adapter copies values', async () => {
    const { ask, asked } = adapter({ 'next()': { clipboard: id } });
    assert.deepEqual(placesAnd(await findInExpression(ask, 'next()', 3)), [['next()', id]]);
    assert.deepEqual(asked, ['clipboard next()']);
  });

  for (const value of ['42', 'undefined', 'words of a text', "'reader'"]) {
    it(`are not looked for twice in ${value}, which is no object`, async () => {
      const { ask, asked } = adapter({ 'counter++': { clipboard: value, watch: value } });
      assert.deepEqual(await findInExpression(ask, 'counter++', 3), { tokens: [], cut: false });
      assert.deepEqual(asked, ['clipboard counter++']);
    });
  }

  it('are evaluated as a watch elsewhere', async () => {
    const { ask } = adapter({ t: { watch: `'${id}'` } });
    assert.deepEqual(placesAnd(await findInExpression(ask, 't', 3)), [['t', id]]);
  });

  it('say what the adapter refuses', async () => {
    await assert.rejects(findInExpression(adapter({}).ask, 'nonsense', 3), /watch is not supported/);
  });
});

describe('asking a debug session', () => {
  const limits = () => ({ cancel: new AbortController(), end: new AbortController() });
  const silent = { customRequest: () => new Promise<never>(() => undefined) };

  it('ends when the person cancels', async () => {
    const { cancel, end } = limits();
    const asked = askWithin(silent, { signal: cancel.signal, ended: end.signal })('evaluate', {});
    cancel.abort();
    await assert.rejects(asked, { code: 'cancelled' });
  });

  it('ends with the session, also before it is asked', async () => {
    const { cancel, end } = limits();
    const ask = askWithin(silent, { signal: cancel.signal, ended: end.signal });
    const asked = ask('evaluate', {});
    end.abort();
    await assert.rejects(asked, SessionEnded);
    await assert.rejects(ask('evaluate', {}), { code: 'debug.session-ended' });
  });

  it('gives what the adapter answers, and what it refuses with', async () => {
    const { cancel, end } = limits();
    const session = {
      customRequest: async (command: string) => {
        if (command === 'variables') return { variables: [] };
        throw new Error('not now');
      },
    };
    const ask = askWithin(session, { signal: cancel.signal, ended: end.signal });
    assert.deepEqual(await ask('variables', {}), { variables: [] });
    await assert.rejects(ask('evaluate', {}), /not now/);
  });
});

describe('tokens under the pointer', () => {
  /** Answers a hover too, and tells what it was asked. */
  const hovering = (
    result: string,
    variablesReference: number,
    rest: ReturnType<typeof adapter> = adapter({}),
  ): { ask: Ask; asked: string[] } => ({
    asked: rest.asked,
    ask: async (command, args) => {
      const { context, expression } = args as Evaluation;
      if (command !== 'evaluate' || context !== 'hover') return rest.ask(command, args);
      rest.asked.push(`hover ${expression}`);
      return { result, variablesReference };
    },
  });

  it('cost one request where there is none', async () => {
    const { ask, asked } = hovering("'reader'", 0);
    assert.deepEqual(await findInHovered(ask, 'user', 7), { tokens: [], cut: false });
    assert.deepEqual(asked, ['hover user']);
  });

  it('are fetched whole', async () => {
    const { ask, asked } = hovering(cut(`'${id}'`), 0, adapter({ t: { clipboard: id } }));
    assert.deepEqual(placesAnd(await findInHovered(ask, 't', 7)), [['t', id]]);
    assert.deepEqual(asked, ['hover t', 'clipboard t']);
  });

  it('are found in an object, one level deep, without running its code', async () => {
    const children = {
      1: [
        text('user', "'reader'", 's.user'),
        text('cut', "'a long text…'", 's.cut'),
        text('idToken', cut(`'${id}'`), 's.idToken'),
        { ...text('getter', '(...)', 's.getter'), variablesReference: 5, presentationHint: { lazy: true } },
        object('headers', 2, 's.headers'),
      ],
    };
    const { ask, asked } = hovering('{…}', 1, adapter({ 's.idToken': { clipboard: id } }, children));
    assert.deepEqual(placesAnd(await findInHovered(ask, 's', 7)), [['s.idToken', id]]);
    assert.deepEqual(asked, ['hover s', 'children 1', 'clipboard s.idToken']);
  });
});
