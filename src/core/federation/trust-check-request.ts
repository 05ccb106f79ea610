import { identityPoolPrincipal } from '../connection/derive';
import { parseIdentityPoolId } from '../connection/ids';
import { type PolicyContext, policyContext, type PolicyRequest } from '../policy';
import { textsOf } from './role-mapping-claims';

/** What STS learns of a login from the identity pool's OpenID token. */
export interface TrustLogin {
  readonly poolId: string;
  /** The identity ID. */
  readonly sub: string;
  /** `unauthenticated`, or `authenticated` and what is known of the logins. */
  readonly amr: readonly string[];
  /** Attributes for access control are on: the session is tagged. */
  readonly needsTagSession: boolean;
  /** The tags, where they are known. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly nowMs?: number | undefined;
}

export const ASSUME = 'sts:AssumeRoleWithWebIdentity';
export const TAG_SESSION = 'sts:TagSession';

/** Region of the identity pool, out of its id. */
export function regionOf({ poolId }: Pick<TrustLogin, 'poolId'>): string {
  return parseIdentityPoolId(poolId)?.region ?? poolId.split(':')[0] ?? '';
}

export function principalOf(login: Pick<TrustLogin, 'poolId'>): string {
  return identityPoolPrincipal(regionOf(login));
}

/** What the trust policy of a role is asked. */
export function trustRequest(login: TrustLogin, action: typeof ASSUME | typeof TAG_SESSION): PolicyRequest {
  return { action, principal: { type: 'Federated', id: principalOf(login) }, context: trustContext(login) };
}

function trustContext({ poolId, sub, amr, needsTagSession, tags, nowMs }: TrustLogin): PolicyContext {
  const principal = principalOf({ poolId });
  const tagKeys = needsTagSession ? Object.keys(tags ?? {}) : [];
  const values = {
    [`${principal}:aud`]: poolId,
    [`${principal}:amr`]: amr,
    [`${principal}:sub`]: sub,
    'aws:FederatedProvider': principal,
    'aws:SecureTransport': 'true',
    ...(nowMs === undefined
      ? {}
      : {
          'aws:CurrentTime': new Date(nowMs).toISOString(),
          'aws:EpochTime': String(Math.floor(nowMs / 1000)),
        }),
    ...(tagKeys.length === 0 ? {} : { 'aws:TagKeys': tagKeys }),
    ...Object.fromEntries(
      Object.entries(needsTagSession ? (tags ?? {}) : {}).map(([key, value]) => [
        `aws:RequestTag/${key}`,
        value,
      ]),
    ),
  };
  const tagsAreKnown = !needsTagSession || tags !== undefined;
  return policyContext(values, (key) => {
    if (key === 'aws:tagkeys' || key.startsWith('aws:requesttag/')) return tagsAreKnown;
    // Nobody of AWS asks, so that the request has no key of an AWS principal; keys of other providers are not there either.
    return /^aws:(principal|userid$|username$)/.test(key) || !/^(aws|sts):/.test(key);
  });
}

/** What the identity pool puts into `amr`: who vouches for the login, and as what. A basic-flow token tells it exactly. */
export function amrOf(login?: {
  readonly key: string;
  readonly claims: Readonly<Record<string, unknown>>;
}): string[] {
  if (!login) return ['unauthenticated'];
  const [sub] = textsOf(login.claims['sub']);
  const [audience] = textsOf(login.claims['aud']);
  const by = /^cognito-idp\./.test(login.key) ? 'CognitoSignIn' : audience;
  const exact = sub === undefined || by === undefined ? [] : [`${login.key}:${by}:${sub}`];
  return ['authenticated', login.key, ...exact];
}
