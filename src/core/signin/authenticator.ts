import { isServiceError, ServiceError } from '../errors';
import type { SignInApi } from '../ports';
import { throwIfAborted } from '../session/abort';
import type { Conversation, Restart } from './conversation';
import { otpauthUri } from './totp';

export interface AuthenticatorTools {
  readonly api: Pick<SignInApi, 'associateSoftwareToken' | 'verifySoftwareToken'>;
  readonly talk: Conversation;
  readonly signal: AbortSignal | undefined;
}

/** The code does not fit the secret, or was used before: the next one may. */
const WRONG_CODE = new Set([
  'EnableSoftwareTokenMFAException',
  'CodeMismatchException',
  'ExpiredCodeException',
]);

/**
 * Sets up an authenticator app within a sign-in: AssociateSoftwareToken, its secret shown, VerifySoftwareToken until a
 * code fits. Answers the session with which MFA_SETUP is answered. Throws what the API and the person's side throw.
 */
export async function addAuthenticator(
  { api, talk, signal }: AuthenticatorTools,
  account: { readonly issuer: string; readonly username: string },
  challengeSession: string,
): Promise<string | Restart> {
  throwIfAborted(signal);
  const made = await api.associateSoftwareToken({ session: challengeSession }, signal);
  const { secret } = made;
  let session = made.session ?? challengeSession;
  talk.sessionBegan(session);
  let problem: ServiceError | undefined;
  for (let attempts = 0; ; attempts += 1) {
    const answer = await talk.ask<'totp-setup'>(
      { kind: 'totp-setup', secret, otpauthUri: otpauthUri({ ...account, secret }), attempts },
      problem,
    );
    if (answer.kind === 'restart') return answer;
    const { deviceName } = answer;
    throwIfAborted(signal);
    try {
      const verified = await api.verifySoftwareToken(
        { session, code: answer.code.trim(), ...(deviceName ? { deviceName } : {}) },
        signal,
      );
      session = verified.session ?? session;
      if (verified.status === 'SUCCESS') return session;
      problem = unverified(verified.status);
    } catch (error) {
      if (!isServiceError(error) || !WRONG_CODE.has(error.awsCode)) throw error;
      problem = error;
    }
  }
}

/** VerifySoftwareToken that answers ERROR instead of an exception. */
function unverified(status: string): ServiceError {
  return new ServiceError({
    service: 'cognito-idp',
    operation: 'VerifySoftwareToken',
    awsCode: 'EnableSoftwareTokenMFAException',
    awsMessage: `The code was not accepted (status ${status || 'missing'}).`,
  });
}
