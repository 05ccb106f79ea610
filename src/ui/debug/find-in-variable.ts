import { isCancelled, isWorkbenchError } from '../../core/errors';
import { SessionEnded, type Ask } from './session-requests';
import { looksCut, mayHoldToken, tokensInValue } from './tokens-in-value';

/** A variable as the Debug Adapter Protocol describes it. */
export interface DebugVariable {
  readonly name: string;
  readonly value: string;
  /** 0 or absent: it has no children. */
  readonly variablesReference?: number | undefined;
  /** The expression that gives it again. */
  readonly evaluateName?: string | undefined;
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

/** Levels of children, and how many of each, that are looked at. */
const MAX_DEPTH = 2;
const MAX_CHILDREN = 100;
const MAX_REQUESTS = 60;

/**
 * The tokens in a variable and its children, each once. Values that the view shows cut are fetched whole. Throws
 * CancelledError, SessionEnded and TimeoutError; an adapter's refusal of a single value only leaves that value out.
 */
export function findInVariable(ask: Ask, variable: DebugVariable, frameId?: number): Promise<Findings> {
  return new Search(ask, frameId).run(variable);
}

/**
 * The same for an expression, which is evaluated once where the adapter copies values whole: it may have effects.
 * Throws what the adapter refuses it with.
 */
export async function findInExpression(ask: Ask, expression: string, frameId: number): Promise<Findings> {
  const search = new Search(ask, frameId);
  const copied = await search.copied(expression);
  const tokens = copied === undefined ? [] : tokensInValue(copied);
  if (tokens.length > 0) return { tokens: tokens.map((token) => ({ place: expression, token })), cut: false };
  const { result, variablesReference } = evaluation(
    await ask('evaluate', { expression, frameId, context: 'watch' }),
  );
  return search.run({ name: expression, value: result, variablesReference });
}

class Search {
  private readonly tokens = new Map<string, FoundToken>();
  private cut = false;
  private requests = 0;

  constructor(
    private readonly ask: Ask,
    private readonly frameId: number | undefined,
  ) {}

  async run(variable: DebugVariable): Promise<Findings> {
    const place = variable.evaluateName ?? variable.name;
    if (hasChildren(variable)) await this.children(variable, place, 1);
    if (this.tokens.size === 0) await this.value(variable, place, true);
    return { tokens: [...this.tokens.values()], cut: this.cut && this.tokens.size === 0 };
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
    const { variablesReference } = parent;
    const all = (await this.attempt('variables', { variablesReference }, variablesOf)) ?? [];
    const inner: [DebugVariable, string][] = [];
    for (const child of all.filter(isOfProgram).slice(0, MAX_CHILDREN)) {
      const childPlace = child.evaluateName ?? `${place}.${child.name}`;
      if (hasChildren(child)) inner.push([child, childPlace]);
      else await this.value(child, childPlace, false);
    }
    // First all of one level: what is near is what was meant.
    for (const [child, childPlace] of inner) {
      if (isWrapper(child)) await this.children(child, place, depth);
      else if (depth < MAX_DEPTH) await this.children(child, childPlace, depth + 1);
      else await this.value(child, childPlace, false);
    }
  }

  /** `asked`: it is what the person pointed at, so it is fetched whole whatever the view shows. */
  private async value(variable: DebugVariable, place: string, asked: boolean): Promise<void> {
    const { value, evaluateName } = variable;
    const hopeful = mayHoldToken(value);
    if (!asked && !hopeful && !looksCut(value)) return;
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

  private get frame(): { frameId?: number } {
    return this.frameId === undefined ? {} : { frameId: this.frameId };
  }

  private async attempt<T>(
    command: string,
    args: object,
    read: (body: unknown) => T,
  ): Promise<T | undefined> {
    if (this.requests >= MAX_REQUESTS) return undefined;
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

/** Prototypes are the language's, not the program's. */
const isOfProgram = ({ name }: DebugVariable): boolean =>
  !['[[Prototype]]', '__proto__', 'special variables', 'function variables', 'class variables'].includes(
    name,
  );

/** A level that the adapter adds: the entries of a Map, a range of a long list. */
const isWrapper = ({ name }: DebugVariable): boolean => name === '[[Entries]]';

function evaluation(body: unknown): { result: string; variablesReference: number } {
  const { result, variablesReference } = (body ?? {}) as { result?: unknown; variablesReference?: unknown };
  return {
    result: typeof result === 'string' ? result : '',
    variablesReference: typeof variablesReference === 'number' ? variablesReference : 0,
  };
}

function variablesOf(body: unknown): DebugVariable[] {
  const { variables } = (body ?? {}) as { variables?: unknown };
  return Array.isArray(variables) ? variables.flatMap((item) => readVariable(item) ?? []) : [];
}

/** What an adapter or VS Code says of a variable; undefined where it is none. */
export function readVariable(given: unknown): DebugVariable | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { name, value, variablesReference, evaluateName } = given as Record<string, unknown>;
  if (typeof name !== 'string') return undefined;
  return {
    name,
    value: typeof value === 'string' ? value : '',
    variablesReference: typeof variablesReference === 'number' ? variablesReference : 0,
    ...(typeof evaluateName === 'string' && evaluateName !== '' ? { evaluateName } : {}),
  };
}
