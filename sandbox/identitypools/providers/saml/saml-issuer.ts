import {
  createHash,
  generateKeyPair,
  generateKeyPairSync,
  randomUUID,
  sign,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import type { Clock } from '../../../kernel/types';
import type { TokenOrder } from '../social-logins';
import { canonicalXml, escapeAttribute, escapeText } from './canonical-xml';
import { selfSignedCertificate } from './certificate';
import {
  ASSERTION,
  AWS_SAML,
  BEARER,
  DSIG,
  ENVELOPED,
  EXCLUSIVE_C14N,
  METADATA,
  PROTOCOL,
  RSA_SHA256,
  SHA256,
  SUCCESS,
} from './names';
import { readXmlTree } from './xml-tree';

export const SAML_ENTITY_ID = 'https://idp.notes.app/saml';

/** The sandbox's own identity provider: its metadata, and signed responses for tests and the demo. */
export interface SamlIssuer {
  /** Makes the key without holding up anything else; without it, it is made when it is first needed. */
  prepare(): Promise<void>;
  metadata(): string;
  /** A base64 SAML response; the audience of the order is that of the assertion. */
  issue(order: TokenOrder): string;
}

type Keys = { readonly privateKey: KeyObject; readonly publicKey: KeyObject };

const RSA = { modulusLength: 2048 };

export function createSamlIssuer(clock: Clock, entityId = SAML_ENTITY_ID): SamlIssuer {
  let keys: Keys | undefined;
  const keysNow = (): Keys => (keys ??= generateKeyPairSync('rsa', RSA));
  return {
    async prepare() {
      const made = await promisify(generateKeyPair)('rsa', RSA);
      keys ??= made;
    },
    metadata() {
      const certificate = selfSignedCertificate('Sandbox identity provider', keysNow());
      const keyInfo = `<ds:KeyInfo xmlns:ds="${DSIG}"><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`;
      const binding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
      return `<md:EntityDescriptor xmlns:md="${METADATA}" entityID="${escapeAttribute(entityId)}"><md:IDPSSODescriptor protocolSupportEnumeration="${PROTOCOL}"><md:KeyDescriptor use="signing">${keyInfo}</md:KeyDescriptor><md:SingleSignOnService Binding="${binding}" Location="${escapeAttribute(entityId)}"/></md:IDPSSODescriptor></md:EntityDescriptor>`;
    },
    issue(order) {
      const id = `_${randomUUID()}`;
      const assertion = assertionOf(id, entityId, order, clock.now());
      const signature = signatureOf(id, assertion, keysNow().privateKey);
      const signed = assertion.replace('</saml:Issuer>', `</saml:Issuer>${signature}`);
      const response = `<samlp:Response xmlns:samlp="${PROTOCOL}" ID="_${randomUUID()}" Version="2.0" Destination="${AWS_SAML}"><samlp:Status><samlp:StatusCode Value="${SUCCESS}"/></samlp:Status>${signed}</samlp:Response>`;
      return Buffer.from(response, 'utf8').toString('base64');
    },
  };
}

function assertionOf(id: string, entityId: string, order: TokenOrder, now: number): string {
  const time = (at: number): string => new Date(at).toISOString();
  const end = time(now + order.expiresInSeconds * 1000);
  const value = (text: unknown): string =>
    `<saml:AttributeValue>${escapeText(typeof text === 'string' ? text : JSON.stringify(text))}</saml:AttributeValue>`;
  const attributes = Object.entries(order.claims).map(
    ([name, told]) =>
      `<saml:Attribute Name="${escapeAttribute(name)}">${[told].flat().map(value).join('')}</saml:Attribute>`,
  );
  const statement =
    attributes.length === 0
      ? ''
      : `<saml:AttributeStatement>${attributes.join('')}</saml:AttributeStatement>`;
  return (
    `<saml:Assertion xmlns:saml="${ASSERTION}" ID="${id}" Version="2.0" IssueInstant="${time(now)}">` +
    `<saml:Issuer>${escapeText(entityId)}</saml:Issuer>` +
    `<saml:Subject><saml:NameID>${escapeText(order.subject)}</saml:NameID>` +
    `<saml:SubjectConfirmation Method="${BEARER}"><saml:SubjectConfirmationData NotOnOrAfter="${end}" Recipient="${AWS_SAML}"/></saml:SubjectConfirmation></saml:Subject>` +
    `<saml:Conditions NotOnOrAfter="${end}"><saml:AudienceRestriction><saml:Audience>${escapeText(order.audience)}</saml:Audience></saml:AudienceRestriction></saml:Conditions>` +
    `<saml:AuthnStatement AuthnInstant="${time(now)}"/>${statement}</saml:Assertion>`
  );
}

/** An enveloped signature of an assertion that has none yet. */
function signatureOf(id: string, assertion: string, key: KeyObject): string {
  const digest = createHash('sha256')
    .update(canonicalXml(readXmlTree(assertion)), 'utf8')
    .digest('base64');
  const algorithm = (name: string, uri: string): string => `<ds:${name} Algorithm="${uri}"/>`;
  const signedInfo =
    `<ds:SignedInfo xmlns:ds="${DSIG}">${algorithm('CanonicalizationMethod', EXCLUSIVE_C14N)}` +
    `${algorithm('SignatureMethod', RSA_SHA256)}<ds:Reference URI="#${id}"><ds:Transforms>` +
    `${algorithm('Transform', ENVELOPED)}${algorithm('Transform', EXCLUSIVE_C14N)}</ds:Transforms>` +
    `${algorithm('DigestMethod', SHA256)}<ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`;
  const value = sign('RSA-SHA256', Buffer.from(canonicalXml(readXmlTree(signedInfo))), key).toString(
    'base64',
  );
  return `<ds:Signature xmlns:ds="${DSIG}">${signedInfo.replace(` xmlns:ds="${DSIG}"`, '')}<ds:SignatureValue>${value}</ds:SignatureValue></ds:Signature>`;
}
