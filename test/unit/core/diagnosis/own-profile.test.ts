import assert from 'node:assert/strict';
import { explain } from '../../../../src/core/diagnosis';
import { WorkbenchError } from '../../../../src/core/errors';
import { nowMs } from './scene';

const explained = (data: Record<string, string>) =>
  explain(new WorkbenchError('federation.profile-failed', 'x', { profile: "o'neill", ...data }), { nowMs });

describe('diagnosis: AWS profiles that give no credentials', () => {
  for (const [reason, says, command] of [
    ['unknown', /no AWS profile "o'neill"/, String.raw`aws configure --profile 'o'\''neill'`],
    ['process', /process of the AWS profile/, String.raw`aws sts get-caller-identity --profile 'o'\''neill'`],
    ['mfa', /MFA code/, undefined],
    ['refused', /may not take its role/, String.raw`aws sts get-caller-identity --profile 'o'\''neill'`],
    ['other', /gives no credentials/, String.raw`aws sts get-caller-identity --profile 'o'\''neill'`],
  ] as const) {
    it(`${reason}: a sentence, a way out, and the command for it`, () => {
      const found = explained({ reason });
      assert.match(found.title, says);
      assert.equal(found.cliCommand, command);
      assert.equal(found.actions.includes('copy-cli-command'), command !== undefined);
      assert.ok(found.actions.includes('set-aws-profile'));
      assert.doesNotMatch(`${found.title} ${found.why} ${found.fix}`, /undefined|\{\d\}|\(\)/);
    });
  }

  it('what a process wrote is shown without secrets', () => {
    const found = explained({ reason: 'process', detail: 'refused for AKIAIOSFODNN7EXAMPLE' });
    assert.match(found.why, /refused for AKIA…MPLE/);
    assert.doesNotMatch(JSON.stringify(found), /AKIAIOSFODNN7EXAMPLE/);
  });

  it('name the sign-in that has ended, that of the source profile, and the command that renews it', () => {
    const sso = explained({ reason: 'sso', source: 'corp', detail: 'Token is expired' });
    assert.match(sso.why, /\(Token is expired\)/);
    assert.equal(sso.cliCommand, 'aws sso login --profile corp');
    assert.ok(sso.fix.endsWith('aws sso login --profile corp'));
    assert.equal(explained({ reason: 'login', source: 'corp' }).cliCommand, 'aws login --profile corp');
  });
});
