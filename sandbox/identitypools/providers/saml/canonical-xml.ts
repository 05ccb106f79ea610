import type { XmlElement } from './xml-tree';

/**
 * Exclusive XML Canonicalization 1.0 without comments (W3C xml-exc-c14n) of an element, leaving out `without` as the
 * enveloped-signature transform does. InclusiveNamespaces is not known here.
 */
export function canonicalXml(element: XmlElement, without?: XmlElement): string {
  return write(element, new Map(), without);
}

function write(element: XmlElement, rendered: ReadonlyMap<string, string>, without?: XmlElement): string {
  const name = qualified(element.prefix, element.local);
  const used = new Set([element.prefix, ...element.attributes.flatMap(({ prefix }) => prefix || [])]);
  used.delete('xml');
  const inside = new Map(rendered);
  const declarations = [...used].sort(byText).flatMap((prefix) => {
    const namespace = element.scope.get(prefix) ?? '';
    if ((rendered.get(prefix) ?? '') === namespace) return [];
    inside.set(prefix, namespace);
    return ` ${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${escapeAttribute(namespace)}"`;
  });
  const attributes = [...element.attributes]
    .sort((one, other) => byText(one.namespace, other.namespace) || byText(one.local, other.local))
    .map(({ prefix, local, value }) => ` ${qualified(prefix, local)}="${escapeAttribute(value)}"`);
  const content = element.children
    .filter((child) => child !== without)
    .map((child) => (typeof child === 'string' ? escapeText(child) : write(child, inside, without)));
  return `<${name}${declarations.join('')}${attributes.join('')}>${content.join('')}</${name}>`;
}

function qualified(prefix: string, local: string): string {
  return prefix === '' ? local : `${prefix}:${local}`;
}

function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#xD;');
}

export function escapeAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#x9;')
    .replaceAll('\n', '&#xA;')
    .replaceAll('\r', '&#xD;');
}
