import assert from 'node:assert/strict';
import type { TriggerEvent, TriggerFunction, TriggerName } from '../../../../sandbox/userpools/triggers';
import { EVERY_FLOW, Scene, members, refuses, text, type Members, type Refusal } from './scene';

const WRONG: Refusal = { code: 'NotAuthorizedException', message: 'Incorrect username or password.' };
const UNRECOGNIZABLE: Refusal = {
  code: 'InvalidLambdaResponseException',
  message: 'Unrecognizable lambda output',
};
const FLOWS = [...EVERY_FLOW, 'ALLOW_CUSTOM_AUTH'];
const arn = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

type Triggers = Partial<Record<TriggerName, TriggerFunction>>;

/** As many right answers as `rounds`; the right answer to a question is its number. */
function scripts(rounds: number): Triggers {
  const right = (event: TriggerEvent): number =>
    (event.request['session'] as { challengeResult: boolean; challengeName: string }[]).filter(
      ({ challengeName, challengeResult }) => challengeName === 'CUSTOM_CHALLENGE' && challengeResult,
    ).length;
  return {
    DefineAuthChallenge(event) {
      const session = event.request['session'] as { challengeName: string; challengeResult: boolean }[];
      event.response['issueTokens'] = right(event) >= rounds;
      event.response['failAuthentication'] = session.some(({ challengeResult }) => !challengeResult);
      event.response['challengeName'] =
        session.at(-1)?.challengeName === 'SRP_A' ? 'PASSWORD_VERIFIER' : 'CUSTOM_CHALLENGE';
      return event;
    },
    CreateAuthChallenge(event) {
      const number = String(right(event) + 1);
      event.response['publicChallengeParameters'] = { question: `Number ${number}?` };
      event.response['privateChallengeParameters'] = { answer: number };
      event.response['challengeMetadata'] = `ROUND_${number}`;
      return event;
    },
    VerifyAuthChallengeResponse(event) {
      const { answer } = event.request['privateChallengeParameters'] as { answer: string };
      event.response['answerCorrect'] = event.request['challengeAnswer'] === answer;
      return event;
    },
  };
}

describe('sandbox user pools: CUSTOM_AUTH', () => {
  let scene: Scene;

  async function create(triggers: Triggers): Promise<void> {
    const LambdaConfig = Object.fromEntries(Object.keys(triggers).map((name) => [name, arn(name)]));
    scene = await Scene.create({ LambdaConfig }, { ExplicitAuthFlows: FLOWS });
    for (const [name, run] of Object.entries(triggers)) scene.pools.context.functions.set(arn(name), run);
    await scene.addUser('reader', { email: 'reader@example.com' });
  }

  const begin = (username = 'reader', more: Members = {}): Promise<Members> =>
    scene.call('InitiateAuth', {
      AuthFlow: 'CUSTOM_AUTH',
      ClientId: scene.clientId,
      AuthParameters: { USERNAME: username, ...more },
    });

  it('asks as often as the triggers want, and shows only the public parameters', async () => {
    await create(scripts(3));
    let challenge = await begin();
    for (const number of ['1', '2', '3']) {
      assert.equal(challenge['ChallengeName'], 'CUSTOM_CHALLENGE');
      assert.deepEqual(challenge['ChallengeParameters'], {
        question: `Number ${number}?`,
        USERNAME: 'reader',
      });
      challenge = await scene.respond(challenge, { ANSWER: number });
    }
    assert.ok(text(challenge['AuthenticationResult'], 'IdToken'));
  });

  it('ends where the triggers say that the answer was wrong', async () => {
    await create(scripts(2));
    const challenge = await scene.respond(await begin(), { ANSWER: '1' });
    const wrong = scene.response(challenge, { ANSWER: '1' });
    await scene.refuses('RespondToAuthChallenge', wrong, WRONG);
    await scene.refuses('RespondToAuthChallenge', scene.response(challenge, { ANSWER: '2' }), {
      code: 'NotAuthorizedException',
      message: 'Invalid session for the user, session can only be used once.',
    });
  });

  it('gives the triggers what AWS gives them', async () => {
    const events: TriggerEvent[] = [];
    const recorded = Object.entries(scripts(1)).map(([name, run]) => [
      name,
      (event: TriggerEvent): unknown => {
        events.push(structuredClone(event));
        return run(event);
      },
    ]);
    await create(Object.fromEntries(recorded) as Triggers);
    await scene.call('RespondToAuthChallenge', {
      ...scene.response(await begin(), { ANSWER: '1' }),
      ClientMetadata: { colour: 'blue' },
    });
    assert.deepEqual(
      events.map(({ triggerSource }) => triggerSource),
      [
        'DefineAuthChallenge_Authentication',
        'CreateAuthChallenge_Authentication',
        'VerifyAuthChallengeResponse_Authentication',
        'DefineAuthChallenge_Authentication',
      ],
    );
    const [define, createEvent, verify, last] = events;
    assert.equal(define?.userName, 'reader');
    assert.equal(define.callerContext.clientId, scene.clientId);
    assert.equal(members(define.request['userAttributes'])['email'], 'reader@example.com');
    assert.deepEqual(define.request['session'], []);
    assert.equal(createEvent?.request['challengeName'], 'CUSTOM_CHALLENGE');
    assert.deepEqual(verify?.request['privateChallengeParameters'], { answer: '1' });
    assert.deepEqual(verify.request['clientMetadata'], { colour: 'blue' });
    assert.deepEqual(last?.request['session'], [
      { challengeName: 'CUSTOM_CHALLENGE', challengeResult: true, challengeMetadata: 'ROUND_1' },
    ]);
  });

  it('tells the triggers of users that there are not, and lets none of them in', async () => {
    const seen: unknown[] = [];
    const triggers = scripts(1);
    await create({
      ...triggers,
      CreateAuthChallenge(event) {
        seen.push(event.request['userNotFound']);
        return triggers.CreateAuthChallenge?.(event);
      },
    });
    const challenge = await begin('nobody');
    assert.equal(challenge['ChallengeName'], 'CUSTOM_CHALLENGE');
    await scene.refuses('RespondToAuthChallenge', scene.response(challenge, { ANSWER: '1' }), WRONG);
    assert.deepEqual(seen, [true]);
  });

  it('asks for no second factor of its own', async () => {
    await create(scripts(1));
    await scene.setMfa('ON');
    const done = await scene.respond(await begin(), { ANSWER: '1' });
    assert.ok(done['AuthenticationResult']);
  });

  const failures: readonly [name: string, triggers: Triggers, refusal: Refusal][] = [
    [
      'DefineAuthChallenge throws',
      {
        DefineAuthChallenge: () => {
          throw new Error('Not today');
        },
      },
      {
        code: 'UserLambdaValidationException',
        message: 'DefineAuthChallenge failed with error Not today.',
      },
    ],
    [
      'CreateAuthChallenge throws',
      {
        CreateAuthChallenge: () => {
          throw new Error('No question left');
        },
      },
      {
        code: 'UserLambdaValidationException',
        message: 'CreateAuthChallenge failed with error No question left.',
      },
    ],
    ['a trigger gives nothing back', { CreateAuthChallenge: () => undefined }, UNRECOGNIZABLE],
    [
      'DefineAuthChallenge decides nothing',
      { DefineAuthChallenge: (event) => ({ ...event, response: {} }) },
      UNRECOGNIZABLE,
    ],
    [
      'the public parameters are a word',
      { CreateAuthChallenge: (event) => ({ ...event, response: { publicChallengeParameters: 'x' } }) },
      UNRECOGNIZABLE,
    ],
    [
      'the user may not sign in today',
      {
        PreAuthentication: () => {
          throw new Error('Closed on Sundays');
        },
      },
      {
        code: 'UserLambdaValidationException',
        message: 'PreAuthentication failed with error Closed on Sundays.',
      },
    ],
  ];
  for (const [name, triggers, refusal] of failures) {
    it(`says so where ${name}`, async () => {
      await create({ ...scripts(1), ...triggers });
      await refuses(() => begin(), refusal);
    });
  }

  it('says so where VerifyAuthChallengeResponse throws, and keeps the session', async () => {
    const triggers = scripts(1);
    let broken = true;
    await create({
      ...triggers,
      VerifyAuthChallengeResponse(event) {
        if (broken) throw new Error('Try again');
        return triggers.VerifyAuthChallengeResponse?.(event);
      },
    });
    const answer = scene.response(await begin(), { ANSWER: '1' });
    await scene.refuses('RespondToAuthChallenge', answer, {
      code: 'UserLambdaValidationException',
      message: 'VerifyAuthChallengeResponse failed with error Try again.',
    });
    broken = false;
    assert.ok((await scene.call('RespondToAuthChallenge', answer))['AuthenticationResult']);
  });

  it('says so where a trigger names a function that there is not', async () => {
    await create(scripts(1));
    scene.pools.context.functions.delete(arn('DefineAuthChallenge'));
    await refuses(() => begin(), {
      code: 'UnexpectedLambdaException',
      message: 'DefineAuthChallenge invocation failed due to configuration.',
    });
  });

  it('is refused where the pool has no triggers, and where the client does not have it', async () => {
    scene = await Scene.create({}, { ExplicitAuthFlows: FLOWS });
    await scene.addUser('reader');
    await refuses(() => begin(), {
      code: 'InvalidParameterException',
      message: 'Custom auth lambda trigger is not configured for the user pool.',
    });
    scene.clientId = await scene.addClient();
    await refuses(() => begin(), {
      code: 'InvalidParameterException',
      message: 'CUSTOM_AUTH is not enabled for the client.',
    });
  });

  it('is all there is for clients that were made so', async () => {
    await create(scripts(1));
    scene.clientId = await scene.addClient({ ExplicitAuthFlows: ['CUSTOM_AUTH_FLOW_ONLY'] });
    await scene.refuses(
      'InitiateAuth',
      {
        AuthFlow: 'USER_SRP_AUTH',
        ClientId: scene.clientId,
        AuthParameters: { USERNAME: 'reader', SRP_A: 'abcdef' },
      },
      {
        code: 'InvalidParameterException',
        message: 'Only custom auth (lambda driven) is enabled for this client.',
      },
    );
    assert.equal((await begin())['ChallengeName'], 'CUSTOM_CHALLENGE');
  });

  it('wants SRP_A where SRP comes first', async () => {
    await create(scripts(1));
    await refuses(() => begin('reader', { CHALLENGE_NAME: 'SRP_A' }), {
      code: 'InvalidParameterException',
      message: 'Missing required parameter SRP_A',
    });
    const challenge = await begin('reader', { CHALLENGE_NAME: 'SRP_A', SRP_A: 'abcdef' });
    assert.equal(challenge['ChallengeName'], 'PASSWORD_VERIFIER');
    assert.ok(challenge['Session']);
  });
});
