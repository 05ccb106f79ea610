import { readJsonObject } from '../tokens/json';

/** A paste that holds no token, and says what it is instead. */
export interface NoCandidate {
  readonly kind: 'code' | 'error-answer' | 'aws-keys' | 'unreadable';
  readonly from?: string | undefined;
}

/** Members and parameters that hold a token, in the order in which they count; written without `_`, in lower case. */
const tokenNames = [
  'idtoken',
  'credential',
  'samlresponse',
  'token',
  'openidtoken',
  'accesstoken',
  'jwttoken',
  'refreshtoken',
];

const maxMembers = 500;

/**
 * The texts in a paste that may be the token: the paste itself, or what an address, a form, a page or a JSON answer
 * holds under the names that such answers have. Never throws.
 */
export function candidatesIn(text: string): readonly string[] | NoCandidate {
  const bare = text.trim();
  if (bare.startsWith('{')) return jsonCandidates(bare);
  const field = samlField(bare);
  if (field !== undefined) return [field];
  const parameters = parametersOf(bare);
  return parameters ? parameterCandidates(parameters) : [bare];
}

function jsonCandidates(text: string): readonly string[] | NoCandidate {
  const object = readJsonObject(text);
  if (typeof object === 'string') return { kind: 'unreadable' };
  const found: [name: string, value: string][] = [];
  const names = new Set<string>();
  const waiting: [name: string, value: unknown][] = [['', object.value]];
  for (let seen = 0; seen < maxMembers; seen += 1) {
    const [name, value] = waiting.shift() ?? ['', undefined];
    if (typeof value === 'string') found.push([name, value]);
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, member] of Object.entries(value).slice(0, maxMembers)) {
      const plain = plainName(key);
      names.add(plain);
      // Amplify keeps a token as {"idToken": {"jwtToken": "…"}}; the outer name says what it is.
      waiting.push([plain === 'jwttoken' && tokenNames.includes(name) ? name : plain, member]);
    }
  }
  if (names.has('secretaccesskey') || names.has('secretkey')) return { kind: 'aws-keys' };
  const texts = ranked(found);
  if (texts.length > 0) return texts;
  const error = found.find(([name]) => name === 'error')?.[1];
  if (error !== undefined) return { kind: 'error-answer', from: shortName(error) };
  return { kind: names.has('code') ? 'code' : 'unreadable' };
}

function parameterCandidates(parameters: URLSearchParams): readonly string[] | NoCandidate {
  const all = [...parameters];
  const texts = ranked(all.map(([name, value]) => [plainName(name), value]));
  if (texts.length > 0) return texts;
  const error = parameters.get('error');
  if (error !== null) return { kind: 'error-answer', from: shortName(error) };
  return { kind: parameters.has('code') ? 'code' : 'unreadable' };
}

/** Parameters of an address (its fragment before its query), or of a bare `id_token=…&…`. */
function parametersOf(text: string): URLSearchParams | undefined {
  if (/\s/.test(text)) return undefined;
  if (/^[a-z][a-z0-9+.-]{1,40}:\/\//i.test(text)) {
    const query = text.indexOf('?');
    const hash = text.indexOf('#');
    const inQuery = query === -1 || (hash !== -1 && hash < query) ? '' : text.slice(query + 1).split('#')[0];
    const inHash = hash === -1 ? '' : text.slice(hash + 1);
    return new URLSearchParams(`${inHash}&${inQuery ?? ''}`);
  }
  const start =
    /^[#?&]?(?:[a-z_]{2,30}=[^&]*&){0,20}(?:id_token|access_token|token|error|code|samlresponse)=/i;
  return start.test(text) ? new URLSearchParams(text.replace(/^[#?&]/, '')) : undefined;
}

/** `value` of the hidden field in the page that posts a SAML response. */
function samlField(text: string): string | undefined {
  if (!text.startsWith('<')) return undefined;
  const input =
    /<input\b[^>]{0,200}name=["']SAMLResponse["'][^>]{0,200}?value=["']([A-Za-z0-9+/=\s&#;]+)["']/i;
  const value = input.exec(text)?.[1];
  return value?.replace(/&#(?:x2b|43);/gi, '+').replace(/&#(?:x3d|61);/gi, '=');
}

function ranked(found: readonly (readonly [name: string, value: string])[]): string[] {
  return tokenNames.flatMap((wanted) =>
    found.filter(([name, value]) => name === wanted && value.trim() !== '').map(([, value]) => value),
  );
}

const plainName = (name: string): string => name.toLowerCase().replace(/[_-]/g, '');

/** The name of an error, not a text that could be anything. */
const shortName = (error: string): string | undefined => (/^[\w.-]{1,60}$/.test(error) ? error : undefined);
