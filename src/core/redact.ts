/**
 * Takes secrets out of a text that is going to a log, a message or a report: tokens (JWT, JWE), AWS keys and session
 * tokens, passwords, secret hashes, SRP values, Authorization headers, signatures of presigned addresses.
 * It errs on the side of taking too much. One pass per rule, each linear in the length of the text.
 */
export function redactSecrets(text: string): string {
  let clean = maskLabelled(text);
  for (const [pattern, replacement] of shapes) clean = clean.replace(pattern, replacement);
  return clean;
}

const mask = '[redacted]';

/** Secrets that are known by their shape. Every quantifier is bounded or cannot fail after a long run. */
const shapes: readonly (readonly [RegExp, string])[] = [
  // JWS and JWE: base64url of `{"`, then the other parts (an empty one in direct JWE).
  [/eyJ[\w-]{10,}(?:\.{1,2}[\w-]+)*/g, '[redacted token]'],
  // Cognito challenge sessions and STS session tokens.
  [/(?<![\w+/-])(?:AYAB|IQoJ|FwoG|FQoG|AQoD)[\w+/=%-]{40,}/g, '[redacted token]'],
  [/\b(A[KS]IA)[A-Z0-9]{8,124}([A-Z0-9]{4})\b/g, '$1…$2'],
  [/\b(Bearer|Basic)\s{1,8}[\w.~+/=-]{16,}/gi, `$1 ${mask}`],
  [/(https?:\/\/)[^\s/@:]{0,200}:[^\s/@]{1,200}@/gi, `$1${mask}@`],
  [/([?&](?:code|token|state)=)[^&\s"'#]+/gi, `$1${mask}`],
  [
    /(--[\w-]{0,30}(?:password|secret|secret-hash|token|session)[ \t]{1,8})(?:'[^']*'|"[^"]*"|[^\s'"]+)/gi,
    `$1${mask}`,
  ],
  // Long opaque runs: secret blocks, SRP_A in hex, anything else that nobody reads.
  [/(?<![A-Za-z0-9+_=-])[A-Za-z0-9+_=-]{256,}/g, '[redacted value]'],
];

/** Labels of values that are always secret, as the end of a longer word (`proposedPassword`, `aws_session_token`). */
const strongLabel = [
  'password',
  'passwd',
  'secret_?hash',
  'secret_?block',
  'srp_[ab]',
  'password_claim_signature',
  'password_claim_secret_block',
  'secret_?access_?key',
  'secret_?key',
  'client_?secret',
  '(?:session|security|access|refresh|id)[_-]?token',
  'code_?verifier',
  '(?:mfa|otp)_code',
  'confirmation_?code',
  'user_?code',
  'secret_?code',
  'password_?verifier',
  'saml_?response',
  'string_?to_?sign',
  'signature_?provided',
  'x-amz-signature',
].join('|');

/** Labels that also occur in plain sentences: there only long values count. */
const weakLabel = ['session', 'signature', 'salt', 'secret', 'credential'].join('|');

/** Headers whose whole line is secret. */
const lineLabel = 'authorization|cookie';

const separator = String.raw`["'\\]{0,8}\s{0,4}(?::|=(?!=))\s{0,4}`;
const label = new RegExp(
  `(?:(${strongLabel})(?:${separator}|>)|(${weakLabel})${separator}|(?:${lineLabel})${separator})`,
  'gi',
);

function maskLabelled(text: string): string {
  const out: string[] = [];
  let kept = 0;
  label.lastIndex = 0;
  for (let found = label.exec(text); found !== null; found = label.exec(text)) {
    const start = label.lastIndex;
    const kind = found[1] !== undefined ? 'strong' : found[2] !== undefined ? 'weak' : 'line';
    const value = found[0].endsWith('>') ? untilTag(text, start) : valueAt(text, start, kind === 'line');
    const long = value.end - value.start >= (kind === 'weak' && !value.quoted ? 16 : 1);
    if (long && !text.startsWith('[redacted', value.start)) {
      out.push(text.slice(kept, value.start), mask);
      kept = value.end;
    }
    label.lastIndex = long ? value.end : start;
  }
  label.lastIndex = 0;
  return kept === 0 ? text : out.join('') + text.slice(kept);
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

/** The value at `start`: quoted (at any depth of JSON in JSON), a bare word, or the rest of the line. */
function valueAt(text: string, start: number, wholeLine: boolean): Span {
  let slashes = 0;
  while (text[start + slashes] === '\\') slashes += 1;
  const quote = text[start + slashes];
  if (quote === '"' || quote === "'") {
    const from = start + slashes + 1;
    return { start: from, end: closingQuote(text, from, quote, slashes), quoted: true };
  }
  const stop = wholeLine ? /[\r\n]/g : /[\s"'<&]|,(?=\s)/g;
  stop.lastIndex = start;
  const end = stop.exec(text)?.index ?? text.length;
  return { start, end, quoted: false };
}

/**
 * Where a quoted value ends. In JSON nested d times quotes carry 2^d − 1 backslashes, and backslashes inside the value
 * come in multiples of 2^(d+1): the quote closes when the run before it leaves exactly the opener's count.
 */
function closingQuote(text: string, from: number, quote: string, slashes: number): number {
  let run = 0;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') run += 1;
    else {
      if (character === quote && run % (2 * (slashes + 1)) === slashes) return at - slashes;
      run = 0;
    }
  }
  return text.length;
}

function untilTag(text: string, start: number): Span {
  const tag = text.indexOf('<', start);
  return { start, end: tag === -1 ? text.length : tag, quoted: true };
}
