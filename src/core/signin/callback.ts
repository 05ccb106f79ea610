import { ServiceError } from '../errors';
import type { HostedUiSite } from './hosted-ui';

/** What an address that the browser was sent to means for an attempt. */
export type CallbackReading =
  /** Ours: the code is in `url`, which goes to the token request as it is. */
  | { readonly kind: 'code'; readonly url: string }
  /** Ours: the sign-in ended with an error of the pages. */
  | { readonly kind: 'refused'; readonly error: ServiceError }
  /** Not an answer to this attempt; it is ignored. `error` is set where it is an error that names no attempt. */
  | {
      readonly kind: 'foreign';
      readonly reason: ForeignReason;
      readonly error?: ServiceError;
    };

/** `state`: of another attempt; `no-state`: of none; `no-answer`: neither code nor error; `address`: another place. */
export type ForeignReason = 'state' | 'no-state' | 'no-answer' | 'address';

export interface CallbackExpectation {
  readonly redirectUri: string;
  readonly state: string;
}

/**
 * Reads an address that came back. Anything may call a callback (another tab, another attempt, a port scanner), so
 * what does not carry this attempt's state exactly once is ignored, never an error of the attempt.
 */
export function readCallback(address: string, expected: CallbackExpectation): CallbackReading {
  if (!URL.canParse(address)) return { kind: 'foreign', reason: 'address' };
  const url = new URL(address);
  const wanted = new URL(expected.redirectUri);
  if (placeOf(url) !== placeOf(wanted)) return { kind: 'foreign', reason: 'address' };
  const states = valuesOf(url, 'state');
  const refusal = errorOf(url, { redirectUri: expected.redirectUri });
  if (states.length === 0) {
    return { kind: 'foreign', reason: 'no-state', ...(refusal ? { error: refusal } : {}) };
  }
  if (states.length > 1 || states[0] !== expected.state) return { kind: 'foreign', reason: 'state' };
  if (refusal) return { kind: 'refused', error: refusal };
  const codes = valuesOf(url, 'code');
  return codes.length === 1 && codes[0] !== ''
    ? { kind: 'code', url: address }
    : { kind: 'foreign', reason: 'no-answer' };
}

/**
 * Reads what a person copied out of the browser: the redirected address, or that of the hosted pages' own error page,
 * which never comes back by itself (`redirect_mismatch`).
 */
export function readPasted(text: string, expected: CallbackExpectation, site: HostedUiSite): CallbackReading {
  const address = text.trim().replace(/^<|>$/g, '');
  if (!URL.canParse(address)) return { kind: 'foreign', reason: 'address' };
  const url = new URL(address);
  if (url.host === new URL(site.authorize).host) {
    const error = errorOf(url, { redirectUri: expected.redirectUri });
    if (error) return { kind: 'refused', error };
    if (/\/error$/.test(url.pathname)) {
      return { kind: 'refused', error: refusal('error_page', '', { redirectUri: expected.redirectUri }) };
    }
  }
  return readCallback(address, expected);
}

/** Scheme, host, port and path; a custom scheme has no origin. */
function placeOf(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

function valuesOf(url: URL, name: string): string[] {
  return [...url.searchParams].flatMap(([key, value]) => (key === name ? [value] : []));
}

function errorOf(url: URL, extra: { redirectUri: string }): ServiceError | undefined {
  const code = url.searchParams.get('error');
  if (code === null || code === '') return undefined;
  return refusal(code, url.searchParams.get('error_description') ?? '', extra);
}

/** The pages' descriptions are not fixed strings and may be encoded twice on their way. */
function refusal(code: string, description: string, extra: { redirectUri: string }): ServiceError {
  return new ServiceError({
    service: 'oauth',
    operation: '/oauth2/authorize',
    awsCode: code.slice(0, 100),
    awsMessage: decodedTwice(description).slice(0, 1000),
    extra,
  });
}

function decodedTwice(text: string): string {
  if (!/%[0-9A-Fa-f]{2}/.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
