import assert from 'node:assert/strict';
import fc from 'fast-check';
import { config } from '@vscode/l10n';
import { configureText, explain } from '../../../../src/core/diagnosis';
import type { ServiceName } from '../../../../src/core/errors';
import { WorkbenchError } from '../../../../src/core/errors';
import { claims, connection, identityId, nowMs, refusal, scene, wordsOf } from './scene';

const services: readonly ServiceName[] = ['cognito-idp', 'cognito-identity', 'sts', 'iam', 's3', 'oauth'];
const codes = [
  'NotAuthorizedException',
  'InvalidParameterException',
  'ResourceNotFoundException',
  'UserNotFoundException',
  'UserLambdaValidationException',
  'LimitExceededException',
  'InternalErrorException',
  'AccessDenied',
  'NoSuchBucket',
  'NoSuchKey',
  'InvalidObjectState',
  'WhatIsThisException',
  'Unknown',
  '',
];

describe('diagnosis: answers that no row knows', () => {
  for (const service of services) {
    for (const code of codes) {
      it(`${service} ${code || '(no code)'}`, () => {
        const error = refusal(service, 'DoSomething', code, 'Odd words of the service.', {
          requestId: 'r-1',
        });
        for (const context of [scene(), { nowMs }]) {
          const found = explain(error, context);
          const words = `${found.title}\n${found.why}\n${found.fix}`;
          assert.doesNotMatch(words, /something went wrong|undefined|\{\d\}/i);
          assert.doesNotMatch(found.title, /^\w*(Exception|Error|Denied)$/);
          assert.match(found.title, / /, 'a title is more than a name');
          assert.ok(found.actions.includes('show-details'));
        }
      });
    }
  }

  it('shows the raw words of what it cannot explain', () => {
    const found = explain(refusal('cognito-idp', 'InitiateAuth', 'NewException', 'Odd words.'), scene());
    assert.equal(found.title, 'Cognito refused InitiateAuth');
    assert.match(found.why, /It says: "Odd words\."/);
  });

  it('calls a fault of the service by that name', () => {
    const found = explain(
      refusal('s3', 'GetObject', 'UnknownError', 'UnknownError', { status: 503 }),
      scene(),
    );
    assert.equal(found.id, 'S.Unavailable');
    assert.match(found.title, /^Amazon S3 has a fault/);
    assert.doesNotMatch(found.why, /UnknownError/);
  });

  it('speaks of a missing bucket, a missing object and an archived one', () => {
    const at = scene({ bucket: 'notes', key: 'a.txt' });
    assert.match(explain(refusal('s3', 'ListObjectsV2', 'NoSuchBucket', 'x'), at).title, /no bucket notes/);
    assert.match(explain(refusal('s3', 'HeadBucket', 'NotFound', 'x'), at).title, /no bucket notes/);
    assert.match(
      explain(refusal('s3', 'HeadObject', 'NotFound', 'x'), at).title,
      /s3:\/\/notes\/a\.txt does not/,
    );
    assert.match(explain(refusal('s3', 'GetObject', 'InvalidObjectState', 'x'), at).title, /archived/);
  });

  it('tells a wrong signature from a wrong clock', () => {
    const found = explain(refusal('s3', 'GetObject', 'SignatureDoesNotMatch', 'We calculated …'), scene());
    assert.equal(found.id, 'S.Signature');
    assert.equal(found.actions[0], 'refresh-credentials');
  });

  it('reads codes with a namespace', () => {
    const error = refusal('cognito-idp', 'InitiateAuth', 'com.amazonaws.x#UserNotConfirmedException', 'x');
    assert.equal(explain(error, scene()).id, 'A17');
    assert.equal(explain(refusal('sts', 'X', 'ExpiredTokenException:http://x', 'x'), scene()).id, 'E117');
  });
});

describe('diagnosis: what goes with the words', () => {
  it('lists operation, code, message, status and request ids', () => {
    const error = refusal('s3', 'GetObject', 'AccessDenied', 'Access Denied', {
      status: 403,
      requestId: 'REQ1',
      extendedRequestId: 'EXT1',
    });
    const found = explain(error, scene({ bucket: 'notes', key: 'k', identityId, roleName: 'Readers' }));
    const details = Object.fromEntries(found.details.map((detail) => [detail.label, detail.value]));
    assert.deepEqual(
      { ...details },
      {
        Operation: 's3:GetObject',
        Code: 'AccessDenied',
        Message: 'Access Denied',
        'HTTP status': '403',
        'Request ID': 'REQ1',
        'Extended request ID': 'EXT1',
        Connection: 'shop',
        User: 'reader',
        'User pool': 'us-west-2_AbCdEfGhI',
        'App client': '7g0client',
        'Identity pool': 'eu-west-1:00000000-0000-4000-8000-000000000000',
        'Identity ID': identityId,
        Role: 'Readers',
        Bucket: 'notes',
        Key: 'k',
      },
    );
  });

  it('survives JSON, because the Inspector gets it as a message', () => {
    const error = refusal(
      'cognito-identity',
      'GetCredentialsForIdentity',
      'InvalidIdentityPoolConfigurationException',
      'x',
    );
    const found = explain(error, scene({ tokenClaims: claims }));
    assert.deepEqual(JSON.parse(JSON.stringify(found)), found);
  });

  it('offers no command and no locations where there are none', () => {
    const refused = refusal('cognito-idp', 'InitiateAuth', 'NotAuthorizedException', 'User is disabled.');
    const bare = explain(refused, { nowMs });
    assert.equal(bare.cliCommand, undefined);
    assert.ok(!bare.actions.includes('copy-cli-command'));
    assert.equal(bare.actions[0], 'sign-in-again');
    const listing = refusal('s3', 'ListObjectsV2', 'AccessDenied', 'x');
    assert.equal(explain(listing, scene()).locations, undefined);
    const likely = ['s3://b/a/', 's3://b/'];
    const found = explain(listing, scene({ bucket: 'b', prefix: '', likelyLocations: likely }));
    assert.deepEqual(found.locations, ['s3://b/a/']);
  });

  it('says where the sentence of what to do does nothing but list the locations', () => {
    const likelyLocations = ['s3://b/a/', 's3://b/c/'];
    const at = (operation: string) =>
      explain(
        refusal('s3', operation, 'AccessDenied', 'x'),
        scene({ bucket: 'b', prefix: '', likelyLocations }),
      );
    const listing = at('ListObjectsV2');
    assert.equal(listing.fixIsLocations, true);
    assert.equal(listing.fix, `Likely to work: ${likelyLocations.join(', ')}`);
    assert.equal(at('ListBuckets').fixIsLocations, undefined);
    assert.deepEqual(at('ListBuckets').locations, likelyLocations);
  });

  it('points commands at the endpoint of the connection, and quotes what it is given', () => {
    const local = { ...connection, endpoints: { cognitoIdp: 'http://127.0.0.1:4566' } };
    const refused = refusal('cognito-idp', 'InitiateAuth', 'NotAuthorizedException', 'User is disabled.');
    const found = explain(refused, scene({ connection: local, username: "o'neill; rm -rf /\n" }));
    assert.equal(
      found.cliCommand,
      'aws cognito-idp admin-enable-user --region us-west-2 --user-pool-id us-west-2_AbCdEfGhI' +
        ` --username 'o'\\''neill; rm -rf /' --endpoint-url http://127.0.0.1:4566`,
    );
  });

  it('gives no link-client command for a token whose issuer could break out of it', () => {
    const refused = refusal(
      'cognito-identity',
      'GetId',
      'NotAuthorizedException',
      'Token is not from a supported provider',
    );
    for (const iss of ['https://x`y', "https://x'y", 'https://x"y', 'https://x\\y']) {
      assert.equal(explain(refused, scene({ tokenClaims: { ...claims, iss } })).cliCommand, undefined);
    }
  });

  it('names a trust policy of the partition', () => {
    const refused = refusal(
      'cognito-identity',
      'GetCredentialsForIdentity',
      'InvalidIdentityPoolConfigurationException',
      'x',
    );
    const gov = {
      ...connection,
      identityPool: {
        identityPoolId: 'us-gov-west-1:00000000-0000-4000-8000-000000000000',
        flow: 'enhanced' as const,
      },
    };
    const found = explain(refused, scene({ connection: gov }));
    assert.match(wordsOf(found), /cognito-identity-us-gov\.amazonaws\.com:aud/);
    assert.ok(found.possibleCauses?.some((cause) => cause.row === 'C85'));
  });

  it('translates at the time of the call, through its own copy of l10n', () => {
    assert.equal(configureText, config);
    configureText({ contents: { Stopped: 'Angehalten' } });
    try {
      assert.equal(explain(new WorkbenchError('cancelled', 'x'), { nowMs }).title, 'Angehalten');
    } finally {
      configureText({ contents: {} });
    }
  });
});

describe('diagnosis: hostile texts', () => {
  const jwt = 'eyJraWQiOiJhYmMifQ.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlc2lnbmF0dXJl';
  const secretKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
  const leaky = `refused ${jwt} {"PASSWORD":"hunter2!","SecretKey":"${secretKey}"} policy: ${jwt} expecting`;

  it('never shows a secret, wherever the service repeats it', () => {
    for (const service of services) {
      for (const code of [...codes, 'InvalidPasswordException', 'AuthorizationHeaderMalformed']) {
        const words = wordsOf(explain(refusal(service, 'Op', code, leaky), scene({ operation: leaky })));
        for (const secret of [jwt, 'hunter2!', secretKey]) assert.ok(!words.includes(secret), words);
      }
    }
    for (const error of [
      new WorkbenchError('signin.protocol', leaky, { detail: leaky }),
      new Error(leaky),
      leaky,
    ]) {
      const words = wordsOf(explain(error, scene()));
      for (const secret of [jwt, 'hunter2!', secretKey]) assert.ok(!words.includes(secret), words);
    }
  });

  it('makes no link of a key and lets no control character through', () => {
    const key = 'a[click](command:workbench.action.quit)\u0000\u202Egnp.exe\n<img src=x onerror=alert(1)>';
    const found = explain(refusal('s3', 'GetObject', 'AccessDenied', 'x'), scene({ bucket: 'b', key }));
    for (const text of [found.title, found.why, found.fix]) {
      assert.doesNotMatch(text, /\]\(/);
      assert.doesNotMatch(text, /[\p{Cc}\u202E]/u);
    }
    assert.match(found.title, /<img src=x/, 'markup stays what it is: text');
  });

  it('shortens a very long key and keeps its end', () => {
    const key = `${'folder/'.repeat(140)}end.json`;
    const { title } = explain(refusal('s3', 'GetObject', 'AccessDenied', 'x'), scene({ bucket: 'b', key }));
    assert.ok(title.length < 200, title);
    assert.match(title, /…[\w/]*end\.json/);
  });

  it('explains anything at all without throwing', () => {
    const text = fc.string({ maxLength: 50 });
    fc.assert(
      fc.property(
        fc.constantFrom(...services),
        text,
        fc.oneof(text, fc.constantFrom(...codes)),
        text,
        fc.record(
          { username: text, prefix: text, key: text, tokenClaims: fc.dictionary(text, fc.jsonValue()) },
          { requiredKeys: [] },
        ),
        (service, operation, code, message, more) => {
          const found = explain(refusal(service, operation, code, message), scene(more));
          assert.ok(found.title.trim() !== '' && found.actions.length > 0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
