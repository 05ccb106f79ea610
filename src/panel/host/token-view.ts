import * as vscode from 'vscode';
import { isWorkbenchError, WorkbenchError } from '../../core/errors';
import type { SignatureFinding } from '../../core/ports';
import { bareToken, decodeToken } from '../../core/tokens/decode';
import type { DecodedToken } from '../../core/tokens/decode';
import { excerptOf } from '../../core/tokens/excerpt';
import type { KeyFinding } from '../../core/tokens/judge-keys';
import { judgeBySource, keySource } from '../../core/tokens/key-source';
import type { KeySource } from '../../core/tokens/key-source';
import { summarise } from '../../core/tokens/verdicts';
import type { Judgement } from '../../core/tokens/verdicts';
import type { TokenKeys, TokenPartView, TokenView } from '../protocol';
import type { InspectorDeps } from './deps';
import type { SignatureFindings } from './signature-findings';
import { timesOf } from './token-times';
import { warningsOf } from './token-warnings';

/** What the panel holds: the token, and what the person let it be judged by. In memory alone. */
export interface HeldToken {
  readonly text: string;
  readonly source?: string | undefined;
  /** What came of the keys of a connection's pool: one for each time that a token is inspected. */
  readonly findings: SignatureFindings;
  /** What came of the keys of its Cognito issuer, which the person had fetched. */
  readonly fetched?: SignatureFinding;
  /** What came of keys that the person pasted. */
  readonly pasted?: KeyFinding;
}

/** Everything that the page shows of a token; the token itself stays here. Never throws but when it is cancelled. */
export async function tokenView(
  deps: InspectorDeps,
  held: HeldToken,
  signal: AbortSignal,
): Promise<TokenView> {
  try {
    return await viewOf(deps, held, signal);
  } catch (error) {
    if (!isWorkbenchError(error) || !error.code.startsWith('token.')) throw error;
    const explanation = await deps.failures.explain(error);
    return {
      ...nothing(held),
      present: true,
      error: { ...explanation, actions: explanation.actions.filter((action) => action !== 'retry') },
    };
  }
}

/** The page of a panel that holds no token. */
export function nothing(held?: HeldToken): TokenView {
  return {
    title: vscode.l10n.t('Token'),
    source: held?.source,
    present: false,
    kind: 'unknown',
    verdicts: [],
    header: [],
    groups: [],
    facts: [],
    parts: [],
    keys: { kind: 'none' },
    warnings: [],
  };
}

async function viewOf(deps: InspectorDeps, held: HeldToken, signal: AbortSignal): Promise<TokenView> {
  const decoded = decodeToken(held.text);
  const nowMs = Date.now();
  const found = keySource(decoded, deps.connections());
  const signature = held.pasted ? undefined : await signatureOf(deps, held, found, signal);
  const { connection } = found;
  const verdicts = judgeBySource(decoded, found, {
    nowMs,
    ...(signature ? { signature } : {}),
    ...(held.pasted ? { keys: held.pasted } : {}),
  });
  return {
    ...nothing(held),
    title: titleOf(decoded),
    present: true,
    kind: decoded.kind,
    summary: summarise(verdicts, decoded, nowMs),
    verdicts,
    ...excerptOf(decoded, nowMs),
    ...timesOf(decoded, nowMs),
    facts: factsOf(decoded),
    parts: partsOf(held.text),
    keys: keysOf(held, found, signature),
    warnings: warningsOf(decoded),
    revocable:
      connection && decoded.kind === 'access' && found.keys.kind === 'connection'
        ? found.keys.label
        : undefined,
  };
}

async function signatureOf(
  deps: InspectorDeps,
  held: HeldToken,
  { keys, url, connection }: KeySource,
  signal: AbortSignal,
): Promise<Judgement['signature']> {
  if (keys.kind === 'issuer') return held.fetched;
  if (url === undefined) return undefined;
  try {
    return await held.findings.of('token', held.text, url, signal);
  } catch (error) {
    signal.throwIfAborted();
    deps.log.error('verify', error);
    const explanation = await deps.failures.explain(error, { connection });
    return { error: `${explanation.title}. ${explanation.why}` };
  }
}

/** Asks the token's Cognito issuer for its keys, now that the person said so. Throws what the request throws. */
export async function fetchedKeys(
  deps: InspectorDeps,
  held: HeldToken,
  signal: AbortSignal,
): Promise<SignatureFinding> {
  const { keys, url } = keySource(decodeToken(held.text), deps.connections());
  if (keys.kind !== 'issuer' || keys.unfit || url === undefined) {
    throw new WorkbenchError('token.keys-unavailable', 'the token names no issuer of Cognito');
  }
  const verifier = await deps.verifier();
  return verifier.verify(bareToken(held.text), url, signal);
}

function keysOf(held: HeldToken, { keys }: KeySource, signature: Judgement['signature']): TokenKeys {
  if (held.pasted) return { kind: 'pasted' };
  if (keys.kind === 'issuer') return { ...keys, fetched: held.fetched !== undefined };
  return keys.kind === 'connection' && signature && 'error' in signature ? { ...keys, missing: true } : keys;
}

const signedParts = ['header', 'claims', 'signature'] as const;
/** RFC 7516, 3.1. */
const encryptedParts = ['header', 'key', 'iv', 'ciphertext', 'tag'] as const;

/** The parts of a token as it is written. */
export function partTexts(text: string): string[] {
  return bareToken(text).split('.');
}

function partsOf(text: string): TokenPartView[] {
  const texts = partTexts(text);
  const names = texts.length === 5 ? encryptedParts : signedParts;
  return names.map((name, at) => {
    const part = texts[at] ?? '';
    return { name, length: part.length, masked: part === '' ? '' : `${part.slice(0, 4)}…` };
  });
}

function titleOf({ kind, encrypted }: DecodedToken): string {
  switch (kind) {
    case 'id':
      return vscode.l10n.t('ID token');
    case 'access':
      return vscode.l10n.t('Access token');
    case 'openid':
      return vscode.l10n.t('OpenID token');
    case 'refresh':
      return encrypted ? vscode.l10n.t('Encrypted token') : vscode.l10n.t('Refresh token');
    case 'unknown':
      return vscode.l10n.t('Token');
  }
}

/** Of an encrypted token: what its form tells. */
function factsOf(decoded: DecodedToken): string[] {
  if (!decoded.encrypted) return [];
  const { alg, enc } = decoded.header;
  return [
    vscode.l10n.t(
      'Encrypted for whoever issued it: nobody else can read what is inside, this tool included.',
    ),
    vscode.l10n.t(
      'Cognito’s refresh tokens look like this. Whoever holds one can get new tokens for days: never paste it anywhere.',
    ),
    vscode.l10n.t('Its key is wrapped with {0}, its content encrypted with {1}.', shown(alg), shown(enc)),
    vscode.l10n.t(
      'It has {0} characters.',
      decoded.partLengths.reduce((sum, one) => sum + one, 4).toLocaleString(vscode.env.language),
    ),
  ];
}

const shown = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 60) : '?');
