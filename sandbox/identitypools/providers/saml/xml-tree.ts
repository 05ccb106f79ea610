/** A part of XML that is enough for assertions: elements, attributes, namespaces and text. */
export interface XmlElement {
  readonly prefix: string;
  readonly local: string;
  /** Empty where there is none. */
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  /** What prefixes mean here, '' being the default one. */
  readonly scope: ReadonlyMap<string, string>;
  readonly children: readonly (XmlElement | string)[];
}

export interface XmlAttribute {
  readonly prefix: string;
  readonly local: string;
  readonly namespace: string;
  readonly value: string;
}

/** Not XML, or more of it than is read here. */
export class XmlRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'XmlRefused';
  }
}

const NAME = String.raw`[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?`;
const TOKEN = new RegExp(
  String.raw`<(\/?)(${NAME})((?:\s+${NAME}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+`,
  'g',
);
const ATTRIBUTE = new RegExp(String.raw`(${NAME})\s*=\s*(?:"([^"]*)"|'([^']*)')`, 'g');
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const DEEPEST = 64;

interface Open extends XmlElement {
  readonly name: string;
  readonly children: (XmlElement | string)[];
}

/**
 * Reads a document of one root element. Comments, processing instructions, CDATA and DOCTYPE are refused: signed
 * documents have been forged with each of them. Throws XmlRefused.
 */
export function readXmlTree(text: string): XmlElement {
  const source = text.replace(/^\ufeff?(<\?xml\s[^?]*\?>)?\s*/, '').replace(/\r\n?/g, '\n');
  const stack: Open[] = [];
  let root: XmlElement | undefined;
  let end = 0;
  for (const match of source.matchAll(TOKEN)) {
    if (match.index !== end) throw new XmlRefused('it has a part that is not read here');
    end += match[0].length;
    const [token, closing, name, attributes = '', empty] = match;
    const top = stack.at(-1);
    if (name === undefined) {
      if (top !== undefined) append(top, unescape(token));
      else if (token.trim() !== '') throw new XmlRefused('it has text outside of its root');
    } else if (closing === '/') {
      if (top?.name !== name || attributes !== '' || empty === '/')
        throw new XmlRefused('an end tag does not fit');
      stack.pop();
    } else {
      if (stack.length >= DEEPEST) throw new XmlRefused('it is too deep');
      const element = open(name, attributes, top?.scope);
      if (top !== undefined) top.children.push(element);
      else if (root === undefined) root = element;
      else throw new XmlRefused('it has two roots');
      if (empty !== '/') stack.push(element);
    }
  }
  if (root === undefined || stack.length > 0 || end !== source.length)
    throw new XmlRefused('it is not well-formed');
  return root;
}

function append({ children }: Open, text: string): void {
  const last = children.at(-1);
  if (typeof last === 'string') children[children.length - 1] = last + text;
  else children.push(text);
}

function open(name: string, text: string, outer: ReadonlyMap<string, string> = new Map()): Open {
  const scope = new Map(outer);
  const plain: { prefix: string; local: string; value: string }[] = [];
  for (const [, qualified = '', double, single] of text.matchAll(ATTRIBUTE)) {
    const [prefix, local] = split(qualified);
    const value = unescape((double ?? single ?? '').replace(/[\t\n]/g, ' '));
    if (qualified === 'xmlns') scope.set('', value);
    else if (prefix === 'xmlns') scope.set(local, value);
    else plain.push({ prefix, local, value });
  }
  const namespaceOf = (prefix: string): string => {
    const namespace = prefix === 'xml' ? XML_NAMESPACE : scope.get(prefix);
    if (namespace === undefined && prefix !== '') throw new XmlRefused('a prefix is not declared');
    return namespace ?? '';
  };
  const attributes = plain.map((one) => ({
    ...one,
    namespace: one.prefix === '' ? '' : namespaceOf(one.prefix),
  }));
  const distinct = new Set(attributes.map(({ namespace, local }) => `${namespace} ${local}`));
  if (distinct.size !== attributes.length) throw new XmlRefused('an attribute stands twice');
  const [prefix, local] = split(name);
  return { name, prefix, local, namespace: namespaceOf(prefix), attributes, scope, children: [] };
}

function split(qualified: string): [prefix: string, local: string] {
  const [first = '', second] = qualified.split(':');
  return second === undefined ? ['', first] : [first, second];
}

function unescape(text: string): string {
  return text.replace(/&([^;]*);?/g, (whole, name: string) => {
    const reference = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
    const code = reference?.[1] !== undefined ? parseInt(reference[1], 16) : Number(reference?.[2] ?? NaN);
    const known = Number.isNaN(code)
      ? ENTITIES[name]
      : code <= 0x10ffff
        ? String.fromCodePoint(code)
        : undefined;
    if (!whole.endsWith(';') || known === undefined) throw new XmlRefused('it has an unknown entity');
    return known;
  });
}

/** The child elements of a name. */
export function childrenOf(element: XmlElement, namespace: string, local: string): readonly XmlElement[] {
  return element.children.filter(
    (child): child is XmlElement =>
      typeof child !== 'string' && child.namespace === namespace && child.local === local,
  );
}

/** The only child element of a name; undefined where there is none or more than one. */
export function onlyChild(
  element: XmlElement | undefined,
  namespace: string,
  local: string,
): XmlElement | undefined {
  const found = element === undefined ? [] : childrenOf(element, namespace, local);
  return found.length === 1 ? found[0] : undefined;
}

/** An attribute without a namespace. */
export function attributeOf(element: XmlElement | undefined, local: string): string | undefined {
  return element?.attributes.find((one) => one.namespace === '' && one.local === local)?.value;
}

export function textOf(element: XmlElement | undefined): string {
  return (element?.children ?? []).filter((child) => typeof child === 'string').join('');
}
