import * as v from 'valibot';
import { WorkbenchError } from '../errors';
import type { Session, SessionIndexEntry } from './model';

export type UnreadableReason = 'corrupt' | 'newer-version' | 'unknown-version';

const millis = v.pipe(v.number(), v.finite());
const text = v.pipe(v.string(), v.nonEmpty());

const originSchema = v.object({
  userPoolId: v.optional(v.string()),
  clientId: v.optional(v.string()),
  identityPoolId: v.optional(v.string()),
  endpoints: v.string(),
});

const sessionSchema = v.object({
  version: v.literal(1),
  connectionId: text,
  identityKey: text,
  name: v.string(),
  signInName: v.optional(v.string()),
  signInMethod: v.optional(v.picklist(['srp', 'password', 'browser', 'choice', 'custom'])),
  origin: originSchema,
  tokens: v.optional(
    v.object({
      idToken: v.optional(text),
      accessToken: text,
      refreshToken: v.optional(text),
      expiresAt: millis,
      issuedAt: v.optional(millis),
      refreshTokenSince: v.optional(millis),
    }),
  ),
  deviceKey: v.optional(text),
  logins: v.optional(v.array(v.object({ provider: text, token: text, expiresAt: v.optional(millis) }))),
  developer: v.optional(
    v.object({
      providerName: text,
      userId: text,
      by: v.picklist(['profile', 'backend']),
      tokenSeconds: v.optional(millis),
      principalTags: v.optional(v.record(v.string(), v.string())),
    }),
  ),
  roleArn: v.optional(text),
  identityId: v.optional(text),
  credentials: v.optional(
    v.object({
      accessKeyId: text,
      secretAccessKey: text,
      sessionToken: text,
      expiresAt: millis,
      issuedAt: millis,
    }),
  ),
  exchange: v.optional(
    v.object({
      flow: v.picklist(['enhanced', 'basic']),
      steps: v.array(v.object({ operation: text, milliseconds: millis })),
    }),
  ),
  caller: v.optional(v.object({ accountId: v.string(), arn: v.string(), roleName: v.string() })),
  signedInAt: millis,
  unrefreshable: v.optional(v.boolean()),
});

const indexEntrySchema = v.object({
  connectionId: text,
  identityKey: text,
  name: v.string(),
  expiresAt: millis,
  origin: v.optional(originSchema),
  unrefreshable: v.optional(v.boolean()),
});

/** The text of a session for the secret store. Throws `session.unreadable` rather than write what cannot be read back. */
export function encodeSession(session: Session): string {
  return JSON.stringify(checked(session));
}

/** Reads what `encodeSession` wrote. Throws `session.unreadable`; its `data.reason` is an `UnreadableReason`. */
export function decodeSession(secret: string): Session {
  let value: unknown;
  try {
    value = JSON.parse(secret);
  } catch {
    // The parser's own message quotes the text, which may hold tokens.
    throw unreadable('corrupt', 'it is not JSON');
  }
  const version =
    typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined;
  if (typeof version !== 'number') throw unreadable('corrupt', 'it has no version');
  if (version !== 1) {
    throw unreadable(version > 1 ? 'newer-version' : 'unknown-version', `its version is ${version}`);
  }
  return checked(value);
}

/** The entries of the index that can be read; the others are left out. */
export function decodeIndex(value: unknown): SessionIndexEntry[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry) => {
    const result = v.safeParse(indexEntrySchema, entry);
    return result.success ? [result.output] : [];
  });
}

function checked(value: unknown): Session {
  const result = v.safeParse(sessionSchema, value);
  if (result.success) return result.output;
  const paths = result.issues.map((issue) => v.getDotPath(issue) ?? '').join(', ');
  throw unreadable('corrupt', `unusable fields: ${paths}`);
}

function unreadable(reason: UnreadableReason, detail: string): WorkbenchError {
  return new WorkbenchError('session.unreadable', `stored session: ${detail}`, { reason, detail });
}
