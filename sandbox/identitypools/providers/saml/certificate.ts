import { sign, type KeyObject } from 'node:crypto';

/** DER: tag, length, content. */
export function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const { length } = body;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, Math.floor(length / 256), length % 256];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const SEQUENCE = 0x30;
/** sha256WithRSAEncryption, with its NULL. */
const SHA256_RSA = Buffer.from('300d06092a864886f70d01010b0500', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');

/**
 * A self-signed certificate of an RSA key until 2049: metadata carry keys in no other form. Base64 of its DER.
 * `extensions`: each as DER (RFC 5280, 4.1.2.9).
 */
export function selfSignedCertificate(
  commonName: string,
  keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject },
  extensions: readonly Buffer[] = [],
): string {
  const text = der(0x0c, Buffer.from(commonName, 'utf8'));
  const name = der(SEQUENCE, der(0x31, der(SEQUENCE, COMMON_NAME, text)));
  const time = (value: string): Buffer => der(0x17, Buffer.from(value, 'ascii'));
  const content = der(
    SEQUENCE,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    SHA256_RSA,
    name,
    der(SEQUENCE, time('200101000000Z'), time('491231235959Z')),
    name,
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length === 0 ? [] : [der(0xa3, der(SEQUENCE, ...extensions))]),
  );
  const signature = sign('RSA-SHA256', content, keys.privateKey);
  return der(SEQUENCE, content, SHA256_RSA, der(0x03, Buffer.from([0]), signature)).toString('base64');
}
