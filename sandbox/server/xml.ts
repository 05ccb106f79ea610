/** XML as the query protocol and S3 answer it. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => ENTITIES[character] ?? character);
}

/** Plain JSON-able members as elements; lists become `<member>` elements, dates ISO 8601. */
export function xmlMembers(value: Readonly<Record<string, unknown>>): string {
  return Object.entries(value)
    .map(([name, member]) => xmlElement(name, member))
    .join('');
}

function xmlElement(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  return `<${name}>${xmlContent(value)}</${name}>`;
}

function xmlContent(value: unknown): string {
  if (value instanceof Date) return value.toISOString().replace(/\.\d{3}Z$/, 'Z');
  if (Array.isArray(value)) return value.map((item) => xmlElement('member', item)).join('');
  if (typeof value === 'object' && value !== null)
    return xmlMembers(Object.fromEntries(Object.entries(value)));
  return escapeXml(String(value));
}
