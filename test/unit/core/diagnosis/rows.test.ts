import assert from 'node:assert/strict';
import { explain } from '../../../../src/core/diagnosis';
import type { Explanation } from '../../../../src/core/diagnosis';
import { scene } from './scene';
import { accountRows } from './table/account-rows';
import { awsRows } from './table/aws-rows';
import { challengeRows } from './table/challenge-rows';
import type { Expectation } from './table/expectation';
import { hostedUiRows } from './table/hosted-ui-rows';
import { identityPoolRows } from './table/identity-pool-rows';
import { signInRows } from './table/sign-in-rows';
import { userTokenRows } from './table/user-token-rows';

const table = [
  ...signInRows,
  ...challengeRows,
  ...userTokenRows,
  ...hostedUiRows,
  ...identityPoolRows,
  ...awsRows,
];

describe('diagnosis: the rows of the error table', () => {
  for (const { row, what, error, context, ...expected } of table) {
    it(`row ${row}: ${what}`, () => {
      const found = explain(error, context ?? scene());
      assert.match(found.id, expected.id ? new RegExp(`^${expected.id}$`) : new RegExp(`^[A-F]${row}$`));
      assertSays(found, expected);
    });
  }

  for (const { id, error, context, ...expected } of accountRows) {
    it(`of an account: ${id}: ${error.awsMessage}`, () => {
      const found = explain(error, context ?? scene());
      assert.equal(found.id, `N.account.${id}`);
      assertSays(found, expected);
    });
  }

  it('covers every row that the issue names (56, 57, 121 and 122 are in own-codes, 120 in own-federation)', () => {
    const required = [
      ...Array.from({ length: 48 }, (_, index) => index + 1),
      ...[49, 50, 51, 52, 53, 54, 55, 58, 59, 60, 61, 62],
      ...Array.from({ length: 57 }, (_, index) => index + 63),
    ];
    const covered = new Set(table.map((entry) => entry.row));
    assert.deepEqual(
      required.filter((row) => !covered.has(row)),
      [],
    );
  });
});

function assertSays(found: Explanation, expected: Omit<Expectation, 'row' | 'what' | 'error'>): void {
  assertHolds(found.title, expected.title, 'title');
  assertHolds(found.why, expected.why, 'why');
  assertHolds(found.fix, expected.fix, 'fix');
  assert.equal(found.actions[0], expected.first);
  for (const action of expected.also ?? []) assert.ok(found.actions.includes(action), action);
  assertInOrder(found.possibleCauses?.map((cause) => cause.text) ?? [], expected.causes ?? []);
  for (const part of expected.cli ?? []) {
    assert.ok(found.cliCommand?.includes(part), `command: ${found.cliCommand} lacks ${part}`);
  }
}

function assertHolds(text: string, parts: readonly string[] | undefined, where: string): void {
  for (const part of parts ?? []) assert.ok(text.includes(part), `${where}: "${text}" lacks "${part}"`);
}

/** Each expected fragment in some cause, later fragments in later causes. */
function assertInOrder(causes: readonly string[], parts: readonly string[]): void {
  let from = 0;
  for (const part of parts) {
    const at = causes.findIndex((cause, index) => index >= from && cause.includes(part));
    assert.ok(at >= 0, `no cause after ${from} holds "${part}": ${JSON.stringify(causes, undefined, 1)}`);
    from = at + 1;
  }
}
