import type { Uri } from 'vscode';
import type { Connection } from '../../core/connection/model';
import type { S3Api, SignatureVerifier } from '../../core/ports';
import type { Sessions } from '../../core/session/manager';
import type { SessionRef } from '../../core/session/model';
import type { AdminAccess } from '../../host/admin-access';
import type { Failures } from '../../host/failures';
import type { Identities } from '../../host/identities';
import type { Log } from '../../host/log';

/** Writes a download beside its goal and puts it in place when it is whole. */
export interface FileWriter {
  write(chunk: Uint8Array): Promise<void>;
  finish(): Promise<void>;
  discard(): Promise<void>;
}

/** What the Inspector needs from the rest; constructed in services.ts. */
export interface InspectorDeps {
  readonly dist: Uri;
  readonly media: Uri;
  /** Where a download goes by default in a window without a folder. */
  readonly home: Uri;
  readonly identities: Identities;
  readonly sessions: Sessions;
  /** Also of an identity that has no session. */
  readonly connection: (id: string) => Connection | undefined;
  readonly admin: Pick<AdminAccess, 'source' | 'adminFor'>;
  readonly failures: Failures;
  readonly log: Log;
  readonly verifier: () => Promise<SignatureVerifier>;
  /** Reads as this identity, with credentials that are fresh at each call. */
  readonly s3: (ref: SessionRef) => Promise<S3Api>;
  /** Undefined where the target is no file of this machine. */
  readonly openFile: (target: Uri) => Promise<FileWriter> | undefined;
}
