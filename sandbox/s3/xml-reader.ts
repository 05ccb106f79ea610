import { s3Error } from './errors';

export interface XmlElement {
  readonly name: string;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly children: XmlElement[];
  text: string;
}

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/g;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(/&([^;]*);?/g, (whole, name: string) => {
    if (!whole.endsWith(';')) throw s3Error('MalformedXML');
    const reference = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
    const code = reference?.[1] !== undefined ? parseInt(reference[1], 16) : Number(reference?.[2] ?? NaN);
    const character = Number.isNaN(code)
      ? ENTITIES[name]
      : code <= 0x10ffff
        ? String.fromCodePoint(code)
        : undefined;
    if (character === undefined) throw s3Error('MalformedXML');
    return character;
  });
}

/**
 * Reads a request body of S3 (elements and text only; attributes are skipped, a DOCTYPE is refused).
 * Throws MalformedXML for anything that is not one well-formed element.
 */
export function readXml(source: string): XmlElement {
  const root: Open = { name: '', children: [], text: '' };
  const stack: Open[] = [root];
  let end = 0;
  for (const match of source.replace(/^\ufeff/, '').matchAll(TOKEN)) {
    if (match.index !== end) throw s3Error('MalformedXML');
    end += match[0].length;
    const top = stack[stack.length - 1] ?? root;
    const [token, closing, name] = match;
    if (name === undefined) {
      if (!token.startsWith('<')) top.text += unescapeXml(token);
    } else if (closing === '/') {
      if (top === root || top.name !== name) throw s3Error('MalformedXML');
      stack.pop();
    } else {
      const element: Open = { name, children: [], text: '' };
      top.children.push(element);
      if (match[4] !== '/') stack.push(element);
    }
  }
  const [only, ...others] = root.children;
  const whole = end === source.replace(/^\ufeff/, '').length && stack.length === 1;
  if (!whole || only === undefined || others.length > 0 || root.text.trim() !== '')
    throw s3Error('MalformedXML');
  return only;
}
