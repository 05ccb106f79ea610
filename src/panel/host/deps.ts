import type { Event, Uri } from 'vscode';
import type { Connection } from '../../core/connection/model';
import type { S3Api, SignatureVerifier, UserPoolApi } from '../../core/ports';
import type { Sessions } from '../../core/session/manager';
import type { SessionRef } from '../../core/session/model';
import type { AdminAccess } from '../../host/admin-access';
import type { KeyFinding } from '../../core/tokens/judge-keys';
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
  /** Of this window, to find whose pool issued a token. */
  readonly connections: () => readonly Connection[];
  readonly onDidChangeConnections: Event<unknown>;
  readonly verifier: () => Promise<SignatureVerifier>;
  /** Throws WorkbenchError `token.keys-unavailable` for a text that holds no keys. */
  readonly verifyWithKeys: (token: string, keys: string) => Promise<KeyFinding>;
  /** Asks the person first where the endpoint is not AWS's own. */
  readonly userPool: (connection: Connection) => Promise<UserPoolApi>;
  /** Reads as this identity, with credentials that are fresh at each call. */
  readonly s3: (ref: SessionRef) => Promise<S3Api>;
  /** Undefined where the target is no file of this machine. */
  readonly openFile: (target: Uri) => Promise<FileWriter> | undefined;
}
