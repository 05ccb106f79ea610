import assert from 'node:assert/strict';
import type { Explanation } from '../../src/core/diagnosis/types';
import type { Session, SessionRef } from '../../src/core/session/model';
import type { SignInRequest } from '../../src/core/signin/sign-in';
import type { CommandName } from '../../src/ids';
import type { Entry, TestUser, World } from './host-world';

/** A row of the error table, and how the sandbox is brought to produce it. */
export interface RowCase {
  readonly id: string;
  readonly what: string;
  readonly scene: () => Promise<Explanation>;
  readonly says: RegExp;
  /** There is nothing to press but the details: time alone helps. */
  readonly onlyTime?: true;
}

/** A test for each row: it is the row that was meant, says the right thing, and gives nothing away. */
export function testRows(rows: readonly RowCase[]): void {
  for (const { id, what, scene, says, onlyTime = false } of rows) {
    it(`${id}: ${what}`, async () => {
      const found = await scene();
      assert.equal(found.id, id, `${found.title}. ${found.why}`);
      const causes = (found.possibleCauses ?? []).map((cause) => cause.text);
      assert.match([found.title, found.why, found.fix, ...causes].join(' '), says);
      assert.ok(found.actions.length > (onlyTime ? 0 : 1), 'there is something to do');
      const details = new Map(found.details.map(({ label, value }) => [label, value]));
      for (const label of ['Operation', 'Code', 'Message', 'Request ID'])
        assert.ok(details.get(label), label);
      assert.doesNotMatch(JSON.stringify(found), /eyJ[\w-]{10}|-1-Sandbox!|not the secret/);
    });
  }
}

/** Ways to an explanation, each as a person would walk it. */
export class RowScenes {
  constructor(private readonly world: World) {}

  /** Of a refused sign-in. */
  async signIn(entry: Entry, user: TestUser, more: Entry = {}): Promise<Explanation> {
    await this.world.connect(entry);
    assert.equal(await this.world.trySignIn(String(entry['id']), user, more), undefined);
    return this.explained();
  }

  /** Of a sign-in that worked and brought no AWS credentials. */
  async federate(entry: Entry, user: TestUser = this.reader()): Promise<Explanation> {
    await this.world.connect(entry);
    await this.world.signIn(String(entry['id']), user);
    return this.explained();
  }

  /** Of a refresh of a session that was changed behind the product's back. */
  async refresh(change: (session: Session) => Session): Promise<Explanation> {
    await this.world.connect(this.world.entry('notes'));
    const ref = await this.world.signIn('notes', 'reader');
    await this.world.doctor(ref, change);
    await this.world.run('refreshCredentials', { ref });
    return this.explained();
  }

  /** Of a refresh token that is refused; the sign-in that opens then is left. */
  async renew(ref: SessionRef): Promise<Explanation> {
    await this.world.makeDue(ref);
    this.world.person.escapes(/User name, or/);
    await this.world.run('refreshCredentials', { ref });
    return this.explained();
  }

  /** Of a sign-in whose new-password challenge is answered by the test. */
  async challenge(
    connectionId: string,
    user: TestUser,
    answer: SignInRequest['answer'],
  ): Promise<Explanation> {
    const { node } = await this.world.connectionLine(connectionId);
    assert.ok(node.kind === 'connection' && node.entry.ok);
    const { connection } = node.entry;
    const sessions = await this.world.handle.sessions();
    const error: unknown = await sessions.signIn(connection, { method: 'srp', ...user, answer }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return this.world.handle.failures.explain(error, { connection, username: user.username });
  }

  /** Of a user of the sandbox's other pools; what is asked is answered by the test. */
  async challengeOf(username: string, answer: SignInRequest['answer']): Promise<Explanation> {
    const { userPoolId, clientId, user } = this.world.sandbox.userAnywhere(username);
    await this.world.connect(this.world.tokensOnly('challenges', { userPoolId, clientId }));
    return this.challenge('challenges', user, answer);
  }

  /** Of whatever a command runs into. */
  async command(name: CommandName, argument: unknown): Promise<Explanation> {
    await this.world.run(name, argument);
    return this.explained();
  }

  /** Of a listing in the Inspector. */
  async list(ref: SessionRef, bucket: string, prefix: string): Promise<Explanation> {
    return (await this.world.inspect(ref)).refused('s3/list', { bucket, prefix, filter: '' });
  }

  reader(): TestUser {
    return this.world.sandbox.user('reader');
  }

  named(username: string): { UserPoolId: string; Username: string } {
    return { UserPoolId: this.world.sandbox.userPoolId, Username: username };
  }

  backendId(): string | undefined {
    const [pool] = this.world.sandbox.description.userPools;
    return pool?.clients.find(({ name }) => name === 'backend')?.id;
  }

  withIdToken(session: Session, change: (token: string) => string): Session {
    const { tokens } = session;
    return tokens?.idToken ? { ...session, tokens: { ...tokens, idToken: change(tokens.idToken) } } : session;
  }

  private explained(): Promise<Explanation> {
    return this.world.person.until('explanation', () => this.world.explained.at(-1));
  }
}
