import * as vscode from 'vscode';
import { expandLocation } from '../../core/connection/derive';
import { parseS3Address } from '../../core/s3/address';
import { isWorkbenchError } from '../../core/errors';
import type { Session } from '../../core/session/model';
import type { Identities, IdentityView } from '../../host/identities';
import { askChoice, askText } from '../input';
import type { InspectorOpener } from '../inspector-opener';
import type { Picker } from '../pick';
import { subjectOf } from '../tree/nodes';
import type { DetailKind } from '../tree/nodes';
import { factsOfSession } from '../../core/session/facts';

export interface InspectorParts {
  readonly picker: Picker;
  readonly identities: Identities;
  readonly inspector: InspectorOpener;
}

export function openInspector(parts: InspectorParts) {
  return async (argument: unknown): Promise<void> => {
    const view = await parts.picker.identity(subjectOf(argument), vscode.l10n.t('Inspect whom?'));
    await parts.inspector.open(view.ref);
  };
}

const tabOfDetail: Record<DetailKind, 'tokens' | 'credentials' | 's3'> = {
  'id-token': 'tokens',
  'access-token': 'tokens',
  'refresh-token': 'tokens',
  'identity-id': 'credentials',
  credentials: 'credentials',
  s3: 's3',
};

/** A click on a detail of the tree: the Inspector on the tab that shows it. */
export function openDetail(parts: InspectorParts) {
  return async (argument: unknown): Promise<void> => {
    const { ref, detail } = subjectOf(argument);
    if (!ref || !detail) return;
    const view = await parts.picker.identity({ ref }, vscode.l10n.t('Inspect whom?'));
    await parts.inspector.open(view.ref, { tab: tabOfDetail[detail] });
  };
}

/** Open S3 Location…: one of the configured, or any s3:// address; no call needs ListBuckets. */
export function openS3Location(parts: InspectorParts) {
  return async (argument: unknown): Promise<void> => {
    const subject = subjectOf(argument);
    const view = await parts.picker.identity(subject, vscode.l10n.t('Open S3 as whom?'));
    const { address: named } = subject;
    const usable = named !== undefined && addressProblem(named) === undefined;
    const address = usable ? named : await askAddress(parts, view);
    await parts.inspector.open(view.ref, { tab: 's3', address });
  };
}

async function askAddress(parts: InspectorParts, view: IdentityView): Promise<string> {
  const session = await parts.identities.load(view.ref);
  const known = knownAddresses(view, session);
  const title = vscode.l10n.t('Open S3 Location as {0}', view.name);
  if (known.length > 0) {
    const chosen = await askChoice<string | undefined>({
      title,
      placeHolder: vscode.l10n.t('Which location?'),
      items: [
        ...known.map((address) => ({ label: address, value: address })),
        { label: vscode.l10n.t('Another address…'), value: undefined },
      ],
    });
    if (chosen !== undefined) return chosen;
  }
  return askText({
    title,
    prompt: vscode.l10n.t(
      'A bucket and prefix: s3://my-bucket/folder/ (an ARN or a console address will do)',
    ),
    placeHolder: 's3://',
    validate: addressProblem,
  });
}

function knownAddresses(view: IdentityView, session: Session | undefined): string[] {
  const facts = session ? factsOfSession(session) : {};
  return (view.connection?.s3?.locations ?? []).flatMap((template) => {
    const expanded = expandLocation(template, facts);
    return expanded.ok ? [expanded.address] : [];
  });
}

function addressProblem(text: string): string | undefined {
  try {
    parseS3Address(text);
    return undefined;
  } catch (error) {
    if (!isWorkbenchError(error)) throw error;
    return vscode.l10n.t('Not an S3 address. Expected s3://bucket or s3://bucket/prefix/.');
  }
}
