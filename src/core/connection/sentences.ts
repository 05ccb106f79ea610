import * as l10n from '@vscode/l10n';
import { FLOWS, S3_CHECKSUMS, SIGN_IN_METHODS } from './schema';

const oneOf = (values: readonly string[]): string => values.map((value) => `"${value}"`).join(', ');

/** What a field should hold, as the end of a sentence. `path` without array positions, e.g. `s3.locations`. */
function expectation(path: string, insideList: boolean): string {
  switch (path) {
    case '':
      return l10n.t('an object with "id" and "userPool" or "identityPool"');
    case 'id':
      return l10n.t(
        '1 to 63 lower-case letters, digits and dashes that start with a letter or digit, such as "shop-dev"',
      );
    case 'name':
    case 'identityPool.providers.name':
      return l10n.t('a label of 1 to 100 characters');
    case 'userPool':
      return l10n.t('an object with "userPoolId" and "clientId"');
    case 'userPool.userPoolId':
      return l10n.t('a user pool ID with its region, such as "us-west-2_AbCdEfGhI"');
    case 'userPool.clientId':
      return l10n.t('an app client ID: letters and digits, such as "7g0exampleclientid0co"');
    case 'userPool.hasClientSecret':
      return l10n.t('true or false');
    case 'userPool.domain':
      return l10n.t('a host name without path, such as "shop-dev.auth.us-west-2.amazoncognito.com"');
    case 'userPool.signIn':
      return l10n.t('one of {0}', oneOf(SIGN_IN_METHODS));
    case 'userPool.scopes':
    case 'identityPool.providers.scopes':
      return insideList
        ? l10n.t('one scope without blanks, such as "openid"')
        : l10n.t('a list of scopes, such as ["openid", "email"]');
    case 'userPool.callbackPorts':
    case 'identityPool.providers.callbackPorts':
      return insideList
        ? l10n.t('a whole number from 1 to 65535')
        : l10n.t('a list of port numbers, such as [8400, 8401]');
    case 'identityPool':
      return l10n.t('an object with "identityPoolId"');
    case 'identityPool.identityPoolId':
      return l10n.t(
        'an identity pool ID with its region, such as "us-west-2:00000000-0000-0000-0000-000000000000"',
      );
    case 'identityPool.flow':
      return l10n.t('one of {0}', oneOf(FLOWS));
    case 'identityPool.accountId':
      return l10n.t('12 digits in quotes, such as "123456789012"');
    case 'identityPool.roleArn':
      return l10n.t('the ARN of an IAM role, such as "arn:aws:iam::123456789012:role/Readers"');
    case 'identityPool.durationSeconds':
      return l10n.t('a whole number of seconds from 900 to 43200');
    case 'identityPool.sessionPolicy':
      return l10n.t('a policy document as text: a JSON object');
    case 'identityPool.providers':
      return insideList
        ? l10n.t('an OpenID provider with "issuer" and "clientId"')
        : l10n.t('a list of OpenID providers with "issuer" and "clientId"');
    case 'identityPool.providers.clientId':
      return l10n.t('the client ID that the provider gave');
    case 'identityPool.developerProvider':
      return l10n.t('a developer provider name, such as "login.myapp"');
    case 'identityPool.loginKey':
      return l10n.t(
        'a provider name without "https://", such as "cognito-idp.us-west-2.amazonaws.com/us-west-2_AbCdEfGhI"',
      );
    case 's3':
      return l10n.t('an object with "locations" and "region"');
    case 's3.locations':
      return insideList
        ? l10n.t('an S3 address, such as "s3://bucket/folder/"')
        : l10n.t('a list of S3 addresses, such as ["s3://bucket/folder/"]');
    case 's3.region':
      return l10n.t('an AWS region, such as "us-west-2"');
    case 'endpoints':
      return l10n.t('an object with addresses, such as "cognitoIdp"');
    case 'endpoints.s3Checksums':
      return l10n.t('one of {0}', oneOf(S3_CHECKSUMS));
    default:
      return l10n.t(
        'an http or https address without user name, query or fragment, such as "http://127.0.0.1:4566"',
      );
  }
}

const TYPE_BY_FIELD: Readonly<Record<string, string>> = {
  '': 'object',
  userPool: 'object',
  identityPool: 'object',
  s3: 'object',
  endpoints: 'object',
  'userPool.hasClientSecret': 'boolean',
};

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function expectedType(path: string, insideList: boolean): string {
  if (path.endsWith('.callbackPorts')) return insideList ? 'number' : 'array';
  if (path === 'identityPool.providers') return insideList ? 'object' : 'array';
  if (path === 'identityPool.durationSeconds') return 'number';
  if (path.endsWith('.scopes') || path === 's3.locations') return insideList ? 'string' : 'array';
  return TYPE_BY_FIELD[path] ?? 'string';
}

/** The value as it may be shown: short, on one line, and never with a password that someone wrote into an address. */
function shown(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return '';
  if (value.includes('@')) return '"…"';
  const line = value.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
  return `"${line.length > 60 ? `${line.slice(0, 60)}…` : line}"`;
}

/** One sentence for a wrong field: what is wrong, and what is expected. `field` names it, with positions. */
export function problemSentence(field: string, path: string, insideList: boolean, value: unknown): string {
  const expected = expectation(path, insideList);
  if (value === undefined) return l10n.t('"{0}" is missing: expected {1}.', field, expected);
  if (typeOf(value) !== expectedType(path, insideList)) {
    const type = typeOf(value);
    return field === ''
      ? l10n.t('The entry has the wrong type ({0}): expected {1}.', type, expected)
      : l10n.t('"{0}" has the wrong type ({1}): expected {2}.', field, type, expected);
  }
  const found = shown(value);
  return l10n.t('"{0}" is {1}: expected {2}.', field, found, expected);
}
