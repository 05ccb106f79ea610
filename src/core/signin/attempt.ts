import { connectionLabel } from '../connection/derive';
import type { UserPoolSettings } from '../connection/model';
import { isServiceError, WorkbenchError, type ServiceError } from '../errors';
import type { AuthAnswer, AuthTokens } from '../ports';
import { throwIfAborted } from '../session/abort';
import type { PendingChallenge, ReceivedChallenge } from './challenge';
import { challengeTable, unknownChallenge, type AnswerTo, type Row } from './challenge-table';
import { addAuthenticator } from './authenticator';
import { Conversation, RESTART, type Restart } from './conversation';
import { deviceClaimSignature, type StoredDevice } from './device';
import { flows, type Flow, type Known } from './flows';
import { namesParameter, parameter, protocolError } from './parameters';
import { isRefusedSecret, isSessionOver, isUnknownDevice } from './refusals';
import { secretHash } from './secret-hash';
import type { SignedIn, SignInDeps, SignInRequest } from './sign-in';
import { passwordClaimSignature, srpKeyPair, type SrpKeyPair } from './srp';
import { cognitoTimestamp } from './timestamp';

type Step = AuthAnswer | Restart;
type Kind = PendingChallenge['kind'];

/** Challenges that are more than one question and one answer. */
type StepName =
  | 'PASSWORD_VERIFIER'
  | 'PASSWORD'
  | 'PASSWORD_SRP'
  | 'SELECT_CHALLENGE'
  | 'SELECT_MFA_TYPE'
  | 'MFA_SETUP'
  | 'DEVICE_SRP_AUTH'
  | 'DEVICE_PASSWORD_VERIFIER';

/** One sign-in: from InitiateAuth over challenges to tokens, again from the beginning where the person wants that. */
export class Attempt {
  private readonly flow: Flow;
  private readonly talk: Conversation;
  private username: string;
  private password: string | undefined;
  private device: StoredDevice | undefined;
  private lostDevice: StoredDevice | undefined;
  private pair: SrpKeyPair | undefined;
  private session: string | undefined;
  /** How often each challenge came in this run. */
  private readonly rounds = new Map<string, number>();

  private readonly steps: Readonly<Record<StepName, (received: ReceivedChallenge) => Promise<Step>>> = {
    PASSWORD_VERIFIER: (received) => this.provePassword(received),
    PASSWORD: (received) => this.sendPassword(received, 'PASSWORD'),
    PASSWORD_SRP: (received) => this.sendPassword(received, 'PASSWORD_SRP'),
    SELECT_CHALLENGE: (received) => this.selectChallenge(received),
    SELECT_MFA_TYPE: (received) => this.selectMfaType(received),
    MFA_SETUP: (received) => this.setUpMfa(received),
    DEVICE_SRP_AUTH: (received) => this.announceDevice(received),
    DEVICE_PASSWORD_VERIFIER: (received) => this.proveDevice(received),
  };

  constructor(
    private readonly request: SignInRequest,
    private readonly pool: UserPoolSettings,
    private readonly deps: SignInDeps,
    private readonly signal: AbortSignal | undefined,
  ) {
    const { method } = request;
    if (method === 'browser') {
      const data = { method, detail: 'the browser has a sign-in of its own' };
      throw new WorkbenchError('signin.flow-unsupported', data.detail, data);
    }
    this.flow = flows[method];
    this.username = request.username;
    this.password = request.password || undefined;
    this.session = method === 'choice' ? request.session : undefined;
    this.talk = new Conversation((question) => request.answer(question), deps.clock, request, signal);
  }

  async run(): Promise<SignedIn> {
    let step = await this.guarded(() => this.begin());
    while (step.kind !== 'tokens') {
      const { kind } = step;
      const received = kind === 'challenge' ? step : undefined;
      step = await this.guarded(() => (received ? this.meet(received) : this.begin()));
    }
    return this.signedIn(step.tokens);
  }

  private signedIn(tokens: AuthTokens): SignedIn {
    const deviceKey = tokens.newDevice?.deviceKey ?? this.device?.deviceKey;
    return {
      tokens,
      username: this.username,
      ...(tokens.newDevice ? { newDevice: tokens.newDevice } : {}),
      ...(deviceKey === undefined ? {} : { deviceKey }),
      ...(this.lostDevice ? { lostDevice: this.lostDevice } : {}),
    };
  }

  /** A device that Cognito no longer knows is left out, and the sign-in begins again without it: once. */
  private async guarded(step: () => Promise<Step>): Promise<Step> {
    try {
      return await step();
    } catch (error) {
      if (!this.device || !isUnknownDevice(error)) throw error;
      return this.withoutDevice();
    }
  }

  private withoutDevice(): Restart {
    this.lostDevice = this.device;
    this.device = undefined;
    return RESTART;
  }

  private async begin(): Promise<Step> {
    this.talk.begin();
    this.rounds.clear();
    this.username = this.talk.username = this.request.username;
    await this.findDevice();
    const wanted = this.flow.password(this.known());
    if (wanted && !(await this.havePassword(wanted))) return RESTART;
    const known = this.known();
    const parameters = {
      USERNAME: this.username,
      ...this.flow.parameters(known),
      ...this.proof(this.flow.proof(known)),
      ...this.deviceParameter(),
    };
    const { session } = this;
    this.session = undefined;
    throwIfAborted(this.signal);
    return this.deps.api.initiateAuth(
      {
        flow: this.flow.authFlow,
        clientId: this.pool.clientId,
        parameters: this.withSecretHash(parameters),
        ...(session === undefined ? {} : { session }),
      },
      this.signal,
    );
  }

  private async meet(received: ReceivedChallenge): Promise<Step> {
    this.talk.sessionBegan(received.session);
    this.rounds.set(received.name, (this.rounds.get(received.name) ?? 0) + 1);
    await this.learnName(received);
    const { name } = received;
    if (Object.hasOwn(this.steps, name)) return this.steps[name as StepName](received);
    const row = Object.hasOwn(challengeTable, name)
      ? challengeTable[name as keyof typeof challengeTable]
      : unknownChallenge;
    return this.question(received, row as Row);
  }

  /** The name that Cognito gives is the one for every hash, proof and answer from here on. */
  private async learnName(received: ReceivedChallenge): Promise<void> {
    const { USER_ID_FOR_SRP, USERNAME } = received.parameters;
    const name = USER_ID_FOR_SRP ?? (received.name === 'CUSTOM_CHALLENGE' ? USERNAME : undefined);
    if (!name || name === this.username) return;
    this.username = this.talk.username = name;
    await this.findDevice();
  }

  private async findDevice(): Promise<void> {
    if (this.device || this.lostDevice) return;
    this.device = await this.request.device?.(this.username);
  }

  private async question<K extends Kind>(received: ReceivedChallenge, row: Row<K>): Promise<Step> {
    const body = row.body(received, this.rounds.get(received.name) ?? 1);
    let problem: ServiceError | undefined;
    let kept = this.talk.takeKept(received.name) as AnswerTo<K> | undefined;
    for (;;) {
      const answer = kept ?? (await this.talk.ask<K>(body, problem));
      kept = undefined;
      if (answer.kind === 'restart') return RESTART;
      const given = answer as AnswerTo<K>;
      try {
        const device = row.deviceKey ? this.deviceParameter() : {};
        return await this.respond(received, { ...device, ...row.responses(body, given) });
      } catch (error) {
        if (!isServiceError(error)) throw error;
        if (row.again.includes(error.awsCode) && !isLost(error)) {
          problem = error;
          continue;
        }
        const keep = row.keeps ? { challenge: received.name, answer: given } : undefined;
        if (isSessionOver(error) && this.talk.startAgain(keep)) return RESTART;
        throw error;
      }
    }
  }

  private async sendPassword(
    received: ReceivedChallenge,
    challenge: 'PASSWORD' | 'PASSWORD_SRP',
    more: Record<string, string> = {},
  ): Promise<Step> {
    if (!(await this.havePassword(challenge))) return RESTART;
    const proof = this.proof(challenge === 'PASSWORD' ? 'password' : 'srp');
    return this.unlessOver(() => this.respond(received, { ...more, ...proof, ...this.deviceParameter() }));
  }

  /** Answered at once: Cognito waits a few seconds only. */
  private async provePassword(received: ReceivedChallenge): Promise<Step> {
    const { pair, password } = this;
    if (!pair || password === undefined)
      throw protocolError(`${received.name} came though no SRP_A was sent`);
    const userId = parameter(received, 'USER_ID_FOR_SRP');
    const { userPoolId } = this.pool;
    return this.respond(received, {
      ...this.claim(received, (challenge) =>
        passwordClaimSignature(this.deps.digest, pair, { ...challenge, userPoolId, userId, password }),
      ),
      ...this.deviceParameter(),
    });
  }

  private async selectChallenge(received: ReceivedChallenge): Promise<Step> {
    const options = received.availableChallenges;
    if (options.length === 0) throw protocolError(`${received.name} came without any challenge`);
    const option = await this.talk.choose('SELECT_CHALLENGE', options);
    if (typeof option !== 'string') return option;
    const more = { ANSWER: option };
    switch (option) {
      case 'PASSWORD':
      case 'PASSWORD_SRP':
        return this.sendPassword(received, option, more);
      case 'WEB_AUTHN':
        // Nothing here can use a passkey, so Cognito need not be asked for its challenge.
        return this.question(received, challengeTable.WEB_AUTHN);
      default:
        return this.unlessOver(() => this.respond(received, more));
    }
  }

  private async selectMfaType(received: ReceivedChallenge): Promise<Step> {
    const options = namesParameter(received, 'MFAS_CAN_CHOOSE');
    if (options.length === 0) throw protocolError(`${received.name} came without any method`);
    const option = await this.talk.choose('SELECT_MFA_TYPE', options);
    if (typeof option !== 'string') return option;
    return this.unlessOver(() => this.respond(received, { ANSWER: option }));
  }

  private async setUpMfa(received: ReceivedChallenge): Promise<Step> {
    const offered = namesParameter(received, 'MFAS_CAN_SETUP');
    const option = await this.talk.choose('MFA_SETUP', offered.length > 0 ? offered : ['SOFTWARE_TOKEN_MFA']);
    if (typeof option !== 'string') return option;
    if (option !== 'SOFTWARE_TOKEN_MFA') {
      throw new WorkbenchError('signin.challenge-unsupported', `${received.name} by ${option}`, {
        challenge: received.name,
        option,
      });
    }
    return this.unlessOver(() => this.setUpTotp(received));
  }

  private async setUpTotp(received: ReceivedChallenge): Promise<Step> {
    const account = { issuer: connectionLabel(this.request.connection), username: this.username };
    const session = await addAuthenticator(
      { api: this.deps.api, talk: this.talk, signal: this.signal },
      account,
      received.session ?? '',
    );
    return typeof session === 'string' ? this.respond({ ...received, session }, {}) : session;
  }

  private async announceDevice(received: ReceivedChallenge): Promise<Step> {
    if (!this.device) throw protocolError(`${received.name} came though no device key was sent`);
    return this.respond(received, { ...this.proof('srp'), ...this.deviceParameter() });
  }

  private async proveDevice(received: ReceivedChallenge): Promise<Step> {
    const { pair, device } = this;
    if (!pair || !device) throw protocolError(`${received.name} came though no device was announced`);
    const claim = this.claim(received, (challenge) =>
      deviceClaimSignature(this.deps.digest, pair, device, challenge),
    );
    try {
      return await this.respond(received, { ...claim, ...this.deviceParameter() });
    } catch (error) {
      if (isRefusedSecret(error)) return this.withoutDevice();
      throw error;
    }
  }

  /** PASSWORD_CLAIM_… and TIMESTAMP. */
  private claim(
    received: ReceivedChallenge,
    sign: (challenge: {
      saltHex: string;
      serverPublicHex: string;
      secretBlock: string;
      timestamp: string;
    }) => string,
  ): Record<string, string> {
    const secretBlock = parameter(received, 'SECRET_BLOCK');
    const timestamp = cognitoTimestamp(this.deps.clock.now());
    const [saltHex, serverPublicHex] = [parameter(received, 'SALT'), parameter(received, 'SRP_B')];
    return {
      PASSWORD_CLAIM_SIGNATURE: sign({ saltHex, serverPublicHex, secretBlock, timestamp }),
      PASSWORD_CLAIM_SECRET_BLOCK: secretBlock,
      TIMESTAMP: timestamp,
    };
  }

  /** The password as it is, or SRP_A of a fresh key pair. */
  private proof(kind: 'none' | 'password' | 'srp'): Record<string, string> {
    if (kind === 'none') return {};
    if (kind === 'password') return { PASSWORD: this.password ?? '' };
    this.pair = srpKeyPair(this.deps.digest);
    return { SRP_A: this.pair.publicHex };
  }

  private known(): Known {
    return { hasPassword: this.password !== undefined, preferred: this.talk.preferredChallenge };
  }

  /** False where the person went back instead. */
  private async havePassword(challenge: 'PASSWORD' | 'PASSWORD_SRP'): Promise<boolean> {
    if (this.password !== undefined) return true;
    const answer = await this.talk.ask<'password'>({ kind: 'password', challenge });
    if (answer.kind === 'restart') return false;
    this.password = answer.password;
    return true;
  }

  /** Runs a step that followed an answer of the person, who may have taken longer than the session lives. */
  private async unlessOver(step: () => Promise<Step>): Promise<Step> {
    try {
      return await step();
    } catch (error) {
      if (isSessionOver(error) && this.talk.startAgain()) return RESTART;
      throw error;
    }
  }

  private deviceParameter(): Record<string, string> {
    return this.device ? { DEVICE_KEY: this.device.deviceKey } : {};
  }

  private respond(challenge: ReceivedChallenge, responses: Record<string, string>): Promise<AuthAnswer> {
    throwIfAborted(this.signal);
    return this.deps.api.respondToAuthChallenge(
      {
        challengeName: challenge.name,
        clientId: this.pool.clientId,
        session: challenge.session,
        responses: this.withSecretHash({ USERNAME: this.username, ...responses }),
      },
      this.signal,
    );
  }

  /** The hash is over USERNAME of this very request: the alias at first, then the name that Cognito gave. */
  private withSecretHash(parameters: Record<string, string>): Record<string, string> {
    const { clientSecret } = this.request;
    if (!this.pool.hasClientSecret || !clientSecret) return parameters;
    const username = parameters.USERNAME ?? '';
    const hash = secretHash(this.deps.digest, username, this.pool.clientId, clientSecret);
    return { ...parameters, SECRET_HASH: hash };
  }
}

/** A session that was lost on the way cannot be answered again, though its code is one of bad values. */
function isLost(error: ServiceError): boolean {
  return error.awsCode === 'InvalidParameterException' && isSessionOver(error);
}
