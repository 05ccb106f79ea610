import { X509Certificate, type KeyObject } from 'node:crypto';
import { DSIG, METADATA } from './names';
import { attributeOf, childrenOf, onlyChild, readXmlTree, textOf } from './xml-tree';

/** What an identity provider's metadata say that assertions are checked with. */
export interface SamlMetadata {
  readonly entityId: string;
  readonly keys: readonly KeyObject[];
}

/** Reads metadata of one identity provider. Throws XmlRefused, and errors of node:crypto for certificates. */
export function readSamlMetadata(text: string): SamlMetadata {
  const root = readXmlTree(text);
  const descriptors = childrenOf(root, METADATA, 'IDPSSODescriptor').flatMap((idp) =>
    childrenOf(idp, METADATA, 'KeyDescriptor'),
  );
  return {
    entityId: attributeOf(root, 'entityID') ?? '',
    keys: descriptors
      .filter((descriptor) => attributeOf(descriptor, 'use') !== 'encryption')
      .map((descriptor) => {
        const data = onlyChild(onlyChild(descriptor, DSIG, 'KeyInfo'), DSIG, 'X509Data');
        const certificate = textOf(onlyChild(data, DSIG, 'X509Certificate'));
        return new X509Certificate(Buffer.from(certificate, 'base64')).publicKey;
      }),
  };
}
