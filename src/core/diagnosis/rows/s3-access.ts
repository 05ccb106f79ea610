import * as l10n from '@vscode/l10n';
import type { Case } from '../case';
import { isGuest } from '../case';
import { address, bucket, role, sentence } from '../names';
import { inspectPath, otherLocations } from '../paths';
import type { PathFinding } from '../paths';
import type { Row, Words } from '../row';

const services = ['s3'] as const;
const denied = ['AccessDenied', 'AllAccessDisabled'];
const listing = ['ListObjectsV2', 'ListObjects', 'ListObjectVersions', 'HeadBucket'];

/** Rows 108–113 and 119 of the table: AccessDenied, told apart by what was asked for. */
export const s3AccessRows: readonly Row[] = [
  { id: 'E108', services, operations: ['ListBuckets'], codes: denied, say: noBucketList },
  { id: 'E108', services, codes: denied, fragments: ['s3:listallmybuckets'], say: noBucketList },
  {
    id: 'E119',
    services,
    codes: denied,
    fragments: ['explicit deny'],
    say: (c) => ({
      title: l10n.t('A policy forbids {0}', address(c)),
      why: l10n.t(
        'S3 says that a policy denies this explicitly ({0}). Such a deny wins over everything that {1} allows.',
        policyKind(c),
        role(c),
      ),
      fix: l10n.t('Ask whoever looks after that policy. Other places may still be open to you.'),
      actions: ['open-likely-locations', 'show-details'],
    }),
  },
  {
    id: 'E112',
    services,
    codes: denied,
    fragments: ['kms:'],
    say: (c) => ({
      title: l10n.t('The key that encrypts {0} is closed to you', address(c)),
      why: l10n.t(
        'The object is encrypted with a key of AWS KMS, and {0} may not use that key (kms:Decrypt to read, kms:GenerateDataKey to write).',
        role(c),
      ),
      fix: l10n.t("Let {0} use the key, in the role's policy and in the policy of the key.", role(c)),
      actions: ['show-details', 'open-likely-locations'],
    }),
  },
  {
    id: 'E111',
    services,
    codes: denied,
    fragments: ['no session policy allows'],
    say: narrowed,
  },
  { id: 'E109', services, operations: listing, codes: denied, when: isRoot, say: rootListing },
  { id: 'E110', services, codes: denied, when: hasPathMistake, say: wrongPath },
  { id: 'E109', services, operations: listing, codes: denied, say: prefixListing },
  {
    id: 'E113',
    services,
    operations: ['GetObject', 'HeadObject'],
    codes: denied,
    say: (c) => ({
      title: l10n.t('Your role may not read {0}', address(c)),
      why: l10n.t(
        '{0} has no s3:GetObject for this key. Or the object does not exist: without the right to list, S3 says "access denied" where it would otherwise say "no such key".',
        sentence(role(c)),
      ),
      fix: l10n.t(
        'Check the spelling of the key, upper and lower case included, or open a location that is yours.',
      ),
      actions: ['open-likely-locations', 'show-details'],
    }),
  },
  {
    id: 'E110',
    services,
    codes: denied,
    say: (c) => ({
      title: l10n.t('Your role may not do that at {0}', address(c)),
      why: l10n.t('S3 refused {0}: the policies of {1} do not allow it there.', c.operation, role(c)),
      ...yourPrefix(c),
      actions: ['open-likely-locations', 'show-details'],
    }),
  },
];

function noBucketList(): Words {
  return {
    title: l10n.t('Your role may not list the buckets of the account'),
    why: l10n.t(
      'That needs s3:ListAllMyBuckets, which roles of identity pools rarely have. It says nothing about what you may see inside a bucket.',
    ),
    fix: l10n.t(
      "Open a bucket or a folder by its name: s3://bucket/prefix/. Locations in the connection's settings are offered from then on.",
    ),
    actions: ['open-likely-locations', 'edit-connection'],
  };
}

/** A session policy takes away what the role allows: Cognito's for guests, or the connection's own. */
function narrowed(c: Case): Words {
  const pool = c.context.connection?.identityPool;
  const action = /policy allows the (s3:\w{2,60}) action/i.exec(c.service?.awsMessage ?? '')?.[1];
  if (pool?.flow === 'basic' && pool.sessionPolicy !== undefined && !isGuest(c)) {
    return {
      title: l10n.t('The session policy keeps you out of {0}', address(c)),
      why: l10n.t(
        '"identityPool.sessionPolicy" of the connection narrows what {0} may do, and does not allow {1} here.',
        role(c),
        action ?? c.operation,
      ),
      fix: l10n.t('Allow it in the session policy, or remove the policy; the role itself may allow it.'),
      actions: ['edit-connection', 'open-likely-locations'],
    };
  }
  return {
    title: l10n.t('Guests may not open {0}', address(c)),
    why: l10n.t(
      'In the enhanced flow guests get their credentials with a session policy of Cognito, which lets only some services and actions through ({0} is not among them), whatever {1} allows.',
      action ?? c.operation,
      role(c),
    ),
    fix: l10n.t(
      'Sign in as a user. Where the pool allows the basic flow, guests get no such session policy there.',
    ),
    actions: ['sign-in-again', 'use-basic-flow', 'open-likely-locations'],
  };
}

function isRoot(c: Case): boolean {
  return (c.context.prefix ?? '') === '' && c.context.key === undefined;
}

function rootListing(c: Case): Words {
  return {
    title: l10n.t('Your role may not list the top of {0}', bucket(c)),
    why: l10n.t(
      'Roles of identity pools usually allow s3:ListBucket only for certain prefixes (condition s3:prefix). Then the top of the bucket stays closed, while the folder that is yours opens.',
    ),
    ...tryInstead(c),
    actions: ['open-likely-locations', 'edit-connection'],
  };
}

function prefixListing(c: Case): Words {
  return {
    title: l10n.t('Your role may not list {0}', address(c)),
    why: l10n.t(
      'S3 allows a listing only where s3:ListBucket covers the prefix. The policies of {0} most likely name other prefixes in their condition s3:prefix.',
      role(c),
    ),
    ...tryInstead(c),
    actions: ['open-likely-locations', 'show-details'],
  };
}

function hasPathMistake(c: Case): boolean {
  const finding = inspectPath(c);
  return finding !== undefined && (finding.kind !== 'no-slash' || listing.includes(c.operation));
}

function wrongPath(c: Case): Words {
  const finding = inspectPath(c);
  return {
    title: l10n.t('Your role may not open {0}', address(c)),
    why: finding ? findingText(c, finding) : '',
    ...(finding?.kind === 'no-slash' ? tryInstead(c) : yourPrefix(c)),
    actions: ['open-likely-locations', 'edit-connection'],
    details: [
      ...(c.token.sub ? [{ label: l10n.t('Subject in the user pool (sub)'), value: c.token.sub }] : []),
    ],
  };
}

function findingText(c: Case, finding: PathFinding): string {
  const own = c.context.identityId ?? l10n.t('the identity ID');
  switch (finding.kind) {
    case 'user-pool-sub':
      return l10n.t(
        'The path holds {0}, which is the user\'s "sub" in the user pool. Policies mean the identity ID of the identity pool ({1}), even where they write "sub".',
        finding.found,
        own,
      );
    case 'id-without-region':
      return l10n.t(
        'The path holds the identity ID without its region. The whole ID is {0}; the region and the colon belong to it.',
        own,
      );
    case 'other-identity':
      return l10n.t('The path belongs to identity {0}; you are {1}.', finding.found, own);
    case 'unfilled-placeholder':
      return l10n.t('The path still holds the placeholder {0} instead of a value.', finding.found);
    case 'no-slash':
      return l10n.t(
        'The prefix "{0}" has no slash at its end. A policy that names "{0}/" or "{0}/*" does not cover "{0}".',
        finding.found,
      );
  }
}

type Fix = Pick<Words, 'fix' | 'fixIsLocations'>;

function yourPrefix(c: Case): Fix {
  const id = c.context.identityId;
  if (otherLocations(c).length > 0 || id === undefined) return tryInstead(c);
  return { fix: l10n.t('Use the identity ID in the path, for example private/{0}/.', id) };
}

function tryInstead(c: Case): Fix {
  const places = otherLocations(c);
  if (places.length === 0) {
    return {
      fix: l10n.t(
        'Open a folder by its name instead, with a slash at its end. Common ones are public/, protected/IDENTITY-ID/ and private/IDENTITY-ID/.',
      ),
    };
  }
  return { fix: l10n.t('Likely to work: {0}', places.slice(0, 5).join(', ')), fixIsLocations: true };
}

function policyKind(c: Case): string {
  const found = /explicit deny in an? ([a-z -]{3,60}?policy)/.exec(c.text)?.[1];
  return found ?? l10n.t('it does not say which');
}
