import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { createSrpSession, signSrpSession, wrapAuthChallenge, wrapInitiateAuth } from 'cognito-srp-helper';
import type { Scene } from './scene';

/** The parts of the services' answers that are needed here. */
interface Answer {
  readonly AuthenticationResult: { readonly IdToken: string; readonly RefreshToken: string };
  readonly ChallengeParameters: Record<string, string>;
  readonly Session: string;
  readonly IdentityId: string;
  readonly Token: string;
  readonly Credentials: {
    readonly AccessKeyId: string;
    readonly SecretKey: string;
    readonly SessionToken: string;
  };
}

export interface BareTokens {
  readonly idToken: string;
  readonly refreshToken: string;
}

export interface BareCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** The same requests as ours, by `fetch` alone: nothing checked, nothing stored, no locks. The floor of each race. */
export class Bare {
  /** Time spent between sending and the whole answer since it was set to 0, in milliseconds. */
  inRequests = 0;

  constructor(private readonly scene: Scene) {}

  async signInByPassword(): Promise<BareTokens> {
    const { username, password } = this.scene;
    return tokensOf(
      await this.userPool('InitiateAuth', {
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: this.clientId,
        AuthParameters: { USERNAME: username, PASSWORD: password },
      }),
    );
  }

  /** The maths by cognito-srp-helper. */
  async signInBySrp(): Promise<BareTokens> {
    const { username, password, connection } = this.scene;
    const srp = createSrpSession(username, password, connection.userPool?.userPoolId ?? '', false);
    const begin = wrapInitiateAuth(srp, {
      ClientId: this.clientId,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME: username },
    });
    const challenge = await this.userPool('InitiateAuth', begin);
    const signed = signSrpSession(srp, challenge);
    const response = wrapAuthChallenge(signed, {
      ClientId: this.clientId,
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeResponses: { USERNAME: challenge.ChallengeParameters['USER_ID_FOR_SRP'] ?? '' },
      Session: challenge.Session,
    });
    return tokensOf(await this.userPool('RespondToAuthChallenge', response));
  }

  async refreshTokens(refreshToken: string): Promise<string> {
    const body = { ClientId: this.clientId, RefreshToken: refreshToken };
    const { AuthenticationResult } = await this.userPool('GetTokensFromRefreshToken', body);
    return AuthenticationResult.IdToken;
  }

  /** Without a token, as a guest. */
  async identityId(idToken?: string): Promise<string> {
    const { identityPool } = this.scene.connection;
    const body = { IdentityPoolId: identityPool?.identityPoolId, Logins: this.logins(idToken) };
    return (await this.identityPool('GetId', body)).IdentityId;
  }

  /** Enhanced flow. Without a token, as a guest. */
  async credentials(identityId: string, idToken?: string): Promise<BareCredentials> {
    const body = { IdentityId: identityId, Logins: this.logins(idToken) };
    const { Credentials } = await this.identityPool('GetCredentialsForIdentity', body);
    return {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretKey,
      sessionToken: Credentials.SessionToken,
    };
  }

  /** Basic flow. */
  async assumeRole(identityId: string, idToken: string, roleArn: string): Promise<void> {
    const { Token } = await this.identityPool('GetOpenIdToken', {
      IdentityId: identityId,
      Logins: this.logins(idToken),
    });
    const body = new URLSearchParams({
      Action: 'AssumeRoleWithWebIdentity',
      Version: '2011-06-15',
      RoleArn: roleArn,
      RoleSessionName: 'bare',
      WebIdentityToken: Token,
    });
    await this.waited(async () => {
      const answer = await fetch(this.scene.info.api, { method: 'POST', body });
      const text = await answer.text();
      if (!answer.ok || !text.includes('<SessionToken>')) throw new Error(text);
    });
  }

  /** One page of a prefix as XML, signed for this one call. */
  async listPage(credentials: BareCredentials, prefix: string, token?: string): Promise<string> {
    const { bucket, info } = this.scene;
    const url = new URL(`/${bucket}`, info.s3);
    const query: Record<string, string> = {
      'list-type': '2',
      prefix,
      delimiter: '/',
      'max-keys': '1000',
      ...(token ? { 'continuation-token': token } : {}),
    };
    const signer = new SignatureV4({ credentials, region: info.region, service: 's3', sha256: NodeSha256 });
    const signed = await signer.sign({
      method: 'GET',
      protocol: url.protocol,
      hostname: url.hostname,
      port: Number(url.port),
      path: url.pathname,
      query,
      headers: { host: url.host, 'x-amz-content-sha256': createHash('sha256').digest('hex') },
    });
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    // fetch sets the host itself.
    const { host: _host, ...headers } = signed.headers;
    return this.waited(async () => {
      const answer = await fetch(url, { headers });
      const text = await answer.text();
      if (!answer.ok) throw new Error(text);
      return text;
    });
  }

  private get clientId(): string {
    return this.scene.connection.userPool?.clientId ?? '';
  }

  private logins(idToken: string | undefined): Record<string, string> {
    if (idToken === undefined) return {};
    const { info, connection } = this.scene;
    return { [`cognito-idp.${info.region}.amazonaws.com/${connection.userPool?.userPoolId}`]: idToken };
  }

  private userPool(operation: string, body: unknown): Promise<Answer> {
    return this.post(`AWSCognitoIdentityProviderService.${operation}`, body);
  }

  private identityPool(operation: string, body: unknown): Promise<Answer> {
    return this.post(`AWSCognitoIdentityService.${operation}`, body);
  }

  private post(target: string, body: unknown): Promise<Answer> {
    return this.waited(async () => {
      const answer = await fetch(this.scene.info.api, {
        method: 'POST',
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${target}: ${text}`);
      return JSON.parse(text) as Answer;
    });
  }

  private async waited<T>(request: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await request();
    } finally {
      this.inRequests += performance.now() - started;
    }
  }
}

function tokensOf(answer: Answer): BareTokens {
  const { IdToken, RefreshToken } = answer.AuthenticationResult;
  return { idToken: IdToken, refreshToken: RefreshToken };
}

/** What the signer wants of a hash, over node:crypto. */
class NodeSha256 {
  private readonly hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(bytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.hash.digest());
  }
}

function bytes(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return Buffer.from(data);
}
