import { isCancelled, isWorkbenchError } from '../../core/errors';
import { SessionEnded, type Ask } from './session-requests';
import { looksCut, mayHoldToken, tokensInValue } from './tokens-in-value';

/** A variable as the Debug Adapter Protocol describes it. */
export interface DebugVariable {
  readonly name: string;
  readonly value: string;
  /** 0 or absent: it has no children. */
  readonly variablesReference?: number | undefined;
  /** Children that are numbered, as of a list, where the adapter tells. */
  readonly indexedVariables?: number;
  /** The expression that gives it again. */
  readonly evaluateName?: string | undefined;
  /** To see it, code of the program is run: a getter. */
  readonly lazy?: boolean;
}

export interface FoundToken {
  /** Where it stands: `session.idToken`. Names are the program's, so hostile text. */
  readonly place: string;
  readonly token: string;
}

export interface Findings {
  readonly tokens: readonly FoundToken[];
  /** A value held the beginning of a token, and the adapter gives no more of it. */
  readonly cut: boolean;
}

/** How far a search goes. */
interface Reach {
  /** Levels of children, and how many of each, that are looked at. */
  readonly depth: number;
  readonly children: number;
  readonly requests: number;
  /** Asks only for what shows the beginning of a token: nobody has asked for more. */
  readonly careful?: boolean;
  /** The names that the adapter gives cannot be evaluated. */
  readonly unnamed?: boolean;
}

const asked: Reach = { depth: 2, children: 100, requests: 60 };
const hovered: Reach = { depth: 1, children: 50, requests: 10, careful: true };
/** What is printed stands one or two levels below its reference. */
const printed: Reach = { depth: 5, children: 100, requests: 40, careful: true, unnamed: true };

/**
 * The tokens in a variable and its children, each once. Values that the view shows cut are fetched whole. Throws
 * CancelledError, SessionEnded and TimeoutError; an adapter's refusal of a single value only leaves that value out.
 */
export function findInVariable(ask: Ask, variable: DebugVariable, frameId?: number): Promise<Findings> {
  return new Search(ask, frameId, asked).run(variable);
}

/**
 * The same for an expression without effects that the pointer rests on; children only where they show the beginning of
 * a token. Throws what the adapter refuses it with.
 */
export async function findInHovered(ask: Ask, expression: string, frameId: number): Promise<Findings> {
  const body = await ask('evaluate', { expression, frameId, context: 'hover' });
  const { result: value, ...children } = evaluation(body);
  const plain = children.variablesReference === 0;
  if (plain && !mayHoldToken(value) && !looksCut(value)) return { tokens: [], cut: false };
  return new Search(ask, frameId, hovered).run({
    name: expression,
    value,
    ...children,
    evaluateName: expression,
  });
}

/** The same for what a program printed, by the reference of the output event. */
export function findInPrinted(ask: Ask, variablesReference: number): Promise<Findings> {
  return new Search(ask, undefined, printed).run({ name: '', value: '', variablesReference });
}

/**
 * The same for an expression, which is evaluated once where the adapter copies values whole: it may have effects. A
 * second time only where the copy may leave out what an object holds. Throws what the adapter refuses it with.
 */
export async function findInExpression(ask: Ask, expression: string, frameId: number): Promise<Findings> {
  const search = new Search(ask, frameId, asked);
  const copied = await search.copied(expression);
  const tokens = copied === undefined ? [] : tokensInValue(copied);
  if (tokens.length > 0) return { tokens: tokens.map((token) => ({ place: expression, token })), cut: false };
  if (copied !== undefined && isWholePrimitive(copied)) return { tokens: [], cut: false };
  const { result: value, ...children } = evaluation(
    await ask('evaluate', { expression, frameId, context: 'watch' }),
  );
  return search.run({ name: expression, value, ...children });
}

class Search {
  private readonly tokens = new Map<string, FoundToken>();
  private cut = false;
  private requests = 0;

  constructor(
    private readonly ask: Ask,
    private readonly frameId: number | undefined,
    private readonly reach: Reach,
  ) {}

  async run(variable: DebugVariable): Promise<Findings> {
    const place = variable.evaluateName ?? variable.name;
    if (hasChildren(variable)) await this.children(variable, place, 1);
    // A copy of a whole object runs its code.
    if (this.tokens.size === 0 && !(this.reach.careful && hasChildren(variable)))
      await this.value(variable, place, true);
    return { tokens: [...this.tokens.values()], cut: this.cut };
  }

  /** The value as for the clipboard, which adapters do not cut; undefined where this one cannot. */
  async copied(expression: string): Promise<string | undefined> {
    return this.attempt(
      'evaluate',
      { ...this.frame, expression, context: 'clipboard' },
      (body) => evaluation(body).result,
    );
  }

  private async children(parent: DebugVariable, place: string, depth: number): Promise<void> {
    const { variablesReference, indexedVariables = 0 } = parent;
    const count = this.reach.children;
    const page = indexedVariables > count ? { filter: 'indexed', start: 0, count } : {};
    const all = (await this.attempt('variables', { variablesReference, ...page }, variablesOf)) ?? [];
    const inner: [DebugVariable, string][] = [];
    for (const child of all.filter(isOfProgram).slice(0, this.reach.children)) {
      const childPlace = this.nameOf(child) ?? [place, child.name].filter((part) => part !== '').join('.');
      if (hasChildren(child)) inner.push([child, childPlace]);
      else await this.value(child, childPlace, false);
    }
    // First all of one level: what is near is what was meant.
    for (const [child, childPlace] of inner) {
      if (isWrapper(child)) await this.children(child, place, depth);
      else if (depth < this.reach.depth) await this.children(child, childPlace, depth + 1);
      else await this.value(child, childPlace, false);
    }
  }

  /** `asked`: it is what the person pointed at, so it is fetched whole whatever the view shows. */
  private async value(variable: DebugVariable, place: string, asked: boolean): Promise<void> {
    const { value } = variable;
    const hopeful = mayHoldToken(value);
    if (!asked && !hopeful && (this.reach.careful || !looksCut(value))) return;
    const evaluateName = this.nameOf(variable);
    const whole = evaluateName === undefined ? undefined : await this.whole(evaluateName);
    let found = whole === undefined ? [] : tokensInValue(whole);
    if (found.length === 0) found = tokensInValue(value);
    for (const token of found) {
      if (!this.tokens.has(token)) this.tokens.set(token, { place, token });
    }
    if (found.length === 0 && (hopeful || mayHoldToken(whole ?? ''))) this.cut = true;
  }

  private async whole(expression: string): Promise<string | undefined> {
    const copied = await this.copied(expression);
    if (copied !== undefined && (tokensInValue(copied).length > 0 || !mayHoldToken(copied))) return copied;
    const args = { ...this.frame, expression, context: 'variables' };
    return (await this.attempt('evaluate', args, (body) => evaluation(body).result)) ?? copied;
  }

  private nameOf({ evaluateName }: DebugVariable): string | undefined {
    return this.reach.unnamed ? undefined : evaluateName;
  }

  private get frame(): { frameId?: number } {
    return this.frameId === undefined ? {} : { frameId: this.frameId };
  }

  private async attempt<T>(
    command: string,
    args: object,
    read: (body: unknown) => T,
  ): Promise<T | undefined> {
    if (this.requests >= this.reach.requests) return undefined;
    this.requests += 1;
    try {
      return read(await this.ask(command, args));
    } catch (error) {
      if (isOver(error)) throw error;
      return undefined;
    }
  }
}

/** Nothing more is to be had: cancelled, ended, or an adapter that does not answer at all. */
const isOver = (error: unknown): boolean =>
  isCancelled(error) ||
  error instanceof SessionEnded ||
  (isWorkbenchError(error) && error.code === 'timeout');

const hasChildren = ({ variablesReference = 0 }: DebugVariable): boolean => variablesReference > 0;

/** Prototypes are the language's, not the program's; a getter is run by whoever asks for it alone. */
const isOfProgram = ({ name, lazy }: DebugVariable): boolean =>
  lazy !== true &&
  !['[[Prototype]]', '__proto__', 'special variables', 'function variables', 'class variables'].includes(
    name,
  );

/** A level that the adapter adds: the entries of a Map, a range of a long list. */
const isWrapper = ({ name }: DebugVariable): boolean => name === '[[Entries]]';

/** No object, list or call that a copy may show in part. */
const isWholePrimitive = (copied: string): boolean =>
  !/[[{(<]/.test(copied) && !looksCut(copied) && !mayHoldToken(copied);

interface Children {
  readonly variablesReference: number;
  readonly indexedVariables: number;
}

function evaluation(body: unknown): Children & { readonly result: string } {
  const { result } = (body ?? {}) as { result?: unknown };
  return { result: typeof result === 'string' ? result : '', ...childrenOf(body) };
}

function childrenOf(given: unknown): Children {
  const { variablesReference, indexedVariables } = (given ?? {}) as Record<string, unknown>;
  return {
    variablesReference: typeof variablesReference === 'number' ? variablesReference : 0,
    indexedVariables: typeof indexedVariables === 'number' ? indexedVariables : 0,
  };
}

function variablesOf(body: unknown): DebugVariable[] {
  const { variables } = (body ?? {}) as { variables?: unknown };
  return Array.isArray(variables) ? variables.flatMap((item) => readVariable(item) ?? []) : [];
}

/** What an adapter or VS Code says of a variable; undefined where it is none. */
export function readVariable(given: unknown): DebugVariable | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { name, value, evaluateName, presentationHint } = given as Record<string, unknown>;
  if (typeof name !== 'string') return undefined;
  return {
    name,
    value: typeof value === 'string' ? value : '',
    ...childrenOf(given),
    ...(typeof evaluateName === 'string' && evaluateName !== '' ? { evaluateName } : {}),
    ...((presentationHint as { lazy?: unknown } | undefined)?.lazy === true ? { lazy: true } : {}),
  };
}
