import * as l10n from '@vscode/l10n';
import { textOf } from '../case';
import type { Case } from '../case';
import { address, bucket } from '../names';
import type { Row, Words } from '../row';
import { s3AccessRows } from './s3-access';

const services = ['s3'] as const;

/** Rows 114–117 and S3's own "not found" answers. */
const s3PlaceRows: readonly Row[] = [
  {
    id: 'E114',
    services,
    codes: ['PermanentRedirect', 'TemporaryRedirect', 'Redirect'],
    say: otherRegion,
  },
  {
    id: 'E115',
    services,
    codes: ['AuthorizationHeaderMalformed', 'IllegalLocationConstraint', 'AuthorizationQueryParametersError'],
    fragments: ['expecting', 'region', 'location constraint'],
    say: otherRegion,
  },
  {
    id: 'E.NoSuchBucket',
    services,
    codes: ['NoSuchBucket'],
    say: noBucket,
  },
  {
    id: 'E.NoSuchBucket',
    services,
    operations: ['ListObjectsV2', 'ListObjects', 'HeadBucket'],
    codes: ['NotFound'],
    say: noBucket,
  },
  {
    id: 'E.NoSuchKey',
    services,
    codes: ['NoSuchKey', 'NotFound'],
    say: (c) => ({
      title: l10n.t('{0} does not exist', address(c)),
      why: l10n.t(
        'S3 has no object under this key. It was deleted or moved, or the key is spelled differently; upper and lower case count.',
      ),
      fix: l10n.t('List the folder again and choose the object there.'),
      actions: ['retry', 'open-likely-locations'],
    }),
  },
  {
    id: 'E.InvalidObjectState',
    services,
    codes: ['InvalidObjectState'],
    say: (c) => ({
      title: l10n.t('{0} is archived', address(c)),
      why: l10n.t('Its storage class keeps objects offline. They must be restored before they can be read.'),
      fix: l10n.t(
        'Have the object restored (RestoreObject), which takes minutes to hours, then open it again.',
      ),
      actions: ['show-details'],
    }),
  },
];

/** Row 118: a presigned link that somebody opened too late. */
const linkRows: readonly Row[] = [
  { id: 'E118', services, codes: ['AccessDenied'], fragments: ['request has expired'], say: expiredLink },
];

/** Rows 116 and 117, for every service that checks AWS credentials. */
const credentialRows: readonly Row[] = [
  {
    id: 'E117',
    codes: ['ExpiredToken', 'TokenRefreshRequired'],
    say: expiredCredentials,
  },
  {
    id: 'E117',
    services: ['s3', 'sts', 'iam'],
    fragments: ['security token included in the request is expired', 'token has expired'],
    say: expiredCredentials,
  },
  {
    id: 'E116',
    services: ['s3', 'sts', 'iam'],
    codes: [
      'InvalidAccessKeyId',
      'InvalidClientTokenId',
      'UnrecognizedClient',
      'InvalidToken',
      'InvalidSecurity',
    ],
    say: () => ({
      title: l10n.t('AWS does not know these credentials'),
      why: l10n.t(
        'Temporary keys (their id begins with ASIA) work only together with their session token. It was missing or changed, or the credentials come from another partition or another sandbox.',
      ),
      fix: l10n.t('Refresh the credentials. Where you copy them by hand, always copy all three values.'),
      actions: ['refresh-credentials', 'sign-in-again'],
    }),
  },
];

/** Part E of the error table. Order matters: a link that has expired is not told from credentials by its code. */
export const s3Rows: readonly Row[] = [...linkRows, ...credentialRows, ...s3PlaceRows, ...s3AccessRows];

function otherRegion(c: Case): Words {
  const right = textOf(c, 'region') ?? /expecting '?([a-z0-9-]+)/.exec(c.text)?.[1];
  const wrong = /region '([a-z0-9-]+)' is wrong/.exec(c.text)?.[1] ?? c.context.connection?.s3?.region;
  return {
    title: right ? l10n.t('{0} is in {1}', bucket(c), right) : l10n.t('{0} is in another region', bucket(c)),
    why: wrong
      ? l10n.t('The request went to {0}. S3 answers only in the region of the bucket.', wrong)
      : l10n.t('The request went to another region. S3 answers only in the region of the bucket.'),
    fix: right
      ? l10n.t('Set "s3.region" of the connection to {0}, then try again.', right)
      : l10n.t('Set "s3.region" of the connection to the region of the bucket, then try again.'),
    actions: ['edit-connection', 'retry'],
  };
}

function noBucket(c: Case): Words {
  return {
    title: l10n.t('There is no {0}', bucket(c)),
    why: l10n.t(
      'S3 knows no bucket of this name. Names of buckets have no upper case letters, and a deleted bucket is gone at once.',
    ),
    fix: l10n.t('Check the name in the locations of the connection ("s3.locations").'),
    actions: ['edit-connection', 'open-likely-locations'],
  };
}

function expiredLink(c: Case): Words {
  return {
    title: l10n.t('The link to {0} has expired', address(c)),
    why: l10n.t(
      'A presigned link ends at the time that was asked for, and at the latest with the AWS credentials that signed it, which last for an hour.',
    ),
    fix: l10n.t('Refresh the credentials and copy the link anew; the time that it really has is shown then.'),
    actions: ['refresh-credentials', 'retry'],
  };
}

function expiredCredentials(): Words {
  return {
    title: l10n.t('The AWS credentials have expired'),
    why: l10n.t(
      'Credentials from an identity pool last for an hour. S3 and the other services refuse them afterwards.',
    ),
    fix: l10n.t('Refresh the credentials.'),
    actions: ['refresh-credentials', 'sign-in-again'],
  };
}
