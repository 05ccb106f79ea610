import type { Scene } from './scene';

export const COGNITO = 'cognito-identity.amazonaws.com';
/** The developer provider of the pools in these tests. */
export const BACKEND = 'login.example.app';
export const UNSUPPORTED = /^This identity pool does not support the specified developer provider\.$/;

type Input = Record<string, unknown>;

/** What a backend does for the users of its own directory. */
export interface Backend {
  readonly vouch: (user: string, over?: Input) => { IdentityId: string; Token: string };
  /** With the token that came of `vouch`. */
  readonly credentials: (IdentityId: string, Token: string, more?: Record<string, string>) => Input;
  readonly lookup: (input: Input) => Input;
}

export function backend({ call }: Scene, IdentityPoolId: string): Backend {
  return {
    vouch: (user, over = {}) =>
      call('GetOpenIdTokenForDeveloperIdentity', {
        IdentityPoolId,
        Logins: { [BACKEND]: user },
        ...over,
      }) as { IdentityId: string; Token: string },
    credentials: (IdentityId, Token, more = {}) =>
      call('GetCredentialsForIdentity', { IdentityId, Logins: { [COGNITO]: Token, ...more } }),
    lookup: (input) => call('LookupDeveloperIdentity', { IdentityPoolId, ...input }),
  };
}
