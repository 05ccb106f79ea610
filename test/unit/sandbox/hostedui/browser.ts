import assert from 'node:assert/strict';

/** Where a browser ended: on a page, or sent away from the sandbox to `left`. */
export interface Stop {
  readonly status: number;
  readonly address: string;
  readonly html: string;
  readonly headers: Headers;
  /** The address of another site that the last answer led to; it was not visited. */
  readonly left: URL | undefined;
}

/** As much of a browser as the pages need: one cookie jar per origin, redirects, forms, no scripts. */
export class Browser {
  private readonly jar = new Map<string, Map<string, string>>();

  /** `visits`: the origins that it goes to; a redirect elsewhere ends the journey. */
  constructor(private readonly visits: readonly string[]) {}

  async open(address: string, init: RequestInit = {}): Promise<Stop> {
    let url = new URL(address);
    let next = init;
    for (let hops = 0; hops < 20; hops++) {
      const cookies = [...this.cookiesOf(url)].map(([name, value]) => `${name}=${value}`);
      const headers = { ...Object.fromEntries(new Headers(next.headers)), cookie: cookies.join('; ') };
      const response = await fetch(url, { ...next, headers, redirect: 'manual' });
      for (const line of response.headers.getSetCookie()) this.keep(url, line);
      const html = await response.text();
      const location = response.headers.get('location');
      const stop = { status: response.status, address: url.href, html, headers: response.headers };
      if (location === null) return { ...stop, left: undefined };
      url = new URL(location, url);
      if (!this.visits.includes(url.origin)) return { ...stop, left: url };
      next = {};
    }
    throw new Error(`too many redirects: ${url.href}`);
  }

  /** Fills the form with this button and presses it; every name must be a field of the form. */
  async submit(stop: Stop, button: string, values: Readonly<Record<string, string>> = {}): Promise<Stop> {
    const form = formsOf(stop.html).find(({ content }) => content.includes(`>${button}</button>`));
    assert.ok(form, `a form with the button ${button} in ${stop.html}`);
    const fields = inputsOf(form.content);
    for (const [name, value] of Object.entries(values)) {
      assert.ok(fields.has(name), `a field ${name} in ${form.content}`);
      fields.set(name, value);
    }
    const target = new URL(form.action, stop.address).href;
    return this.open(target, { method: 'POST', body: new URLSearchParams([...fields]) });
  }

  cookie(origin: string, name: string): string | undefined {
    return this.cookiesOf(new URL(origin)).get(name);
  }

  setCookie(origin: string, name: string, value: string): void {
    this.cookiesOf(new URL(origin)).set(name, value);
  }

  private keep(url: URL, line: string): void {
    const [pair = ''] = line.split(';');
    const equals = pair.indexOf('=');
    const [name, value] = [pair.slice(0, equals), pair.slice(equals + 1)];
    if (value === '') this.cookiesOf(url).delete(name);
    else this.cookiesOf(url).set(name, value);
  }

  private cookiesOf({ origin }: URL): Map<string, string> {
    const cookies = this.jar.get(origin) ?? new Map<string, string>();
    this.jar.set(origin, cookies);
    return cookies;
  }
}

function formsOf(html: string): { action: string; content: string }[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', content = '']) => ({
    action: attribute(head, 'action') ?? '',
    content,
  }));
}

function inputsOf(content: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [input] of content.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(input, 'name');
    const unchecked = attribute(input, 'type') === 'radio' && !/\schecked/.test(input);
    if (name !== undefined && !(unchecked && fields.has(name)))
      fields.set(name, attribute(input, 'value') ?? '');
  }
  return fields;
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : unescapeHtml(value);
}

export function unescapeHtml(text: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return text.replace(/&(\w+|#39);/g, (whole, name: string) => entities[name] ?? whole);
}

/** The complaint on a page. */
export function errorOn(stop: Stop): string | undefined {
  const text = /id="error">([^<]*)</.exec(stop.html)?.[1];
  return text === undefined ? undefined : unescapeHtml(text);
}

export function titleOf(stop: Stop): string | undefined {
  const text = /<h1>([^<]*)<\/h1>/.exec(stop.html)?.[1];
  return text === undefined ? undefined : unescapeHtml(text);
}

/** Where a link of the page leads. */
export function linkOn(stop: Stop, words: string): string {
  const links = [...stop.html.matchAll(/<a\b([^>]*)>([^<]*)<\/a>/g)];
  const found = links.find(([, , text = '']) => unescapeHtml(text) === words);
  assert.ok(found, `a link ${words} in ${stop.html}`);
  return new URL(attribute(found[1] ?? '', 'href') ?? '', stop.address).href;
}
