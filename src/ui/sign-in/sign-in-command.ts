import * as vscode from 'vscode';
import { connectionLabel } from '../../core/connection/derive';
import type { Connection, SignInMethod } from '../../core/connection/model';
import { CancelledError, isCancelled, isServiceError, isWorkbenchError } from '../../core/errors';
import { isApp } from '../../core/session/keys';
import type { NewDevice } from '../../core/ports';
import type { SessionRef } from '../../core/session/model';
import type { Sessions } from '../../core/session/manager';
import type { SessionStore } from '../../core/session/store';
import type { EndpointApproval } from '../../host/endpoint-approval';
import type { Failures, FailureSubject } from '../../host/failures';
import type { Identities } from '../../host/identities';
import { plain } from '../../host/plain';
import { withProgress } from '../../host/progress';
import type { SandboxController } from '../../host/sandbox-controller';
import type { Picker } from '../pick';
import type { CommandSubject } from '../tree/nodes';
import { subjectOf } from '../tree/nodes';
import { tellChange } from '../identities/tell-change';
import type { BrowserSignIn } from './browser-sign-in';
import { answerChallenge } from './challenges';
import type { CodeSource } from './challenges';
import type { NameAndPassword } from './credentials-prompt';
import { askClientSecret, askNameAndPassword } from './credentials-prompt';

export interface SignInParts {
  readonly picker: Picker;
  readonly sessions: Sessions;
  readonly store: SessionStore;
  readonly identities: Identities;
  readonly approval: EndpointApproval;
  readonly sandbox: SandboxController;
  readonly failures: Failures;
  readonly browser: BrowserSignIn;
}

/** Sign In…: one at a time; returns the identity, or undefined when cancelled or refused. */
export class SignInCommand {
  private running: AbortController | undefined;
  /** Failures in a row by connection and user, for the lockout's explanation. */
  private readonly attempts = new Map<string, number>();

  constructor(private readonly parts: SignInParts) {}

  run(argument: unknown): Promise<SessionRef | undefined> {
    return this.signIn(subjectOf(argument));
  }

  /** `known` is a password that the person has typed just now, for the user that `subject` names. */
  async signIn(subject: CommandSubject, known?: string): Promise<SessionRef | undefined> {
    const { picker, approval, sandbox } = this.parts;
    const named = await picker.connection(
      subject,
      vscode.l10n.t('Sign in to which connection?'),
      (candidate) => candidate.userPool !== undefined,
    );
    await approval.ensure(named);
    const pools = subject.username === undefined ? sandbox.pools(named.id) : [];
    const before = await this.lastName(subject);
    const usual = subject.method ?? (await this.lastMethod(subject)) ?? named.userPool?.signIn ?? 'srp';
    // The page in the browser asks who it is.
    const asked =
      usual === 'browser'
        ? { username: before ?? '', password: undefined }
        : subject.username !== undefined && known !== undefined
          ? { username: subject.username, password: known }
          : await askNameAndPassword(named, { username: before, pools, method: usual });
    const { username, password, method = usual, connection = named }: NameAndPassword = asked;
    const clientSecret = await this.clientSecret(connection);
    // A second attempt replaces one that still waits: its answer would be for nobody.
    this.running?.abort(new CancelledError());
    const running = new AbortController();
    this.running = running;
    const attemptKey = `${connection.id} ${username}`;
    const about = {
      connection,
      username,
      failedAttempts: (this.attempts.get(attemptKey) ?? 0) + 1,
      retry: () => void this.retry({ connectionId: connection.id, username, method }),
    };
    return this.parts.failures.about(about, async () => {
      try {
        const codes: CodeSource = (who, byMessage) => sandbox.codeFor(connection, who, byMessage);
        const again = { ref: subject.ref, username: before, clientSecret };
        const done =
          method === 'browser'
            ? await this.parts.browser.run(connection, again, running.signal)
            : await withProgress(
                vscode.l10n.t('Signing in {0} to {1}', username, connectionLabel(connection)),
                (signal) =>
                  this.parts.sessions.signIn(
                    connection,
                    {
                      method,
                      username,
                      password,
                      clientSecret,
                      answer: (challenge) => answerChallenge(challenge, codes),
                    },
                    AbortSignal.any([signal, running.signal]),
                  ),
              );
        this.attempts.delete(attemptKey);
        const ref = { connectionId: connection.id, identityKey: done.session.identityKey };
        if (done.storeError !== undefined)
          await this.parts.failures.show('store', done.storeError, { connection, ref, username });
        if (done.federationError !== undefined)
          await this.reportFederation({ connection, ref, username }, done.federationError);
        tellChange(done.identityChange, done.session.name);
        // Answered when the person likes: the sign-in stands.
        if (done.newDevice) void this.rememberDevice({ connection, ref, username }, done.newDevice);
        return ref;
      } catch (error) {
        if (isWorkbenchError(error) && error.code === 'signin.browser-needed') {
          return this.signIn({ connectionId: connection.id, username, method: 'browser' });
        }
        if (isServiceError(error)) this.attempts.set(attemptKey, about.failedAttempts);
        throw error;
      } finally {
        if (this.running === running) this.running = undefined;
      }
    });
  }

  private async retry(subject: Parameters<SignInCommand['signIn']>[0]): Promise<void> {
    try {
      await this.signIn(subject);
    } catch (error) {
      await this.parts.failures.show('signIn', error);
    }
  }

  /** The pool tracks devices: confirms this one, and asks where the pool leaves remembering to the user. */
  private async rememberDevice(
    subject: FailureSubject & { readonly ref: SessionRef },
    newDevice: NewDevice,
  ): Promise<void> {
    const remember = vscode.l10n.t('Remember');
    const question = vscode.l10n.t(
      'Remember this VS Code as a device of {0}? Its next sign-in then asks for no second factor.',
      plain(subject.username ?? ''),
    );
    try {
      await this.parts.sessions.rememberDevice(subject.ref, newDevice, {
        deviceName: vscode.env.appName,
        confirm: async () => (await vscode.window.showInformationMessage(question, remember)) === remember,
      });
    } catch (error) {
      await this.parts.failures.show('rememberDevice', error, subject);
    }
  }

  /** Signed in, yet without AWS credentials: the sign-in stands, and the identity says what failed. */
  private async reportFederation(
    subject: FailureSubject & { readonly ref: SessionRef },
    error: unknown,
  ): Promise<void> {
    // They are fetched when someone wants them; nothing has failed.
    if (isCancelled(error)) return;
    const { failures, identities } = this.parts;
    const explanation = await failures.explain(error, subject);
    identities.noteFailure(subject.ref, error, explanation.title);
    await failures.show('federation', error, subject);
  }

  private async clientSecret(connection: Connection): Promise<string | undefined> {
    if (!connection.userPool?.hasClientSecret) return undefined;
    return (await this.parts.store.clientSecret(connection)) ?? askClientSecret(connection);
  }

  /** The way that this identity signed in last, where it was by the pool's pages. */
  private async lastMethod({ ref }: CommandSubject): Promise<SignInMethod | undefined> {
    const session = ref && (await this.parts.store.load(ref).catch(() => undefined));
    return (ref && isApp(ref)) || session?.signInMethod === 'browser' ? 'browser' : undefined;
  }

  /** The name to fill in: the one asked for, else what this identity typed last time. */
  private async lastName(subject: CommandSubject): Promise<string | undefined> {
    if (subject.username !== undefined || !subject.ref) return subject.username;
    try {
      const session = await this.parts.store.load(subject.ref);
      return session?.signInName ?? this.parts.identities.find(subject.ref)?.name;
    } catch (error) {
      if (isWorkbenchError(error)) return this.parts.identities.find(subject.ref)?.name;
      throw error;
    }
  }
}
