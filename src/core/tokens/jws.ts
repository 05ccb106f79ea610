import { WorkbenchError } from '../errors';
import { decodeBase64Url } from './base64url';
import { bareToken, MAX_TOKEN_LENGTH, readPart } from './decode';

/** A signed text of any content (RFC 7515, compact): what is needed to check its signature. */
export interface Jws {
  readonly header: Readonly<Record<string, unknown>>;
  readonly headerText: string;
  readonly payload: Uint8Array;
  /** Empty for an unsigned one. */
  readonly signature: Uint8Array;
  /** What the signature is over: header and payload as they stand in the token. */
  readonly signingInput: string;
}

/**
 * Takes a signed text apart, whatever its payload is; `undefined` for an encrypted token. Throws WorkbenchError
 * `token.malformed` and `token.too-large`, like decodeToken.
 */
export function decodeJws(text: string): Jws | undefined {
  if (text.length > MAX_TOKEN_LENGTH) {
    throw new WorkbenchError('token.too-large', `a text of ${text.length} characters is no token`, {
      length: text.length,
    });
  }
  const parts = bareToken(text).split('.');
  const [encodedHeader = '', encodedPayload = '', encodedSignature = ''] = parts;
  if (parts.length !== 3 && parts.length !== 5) throw malformed('token', 'parts');
  const header = readPart('header', encodedHeader);
  if (parts.length === 5) return undefined;
  const payload = decodeBase64Url(encodedPayload);
  if (payload === undefined) throw malformed('claims', 'base64');
  const signature = decodeBase64Url(encodedSignature);
  if (signature === undefined) throw malformed('signature', 'base64');
  return {
    header: header.value,
    headerText: header.text,
    payload,
    signature,
    signingInput: `${encodedHeader}.${encodedPayload}`,
  };
}

function malformed(part: string, reason: string): WorkbenchError {
  return new WorkbenchError('token.malformed', `not a token: ${part}: ${reason}`, { part, reason });
}
