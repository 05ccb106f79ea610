import { deflateRawSync } from 'node:zlib';
import type { PolicyDocument } from '../kernel/types';

/** All keys and values of session tags together; Amazon Cognito's console names the same number. */
const MAX_TAG_BYTES = 460;
/** AWS packs session policies into a form that it keeps to itself; the sandbox deflates them. */
const MAX_POLICY_BYTES = 1024;

export interface PackedSize {
  readonly what: 'session tags' | 'session policy';
  /** Of the allotted space; more than 100 is too much. */
  readonly percent: number;
}

/** How much of the room in a session token policies and tags take: the tighter of the two. */
export function packedSize(
  policies: readonly PolicyDocument[],
  tags: Readonly<Record<string, string>>,
): PackedSize {
  const tagPercent = percentOf(Buffer.byteLength(Object.entries(tags).flat().join('')), MAX_TAG_BYTES);
  const policyBytes = policies.length === 0 ? 0 : deflateRawSync(JSON.stringify(policies)).length;
  const policyPercent = percentOf(policyBytes, MAX_POLICY_BYTES);
  return tagPercent >= policyPercent
    ? { what: 'session tags', percent: tagPercent }
    : { what: 'session policy', percent: policyPercent };
}

function percentOf(bytes: number, allotted: number): number {
  return Math.ceil((bytes / allotted) * 100);
}
