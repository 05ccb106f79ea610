import assert from 'node:assert/strict';
import type { Call } from '../../../../sandbox/kernel/types';
import { ADMIN } from '../sigv4/signed-requests';
import { stsScene } from './scene';

const CALL: Call = { requestId: 'r', sourceIp: '127.0.0.1', principal: ADMIN };

describe('sandbox sts: GetCallerIdentity', () => {
  const { service } = stsScene();
  const run = service.operations['GetCallerIdentity'];

  it('tells who signed', () => {
    assert.deepEqual(run?.({}, CALL), {
      UserId: '123456789012',
      Account: '123456789012',
      Arn: 'arn:aws:iam::123456789012:root',
    });
  });

  it('is refused unsigned', () => {
    assert.deepEqual([...service.unsigned], ['AssumeRoleWithWebIdentity']);
    assert.throws(() => run?.({}, { ...CALL, principal: undefined }), { code: 'MissingAuthenticationToken' });
  });
});
