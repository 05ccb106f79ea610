export { createSignatureVerifier } from './verifier';
export type { SignatureVerifier, SignatureVerifierOptions } from './verifier';
export { missingSignature, protocolOf } from './refusals';
export type { Protocol } from './refusals';
