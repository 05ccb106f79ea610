import * as l10n from '@vscode/l10n';
import type { ServiceName } from '../errors';
import type { Case } from './case';

/** Noun phrases for sentences: with the id where it is known, without where it is not. */
export function user(c: Case): string {
  return c.username ? short(c.username, 80) : l10n.t('this user');
}

export function client(c: Case): string {
  return c.clientId ? l10n.t('app client {0}', c.clientId) : l10n.t('the app client');
}

export function userPool(c: Case): string {
  return c.userPoolId ? l10n.t('user pool {0}', c.userPoolId) : l10n.t('the user pool');
}

export function identityPool(c: Case): string {
  return c.identityPoolId ? l10n.t('identity pool {0}', c.identityPoolId) : l10n.t('the identity pool');
}

export function identity(c: Case): string {
  return c.context.identityId ? l10n.t('identity {0}', c.context.identityId) : l10n.t('the identity');
}

export function role(c: Case): string {
  // S3 names the caller where it refuses: "User: arn:aws:sts::1234:assumed-role/NAME/session is not authorized …".
  const name = c.context.roleName ?? /:assumed-role\/([\w+=,.@-]+)\//.exec(c.service?.awsMessage ?? '')?.[1];
  return name ? l10n.t('role {0}', name) : l10n.t('your role');
}

export function bucket(c: Case): string {
  return c.context.bucket ? l10n.t('bucket {0}', c.context.bucket) : l10n.t('the bucket');
}

/** `s3://bucket/prefix` or `s3://bucket/key` of what was asked for. */
export function address(c: Case): string {
  const { bucket: name, prefix, key } = c.context;
  return name ? `s3://${name}/${short(key ?? prefix ?? '', 120)}` : l10n.t('this place');
}

export function serviceName(service: ServiceName): string {
  switch (service) {
    case 'cognito-idp':
      return l10n.t('Cognito');
    case 'cognito-identity':
      return l10n.t('The identity pool');
    case 'oauth':
      return l10n.t('The sign-in page');
    case 'sts':
      return 'AWS STS';
    case 'iam':
      return 'AWS IAM';
    case 's3':
      return 'Amazon S3';
  }
}

/** The beginning and the end of a text that is too long for a sentence. */
export function short(text: string, longest: number): string {
  const characters = [...text];
  if (characters.length <= longest) return text;
  const half = Math.floor((longest - 1) / 2);
  return `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`;
}

/** A capital at the start, for a phrase that begins a sentence. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
