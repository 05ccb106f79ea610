import { createHash, verify, type KeyObject } from 'node:crypto';
import { canonicalXml } from './canonical-xml';
import { DSIG, ENVELOPED, EXCLUSIVE_C14N, RSA_SHA256, SHA256 } from './names';
import { attributeOf, childrenOf, onlyChild, textOf, type XmlElement } from './xml-tree';

/**
 * Whether an element carries an enveloped signature of exactly itself by one of the keys: RSA-SHA256, SHA-256 digest,
 * exclusive c14n. Every other algorithm and transform is refused. Nothing outside of the element is vouched for.
 */
export function isSignedElement(element: XmlElement, keys: readonly KeyObject[]): boolean {
  const signature = onlyChild(element, DSIG, 'Signature');
  const signedInfo = onlyChild(signature, DSIG, 'SignedInfo');
  const reference = onlyChild(signedInfo, DSIG, 'Reference');
  if (signature === undefined || signedInfo === undefined || reference === undefined) return false;
  const id = attributeOf(element, 'ID');
  if (id === undefined || id === '' || attributeOf(reference, 'URI') !== `#${id}`) return false;
  const transforms = childrenOf(onlyChild(reference, DSIG, 'Transforms') ?? reference, DSIG, 'Transform');
  const algorithms = [
    onlyChild(signedInfo, DSIG, 'CanonicalizationMethod'),
    onlyChild(signedInfo, DSIG, 'SignatureMethod'),
    onlyChild(reference, DSIG, 'DigestMethod'),
    ...transforms,
  ];
  const known = [EXCLUSIVE_C14N, RSA_SHA256, SHA256, ENVELOPED, EXCLUSIVE_C14N];
  const asKnown =
    algorithms.length === known.length &&
    algorithms.every(
      // An InclusiveNamespaces inside would change what is signed.
      (one, index) =>
        attributeOf(one, 'Algorithm') === known[index] &&
        one?.children.every((child) => typeof child === 'string'),
    );
  if (!asKnown) return false;
  const digest = createHash('sha256').update(canonicalXml(element, signature), 'utf8').digest();
  const told = Buffer.from(textOf(onlyChild(reference, DSIG, 'DigestValue')), 'base64');
  if (!digest.equals(told)) return false;
  const value = Buffer.from(textOf(onlyChild(signature, DSIG, 'SignatureValue')), 'base64');
  const signed = Buffer.from(canonicalXml(signedInfo), 'utf8');
  return keys.some((key) => key.asymmetricKeyType === 'rsa' && verify('RSA-SHA256', signed, key, value));
}
