import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { SandboxDescription } from '../../sandbox/description';

/** Debian's package, which the set-up installs there. */
const program = '/usr/bin/aws';

export const hasAwsCli = (): boolean => existsSync(program);

/** Temporary credentials, as `aws` prints them. */
export interface CliCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey?: string;
  /** The name that identity pools give to it. */
  readonly SecretKey?: string;
  readonly SessionToken?: string;
}

export interface CliOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of the AWS CLI against the sandbox, in `folder`, without anything of this machine's own settings. */
export function runAwsCli(
  { api, s3 }: Pick<SandboxDescription, 'api' | 's3'>,
  service: string,
  argv: readonly string[],
  credentials?: CliCredentials,
  folder = tmpdir(),
): Promise<CliOutcome> {
  const env = {
    PATH: '/usr/bin:/bin',
    HOME: folder,
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_PAGER: '',
    ...(credentials && {
      AWS_ACCESS_KEY_ID: credentials.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.SecretAccessKey ?? credentials.SecretKey ?? '',
    }),
    ...(credentials?.SessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.SessionToken }),
  };
  const endpoint = service.startsWith('s3') ? s3 : api;
  const whole = [service, ...argv, '--endpoint-url', endpoint, '--output', 'json'];
  return new Promise((resolve) => {
    execFile(program, whole, { env, cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
    });
  });
}

/** What a command that works prints. */
export async function awsCli<T>(...call: Parameters<typeof runAwsCli>): Promise<T> {
  const { code, stdout, stderr } = await runAwsCli(...call);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}
