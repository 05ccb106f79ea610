import assert from 'node:assert/strict';
import type { Entry } from '../support/host-world';
import type { SessionRef } from '../../src/core/session/model';
import type { FaultOrder } from '../support/sandbox';
import { useWorld } from '../support/host-world';

describe('faults of the network', () => {
  const world = useWorld();
  let admin: SessionRef;

  /** Everywhere: admin is signed in on `good`, and works after whatever happened to the others. */
  const begin = async (...entries: Entry[]): Promise<void> => {
    await world.connect(world.entry('good'), ...entries);
    admin = await world.signIn('good', 'admin');
  };

  /** An entry whose services all stand at another address. */
  const at = (address: string): Entry =>
    world.entry('far', { endpoints: { cognitoIdp: address, cognitoIdentity: address, s3: address } });

  it('an endpoint that nobody answers at', async () => {
    await begin(at('http://127.0.0.1:9'));
    assert.equal(await world.trySignIn('far', world.sandbox.user('reader')), undefined);
    const { kind, text, buttons } = await world.person.sees(/Nothing answers at http:\/\/127\.0\.0\.1:9/);
    assert.equal(kind, 'error');
    assert.match(text, /sandbox|stand-in|running/);
    assert.ok(buttons.includes('Try Again'));
    await world.stillWorks(admin);
  });

  it('a name that DNS does not know', async () => {
    await begin(at('http://cognito.invalid'));
    await world.trySignIn('far', world.sandbox.user('reader'));
    const { text, buttons } = await world.person.sees(/^The name .*cognito\.invalid was not found/);
    assert.equal(world.explained.at(-1)?.id, 'N.dns', text);
    assert.deepEqual(buttons, ['Try Again', 'Edit Connection', 'Show Details']);
    await world.stillWorks(admin);
  });

  const answers: { what: string; fault: Omit<FaultOrder, 'operation'>; id: string; says: RegExp }[] = [
    {
      what: 'a page of a proxy in place of JSON',
      fault: { kind: 'html' },
      id: 'N.not-aws',
      says: /Something else answered in place of .* web page/,
    },
    { what: 'throttling', fault: { kind: 'throttle' }, id: 'A36', says: /Too many requests for / },
    {
      what: 'a reset in mid-answer',
      fault: { kind: 'reset' },
      id: 'N.reset',
      says: /broke|broken off|reset|cut/,
    },
    {
      what: 'an answer that is cut off',
      fault: { kind: 'truncate' },
      id: 'N.reset',
      says: /broke|broken off|reset|cut/,
    },
    { what: 'an answer that is no JSON', fault: { kind: 'malformed' }, id: 'N.not-aws', says: /unreadable/ },
    {
      what: 'a firewall',
      fault: { kind: 'status', value: 403 },
      id: 'A38',
      says: /A firewall blocked the request/,
    },
  ];

  for (const { what, fault, id, says } of answers) {
    it(`${what}, at the sign-in: one request, and the next try works`, async () => {
      await begin();
      const { person } = world;
      const reader = world.sandbox.user('reader');
      await world.sandbox.control.fault({ operation: 'InitiateAuth', ...fault });
      const requests = await world.requestsOf(() => world.trySignIn('good', reader));
      assert.deepEqual(requests, { InitiateAuth: 1 });
      const { text, buttons } = await person.sees(says);
      assert.equal(world.explained.at(-1)?.id, id, text);
      assert.equal(buttons[0], 'Try Again');
      await world.stillWorks(admin);
      await world.stillWorks(await world.signIn('good', reader));
    });

    it(`${what}, at the refresh: what is left still counts`, async () => {
      await begin();
      const ref = await world.signIn('good', 'reader');
      const before = await world.session(ref);
      await world.sandbox.control.fault({ operation: 'GetCredentialsForIdentity', ...fault });
      await world.run('refreshCredentials', { ref });
      const { text } = await world.person.sees(says);
      assert.equal(world.explained.at(-1)?.id, id, text);
      assert.deepEqual((await world.session(ref)).credentials, before.credentials);
      const line = await world.identityLine(ref);
      assert.equal(line.icon, 'error');
      assert.match(line.tooltip, says);
      await world.stillWorks(admin);
      await world.stillWorks(ref);
    });
  }

  it('Try Again opens the sign-in with the user name filled in', async () => {
    await begin();
    const { person } = world;
    const reader = world.sandbox.user('reader');
    await world.sandbox.control.fault({ operation: 'InitiateAuth', kind: 'html' });
    person.pressesButton(/Something else answered/, 'Try Again');
    await world.trySignIn('good', reader);
    person.types(/User name, or/, reader.username).types(/Password of/, reader.password);
    await person.until('session', () => world.handle.store.list().find(({ name }) => name === 'reader'));
    assert.equal(person.questions.at(-2)?.value, 'reader');
    await world.stillWorks(admin);
  });

  it('a fault between the tokens and the credentials loses neither', async () => {
    await begin();
    await world.sandbox.control.fault({ operation: 'GetId', kind: 'throttle' });
    const ref = await world.signIn('good', 'reader');
    await world.person.sees(/Too many requests for GetId/);
    const session = await world.session(ref);
    assert.ok(session.tokens?.refreshToken);
    assert.equal(session.credentials, undefined);
    assert.equal((await world.identityLine(ref)).icon, 'error');
    await world.stillWorks(admin);
    await world.stillWorks(ref);
  });

  it('10 s without an answer, cancelled: silent, at once, and nothing has happened', async () => {
    await begin();
    await world.sandbox.control.fault({ operation: 'InitiateAuth', kind: 'delay', value: 10_000 });
    world.person.cancelsProgress(/^Signing in reader to good/);
    const started = Date.now();
    assert.equal(await world.trySignIn('good', world.sandbox.user('reader')), undefined);
    assert.ok(Date.now() - started < 5000, 'did not wait for the answer');
    assert.deepEqual(world.person.progress, ['Signing in reader to good']);
    assert.deepEqual(
      world.person.notices.filter(({ kind }) => kind === 'error'),
      [],
    );
    assert.deepEqual(
      world.handle.store.list().map(({ name }) => name),
      ['admin'],
    );
    await world.stillWorks(admin);
  });

  it('a slow refresh, cancelled: the session is as before', async () => {
    await begin();
    const ref = await world.signIn('good', 'reader');
    const before = await world.session(ref);
    await world.sandbox.control.fault({
      operation: 'GetCredentialsForIdentity',
      kind: 'delay',
      value: 10_000,
    });
    world.person.cancelsProgress(/^Refreshing the credentials of reader/);
    await world.run('refreshCredentials', { ref });
    assert.deepEqual(await world.session(ref), before);
    assert.equal((await world.identityLine(ref)).icon, 'account');
    await world.stillWorks(admin);
    await world.stillWorks(ref);
  });

  it('a clock that is 10 minutes off: the refused password proof names the clock', async () => {
    await begin();
    await world.advance(600);
    const { person } = world;
    const reader = world.sandbox.user('reader');
    person.pressesButton(/Cognito refused the sign-in of reader/, 'Compare Clocks');
    await world.trySignIn('good', reader);
    const { text } = await person.sees(/The password proof carries the time/);
    assert.match(text, /10 minutes/);
    await world.stillWorks(admin);
    await world.stillWorks(await world.signIn('good', reader, { method: 'password' }));
  });

  it('a clock that is 10 minutes off: signed calls work all the same', async () => {
    await begin();
    const ref = await world.signIn('good', 'reader');
    for (const seconds of [600, -1200]) {
      await world.advance(seconds);
      const page = await world.inspect(ref);
      assert.equal((await page.get('credentials/load', {})).roleName, 'Readers');
      const { bucket } = world.sandbox;
      const { objects } = await page.get('s3/list', { bucket, prefix: 'public/odd/', filter: '' });
      assert.ok(objects.length > 5);
      await world.doctor(ref, ({ caller: _old, ...session }) => session);
    }
    await world.stillWorks(admin);
  });
});
