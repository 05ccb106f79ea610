import { identityPoolRegion, userPoolRegion } from './derive';
import { partitionOf } from './ids';
import type { Connection } from './model';

interface Place {
  readonly region: string;
  readonly endpoint?: string | undefined;
}

/** Where an administrator's calls of a connection go. */
export interface AdminPlaces {
  readonly userPool?: (Place & { readonly userPoolId: string }) | undefined;
  readonly identityPool?: (Place & { readonly identityPoolId: string }) | undefined;
  /** IAM has one region in each partition. */
  readonly iam: Place;
}

/** The region in which IAM's requests are signed. AWS reference guide, "IAM endpoints". */
const IAM_REGIONS: Readonly<Record<string, string>> = {
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-eusc': 'eusc-de-east-1',
  'aws-iso': 'us-iso-east-1',
  'aws-iso-b': 'us-isob-east-1',
  'aws-iso-e': 'eu-isoe-west-1',
  'aws-iso-f': 'us-isof-south-1',
};

export function adminPlaces(connection: Connection): AdminPlaces {
  const { userPool, identityPool, endpoints } = connection;
  const [poolRegion, userRegion] = [identityPoolRegion(connection), userPoolRegion(connection)];
  const { partition } = partitionOf(poolRegion ?? userRegion ?? 'us-east-1');
  return {
    iam: { region: IAM_REGIONS[partition] ?? 'us-east-1', endpoint: endpoints?.iam },
    ...(identityPool && poolRegion !== undefined
      ? {
          identityPool: {
            identityPoolId: identityPool.identityPoolId,
            region: poolRegion,
            endpoint: endpoints?.cognitoIdentity,
          },
        }
      : {}),
    ...(userPool && userRegion !== undefined
      ? {
          userPool: {
            userPoolId: userPool.userPoolId,
            region: userRegion,
            endpoint: endpoints?.cognitoIdp,
          },
        }
      : {}),
  };
}
