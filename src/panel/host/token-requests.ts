import * as vscode from 'vscode';
import { jwksUrl } from '../../core/connection/derive';
import type { Connection } from '../../core/connection/model';
import { WorkbenchError } from '../../core/errors';
import type { SignatureFinding } from '../../core/ports';
import type { Session, SessionRef } from '../../core/session/model';
import { formatDate } from '../../core/time';
import { decodeToken } from '../../core/tokens/decode';
import type { DecodedToken } from '../../core/tokens/decode';
import { excerptOf } from '../../core/tokens/excerpt';
import { judgeToken, summarise } from '../../core/tokens/verdicts';
import type { TokenCard, TokenSlot } from '../protocol';
import { loginCards, loginText } from './login-cards';
import type { InspectorDeps } from './deps';
import type { SignatureFindings } from './signature-findings';
import { copyTokenAs } from './token-share';
import type { RequestHandlers } from './requests';
import { timesOf } from './token-times';

type TokenHandlers = Pick<RequestHandlers, 'tokens/load' | 'tokens/copy' | 'tokens/copyAs'>;

/** Cards of the session's tokens: decoded and judged here, so that no token travels to the page. */
export function tokenRequests(
  deps: InspectorDeps,
  ref: SessionRef,
  findings: SignatureFindings,
): TokenHandlers {
  const held = async (slot: TokenSlot): Promise<string> => {
    const text = textOf(await deps.identities.load(ref), slot);
    if (text !== undefined) return text;
    throw new WorkbenchError('session.missing', `the session holds no ${slot} token`);
  };
  return {
    'tokens/load': async (_input, signal) => {
      const session = await deps.identities.load(ref);
      const connection = deps.identities.find(ref)?.connection;
      if (!session?.tokens) {
        findings.clear();
        return { cards: session ? loginCards(session) : [] };
      }
      const card = (slot: UserPoolSlot, text: string | undefined) =>
        text === undefined
          ? absent(slot)
          : cardOf(deps, findings, { session, connection, slot, text }, signal);
      const { idToken, accessToken, refreshToken } = session.tokens;
      const own = await Promise.all([
        card('id', idToken),
        card('access', accessToken),
        card('refresh', refreshToken),
      ]);
      return { cards: [...own, ...loginCards(session)] };
    },
    'tokens/copy': async ({ slot }) => {
      await vscode.env.clipboard.writeText(await held(slot));
      return {};
    },
    'tokens/copyAs': async ({ slot }) => copyTokenAs(await held(slot)),
  };
}

type UserPoolSlot = Exclude<TokenSlot, `login-${number}`>;

function textOf(session: Session | undefined, slot: TokenSlot): string | undefined {
  const tokens = session?.tokens;
  if (slot === 'id') return tokens?.idToken;
  if (slot === 'access') return tokens?.accessToken;
  return slot === 'refresh' ? tokens?.refreshToken : session && loginText(session, slot);
}

function absent(slot: TokenSlot): TokenCard {
  return { slot, present: false, kind: slot, verdicts: [], header: [], groups: [], facts: [] };
}

interface Shown {
  readonly session: Session;
  readonly connection: Connection | undefined;
  readonly slot: UserPoolSlot;
  readonly text: string;
}

async function cardOf(
  deps: InspectorDeps,
  findings: SignatureFindings,
  shown: Shown,
  signal: AbortSignal,
): Promise<TokenCard> {
  const { session, connection, slot, text } = shown;
  if (slot === 'refresh') return refreshCard(session, text);
  try {
    const decoded = decodeToken(text);
    const nowMs = Date.now();
    const signature = await checkSignature(deps, findings, shown, decoded, signal);
    const verdicts = judgeToken(decoded, {
      expectedUse: slot,
      nowMs,
      ...(connection ? { connection } : {}),
      ...(signature ? { signature } : {}),
    });
    return {
      slot,
      present: true,
      kind: decoded.kind,
      summary: summarise(verdicts, decoded, nowMs),
      verdicts,
      ...excerptOf(decoded, nowMs),
      ...timesOf(decoded, nowMs),
      facts: [],
    };
  } catch (error) {
    const explanation = await deps.failures.explain(error, { connection });
    return { ...absent(slot), present: true, error: explanation };
  }
}

async function checkSignature(
  deps: InspectorDeps,
  findings: SignatureFindings,
  { connection, slot, text }: Shown,
  decoded: DecodedToken,
  signal: AbortSignal,
): Promise<SignatureFinding | { error: string } | undefined> {
  const iss = decoded.claims['iss'];
  // Only the configured pool's own keys are asked for: an arbitrary `iss` is never followed.
  const url = connection ? jwksUrl(connection, typeof iss === 'string' ? iss : undefined) : undefined;
  if (url === undefined) return undefined;
  try {
    return await findings.of(slot, text, url, signal);
  } catch (error) {
    signal.throwIfAborted();
    deps.log.error('verify', error);
    const explanation = await deps.failures.explain(error, { connection });
    return { error: `${explanation.title}. ${explanation.why}` };
  }
}

/** A refresh token is encrypted for Cognito: what its form and the session tell. */
function refreshCard(session: Session, text: string): TokenCard {
  const since = session.tokens?.refreshTokenSince;
  const facts = [
    vscode.l10n.t('Encrypted for Cognito alone: nobody else can read what is inside, this tool included.'),
    vscode.l10n.t('It has {0} characters.', text.length),
    ...(since === undefined ? [] : [vscode.l10n.t('The sign-in of {0} gave it.', formatDate(since))]),
    vscode.l10n.t('How long it lives is a setting of the app client (default 30 days from the sign-in).'),
    vscode.l10n.t('Sign Out revokes it. Whoever holds it can get new tokens: never paste it anywhere.'),
  ];
  return { ...absent('refresh'), present: true, facts };
}
