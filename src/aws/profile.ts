import { fromIni } from '@aws-sdk/credential-providers';
import { loadSharedConfigFiles } from '@smithy/core/config';
import type { AdminKeys, AwsProfile, ProfileKind, ProfileRequest } from '../core/admin-credentials';
import { TimeoutError, WorkbenchError, isServiceError, isWorkbenchError } from '../core/errors';
import { abortError, abortable } from '../core/session/abort';
import { toFault } from './faults';

/** How long a profile may take (a process, SSO, STS), in seconds; a question to the person does not count. */
const LIMIT_SECONDS = 60;

type Sections = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

/** Asks the person for the code of this MFA device. Throws CancelledError. */
export type MfaPrompt = (
  request: { readonly profile: string; readonly serial: string },
  signal: AbortSignal,
) => Promise<string>;

/**
 * The profiles of ~/.aws/config and ~/.aws/credentials, or of the files that AWS_CONFIG_FILE and
 * AWS_SHARED_CREDENTIALS_FILE name, in their order. Files that are not there count as empty.
 */
export async function listProfiles(): Promise<readonly AwsProfile[]> {
  const sections = await readSections();
  return Object.entries(sections).map(([name, section]) => ({ name, kind: kindOf(section) }));
}

/**
 * The credentials of a profile: keys, a role with or without MFA, SSO, `aws login`, a process or a web identity, as the
 * AWS CLI reads them. Neither environment variables nor a machine's own role step in for it. Throws WorkbenchError
 * `federation.profile-failed` (`profile`; `reason`: `unknown`, `sso`, `login`, `process`, `mfa`, `refused`, `other`;
 * `detail`), NetworkError, TimeoutError, CancelledError.
 */
export async function profileKeys(
  request: ProfileRequest,
  askMfa: MfaPrompt,
  signal: AbortSignal,
): Promise<AdminKeys> {
  const { profile, region } = request;
  const sections = await readSections();
  const section = sections[profile];
  if (!section) throw failed(profile, 'unknown');
  const limit = new Countdown();
  const stop = AbortSignal.any([signal, limit.signal]);
  const provider = fromIni({
    profile,
    ignoreCache: true,
    parentClientConfig: { region },
    mfaCodeProvider: (serial) => limit.pausedFor(() => askMfa({ profile, serial }, stop)),
  });
  try {
    limit.start();
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = await abortable(provider(), stop);
    return {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
      ...(expiration === undefined ? {} : { expiresAt: expiration.getTime() }),
    };
  } catch (error) {
    throw stop.aborted ? abortError(stop) : faultOf(error, profile, sourceOf(sections, profile));
  } finally {
    limit.end();
  }
}

/** A limit that stands still while the person is asked. */
class Countdown {
  private readonly abort = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  readonly signal = this.abort.signal;

  start(): void {
    this.timer = setTimeout(
      () => this.abort.abort(new TimeoutError('AWS profile', LIMIT_SECONDS)),
      LIMIT_SECONDS * 1000,
    );
  }

  end(): void {
    clearTimeout(this.timer);
  }

  async pausedFor<T>(question: () => Promise<T>): Promise<T> {
    this.end();
    try {
      return await question();
    } finally {
      this.start();
    }
  }
}

async function readSections(): Promise<Sections> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const profiles = Object.entries(configFile).filter(([name]) => !/^(?:sso-session|services)\./.test(name));
  const merged: Record<string, Record<string, string | undefined>> = Object.fromEntries(profiles);
  for (const [name, section] of Object.entries(credentialsFile)) {
    merged[name] = { ...merged[name], ...section };
  }
  return merged;
}

/** In the order in which the SDK looks. */
function kindOf(section: Sections[string]): ProfileKind {
  if (section['role_arn'] && (section['source_profile'] ?? section['credential_source'])) return 'role';
  if (section['aws_access_key_id']) return 'keys';
  if (section['web_identity_token_file']) return 'web-identity';
  if (section['credential_process']) return 'process';
  if (section['sso_session'] ?? section['sso_start_url']) return 'sso';
  return section['login_session'] ? 'login' : 'other';
}

/** The profile at the end of `source_profile`: the one whose sign-in may have ended. */
function sourceOf(sections: Sections, profile: string): AwsProfile {
  const seen = new Set<string>();
  let name = profile;
  for (;;) {
    const section = sections[name] ?? {};
    const next = section['source_profile'];
    if (kindOf(section) !== 'role' || next === undefined || seen.has(next)) {
      return { name, kind: kindOf(section) };
    }
    seen.add(name);
    name = next;
  }
}

function faultOf(error: unknown, profile: string, source: AwsProfile): Error {
  if (isWorkbenchError(error)) return error;
  const site = { service: 'sts', operation: 'AssumeRole', host: 'AWS', seconds: LIMIT_SECONDS } as const;
  const fault = toFault(error, site);
  if (isServiceError(fault)) {
    const { awsCode, awsMessage } = fault;
    const reason = /MultiFactorAuthentication failed/i.test(awsMessage) ? 'mfa' : refusalOf(source.kind);
    return failed(profile, reason, `${awsCode}: ${awsMessage}`, source.name);
  }
  // Whatever has no code of the network in it is the profile's own.
  if (isWorkbenchError(fault) && fault.code !== 'network.reset') return fault;
  if (!(error instanceof Error)) return failed(profile, 'other');
  if (source.kind === 'process') return failed(profile, 'process', saidBy(error.message));
  if (source.kind === 'sso' || source.kind === 'login') {
    return failed(profile, source.kind, error.message, source.name);
  }
  return failed(profile, 'other', error.message);
}

/** SSO's and sign-in's own refusals mean that the sign-in has ended. */
function refusalOf(kind: ProfileKind): string {
  return kind === 'sso' || kind === 'login' ? kind : 'refused';
}

/** What a process wrote to its error output. Its command line stays out: people put secrets there. */
function saidBy(message: string): string | undefined {
  return message.startsWith('Command failed:') ? message.split('\n')[1] : message;
}

function failed(profile: string, reason: string, detail?: string, source?: string): WorkbenchError {
  const said = detail === undefined ? undefined : detail.split('\n')[0];
  const data = { profile, reason, detail: said, ...(source === undefined ? {} : { source }) };
  return new WorkbenchError('federation.profile-failed', `AWS profile ${profile}: ${said ?? reason}`, data);
}
