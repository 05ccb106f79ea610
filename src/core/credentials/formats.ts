import { WorkbenchError } from '../errors';
import type { AwsCredentials } from '../session/model';

export type CredentialsFormat = 'bash' | 'powershell' | 'cmd' | 'dotenv' | 'json';

export interface CredentialsContext {
  readonly region?: string | undefined;
  /** ISO 8601. */
  readonly expiration: string;
}

type Values = Pick<AwsCredentials, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>;

/**
 * Credentials as text to paste: lines that set the environment in a shell, a .env file, or the JSON of a
 * `credential_process` (version 1). Ends with a line break. Throws WorkbenchError `internal` for a value that the format
 * cannot carry without the shell acting on it.
 */
export function formatCredentials(
  format: CredentialsFormat,
  credentials: Values,
  context: CredentialsContext,
): string {
  if (format === 'json') return processJson(credentials, context);
  const lines = environment(credentials, context).map(([name, value]) =>
    LINE[format](name, checked(format, value)),
  );
  const end = format === 'cmd' ? '\r\n' : '\n';
  return lines.map((line) => line + end).join('');
}

/** The variables that AWS's tools read; AWS_CREDENTIAL_EXPIRATION lets them fail early and clearly. */
function environment(credentials: Values, { region, expiration }: CredentialsContext): [string, string][] {
  const regions: [string, string][] =
    region === undefined
      ? []
      : [
          ['AWS_REGION', region],
          ['AWS_DEFAULT_REGION', region],
        ];
  return [
    ['AWS_ACCESS_KEY_ID', credentials.accessKeyId],
    ['AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey],
    ['AWS_SESSION_TOKEN', credentials.sessionToken],
    ['AWS_CREDENTIAL_EXPIRATION', expiration],
    ...regions,
  ];
}

const LINE: Readonly<Record<Exclude<CredentialsFormat, 'json'>, (name: string, value: string) => string>> = {
  bash: (name, value) => `export ${name}='${value.replaceAll("'", "'\\''")}'`,
  // PowerShell takes the typographic single quotes for quotes too.
  powershell: (name, value) => `$env:${name} = '${value.replace(/['\u2018-\u201b]/g, '$&$&')}'`,
  cmd: (name, value) => `set "${name}=${value}"`,
  // docker's --env-file knows no quotes, so there are none where none are needed.
  dotenv: (name, value) => `${name}=${/^[\w./+=:-]*$/.test(value) ? value : `'${value}'`}`,
};

/** What no quoting of the format makes harmless. AWS never issues such values. */
function checked(format: CredentialsFormat, value: string): string {
  const impossible = format === 'cmd' ? /[\p{Cc}"%!]/u : format === 'dotenv' ? /[\p{Cc}']/u : /\p{Cc}/u;
  if (!impossible.test(value)) return value;
  throw new WorkbenchError('internal', `a value holds characters that ${format} cannot carry`, { format });
}

function processJson(credentials: Values, { expiration }: CredentialsContext): string {
  const output = {
    Version: 1,
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    SessionToken: credentials.sessionToken,
    Expiration: expiration,
  };
  return `${JSON.stringify(output, undefined, 2)}\n`;
}

/** A secret as it may be shown: `ASIA…XY4Q`; nothing at all of a short one, and nothing of its length. */
export function maskSecret(value: string): string {
  return value.length < 16 ? '…' : `${value.slice(0, 4)}…${value.slice(-4)}`;
}
