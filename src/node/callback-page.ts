import { createHash } from 'node:crypto';
import type { CallbackPage } from '../core/signin/loopback';

const style = `
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:Canvas;color:CanvasText}
main{max-width:36rem;padding:2rem}
h1{font-size:1.5rem;margin:0 0 .5rem}
h1::before{content:attr(data-mark);margin-inline-end:.5rem}
p{margin:0;overflow-wrap:anywhere;white-space:pre-line}`;

/** Nothing is loaded, nothing runs, and only the one style above applies. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  connection: 'close',
};

/** A whole page without script; everything in it but the frame comes from outside and is set as text. */
export function pageHtml(page: CallbackPage, language: string): string {
  const mark = page.good ? '✓' : '✗';
  return [
    '<!doctype html>',
    `<html lang="${escaped(language)}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width">',
    `<title>${escaped(page.title)} – Cognito Workbench</title><style>${style}</style></head>`,
    `<body><main role="${page.good ? 'status' : 'alert'}"><h1 data-mark="${mark}">${escaped(page.title)}</h1>`,
    `<p>${escaped(page.text)}</p></main></body></html>`,
  ].join('\n');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
