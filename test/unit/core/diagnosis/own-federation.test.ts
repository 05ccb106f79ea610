import assert from 'node:assert/strict';
import { explain } from '../../../../src/core/diagnosis';
import { WorkbenchError } from '../../../../src/core/errors';
import { encodeKeyForUri } from '../../../../src/core/s3/key-uri';
import { nowMs, scene } from './scene';
import { awsRows } from './table/aws-rows';
import { identityPoolRows } from './table/identity-pool-rows';

describe('diagnosis: federation and addresses, beside the table', () => {
  it('the login of a developer identity is renewed by the developer', () => {
    const error = new WorkbenchError('federation.login-expired', 'x', { kind: 'developer', name: 'anna' });
    const found = explain(error, { nowMs });
    assert.equal(found.title, 'The login of anna has ended');
    assert.match(found.why, /your backend/);
    assert.deepEqual(found.actions, ['sign-in-as-developer', 'show-details']);
    const user = new WorkbenchError('federation.login-expired', 'x', { kind: 'user' });
    assert.equal(explain(user, scene()).actions[0], 'sign-in-again');
  });

  it('a missing developer provider comes with the command that reads it', () => {
    const found = explain(new WorkbenchError('federation.no-developer-provider', 'x'), scene());
    assert.match(found.cliCommand ?? '', /describe-identity-pool .*--query DeveloperProviderName/);
  });

  it('row 120: an address that VS Code cannot take', () => {
    const thrown = Object.assign(new Error('[UriError]: Scheme contains illegal characters.'), {
      name: 'Error',
    });
    const found = explain(thrown, scene({ bucket: 'notes', key: 'private/us-east-1:guid/a' }));
    assert.equal(found.id, 'E120');
    assert.match(found.title, /s3:\/\/notes\/private\/us-east-1:guid\/a/);
    assert.equal(found.actions[0], 'show-log');
    assert.equal(encodeKeyForUri('private/us-east-1:guid/a'), 'private/us-east-1~3Aguid/a');
  });

  for (const { row, what, error } of [...identityPoolRows, ...awsRows]) {
    it(`row ${row} speaks with nothing known around it: ${what}`, () => {
      const found = explain(error, { nowMs });
      const texts = [
        found.title,
        found.why,
        found.fix,
        ...(found.possibleCauses ?? []).map(({ text }) => text),
      ];
      for (const text of texts) {
        assert.match(text, /^\S.*\S$/);
        assert.doesNotMatch(text, /undefined|\{\d\}| {2}|\(\)|""/);
      }
      assert.ok(found.title.length <= 100, found.title);
      assert.ok(found.actions.length > 0);
    });
  }
});
