import type { DecodedToken } from '../tokens/decode';
import { bareToken, decodeToken, MAX_TOKEN_LENGTH } from '../tokens/decode';
import type { FoundKind } from './providers';
import { candidatesIn } from './providers-paste';
import { readSaml } from './providers-saml';

/** A pasted text, taken apart. Claims are unverified and hostile. */
export interface Artefact {
  readonly kind: FoundKind;
  /** What goes into the Logins map: a secret. Empty where the text is no login at all. */
  readonly token: string;
  /** `iss`, the maker of an opaque token, the user pool id, the error's name: whose it is. */
  readonly from?: string | undefined;
  /** `iss` as written. */
  readonly issuer?: string | undefined;
  readonly subject?: string | undefined;
  readonly displayName?: string | undefined;
  /** Milliseconds. */
  readonly expiresAt?: number | undefined;
  /** Of an identity pool's own token. */
  readonly identityId?: string | undefined;
  /** Roles that a SAML response offers. */
  readonly roles?: readonly string[] | undefined;
}

/**
 * Tells what a person pasted: a bare token, `Bearer …`, an address with `#id_token=…`, a JSON answer that holds tokens,
 * a SAML response as XML, base64 or form field. Of several tokens the first that is `wanted` counts, else the first.
 * Never throws.
 */
export function readArtefact(text: string, wanted: (artefact: Artefact) => boolean = () => false): Artefact {
  if (text.length > MAX_TOKEN_LENGTH) return nothing('too-large');
  if (text.trim() === '') return nothing('empty');
  const candidates = candidatesIn(text);
  if ('kind' in candidates) return { ...nothing(candidates.kind), from: candidates.from };
  const artefacts = candidates.map(classify);
  return artefacts.find(wanted) ?? artefacts[0] ?? nothing('unreadable');
}

function classify(text: string): Artefact {
  const saml = samlOf(text);
  if (saml) return saml;
  const token = bareToken(text);
  if (token === '') return nothing('empty');
  if (/^eyJ/.test(token)) return jwtOf(token);
  if (/^(?:AKIA|ASIA)[A-Z0-9]{12,}$/.test(token)) return nothing('aws-keys');
  if (/^[^\s;]{4,};[^\s;]{4,}$/.test(token)) return { kind: 'token-pair', token };
  if (!/^[\x21-\x7e]{8,}$/.test(token)) return nothing('unreadable');
  const [, from, kind] = makers.find(([shape]) => shape.test(token)) ?? [];
  return { kind: kind ?? 'opaque-token', token, from };
}

/** Opaque tokens that tell their maker. */
const makers: readonly (readonly [RegExp, string, FoundKind])[] = [
  [/^ya29\./, 'Google', 'opaque-token'],
  [/^1\/\//, 'Google', 'refresh-token'],
  [/^4\/0/, 'Google', 'code'],
  [/^EAA[A-Za-z0-9]{20,}$/, 'Facebook', 'opaque-token'],
  [/^Atza\|/, 'Login with Amazon', 'opaque-token'],
  [/^Atzr\|/, 'Login with Amazon', 'refresh-token'],
];

function jwtOf(token: string): Artefact {
  let decoded: DecodedToken;
  try {
    decoded = decodeToken(token);
  } catch {
    return nothing('unreadable');
  }
  if (decoded.encrypted) return { kind: 'refresh-token', token };
  const { claims } = decoded;
  const issuer = textClaim(claims, 'iss');
  const common = {
    token,
    issuer,
    from: issuer,
    subject: textClaim(claims, 'sub'),
    displayName: nameIn(claims),
    expiresAt: timeClaim(claims, 'exp'),
  };
  const pool = /\/([\w-]+_[0-9A-Za-z]+)$/.exec(issuer ?? '')?.[1] ?? issuer;
  switch (decoded.kind) {
    case 'id':
      return { ...common, kind: 'user-pool-id-token', from: pool };
    case 'access':
      return { ...common, kind: 'user-pool-access-token', from: pool };
    case 'openid': {
      const user = developerUser(claims);
      const identityId = common.subject;
      return { ...common, kind: 'openid-token', identityId, subject: user ?? identityId, displayName: user };
    }
    default:
      return { ...common, kind: isAccessToken(decoded) ? 'access-token' : 'id-token' };
  }
}

/** Claims that only ID tokens carry. */
const idMarks = ['nonce', 'at_hash', 'c_hash', 'auth_time', 'email', 'name', 'preferred_username'];

/** RFC 9068's header, Keycloak's `typ`, no audience at all, or scopes without anything that ID tokens carry. */
function isAccessToken({ header, claims }: DecodedToken): boolean {
  const type = header['typ'];
  if (typeof type === 'string' && /at\+jwt$/i.test(type)) return true;
  if (claims['typ'] === 'Bearer' || claims['aud'] === undefined) return true;
  const scoped = claims['scope'] !== undefined || claims['scp'] !== undefined;
  return scoped && !idMarks.some((mark) => Object.hasOwn(claims, mark));
}

/** `amr` of a developer identity has `provider:REGION:GUID:user` as its third member. */
function developerUser(claims: Readonly<Record<string, unknown>>): string | undefined {
  const pool = claims['aud'];
  const methods = claims['amr'];
  if (!Array.isArray(methods) || typeof pool !== 'string' || pool === '') return undefined;
  for (const method of methods) {
    const at = typeof method === 'string' ? method.indexOf(`:${pool}:`) : -1;
    if (typeof method === 'string' && at > 0) return clean(method.slice(at + pool.length + 2));
  }
  return undefined;
}

function samlOf(text: string): Artefact | undefined {
  const bare = text.trim();
  const xml = bare.startsWith('<') ? bare : decodedXml(bare);
  if (xml === undefined) return undefined;
  const finding = readSaml(xml);
  if (finding.kind !== 'response') return nothing(finding.kind);
  const { issuer, nameId, sessionName, expiresAt, roles } = finding.facts;
  return {
    kind: 'saml-response',
    token: bare === xml ? base64OfText(xml) : base64Of(bare),
    from: clean(issuer),
    issuer,
    subject: nameId,
    displayName: clean(nameId ?? sessionName),
    expiresAt,
    roles,
  };
}

/** The XML text in base64, whatever line breaks it has; undefined where it is something else. */
function decodedXml(text: string): string | undefined {
  const base64 = base64Of(text);
  // "<", also behind a byte order mark.
  if (!/^(?:P|77u\/P)[A-Za-z0-9+/]{16,}={0,2}$/.test(base64)) return undefined;
  try {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const xml = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
    return xml.startsWith('<') ? xml : undefined;
  } catch {
    return undefined;
  }
}

/** Base64 without line breaks, and without the escapes that it has in a form's body. */
function base64Of(text: string): string {
  return text.replace(/\s+/g, '').replace(/%2b/gi, '+').replace(/%2f/gi, '/').replace(/%3d/gi, '=');
}

function base64OfText(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

const nothing = (kind: FoundKind): Artefact => ({ kind, token: '' });

function nameIn(claims: Readonly<Record<string, unknown>>): string | undefined {
  const names = ['cognito:username', 'username', 'email', 'preferred_username', 'name'];
  return names.map((name) => clean(textClaim(claims, name))).find((name) => name !== undefined);
}

function textClaim(claims: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = claims[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function timeClaim(claims: Readonly<Record<string, unknown>>, name: string): number | undefined {
  const value = claims[name];
  return typeof value === 'number' && Number.isFinite(value) ? value * 1000 : undefined;
}

/** Foreign text in one short line. */
function clean(text: string | undefined): string | undefined {
  const line = text?.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line ? [...line].slice(0, 120).join('') : undefined;
}
