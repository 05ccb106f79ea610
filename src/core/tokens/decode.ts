import { WorkbenchError } from '../errors';
import { decodeBase64UrlText, isBase64Url, withoutPadding } from './base64url';
import { type EarlierTexts, type JsonObject, prettyJsonText, readJsonObject } from './json';

/** `openid`: what an identity pool's GetOpenIdToken gives. `refresh`: encrypted (JWE), readable for Cognito alone. */
export type TokenKind = 'id' | 'access' | 'openid' | 'refresh' | 'unknown';

export interface DecodedToken {
  readonly kind: TokenKind;
  readonly header: Readonly<Record<string, unknown>>;
  /** Empty for encrypted tokens. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** base64url; empty for unsigned and encrypted tokens. */
  readonly signature: string;
  readonly encrypted: boolean;
  /** Characters of each part: 3 of a signed token, 5 of an encrypted one. */
  readonly partLengths: readonly number[];
  /** JSON text of each claim as written. */
  readonly rawJson: Readonly<Record<string, string>>;
  /** JSON text of each member of the header as written. */
  readonly rawHeader: Readonly<Record<string, string>>;
  /** Names (the first 100) that occur twice, in header (`header.alg`) or claims (`sub`, `identities.x`): another reader may take the other value. */
  readonly duplicates: readonly string[];
  /** Of members of the header, and of claims, that occur twice: what stood there before the last. */
  readonly earlierHeader: ReadonlyMap<string, EarlierTexts>;
  readonly earlierClaims: ReadonlyMap<string, EarlierTexts>;
  /** Decoded text of header and claims. */
  readonly headerText: string;
  readonly claimsText: string;
}

export type TokenPart = 'token' | 'header' | 'claims' | 'signature';
export type TokenFault = 'empty' | 'parts' | 'base64' | 'utf8' | 'json' | 'not-object' | 'too-deep';

/** Characters. */
export const MAX_TOKEN_LENGTH = 1_048_576;

/**
 * Takes a token apart without verifying anything (RFC 7515, 7516). `Bearer `, quotes, blanks and line breaks around and
 * between are tolerated. Throws WorkbenchError `token.malformed` (`data.part`: TokenPart, `data.reason`: TokenFault) and
 * `token.too-large`; neither carries any of the token.
 */
export function decodeToken(text: string): DecodedToken {
  if (text.length > MAX_TOKEN_LENGTH) {
    throw new WorkbenchError('token.too-large', `a text of ${text.length} characters is no token`, {
      length: text.length,
    });
  }
  const token = bareToken(text);
  if (token === '') throw malformed('token', 'empty');
  const parts = token.split('.');
  if (parts.length !== 3 && parts.length !== 5) throw malformed('token', 'parts', { parts: parts.length });
  const header = readPart('header', parts[0] ?? '');
  const common = {
    header: header.value,
    headerText: header.text,
    earlierHeader: header.earlier,
    rawHeader: header.raw,
    partLengths: parts.map((part) => part.length),
  };
  const headerDuplicates = header.duplicates.map((name) => `header.${name}`);
  if (parts.length === 5) {
    const nothing = { claims: {}, signature: '', rawJson: {}, claimsText: '', earlierClaims: new Map() };
    return { ...common, ...nothing, kind: 'refresh', encrypted: true, duplicates: headerDuplicates };
  }
  const claims = readPart('claims', parts[1] ?? '');
  const signature = withoutPadding(parts[2] ?? '');
  if (!isBase64Url(signature)) throw malformed('signature', 'base64');
  return {
    ...common,
    kind: kindOf(claims.value),
    claims: claims.value,
    signature,
    encrypted: false,
    rawJson: claims.raw,
    earlierClaims: claims.earlier,
    duplicates: [...headerDuplicates, ...claims.duplicates],
    claimsText: claims.text,
  };
}

/** Takes off what stands around a pasted token, and the line breaks that a terminal put into it. Linear in the text. */
export function bareToken(text: string): string {
  if (/^[\w.-]+$/.test(text)) return text;
  const bare = trimmed(text).replace(/^(?:authorization\s{0,9}[:=]\s{0,9})?["'`]?\s{0,9}(?:bearer\s+)?/i, '');
  return trimmed(bare)
    .split(/[\r\n]+/)
    .map((line) => trimmedBy(line, ' \t'))
    .join('');
}

const trimmed = (text: string): string => trimmedBy(text, ' \t\r\n\f\v\u00a0\ufeff"\'`,;');

/** By hand: a pattern for the end of a text tries again at each blank, which takes for ever where there are many. */
function trimmedBy(text: string, around: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && around.includes(text.charAt(start))) start += 1;
  while (end > start && around.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

export function readPart(part: 'header' | 'claims', encoded: string): JsonObject & { readonly text: string } {
  if (encoded === '') throw malformed(part, 'empty');
  const decoded = decodeBase64UrlText(encoded);
  if (typeof decoded === 'string') throw malformed(part, decoded);
  const object = readJsonObject(decoded.text);
  if (typeof object === 'string') throw malformed(part, object);
  return { ...object, text: decoded.text };
}

function malformed(part: TokenPart, reason: TokenFault, more: { parts?: number } = {}): WorkbenchError {
  return new WorkbenchError('token.malformed', `not a token: ${part}: ${reason}`, { part, reason, ...more });
}

function kindOf(claims: Readonly<Record<string, unknown>>): TokenKind {
  if (claims.token_use === 'id' || claims.token_use === 'access') return claims.token_use;
  return isIdentityPoolIssuer(claims.iss) && Array.isArray(claims.amr) ? 'openid' : 'unknown';
}

/** `https://cognito-identity.amazonaws.com`, and its regional forms in the other partitions. */
export function isIdentityPoolIssuer(iss: unknown): boolean {
  return (
    typeof iss === 'string' &&
    /^https:\/\/cognito-identity(?:-[a-z-]+)?(?:\.[a-z0-9-]+)?\.amazonaws\.(?:com|com\.cn|eu)$/.test(iss)
  );
}

/** `https://cognito-idp.REGION.amazonaws.com/POOL`, its newer form with `issuer-`, and those of the other partitions. */
export function isUserPoolIssuer(iss: unknown): boolean {
  return (
    typeof iss === 'string' &&
    /^https:\/\/(?:issuer-)?cognito-idp(?:-fips)?\.[a-z0-9-]+\.amazonaws\.(?:com|com\.cn|eu)\/[\w-]+_[0-9A-Za-z]+$/.test(
      iss,
    )
  );
}

/** Header and claims as JSON for people to read, with every number as written; no signature. */
export function prettyJson(decoded: DecodedToken): string {
  const claims = decoded.encrypted ? '' : `,"claims":${decoded.claimsText}`;
  return prettyJsonText(`{"header":${decoded.headerText}${claims}}`);
}
