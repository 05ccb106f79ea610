import * as l10n from '@vscode/l10n';
import { WorkbenchError, type ServiceError } from '../errors';
import type { Clock } from '../ports';
import { abortable } from '../session/abort';
import type { ChallengeAnswer, ChoiceChallenge, PendingChallenge } from './challenge';
import type { AnswerTo, Body, BodyOf } from './challenge-table';

/** The sign-in is to begin again. */
export interface Restart {
  readonly kind: 'restart';
}
export const RESTART: Restart = { kind: 'restart' };

/** AuthSessionValidity where the app client does not set it, in milliseconds. */
const SESSION_MILLIS = 3 * 60_000;

interface Decision {
  readonly challenge: ChoiceChallenge['challenge'];
  readonly option: string;
}

/**
 * The side of a sign-in that faces the person: asks, understands `back`, `resend` and `browser`, and keeps what was
 * decided, so that a sign-in that begins again comes to the same question without asking the earlier ones.
 */
export class Conversation {
  /** The user name that questions name. */
  username: string;
  private readonly decisions: Decision[] = [];
  /** How many of the decisions this run of the sign-in has come to. */
  private reached = 0;
  private preferred: string | undefined;
  private notice: string | undefined;
  private endsAt: number | undefined;
  private kept: { readonly challenge: string; readonly answer: ChallengeAnswer } | undefined;
  private startedAgain = false;

  constructor(
    private readonly person: (challenge: PendingChallenge) => Promise<ChallengeAnswer>,
    private readonly clock: Clock,
    start: { readonly username: string; readonly preferredChallenge?: string | undefined },
    private readonly signal: AbortSignal | undefined,
  ) {
    this.username = start.username;
    this.preferred = start.preferredChallenge;
  }

  /** PREFERRED_CHALLENGE, until the person goes back behind it. */
  get preferredChallenge(): string | undefined {
    return this.preferred;
  }

  /** A run of the sign-in begins: nothing was asked yet. */
  begin(): void {
    this.reached = 0;
    this.endsAt = undefined;
  }

  /** A session of Cognito begins, and with it the time to answer. */
  sessionBegan(session: string | undefined): void {
    this.endsAt = session === undefined ? undefined : this.clock.now() + SESSION_MILLIS;
  }

  /**
   * Asks one question. Throws CancelledError, `signin.browser-needed`, and what the person's side throws; an answer
   * of another kind is a mistake in the program (`internal`).
   */
  async ask<K extends Body['kind']>(body: BodyOf<K>, problem?: ServiceError): Promise<AnswerTo<K> | Restart> {
    const pending = {
      ...(body as Body),
      username: this.username,
      canGoBack: this.canGoBack(body),
      ...(problem === undefined ? {} : { problem }),
      ...(this.notice === undefined ? {} : { notice: this.notice }),
      ...(this.endsAt === undefined ? {} : { endsAt: this.endsAt }),
    };
    this.notice = undefined;
    const answer = await abortable(this.person(pending), this.signal);
    switch (answer.kind) {
      case 'back':
        return this.goBack();
      case 'resend':
        this.notice = l10n.t('A new code was asked for. Only the newest one counts.');
        return RESTART;
      case 'browser':
        throw new WorkbenchError('signin.browser-needed', 'the sign-in goes on in the browser', {
          challenge: body.kind,
        });
      default:
        if (answer.kind !== body.kind)
          throw new WorkbenchError('internal', `the answer to ${body.kind} is one to ${answer.kind}`);
        return answer as AnswerTo<K>;
    }
  }

  /** One of the options: the only one, the one that was chosen before this run, or the one that the person chooses. */
  async choose(
    challenge: ChoiceChallenge['challenge'],
    options: readonly string[],
    problem?: ServiceError,
  ): Promise<string | Restart> {
    const [only] = options;
    if (only !== undefined && options.length === 1) return only;
    const before = this.decisions[this.reached];
    if (before?.challenge === challenge && options.includes(before.option)) {
      this.reached += 1;
      return before.option;
    }
    this.decisions.length = this.reached;
    const answer = await this.ask<'choice'>({ kind: 'choice', challenge, options }, problem);
    if (answer.kind === 'restart') return answer;
    this.decisions.push({ challenge, option: answer.option });
    this.reached += 1;
    return answer.option;
  }

  /**
   * Whether the sign-in may begin again by itself, because the session of a challenge is over: once. An answer to keep
   * is given again to the challenge of that name, unasked.
   */
  startAgain(keep?: { readonly challenge: string; readonly answer: ChallengeAnswer }): boolean {
    if (this.startedAgain) return false;
    this.startedAgain = true;
    this.kept = keep;
    this.notice = l10n.t(
      'The time for this step was over, so the sign-in was started again. If a code was sent, use the newest one.',
    );
    return true;
  }

  /** The answer that was kept for this challenge, once. */
  takeKept(challenge: string): ChallengeAnswer | undefined {
    const { kept } = this;
    if (kept?.challenge !== challenge) return undefined;
    this.kept = undefined;
    this.notice = undefined;
    return kept.answer;
  }

  private canGoBack(body: Body): boolean {
    return this.reached > 0 || this.preferred !== undefined || (body.kind === 'custom' && body.round > 1);
  }

  private goBack(): Restart {
    if (this.reached > 0) this.decisions.length = this.reached - 1;
    else this.preferred = undefined;
    return RESTART;
  }
}
