/** Shown on Cognito's own error page; the app never hears of it. */
export class PageRefusal extends Error {
  /** `error`: `redirect_mismatch`, `invalid_request`, … */
  constructor(
    readonly error: string,
    readonly clientId?: string,
  ) {
    super(error);
    this.name = 'PageRefusal';
  }
}

export interface RedirectTarget {
  readonly redirectUri: string;
  readonly state: string | undefined;
}

/** Told to the app, by a redirect to its callback. */
export class RedirectRefusal extends Error {
  constructor(
    readonly target: RedirectTarget,
    readonly error: string,
    readonly description?: string,
  ) {
    super(error);
    this.name = 'RedirectRefusal';
  }
}

/** Told to the app as JSON, by the token endpoint and its neighbours. */
export class OAuthRefusal extends Error {
  constructor(
    readonly error: string,
    readonly description?: string,
    readonly status = 400,
  ) {
    super(error);
    this.name = 'OAuthRefusal';
  }
}
