/**
 * The one contract between the Inspector's two sides. `host` answers requests of `app` and sends it events.
 * No secret travels unless the page asked for exactly that one (`credentials/reveal`).
 */
import type { ActionId, Explanation } from '../core/diagnosis/types';
import type { RoleStep } from '../core/federation/role-mapping';
import type { FailureFinding } from '../core/federation/what-failed';
import type { RoleExplanation } from '../core/federation/why-role';
import type { AdminRoleExplanation } from '../core/federation/why-role-admin';
import type { S3ListPage, S3ObjectDetails } from '../core/ports';
import type { IdentityKind } from '../core/session/keys';
import type { Exchange, SessionRef, SessionState } from '../core/session/model';
import type { ClaimGroup } from '../core/tokens/explain';
import type { SourceKeys } from '../core/tokens/key-source';
import type { Verdict } from '../core/tokens/verdicts';

export type TabId = 'tokens' | 'credentials' | 's3';
/** `login-0`, …: what the session holds for the identity pool besides the user pool's tokens. */
export type TokenSlot = 'id' | 'access' | 'refresh' | `login-${number}`;
export type SecretField = 'accessKeyId' | 'secretAccessKey' | 'sessionToken';

/** The header of the page. Sent at `ready`, whenever the session changes, and when the page becomes visible again. */
export interface PanelState {
  /** The page keeps it in its state, so that the panel finds its identity again after a reload. No secret. */
  readonly ref: SessionRef;
  readonly connectionId: string;
  readonly connectionLabel: string;
  readonly name: string;
  readonly kind: IdentityKind;
  readonly state: SessionState;
  /** Of the AWS credentials, else of the tokens; milliseconds. */
  readonly expiresAt?: number | undefined;
  readonly hasUserPool: boolean;
  readonly hasIdentityPool: boolean;
  /** Why the session counts as signed out, if something is to be said. */
  readonly notice?: string | undefined;
  /** Changes whenever the data behind the tabs may have changed; the page reloads the visible tab then. */
  readonly revision: number;
  /** The tab that the host wants shown (once per change of `tabRequest.id`). */
  readonly tabRequest?: ({ readonly id: number } & TabRequest) | undefined;
}

export interface TabRequest {
  readonly tab: TabId;
  /** Of the tab S3. */
  readonly address?: string;
  /** Of the tab Credentials: looks at once for what really failed. */
  readonly findCause?: boolean;
}

export interface TokenCard {
  readonly slot: TokenSlot;
  /** Of a login: whose it is. */
  readonly title?: string | undefined;
  readonly present: boolean;
  /** `id`, `access`, `refresh` or what was found in this slot. */
  readonly kind: string;
  readonly summary?: { readonly status: 'ok' | 'failed' | 'unknown'; readonly sentence: string } | undefined;
  readonly verdicts: readonly Verdict[];
  /** Header members, explained like claims. Of a large token, like the claims and the JSON, an excerpt. */
  readonly header: readonly ClaimGroup[];
  readonly groups: readonly ClaimGroup[];
  /** Pretty JSON of header and claims (no signature); absent for encrypted tokens. */
  readonly json?: string | undefined;
  /** Characters of the JSON that are left out at its end. */
  readonly jsonMore?: number;
  readonly expiresAt?: number | undefined;
  /** When it becomes valid, where that lies ahead. */
  readonly startsAt?: number | undefined;
  /** For the refresh token: what can be known, a sentence each. */
  readonly facts: readonly string[];
  readonly error?: Explanation | undefined;
}

export interface TokensView {
  readonly cards: readonly TokenCard[];
}

/** One part of a token as it is written. Its text travels only when the page asks (`token/reveal`). */
export interface TokenPartView {
  readonly name: 'header' | 'claims' | 'signature' | 'key' | 'iv' | 'ciphertext' | 'tag';
  /** Characters. */
  readonly length: number;
  /** `eyJr…`. */
  readonly masked: string;
}

/** Whose keys check the signature, or could. */
export type TokenKeys =
  /** `none` also where there is no token at all. */
  | Extract<SourceKeys, { kind: 'none' | 'unknown' }>
  /** `missing`: they could not be had. */
  | (Extract<SourceKeys, { kind: 'connection' }> & { readonly missing?: true })
  | (Extract<SourceKeys, { kind: 'issuer' }> & { readonly fetched: boolean })
  | { readonly kind: 'pasted' };

/** A token from anywhere: the page of "Inspector: Token". */
export interface TokenView extends Omit<TokenCard, 'slot' | 'title'> {
  readonly title: string;
  /** Where it comes from: `The clipboard`. */
  readonly source?: string | undefined;
  readonly parts: readonly TokenPartView[];
  readonly keys: TokenKeys;
  /** What is dangerous or doubtful about it, a sentence each. */
  readonly warnings: readonly string[];
  /** The connection whose pool can tell whether it is revoked. */
  readonly revocable?: string | undefined;
}

/** What Cognito said of a token when it was asked. */
export interface TokenAnswer {
  readonly status: Verdict['status'];
  readonly sentence: string;
}

export interface FlowStep {
  readonly label: string;
  readonly detail: string;
  readonly atMs?: number | undefined;
  /** How long its request took. */
  readonly milliseconds?: number | undefined;
}

/** What the other flow gave when it was tried; its credentials are thrown away. */
export interface FlowTrial {
  readonly flow: Exchange['flow'];
  readonly steps: readonly FlowStep[];
  readonly roleName?: string | undefined;
  readonly expiresAt?: number | undefined;
  readonly error?: Explanation | undefined;
}

export interface CredentialsView {
  readonly available: boolean;
  readonly identityId?: string | undefined;
  readonly expiresAt?: number | undefined;
  readonly issuedAt?: number | undefined;
  readonly accountId?: string | undefined;
  readonly roleName?: string | undefined;
  readonly callerArn?: string | undefined;
  /** Masked: `ASIA…XY4Q`. */
  readonly masked?: Readonly<Record<SecretField, string>> | undefined;
  readonly flow: readonly FlowStep[];
  /** By which they came; the other one can be tried beside it. */
  readonly flowName?: Exchange['flow'] | undefined;
  /** The role that a trial of the basic flow would name. */
  readonly trialRole?: string | undefined;
  /** What narrows the session beyond its role, a sentence each. */
  readonly narrowed?: readonly string[] | undefined;
  readonly why?: RoleExplanation | undefined;
  /** Who would be asked as an administrator; undefined where there is nobody. */
  readonly adminName?: string | undefined;
  /** Why there are none, or why the role is not known. */
  readonly error?: Explanation | undefined;
}

/** Why it is this role, as an administrator sees it. */
export interface AdminRoleView {
  readonly explanation: AdminRoleExplanation;
  /** Who was asked. */
  readonly asked: string;
  /** What could not be read, a sentence each. */
  readonly unread: readonly string[];
}

/** One thing that was tried on the way to the cause; `skipped`: it was not. */
export type CauseStep = RoleStep;

/** What really failed, or that nothing did. */
export interface CauseView {
  /** `works`: credentials were had, and thrown away. `other`: `error` says it all. */
  readonly outcome: 'works' | 'refused' | 'other';
  /** The role that came, or that the identity pool would give. */
  readonly roleName?: string | undefined;
  readonly steps: readonly CauseStep[];
  readonly finding?: FailureFinding | undefined;
  /** How the identity pool came to that role, where it was read. */
  readonly choice?: readonly RoleStep[] | undefined;
  /** Nobody can be asked as an administrator, who would see more. */
  readonly adminMissing?: boolean | undefined;
  readonly error?: Explanation | undefined;
}

export interface S3LocationView {
  /** `s3://bucket/prefix/` with placeholders filled. */
  readonly address: string;
  readonly label: string;
  readonly source: 'configured' | 'likely';
  /** A placeholder that could not be filled. */
  readonly problem?: string | undefined;
}

export type PreviewView =
  | { readonly kind: 'text' | 'json'; readonly text: string; readonly truncated: boolean }
  | { readonly kind: 'image'; readonly mediaType: string; readonly base64: string }
  | { readonly kind: 'none'; readonly reason: string };

/** Requests of the page: name → what goes in and what comes out. */
export interface PanelRequests {
  'tokens/load': { in: Record<never, never>; out: TokensView };
  'tokens/copy': { in: { slot: TokenSlot }; out: Record<never, never> };
  /** The host asks in which form. */
  'tokens/copyAs': { in: { slot: TokenSlot }; out: { copied: boolean } };
  'credentials/load': { in: Record<never, never>; out: CredentialsView };
  'credentials/tryFlow': { in: { flow: Exchange['flow'] }; out: FlowTrial };
  /** With an administrator's credentials, once the person asks for it. */
  'credentials/explainAsAdmin': { in: Record<never, never>; out: AdminRoleView };
  /** May ask the person; `credentials/progress` tells what it does. */
  'credentials/findCause': { in: Record<never, never>; out: CauseView };
  /** Of the last finding: the command that mends it, or the document in it. */
  'credentials/copyFinding': { in: { what: 'command' | 'document' }; out: Record<never, never> };
  'credentials/reveal': { in: { field: SecretField }; out: { value: string } };
  'credentials/copy': { in: { field: SecretField | 'identityId' }; out: Record<never, never> };
  's3/locations': {
    in: Record<never, never>;
    out: { locations: readonly S3LocationView[]; region?: string };
  };
  's3/list': {
    in: { bucket: string; prefix: string; filter: string; continuationToken?: string | undefined };
    out: S3ListPage;
  };
  's3/head': { in: { bucket: string; key: string }; out: S3ObjectDetails };
  's3/preview': {
    in: { bucket: string; key: string; size: number; contentType?: string | undefined };
    out: PreviewView;
  };
  /** The host asks where to save and reports progress by `s3/progress` events with this id. */
  's3/download': {
    in: { downloadId: string; bucket: string; key: string };
    out: { saved: boolean; path?: string };
  };
  's3/copyAddress': { in: { bucket: string; key: string }; out: Record<never, never> };
  /** Those of "Inspector: Token". */
  'token/load': { in: Record<never, never>; out: TokenView };
  'token/reveal': { in: Record<never, never>; out: { parts: readonly string[] } };
  'token/copy': { in: Record<never, never>; out: Record<never, never> };
  'token/copyAs': { in: Record<never, never>; out: { copied: boolean } };
  /** Of the Cognito issuer that `token/load` named. */
  'token/fetchKeys': { in: Record<never, never>; out: TokenView };
  /** A JWK Set, a JWK or PEM. */
  'token/useKeys': { in: { keys: string }; out: TokenView };
  /** GetUser with this access token. */
  'token/askCognito': { in: Record<never, never>; out: TokenAnswer };
}

export type RequestName = keyof PanelRequests;
/** Requests of the page of "Inspector: Token"; the others are of an identity's Inspector. */
export type TokenRequestName = Extract<RequestName, `token/${string}`>;
export type InspectorRequestName = Exclude<RequestName, TokenRequestName>;

/** One-way messages of the page. */
export type PanelNotification =
  | { readonly type: 'ready' }
  /** Gives up on a running request (leaving a tab, a newer filter text, Cancel on a download). */
  | { readonly type: 'cancel'; readonly requestId: number }
  | {
      readonly type: 'command';
      readonly command:
        | 'refresh'
        | 'copyCredentials'
        | 'signOut'
        | 'signIn'
        | 'showLog'
        | 'chooseRole'
        | 'chooseAwsProfile'
        | 'inspectToken';
    }
  | { readonly type: 'action'; readonly action: ActionId; readonly explanation: Explanation };

export type PageMessage =
  | PanelNotification
  | {
      readonly type: 'request';
      readonly requestId: number;
      readonly name: RequestName;
      readonly input: unknown;
    };

export type HostMessage =
  /** First message after `ready`: translated sentences for the page (absent when English). */
  | { readonly type: 'l10n'; readonly contents: Readonly<Record<string, string>> | undefined }
  | { readonly type: 'state'; readonly state: PanelState }
  /** "Inspector: Token" holds another token, or what it is judged by has changed. */
  | {
      readonly type: 'token/changed';
      readonly revision: number;
      /** Counts the tokens that were inspected: the same one may be shown anew. */
      readonly token: number;
    }
  | { readonly type: 'response'; readonly requestId: number; readonly output: unknown }
  | { readonly type: 'failure'; readonly requestId: number; readonly explanation: Explanation | undefined }
  | { readonly type: 'credentials/progress'; readonly text: string }
  | {
      readonly type: 's3/progress';
      readonly downloadId: string;
      readonly bytes: number;
      readonly total?: number | undefined;
    };
