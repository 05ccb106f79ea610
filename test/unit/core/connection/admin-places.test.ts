import assert from 'node:assert/strict';
import { adminPlaces } from '../../../../src/core/connection/admin-places';
import type { Connection } from '../../../../src/core/connection/model';

const guid = '00000000-0000-0000-0000-000000000000';
const pool = (region: string): Connection => ({
  id: 'shop',
  identityPool: { identityPoolId: `${region}:${guid}`, flow: 'enhanced' },
});

describe("where an administrator's calls go", () => {
  for (const [region, iam] of [
    ['eu-west-1', 'us-east-1'],
    ['us-gov-east-1', 'us-gov-west-1'],
    ['cn-northwest-1', 'cn-north-1'],
    ['eusc-de-east-1', 'eusc-de-east-1'],
  ] as const) {
    it(`IAM of ${region} is in ${iam}`, () => {
      const places = adminPlaces(pool(region));
      assert.equal(places.iam.region, iam);
      assert.equal(places.identityPool?.region, region);
      assert.equal(places.userPool, undefined);
    });
  }

  it("follows the connection's endpoints, each for its own service", () => {
    const endpoints = {
      cognitoIdp: 'http://idp',
      cognitoIdentity: 'http://identity',
      iam: 'http://iam',
      sts: 'http://sts',
    };
    const userPool = {
      userPoolId: 'us-west-2_AbCdEfGhI',
      clientId: 'c',
      hasClientSecret: false,
      signIn: 'srp',
      scopes: [],
      callbackPorts: [],
    } as const;
    assert.deepEqual(adminPlaces({ ...pool('us-west-2'), userPool, endpoints }), {
      iam: { region: 'us-east-1', endpoint: 'http://iam' },
      identityPool: {
        identityPoolId: `us-west-2:${guid}`,
        region: 'us-west-2',
        endpoint: 'http://identity',
      },
      userPool: { userPoolId: 'us-west-2_AbCdEfGhI', region: 'us-west-2', endpoint: 'http://idp' },
    });
  });
});
