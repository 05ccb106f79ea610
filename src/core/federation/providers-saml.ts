import type { XmlElement } from './providers-xml';
import { readXml } from './providers-xml';

/** What a SAML response says of itself. Nothing of it is verified: AWS does that. */
export interface SamlFacts {
  readonly issuer?: string | undefined;
  /** NameID; undefined where it is encrypted, missing, or not to be trusted. */
  readonly nameId?: string | undefined;
  /** Milliseconds; the earliest of the times after which AWS refuses it. */
  readonly expiresAt?: number | undefined;
  /** `RoleSessionName`, as the provider wants the person to be called. */
  readonly sessionName?: string | undefined;
  /** ARNs of the roles that the person may choose among. */
  readonly roles: readonly string[];
}

/** `saml-part`: an assertion without its response. `saml-refusal`: a response without an assertion. */
export type SamlFinding =
  | { readonly kind: 'response'; readonly facts: SamlFacts }
  | { readonly kind: 'saml-part' | 'saml-refusal' | 'xml' };

const attributeNames = 'https://aws.amazon.com/SAML/Attributes/';

/** Looks into the XML text of a SAML response (SAML 2.0 core; AWS: "Configure SAML assertions"). */
export function readSaml(xml: string): SamlFinding {
  const root = readXml(xml);
  if (root?.name === 'Assertion' || root?.name === 'EncryptedAssertion') return { kind: 'saml-part' };
  if (root?.name !== 'Response') return { kind: 'xml' };
  const open = childrenOf(root, 'Assertion');
  const assertions = open.length + childrenOf(root, 'EncryptedAssertion').length;
  if (assertions === 0) return { kind: 'saml-refusal' };
  const [assertion] = open;
  // Of several, or beside an encrypted one, the signed one may be another than the one that is read here.
  if (!assertion || assertions > 1)
    return { kind: 'response', facts: { issuer: textOf(root, 'Issuer'), roles: [] } };
  return { kind: 'response', facts: factsOf(assertion, root) };
}

function factsOf(assertion: XmlElement, response: XmlElement): SamlFacts {
  const [subject] = childrenOf(assertion, 'Subject');
  const attributes = childrenOf(assertion, 'AttributeStatement').flatMap((one) =>
    childrenOf(one, 'Attribute'),
  );
  const valuesOf = (name: string): string[] =>
    attributes
      .filter((one) => one.attributes.get('Name') === attributeNames + name)
      .flatMap((one) => childrenOf(one, 'AttributeValue'))
      .map((value) => value.text.trim());
  return {
    issuer: textOf(assertion, 'Issuer') ?? textOf(response, 'Issuer'),
    nameId: subject && textOf(subject, 'NameID'),
    expiresAt: earliest([
      ...childrenOf(assertion, 'Conditions'),
      ...(subject ? childrenOf(subject, 'SubjectConfirmation') : []).flatMap((one) =>
        childrenOf(one, 'SubjectConfirmationData'),
      ),
    ]),
    sessionName: valuesOf('RoleSessionName')[0],
    roles: valuesOf('Role').flatMap(
      (pair) =>
        pair
          .split(',')
          .find((arn) => /:role\//.test(arn))
          ?.trim() ?? [],
    ),
  };
}

function earliest(elements: readonly XmlElement[]): number | undefined {
  const times = elements
    .map((element) => element.attributes.get('NotOnOrAfter') ?? '')
    .filter((time) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(time))
    .map((time) => Date.parse(time))
    .filter((time) => Number.isFinite(time));
  return times.length === 0 ? undefined : Math.min(...times);
}

function childrenOf(parent: XmlElement, name: string): XmlElement[] {
  return parent.children.filter((child) => child.name === name);
}

/** Text of the only child of a name; none where a comment splits it, because readers then see different names. */
function textOf(parent: XmlElement, name: string): string | undefined {
  const [child, second] = childrenOf(parent, name);
  if (!child || second || child.commented || child.children.length > 0) return undefined;
  return child.text.trim() || undefined;
}
