import type { ChallengeAnswer, PendingChallenge } from '../../../core/signin/challenge';
import { answerTotpSetup } from './authenticator';
import { answerChoice, answerPasskey, answerPassword } from './choice';
import { answerCode } from './code';
import { answerCustom, answerUnknown } from './custom';
import { answerNewPassword } from './new-password';

/** Where the sandbox knows the code that its user is asked for; undefined where there is none. */
export type CodeSource = (username: string, byMessage: boolean) => Promise<string | undefined>;

/** Asks the person whatever the pool asks of its user. Throws CancelledError. */
export function answerChallenge(challenge: PendingChallenge, codes?: CodeSource): Promise<ChallengeAnswer> {
  switch (challenge.kind) {
    case 'new-password':
      return answerNewPassword(challenge);
    case 'code':
      return answerCode(challenge, codes);
    case 'choice':
      return answerChoice(challenge);
    case 'password':
      return answerPassword(challenge);
    case 'totp-setup':
      return answerTotpSetup(challenge);
    case 'custom':
      return answerCustom(challenge);
    case 'unknown':
      return answerUnknown(challenge);
    case 'web-authn':
      return answerPasskey(challenge);
  }
}
