import type { HttpRequest, HttpResponse } from '../kernel/types';
import type { BrowserSession } from './browser-sessions';
import { markup, type Markup } from './markup';
import type { HostedUiWorld } from './world';

/** A request of a browser. */
export interface Visit {
  readonly request: HttpRequest;
  readonly requestId: string;
  readonly sourceIp: string;
  readonly browser: BrowserSession;
  readonly query: URLSearchParams;
  /** Of a POST that came from one of our own pages; undefined for a GET. */
  readonly form: URLSearchParams | undefined;
}

export type PageHandler = (world: HostedUiWorld, visit: Visit) => HttpResponse | Promise<HttpResponse>;

/** The name of the hidden field that tells our own forms from those of other sites. */
export const FORM_KEY = '_csrf';

/** A form that posts to `action`, with one button. */
export function form(visit: Visit, action: string, button: string, fields: Markup): Markup {
  return markup`<form method="post" action="${action}">
<input type="hidden" name="${FORM_KEY}" value="${visit.browser.formKey}">
${fields}
<button type="submit">${button}</button>
</form>`;
}

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'password' | 'email' | 'tel';
  readonly value?: string | undefined;
  /** https://html.spec.whatwg.org/#autofill */
  readonly autocomplete?: string;
  readonly optional?: boolean;
}

/** A labelled input; it must be filled unless it is optional. */
export function field({ name, label, type, value, autocomplete, optional }: Field): Markup {
  return markup`<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type ?? 'text'}" value="${value ?? ''}" autocomplete="${autocomplete ?? 'off'}"${optional !== true && markup` required`}>`;
}

export const CODE_FIELD: Field = { name: 'code', label: 'Code', autocomplete: 'one-time-code' };
