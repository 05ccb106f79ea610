import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/connection/model';
import { likelyLocations } from '../../../../src/core/s3/locations';

const ID = 'us-east-1:1f3c0000-aaaa-4bbb-8ccc-0123456789ab';
const values = { identityId: ID, sub: 'abc', username: 'reader' };
const at = (...locations: string[]): Connection => ({ id: 'x', s3: { locations } });

describe('core/s3/locations', () => {
  it('puts configured locations first, then the layout in each bucket, each once', () => {
    assert.deepEqual(
      likelyLocations(
        at('s3://notes-app/private/${identityId}/', 's3://other-app/${username}/', 's3://notes-app/x/'),
        values,
      ),
      [
        `s3://notes-app/private/${ID}/`,
        's3://other-app/reader/',
        's3://notes-app/x/',
        's3://notes-app/public/',
        `s3://notes-app/protected/${ID}/`,
        's3://other-app/public/',
        `s3://other-app/protected/${ID}/`,
        `s3://other-app/private/${ID}/`,
      ],
    );
  });

  it('looks below the folder that holds the layout', () => {
    assert.deepEqual(likelyLocations(at('s3://notes-app/app/v1/public/'), values).slice(0, 4), [
      's3://notes-app/app/v1/public/',
      `s3://notes-app/app/v1/protected/${ID}/`,
      `s3://notes-app/app/v1/private/${ID}/`,
      's3://notes-app/public/',
    ]);
    assert.ok(
      !likelyLocations(at('s3://notes-app/${sub}/public/'), values).some((address) => address.includes('${')),
    );
  });

  it('leaves out what it cannot fill', () => {
    assert.deepEqual(likelyLocations(at('s3://notes-app/private/${identityId}/'), {}), [
      's3://notes-app/public/',
    ]);
    assert.deepEqual(likelyLocations(at('s3://notes-app/private/${identityId}/'), { identityId: '' }), [
      's3://notes-app/public/',
    ]);
  });

  it('has nothing to say without configured buckets', () => {
    assert.deepEqual(likelyLocations({ id: 'x' }, values), []);
    assert.deepEqual(likelyLocations(at('s3://${sub}/'), {}), []);
  });
});
