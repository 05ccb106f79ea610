import { WorkbenchError } from '../../core/errors';
import type { ServiceError } from '../../core/errors';
import {
  readCallback,
  readPasted,
  type CallbackReading,
  type ForeignReason,
} from '../../core/signin/callback';
import type { HostedUiSite } from '../../core/signin/hosted-ui';
import type { CallbackPage, LoopbackServer } from '../../core/signin/loopback';
import type { BrowserAttempt } from '../../core/signin/oauth';
import { strayPage } from './browser-pages';

/** The browser's answer to this attempt; `show` puts a page before a browser that waits for one. */
export interface BrowserAnswer {
  readonly reading: Exclude<CallbackReading, { kind: 'foreign' }>;
  show(page: CallbackPage): void;
}

export interface WaitDeps {
  readonly attempt: BrowserAttempt;
  readonly site: HostedUiSite;
  readonly loopback: LoopbackServer | undefined;
  readonly callbacks: {
    wait(state: string, accept: (address: string) => boolean, signal: AbortSignal): Promise<string>;
  };
  readonly seconds: number;
  /** An error came that names no attempt: no answer, but perhaps the reason why none comes. */
  readonly stray: (error: ServiceError) => void;
}

/** One wait for the browser, by every way back at once: the first answer to this attempt ends it. */
export class BrowserWait {
  private deliver: ((answer: BrowserAnswer) => void) | undefined;
  private seen: string | undefined;
  private readonly over = new AbortController();
  /** Fires when the wait has ended, however it did. */
  readonly ended = this.over.signal;

  constructor(private readonly deps: WaitDeps) {}

  get address(): string {
    return this.deps.attempt.url;
  }

  /** Throws `signin.browser-timeout` (data: seconds, redirectUri, seen), CancelledError. */
  async answer(signal: AbortSignal): Promise<BrowserAnswer> {
    const { attempt, callbacks, loopback, seconds } = this.deps;
    const timer = setTimeout(() => this.over.abort(this.timeout()), seconds * 1000);
    const ended = AbortSignal.any([signal, this.over.signal]);
    const ways: Promise<BrowserAnswer>[] = [
      new Promise((resolve) => (this.deliver = resolve)),
      callbacks
        .wait(attempt.state, (address) => this.read(address) !== undefined, ended)
        .then((address) => answerOf(this.read(address), () => undefined)),
    ];
    if (loopback) {
      const judge = (url: string) => (this.read(url) ? undefined : strayPage());
      const arrived = loopback.next(judge, ended);
      ways.push(arrived.then((one) => answerOf(this.read(one.url), (page) => one.answer(page))));
    }
    try {
      return await Promise.race(ways);
    } finally {
      clearTimeout(timer);
      this.deliver = undefined;
      this.over.abort();
    }
  }

  /** What the person copied out of the browser; undefined where it is the answer, else why it is not. */
  paste(text: string): ForeignReason | undefined {
    const reading = readPasted(text, this.deps.attempt, this.deps.site);
    if (reading.kind === 'foreign') return reading.reason;
    this.deliver?.({ reading, show: () => undefined });
    return undefined;
  }

  private read(address: string): BrowserAnswer['reading'] | undefined {
    const reading = readCallback(address, this.deps.attempt);
    if (reading.kind !== 'foreign') return reading;
    if (reading.error && this.seen === undefined) {
      const { awsCode, awsMessage } = reading.error;
      this.seen = [awsCode, awsMessage].filter((part) => part !== '').join(': ');
      this.deps.stray(reading.error);
    }
    return undefined;
  }

  private timeout(): WorkbenchError {
    const { attempt, seconds } = this.deps;
    return new WorkbenchError('signin.browser-timeout', 'nothing came back from the browser', {
      seconds,
      redirectUri: attempt.redirectUri,
      seen: this.seen,
    });
  }
}

function answerOf(reading: BrowserAnswer['reading'] | undefined, show: BrowserAnswer['show']): BrowserAnswer {
  if (reading) return { reading, show };
  throw new WorkbenchError('internal', 'an answer was taken that is none');
}
