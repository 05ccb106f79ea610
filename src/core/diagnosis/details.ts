import * as l10n from '@vscode/l10n';
import { isServiceError } from '../errors';
import type { WorkbenchError } from '../errors';
import { redactSecrets } from '../redact';
import { number, textOf } from './case';
import type { Case } from './case';
import { describeSkew } from './skew';
import type { Detail } from './types';

const longestValue = 2000;

/** What a developer or AWS Support wants to know; the raw message only after redaction. */
export function detailsOf(c: Case, error: WorkbenchError): readonly Detail[] {
  const service = isServiceError(error) ? error : undefined;
  return rows(c, [
    [l10n.t('Operation'), service ? `${service.service}:${service.operation}` : c.operation],
    [l10n.t('Code'), service ? service.awsCode : error.code],
    [l10n.t('Message'), service ? service.awsMessage : error.message],
    [l10n.t('HTTP status'), statusOf(c)],
    [l10n.t('Request ID'), textOf(c, 'requestId')],
    [l10n.t('Extended request ID'), textOf(c, 'extendedRequestId')],
    [l10n.t('Host'), textOf(c, 'host')],
  ]);
}

/** Details of an error that is not ours: its name and message. */
export function foreignDetails(c: Case, error: unknown): readonly Detail[] {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return rows(c, [
    [l10n.t('Operation'), c.operation],
    [l10n.t('Message'), text],
  ]);
}

function rows(c: Case, first: readonly (readonly [string, string | undefined])[]): readonly Detail[] {
  const { connection, identityId, bucket, prefix, key, roleName } = c.context;
  const all = [
    ...first,
    [l10n.t('Connection'), connection?.id],
    [l10n.t('User'), c.username],
    [l10n.t('User pool'), c.userPoolId],
    [l10n.t('App client'), c.clientId],
    [l10n.t('Identity pool'), c.identityPoolId],
    [l10n.t('Identity ID'), identityId],
    [l10n.t('Role'), roleName],
    [l10n.t('Bucket'), bucket],
    [l10n.t('Prefix'), prefix],
    [l10n.t('Key'), key],
    [l10n.t('Clock'), c.skew?.tooLarge ? describeSkew(c.skew) : undefined],
  ] as const;
  return all.flatMap(([label, value]) =>
    value === undefined || value === ''
      ? []
      : [{ label, value: redactSecrets(value).slice(0, longestValue) }],
  );
}

function statusOf(c: Case): string | undefined {
  const status = number(c.data['status']);
  return status === undefined ? undefined : String(status);
}
