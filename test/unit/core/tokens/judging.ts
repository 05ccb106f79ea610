import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/connection/model';
import { decodeToken } from '../../../../src/core/tokens/decode';
import {
  type Judgement,
  judgeToken,
  type Verdict,
  type VerdictCheck,
} from '../../../../src/core/tokens/verdicts';
import { idClaims, ISSUED, openIdClaims, tokenOf } from './make';

export const nowMs = (ISSUED + 1) * 1000;
export const connection: Connection = {
  id: 'sandbox',
  userPool: {
    userPoolId: 'us-east-1_Sandbox01',
    clientId: idClaims.aud,
    hasClientSecret: false,
    signIn: 'srp',
    scopes: [],
    callbackPorts: [],
  },
  identityPool: { identityPoolId: openIdClaims.aud, flow: 'enhanced' },
};
export const all: Judgement = { connection, nowMs, expectedUse: 'id', signature: { ok: true, kid: 'k1' } };

export const judge = (claims: object, against: Partial<Judgement> = {}): Verdict[] =>
  judgeToken(decodeToken(tokenOf(claims)), { ...all, ...against });
export const verdict = (check: VerdictCheck, claims: object, against: Partial<Judgement> = {}): Verdict => {
  const found = judge(claims, against).find((item) => item.check === check);
  assert.ok(found);
  return found;
};
