import { createHash } from 'node:crypto';
import type { HttpResponse } from '../kernel/types';
import { Markup, markup } from './markup';

const STYLE =
  ':root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}' +
  'body{margin:0;min-height:100vh;display:grid;place-items:center}' +
  'main{box-sizing:border-box;width:min(26rem,100vw);padding:1.5rem}' +
  'h1{font-size:1.5rem;margin:0 0 1rem}' +
  'label{display:block;margin:0 0 .25rem}' +
  'input:not([type=radio]){box-sizing:border-box;width:100%;padding:.5rem;margin:0 0 1rem;font:inherit}' +
  'label.choice{display:flex;gap:.5rem}' +
  'button{width:100%;padding:.6rem;font:inherit;font-weight:600;cursor:pointer}' +
  '.error,.notice{border-inline-start:.25rem solid;padding:.5rem .75rem;margin:0 0 1rem}' +
  '.error{border-color:#c62828}.notice{border-color:#2e7d32}' +
  'code{overflow-wrap:anywhere}a{color:LinkText}footer{margin-top:2rem;font-size:.875rem;opacity:.8}';

const STYLE_HASH = createHash('sha256').update(STYLE, 'utf8').digest('base64');

export interface PageOptions {
  readonly status?: number;
  /** What the page complains about, in front of everything else. */
  readonly error?: string | undefined;
  readonly notice?: string | undefined;
  /** Where a form of the page may end up besides here: the app's callback, which browsers check as well. */
  readonly callback?: string;
}

/** A whole page. No scripts, no frames, no other hosts. */
export function page(title: string, content: Markup, options: PageOptions = {}): HttpResponse {
  const { error, notice } = options;
  const document = markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${error !== undefined && markup`<p class="error" role="alert" id="error">${error}</p>`}
${notice !== undefined && markup`<p class="notice" role="status">${notice}</p>`}
${content}
<footer>A local stand-in for Amazon Cognito’s sign-in pages.</footer>
</main>
</body>
</html>
`;
  return {
    status: options.status ?? (error === undefined ? 200 : 400),
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': securityPolicy(options.callback),
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    },
    body: document.text,
  };
}

function securityPolicy(callback: string | undefined): string {
  const targets = callback === undefined ? "'self'" : `'self' ${sourceOf(callback)}`;
  return `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action ${targets}; base-uri 'none'; frame-ancestors 'none'`;
}

/** `http://localhost:8400` of a web address, `vscode:` of any other. */
function sourceOf(address: string): string {
  const { protocol, origin } = new URL(address);
  return protocol === 'http:' || protocol === 'https:' ? origin : protocol;
}

export function redirect(location: string): HttpResponse {
  return { status: 302, headers: { location, 'cache-control': 'no-store' } };
}

/** An address with parameters added to its query; the address itself keeps every character. */
export function withQuery(address: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const query = encodeParameters(parameters);
  return query === '' ? address : `${address}${address.includes('?') ? '&' : '?'}${query}`;
}

export function encodeParameters(parameters: Readonly<Record<string, string | undefined>>): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) form.append(name, value);
  return form.toString();
}
