import * as l10n from '@vscode/l10n';
import type { RolePolicy } from '../admin-port';
import { partitionOf } from '../connection/ids';
import {
  type ContextValues,
  decide,
  parsePolicy,
  type Policy,
  type PolicyRequest,
  type Verdict,
} from '../policy';
import { parseS3Address, type S3Address } from '../s3/address';
import { type SessionFacts, sessionContext } from './effective-access-context';
import { guestScopeDown } from './effective-access-scope-down';
import { regionOf } from './trust-check-request';

export type { SessionFacts } from './effective-access-context';

export interface AccessQuestion {
  readonly session: SessionFacts;
  readonly rolePolicies: readonly RolePolicy[];
  /** A guest of the enhanced flow. */
  readonly isScopedDown: boolean;
  /** Of the basic flow; what none of them allows is denied. Undefined where there is none. */
  readonly sessionPolicies?: readonly { readonly name: string; readonly document: string }[] | undefined;
  /** `s3://bucket/prefix`, placeholders filled in. */
  readonly locations: readonly string[];
}

export type AccessAction = 's3:ListBucket' | 's3:GetObject' | 's3:PutObject';

/** What a session may do at one location. */
export interface AccessRow {
  readonly location: string;
  readonly action: AccessAction;
  /** ARN that was asked about. For a folder it is an object in it whose name is made up. */
  readonly resource: string;
  readonly decision: Verdict;
  /** The sentence that decides it, localised. */
  readonly sentence: string;
  readonly layers: readonly AccessLayer[];
}

/** All layers must allow. */
export interface AccessLayer {
  readonly id: 'role' | 'scope-down' | 'session-policy';
  /** Localised. */
  readonly title: string;
  readonly decision: Verdict;
  readonly sentence: string;
}

const ACTIONS: readonly AccessAction[] = ['s3:ListBucket', 's3:GetObject', 's3:PutObject'];

/**
 * What a session may do at S3 locations: the role's policies, and what narrows the session (IAM user guide, "Policy
 * evaluation logic"). Bucket policies, permissions boundaries, organisation policies and KMS are not looked at.
 */
export function effectiveAccess(question: AccessQuestion): AccessRow[] {
  const layers = layersOf(question);
  return question.locations.flatMap((location) => {
    const address = addressOf(location);
    return ACTIONS.map((action) =>
      address
        ? accessRow(question.session, layers, location, address, action)
        : { location, action, resource: '', layers: [], ...notAnAddress(location) },
    );
  });
}

function notAnAddress(location: string): Pick<AccessRow, 'decision' | 'sentence'> {
  return { decision: 'unknown', sentence: l10n.t('{0} is not an S3 address.', location) };
}

interface Layer {
  readonly id: AccessLayer['id'];
  readonly title: string;
  readonly policies: readonly Policy[];
}

function layersOf({ rolePolicies, isScopedDown, sessionPolicies }: AccessQuestion): Layer[] {
  const read = ({ name, document }: { readonly name: string; readonly document: string }): Policy =>
    parsePolicy(name, document, 'identity');
  return [
    { id: 'role', title: l10n.t('Policies of the role'), policies: rolePolicies.map(read) },
    ...(isScopedDown
      ? [{ id: 'scope-down' as const, title: l10n.t('Scope-down of guests'), policies: guestScopeDown() }]
      : []),
    ...(sessionPolicies
      ? [
          {
            id: 'session-policy' as const,
            title: l10n.t('Session policy'),
            policies: sessionPolicies.map(read),
          },
        ]
      : []),
  ];
}

function accessRow(
  session: SessionFacts,
  layers: readonly Layer[],
  location: string,
  address: S3Address,
  action: AccessAction,
): AccessRow {
  const request = s3Request(session, address, action);
  const answers = layers.map(({ id, title, policies }): AccessLayer => {
    const { decision, sentence } = decide(policies, request);
    return {
      id,
      title,
      decision,
      sentence: policies.length === 0 ? l10n.t('The role has no permissions at all.') : sentence,
    };
  });
  const deciding = decidingLayer(answers);
  return {
    location,
    action,
    resource: request.resource ?? '',
    decision: deciding?.decision ?? 'implicit-deny',
    sentence: sentenceOf(deciding, answers),
    layers: answers,
  };
}

/** An explicit deny first, then the layer that does not allow, then what cannot be told; else the role. */
function decidingLayer(layers: readonly AccessLayer[]): AccessLayer | undefined {
  const order: readonly Verdict[] = ['explicit-deny', 'implicit-deny', 'unknown'];
  for (const verdict of order) {
    const found = layers.find(({ decision }) => decision === verdict);
    if (found) return found;
  }
  return layers[0];
}

function sentenceOf(deciding: AccessLayer | undefined, layers: readonly AccessLayer[]): string {
  if (!deciding) return '';
  const isNarrowing = deciding.id !== 'role' && layers[0]?.decision === 'allow';
  return isNarrowing && deciding.decision !== 'allow'
    ? l10n.t('The role would allow it. {0}: {1}', deciding.title, deciding.sentence)
    : deciding.sentence;
}

function s3Request(
  session: SessionFacts,
  { bucket, prefix }: S3Address,
  action: AccessAction,
): PolicyRequest {
  const { partition } = partitionOf(regionOf(session));
  const isAccessPoint = bucket.startsWith('arn:');
  const bucketArn = isAccessPoint ? bucket : `arn:${partition}:s3:::${bucket}`;
  const isList = action === 's3:ListBucket';
  // A key of its own stands for itself; a folder for whatever is in it.
  const key = prefix === '' || prefix.endsWith('/') ? `${prefix}example` : prefix;
  const own: ContextValues = isList ? { 's3:prefix': prefix, 's3:delimiter': '/' } : {};
  return {
    action,
    resource: isList ? bucketArn : `${bucketArn}/${isAccessPoint ? 'object/' : ''}${key}`,
    context: sessionContext(session, own),
  };
}

function addressOf(location: string): S3Address | undefined {
  try {
    return parseS3Address(location);
  } catch {
    return undefined;
  }
}
