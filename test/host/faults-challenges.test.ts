import assert from 'node:assert/strict';
import { TOTP } from 'otpauth';
import { useWorld } from '../support/host-world';

describe('faults in the middle of a sign-in', () => {
  const world = useWorld();

  /** Name and password of a user of the sandbox's other pools, up to the first challenge. */
  async function begins(username: string) {
    const { userPoolId, clientId, user } = world.sandbox.userAnywhere(username);
    await world.connect(world.tokensOnly('challenges', { userPoolId, clientId }));
    return user;
  }
  const asked = (words: RegExp) => world.person.questions.filter((question) => words.test(question.words));
  const failures = () => world.person.notices.filter(({ kind }) => kind === 'error');

  it('a wrong code three times: asked again with the reason, and started again where Cognito has had enough', async () => {
    const user = await begins('sms');
    world.person
      .types(/Code for sms/, '000000000', '111111111', '222222222')
      .typesLater(/Code for sms/, () => world.sandbox.lastCode('sms'))
      .typesLater(/Code for sms/, () => world.sandbox.lastCode('sms'));
    const requests = await world.requestsOf(() => world.signIn('challenges', user));
    const [first, ...problems] = asked(/Code for sms/).map(({ problem }) => problem);
    assert.equal(first, undefined);
    assert.equal(problems.length, 4);
    for (const problem of problems.slice(0, 3)) assert.match(problem ?? '', /Invalid code/);
    // The right code comes too late: Cognito takes three, and ends the session then.
    assert.match(problems[3] ?? '', /started again/);
    // SRP and four codes, SRP and one code: nothing is sent that the person did not ask for.
    assert.deepEqual(requests, { InitiateAuth: 2, RespondToAuthChallenge: 7 });
    assert.deepEqual(failures(), []);
  });

  it('a code after the session has expired: a new one is sent and asked for, with a word why', async () => {
    const user = await begins('sms');
    const codes: string[] = [];
    world.person
      .typesLater(/Code for sms/, async () => {
        await world.advance(200);
        codes.push(await world.sandbox.lastCode('sms'));
        return codes[0] ?? '';
      })
      .typesLater(/Code for sms/, () => world.sandbox.lastCode('sms'));
    const requests = await world.requestsOf(() => world.signIn('challenges', user));
    assert.equal(requests['InitiateAuth'], 2);
    const [first, second] = asked(/Code for sms/);
    assert.equal(first?.problem, undefined);
    assert.match(second?.problem ?? '', /again|new/);
    assert.deepEqual(failures(), []);
  });

  it("an authenticator's code after the session has expired is given once more without a question", async () => {
    const user = await begins('totp');
    const { totpSecret: secret } = user;
    assert.ok(secret);
    let late = 0;
    world.person.typesLater(/Code for totp/, async () => {
      late += 200_000;
      await world.advance(200);
      return new TOTP({ secret }).generate({ timestamp: Date.now() + late });
    });
    const requests = await world.requestsOf(() => world.signIn('challenges', user));
    assert.equal(requests['InitiateAuth'], 2);
    assert.equal(asked(/Code for totp/).length, 1);
  });

  it('a second sign-in takes the place of one that waits for a code', async () => {
    const user = await begins('sms');
    let second: Promise<unknown> | undefined;
    world.person
      .typesLater(/Code for sms/, async () => {
        second = world.trySignIn('challenges', user);
        await world.person.until('the second question', () => asked(/Code for sms/)[1]);
        return world.sandbox.lastCode('sms');
      })
      .typesLater(/Code for sms/, () => world.sandbox.lastCode('sms'));
    assert.equal(await world.trySignIn('challenges', user), undefined, 'the first is cancelled, silently');
    assert.ok(await second, world.person.report());
    assert.deepEqual(failures(), []);
    assert.equal(world.handle.store.list().length, 1);
  });

  it('a lockout is never tried again by itself, and says how long it lasts', async () => {
    const { user, ...pool } = await world.newPool();
    await world.connect(world.tokensOnly('locked', pool));
    const wrong = { ...user, password: 'wrong' };
    for (let turn = 0; turn < 6; turn++) {
      await world.trySignIn('locked', wrong);
      await world.person.sees(/^Cognito/);
    }
    const requests = await world.requestsOf(() => world.trySignIn('locked', user));
    assert.ok((requests['InitiateAuth'] ?? 0) <= 1, 'one try');
    const { text } = await world.person.sees(/has locked \S+ out for a while/);
    assert.match(text, /7 sign-ins in a row failed.*4 seconds/);
  });

  it('a sign-in that is given up at the code leaves nothing behind', async () => {
    const user = await begins('sms');
    world.person.escapes(/Code for sms/);
    assert.equal(await world.trySignIn('challenges', user), undefined);
    assert.deepEqual(failures(), []);
    assert.deepEqual(world.handle.store.list(), []);
    world.person.typesLater(/Code for sms/, () => world.sandbox.lastCode('sms'));
    await world.signIn('challenges', user);
  });
});
