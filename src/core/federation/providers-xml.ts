/** An element without its namespaces: what a SAML response needs to be understood, not verified. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Text directly inside, CDATA included. */
  readonly text: string;
  /** A comment cuts the text; readers disagree on what is left, so that nothing should rest on it. */
  readonly commented: boolean;
}

interface Open {
  name: string;
  tag: string;
  attributes: Map<string, string>;
  children: XmlElement[];
  text: string;
  commented: boolean;
}

const maxDepth = 64;
const maxElements = 20_000;

const name = String.raw`[A-Za-z_][\w.-]{0,200}(?::[A-Za-z_][\w.-]{0,200})?`;
const openTag = new RegExp(String.raw`<(${name})((?:\s+${name}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(/?)>`, 'y');
const closeTag = new RegExp(String.raw`</(${name})\s*>`, 'y');
const attribute = new RegExp(String.raw`(${name})\s*=\s*(?:"([^"]*)"|'([^']*)')`, 'g');

/**
 * Reads a small XML document; undefined for what is not well formed or has a document type (entities are a trap).
 * Comments and instructions are skipped. Linear in the length of the text; depth and number of elements are limited.
 */
export function readXml(text: string): XmlElement | undefined {
  const top: Open = { name: '', tag: '', attributes: new Map(), children: [], text: '', commented: false };
  const stack = [top];
  let elements = 0;
  let at = text.startsWith('\u{FEFF}') ? 1 : 0;
  while (at < text.length) {
    const parent = stack.at(-1) ?? top;
    const next = text.indexOf('<', at);
    if (next !== at) {
      const plain = decodeEntities(text.slice(at, next === -1 ? text.length : next));
      if (plain === undefined || (parent === top && plain.trim() !== '')) return undefined;
      parent.text += plain;
      at = next === -1 ? text.length : next;
      continue;
    }
    const skipped = skip(text, at, parent);
    if (skipped === 'bad') return undefined;
    if (skipped !== undefined) {
      at = skipped;
      continue;
    }
    const closed = matchAt(closeTag, text, at);
    if (closed) {
      if (parent === top || closed[1] !== parent.tag) return undefined;
      stack.pop();
      at += closed[0].length;
      continue;
    }
    const opened = matchAt(openTag, text, at);
    const element = opened && elementOf(opened);
    elements += 1;
    if (!opened || !element || stack.length > maxDepth || elements > maxElements) return undefined;
    parent.children.push(element);
    if (opened[3] !== '/') stack.push(element);
    at += opened[0].length;
  }
  const [root, second] = top.children;
  return stack.length === 1 && second === undefined ? root : undefined;
}

/** Instructions, comments and CDATA: where they end. `bad`: a document type, or no end. */
function skip(text: string, at: number, parent: Open): number | 'bad' | undefined {
  const ends = (close: string, from: number): number | 'bad' => {
    const end = text.indexOf(close, from);
    return end === -1 ? 'bad' : end + close.length;
  };
  if (text.startsWith('<?', at)) return ends('?>', at + 2);
  if (text.startsWith('<!--', at)) {
    parent.commented = true;
    return ends('-->', at + 4);
  }
  if (text.startsWith('<![CDATA[', at)) {
    const end = ends(']]>', at + 9);
    if (end !== 'bad') parent.text += text.slice(at + 9, end - 3);
    return end;
  }
  return text.startsWith('<!', at) ? 'bad' : undefined;
}

function elementOf(tag: RegExpExecArray): Open | undefined {
  const [, whole = '', list = ''] = tag;
  const attributes = new Map<string, string>();
  for (const [, key = '', double, single] of list.matchAll(attribute)) {
    const value = decodeEntities(double ?? single ?? '');
    if (value === undefined) return undefined;
    attributes.set(localName(key), value);
  }
  return { name: localName(whole), tag: whole, attributes, children: [], text: '', commented: false };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function localName(qualified: string): string {
  return qualified.slice(qualified.indexOf(':') + 1);
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five named entities and characters by number; undefined for others, which only a document type could define. */
function decodeEntities(text: string): string | undefined {
  if (!text.includes('&')) return text;
  let good = true;
  const plain = text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{1,8}));|&/gi,
    (_whole, decimal?: string, hex?: string, word?: string) => {
      const code =
        decimal !== undefined ? Number(decimal) : hex !== undefined ? parseInt(hex, 16) : undefined;
      if (code !== undefined && code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
      const known = word !== undefined && Object.hasOwn(named, word) ? named[word] : undefined;
      good &&= known !== undefined;
      return known ?? '';
    },
  );
  return good ? plain : undefined;
}
