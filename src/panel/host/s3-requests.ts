import * as vscode from 'vscode';
import { expandLocation, s3Region } from '../../core/connection/derive';
import { CancelledError, WorkbenchError, isWorkbenchError } from '../../core/errors';
import { PREVIEW_LIMITS, fileNameFor, formatS3Address, previewKind } from '../../core/s3/address';
import { likelyLocations } from '../../core/s3/locations';
import { factsOfSession } from '../../core/session/facts';
import type { SessionRef } from '../../core/session/model';
import { withProgress } from '../../host/progress';
import type { HostMessage, PreviewView, RequestName, S3LocationView } from '../protocol';
import type { FileWriter, InspectorDeps } from './deps';
import type { RequestHandlers } from './requests';

type S3Handlers = Pick<RequestHandlers, Extract<RequestName, `s3/${string}`>>;

/** What an image may be shown as: by the object's own type, else by its name. */
const mediaTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
  ico: 'image/x-icon',
  avif: 'image/avif',
  svg: 'image/svg+xml',
};

export function s3Requests(
  deps: InspectorDeps,
  ref: SessionRef,
  post: (message: HostMessage) => void,
): S3Handlers {
  return {
    's3/locations': async () => {
      const connection = deps.identities.find(ref)?.connection;
      const region = connection ? s3Region(connection) : undefined;
      return { locations: await locationsOf(deps, ref), ...(region === undefined ? {} : { region }) };
    },
    's3/list': async ({ bucket, prefix, filter, continuationToken }, signal) => {
      const s3 = await deps.s3(ref);
      return s3.list(
        { bucket, prefix: prefix + filter, delimiter: '/', continuationToken, maxKeys: 1000 },
        signal,
      );
    },
    's3/head': async ({ bucket, key }, signal) => (await deps.s3(ref)).head(bucket, key, signal),
    's3/preview': ({ bucket, key, size, contentType }, signal) =>
      preview(deps, ref, { bucket, key, size, contentType }, signal),
    's3/download': async ({ bucket, key, downloadId }, signal) => {
      const target = await vscode.window.showSaveDialog({
        defaultUri: vscode.Uri.joinPath(downloadFolder(deps), fileNameFor(key)),
        title: vscode.l10n.t('Download {0}', key),
      });
      if (!target) return { saved: false };
      let lastPost = 0;
      // In a notification too: the page, and its list of downloads, ends when something covers it.
      await withProgress(vscode.l10n.t('Downloading {0}', key), (cancelled, report) => {
        const progress = (bytes: number, total: number | undefined) => {
          const now = Date.now();
          if (now - lastPost < 100 && bytes !== total) return;
          lastPost = now;
          post({ type: 's3/progress', downloadId, bytes, total });
          if (total) report(vscode.l10n.t('{0} %', Math.floor((100 * bytes) / total)));
        };
        const either = AbortSignal.any([signal, cancelled]);
        return download(deps, ref, { bucket, key }, target, progress, either);
      });
      return { saved: true, path: target.fsPath };
    },
    's3/copyAddress': async ({ bucket, key }) => {
      await vscode.env.clipboard.writeText(formatS3Address(bucket, key));
      return {};
    },
  };
}

export async function locationsOf(deps: InspectorDeps, ref: SessionRef): Promise<S3LocationView[]> {
  const connection = deps.identities.find(ref)?.connection;
  if (!connection) return [];
  const session = await deps.identities.load(ref);
  const facts = session ? factsOfSession(session) : {};
  const configured = (connection.s3?.locations ?? []).map((template): S3LocationView => {
    const expanded = expandLocation(template, facts);
    return expanded.ok
      ? { address: expanded.address, label: template, source: 'configured' }
      : {
          address: template,
          label: template,
          source: 'configured',
          problem: vscode.l10n.t('{0} is not known for this identity yet.', expanded.missing),
        };
  });
  const known = new Set(configured.map((item) => item.address));
  const likely = likelyLocations(connection, facts)
    .filter((address) => !known.has(address))
    .map((address): S3LocationView => ({ address, label: address, source: 'likely' }));
  return [...configured, ...likely];
}

async function preview(
  deps: InspectorDeps,
  ref: SessionRef,
  object: { bucket: string; key: string; size: number; contentType?: string | undefined },
  signal: AbortSignal,
): Promise<PreviewView> {
  const kind = previewKind(object.key, object.contentType, object.size);
  if (kind === 'none')
    return {
      kind: 'none',
      reason: vscode.l10n.t('No preview for this kind of object. Download it to open it.'),
    };
  if (kind === 'too-large') {
    return { kind: 'none', reason: vscode.l10n.t('Too large for a preview. Download it to open it.') };
  }
  const limit = kind === 'image' ? PREVIEW_LIMITS.image : PREVIEW_LIMITS.text;
  const s3 = await deps.s3(ref);
  const bytes = await s3.read(object.bucket, object.key, limit, signal);
  if (kind === 'image') {
    const ending = object.key.slice(object.key.lastIndexOf('.') + 1).toLowerCase();
    const own = object.contentType?.startsWith('image/') ? object.contentType : undefined;
    const mediaType = own ?? mediaTypes[ending] ?? 'image/png';
    return { kind, mediaType, base64: Buffer.from(bytes).toString('base64') };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { kind, text, truncated: false };
  } catch {
    return { kind: 'none', reason: vscode.l10n.t('Not UTF-8 text. Download it to open it.') };
  }
}

async function download(
  deps: InspectorDeps,
  ref: SessionRef,
  object: { bucket: string; key: string },
  target: vscode.Uri,
  progress: (bytes: number, total: number | undefined) => void,
  signal: AbortSignal,
): Promise<void> {
  const s3 = await deps.s3(ref);
  let writer: FileWriter | undefined;
  try {
    const opened = (writer = (await deps.openFile(target)) ?? memoryWriter(target));
    await s3.download(object.bucket, object.key, (chunk) => opened.write(chunk), progress, signal);
    await opened.finish();
  } catch (error) {
    await writer?.discard();
    if (signal.aborted) throw new CancelledError(error);
    if (isWorkbenchError(error)) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new WorkbenchError(
      's3.download-failed',
      `could not write ${target.fsPath}: ${detail}`,
      { detail },
      error,
    );
  }
}

/** Megabytes that are kept in memory at most. */
const memoryLimit = 200;

/** For targets that are no files of this machine: VS Code's file systems take whole contents only. */
function memoryWriter(target: vscode.Uri): FileWriter {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  return {
    write: async (chunk) => {
      bytes += chunk.length;
      if (bytes > memoryLimit * 1_000_000) {
        throw new Error(
          vscode.l10n.t('larger than {0} MB; choose a folder of this machine instead', memoryLimit),
        );
      }
      chunks.push(chunk);
    },
    finish: async () => vscode.workspace.fs.writeFile(target, Buffer.concat(chunks)),
    discard: async () => undefined,
  };
}

function downloadFolder(deps: InspectorDeps): vscode.Uri {
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? deps.home;
}
