import { invalidToken } from '../refusals';
import { ASSERTION, AWS_SAML, BEARER, PROTOCOL, ROLE_ATTRIBUTE, SUCCESS } from './names';
import type { SamlMetadata } from './saml-metadata';
import { isSignedElement } from './xml-signature';
import {
  attributeOf,
  childrenOf,
  onlyChild,
  readXmlTree,
  textOf,
  type XmlElement,
  XmlRefused,
} from './xml-tree';

export interface SamlUser {
  readonly sub: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** The old name of AWS as an audience is still taken. */
const AUDIENCES: ReadonlySet<string> = new Set([AWS_SAML, 'urn:amazon:webservices']);

/**
 * Checks a base64 SAML response as far as the sandbox does: a subset that its own identity provider keeps to. One
 * assertion, signed itself or in a signed response (RSA-SHA256, exclusive c14n), not encrypted; issuer, audience,
 * bearer, recipient and times. AWS's words for these refusals are not known to us. Throws NotAuthorizedException.
 */
export function checkSamlResponse(
  token: string,
  { entityId, keys }: SamlMetadata,
  providerArn: string,
  now: number,
): SamlUser {
  const response = readResponse(token);
  const status = onlyChild(onlyChild(response, PROTOCOL, 'Status'), PROTOCOL, 'StatusCode');
  if (attributeOf(status, 'Value') !== SUCCESS) throw invalidToken('The SAML response is not a success.');
  const assertion = onlyChild(response, ASSERTION, 'Assertion');
  if (assertion === undefined) throw invalidToken('The SAML response has not exactly one plain assertion.');
  if (textOf(onlyChild(assertion, ASSERTION, 'Issuer')).trim() !== entityId)
    throw invalidToken("Issuer doesn't match providerName");
  if (!isSignedElement(assertion, keys) && !isSignedElement(response, keys))
    throw invalidToken("Couldn't verify signed token.");
  const subject = onlyChild(assertion, ASSERTION, 'Subject');
  const sub = textOf(onlyChild(subject, ASSERTION, 'NameID')).trim();
  if (sub === '') throw invalidToken('Missing a required claim: sub');
  checkConditions(onlyChild(assertion, ASSERTION, 'Conditions'), now);
  checkBearer(subject, now);
  return { sub, claims: { ...attributesOf(assertion, providerArn), sub } };
}

function readResponse(token: string): XmlElement {
  const notSaml = (why: string): Error => invalidToken(`Not a valid SAML response: ${why}.`);
  const bare = token.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(bare)) throw notSaml('it is not base64');
  try {
    const root = readXmlTree(Buffer.from(bare, 'base64').toString('utf8'));
    if (root.namespace !== PROTOCOL || root.local !== 'Response') throw notSaml('it is not a Response');
    return root;
  } catch (error) {
    throw error instanceof XmlRefused ? notSaml(error.message) : error;
  }
}

function checkConditions(conditions: XmlElement | undefined, now: number): void {
  const restriction = onlyChild(conditions, ASSERTION, 'AudienceRestriction');
  const audiences =
    restriction === undefined ? [] : childrenOf(restriction, ASSERTION, 'Audience').map(textOf);
  if (!audiences.some((audience) => AUDIENCES.has(audience.trim())))
    throw invalidToken('The audience of the SAML assertion is not AWS.');
  const begin = attributeOf(conditions, 'NotBefore');
  if (begin !== undefined && !(now >= Date.parse(begin)))
    throw invalidToken('The SAML assertion is not valid yet.');
  checkEnd(attributeOf(conditions, 'NotOnOrAfter'), now);
}

function checkBearer(subject: XmlElement | undefined, now: number): void {
  const confirmation = onlyChild(subject, ASSERTION, 'SubjectConfirmation');
  const data = onlyChild(confirmation, ASSERTION, 'SubjectConfirmationData');
  if (attributeOf(confirmation, 'Method') !== BEARER || attributeOf(data, 'Recipient') !== AWS_SAML)
    throw invalidToken(`The recipient of the SAML assertion is not ${AWS_SAML}.`);
  checkEnd(attributeOf(data, 'NotOnOrAfter'), now);
}

function checkEnd(text: string | undefined, now: number): void {
  const end = Date.parse(text ?? '');
  if (Number.isNaN(end)) throw invalidToken('Missing a required claim: NotOnOrAfter');
  const [a, b] = [now, end].map((time) => Math.floor(time / 1000));
  if (now >= end) throw invalidToken(`Token expired: ${a} >= ${b}`);
}

/** By name, a list where there are several values; of roles only those that are for this provider, always a list. */
function attributesOf(assertion: XmlElement, providerArn: string): Record<string, unknown> {
  const attributes = childrenOf(assertion, ASSERTION, 'AttributeStatement').flatMap((statement) =>
    childrenOf(statement, ASSERTION, 'Attribute'),
  );
  return Object.fromEntries(
    attributes.map((attribute) => {
      const name = attributeOf(attribute, 'Name') ?? '';
      const values = childrenOf(attribute, ASSERTION, 'AttributeValue').map((value) => textOf(value).trim());
      const ours = values.filter((value) => value.split(',').some((arn) => arn.trim() === providerArn));
      return [name, name === ROLE_ATTRIBUTE ? ours : values.length === 1 ? values[0] : values];
    }),
  );
}
