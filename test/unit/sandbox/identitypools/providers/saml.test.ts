import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { CreateRoleCommand, CreateSAMLProviderCommand, IAMClient } from '@aws-sdk/client-iam';
import { createSamlIssuer, type SamlIssuer } from '../../../../../sandbox/identitypools/providers';
import { ProviderScene, refusal, type Refusal } from './scene';

const ROLE = 'https://aws.amazon.com/SAML/Attributes/Role';
const ACCOUNT = 'arn:aws:iam::123456789012';
const AUDIENCE = 'https://signin.aws.amazon.com/saml';
const ENTITY = 'https://idp.example.com/metadata';
const UNSUPPORTED = refusal('Token is not from a supported provider of this identity pool.');
const UNSIGNED = refusal("Invalid login token. Couldn't verify signed token.");
const invalid = (why: string | RegExp): Refusal =>
  refusal(why instanceof RegExp ? why : `Invalid login token. ${why}`);

describe('sandbox identity pools: logins by SAML', function () {
  this.timeout(20_000);
  let scene: ProviderScene;
  let issuer: SamlIssuer;
  let provider: string;
  let pool: string;
  let bare: string;
  const clock = { now: () => Date.now(), advance: () => undefined };

  before(async () => {
    scene = await ProviderScene.start();
    issuer = createSamlIssuer(clock, ENTITY);
    const iam = iamClient();
    const created = await iam.send(
      new CreateSAMLProviderCommand({ Name: 'Corporate', SAMLMetadataDocument: issuer.metadata() }),
    );
    provider = created.SAMLProviderArn ?? assert.fail('a provider has an ARN');
    pool = await scene.pool({ SamlProviderARNs: [provider] });
    bare = await scene.pool({});
    for (const RoleName of ['Staff', 'Boss'])
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trustOf(pool) }));
  });
  after(() => scene.sandbox.stop());

  const iamClient = (): IAMClient => {
    const { api, region, admin } = scene.sandbox.description;
    return new IAMClient({ endpoint: api, region, credentials: admin, maxAttempts: 1 });
  };
  const trustOf = (aud: string): string =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Federated: 'cognito-identity.amazonaws.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { 'cognito-identity.amazonaws.com:aud': aud } },
      },
    });
  const response = (over: Partial<Parameters<SamlIssuer['issue']>[0]> = {}, by = issuer): string =>
    by.issue({ subject: 'ada', audience: AUDIENCE, claims: {}, expiresInSeconds: 300, ...over });
  /** The response with something changed after it was signed, or around what was signed. */
  const changed = (edit: (xml: string) => string, token = response()): string => {
    const before = Buffer.from(token, 'base64').toString();
    const after = edit(before);
    assert.notEqual(after, before);
    return Buffer.from(after).toString('base64');
  };
  const login = (token: string): Record<string, string> => ({ [provider]: token });

  it('makes metadata with a certificate that holds', () => {
    const [, certificate = ''] = /<ds:X509Certificate>([^<]+)</.exec(issuer.metadata()) ?? [];
    const read = new X509Certificate(Buffer.from(certificate, 'base64'));
    assert.equal(read.subject, 'CN=Sandbox identity provider');
    assert.equal(read.verify(read.publicKey), true);
    assert.equal(read.publicKey.asymmetricKeyDetails?.modulusLength, 2048);
  });

  it('lets a user in by the assertion, and knows them again', async () => {
    const first = await scene.getId(pool, login(response()));
    assert.equal(await scene.getId(pool, login(response({ claims: { department: 'R&D <1>' } }))), first);
    assert.notEqual(await scene.getId(pool, login(response({ subject: 'bob' }))), first);
  });

  it('takes base64 in lines, and a document that has line ends of another kind', async () => {
    assert.ok(await scene.getId(pool, login(response().replace(/.{76}/g, '$&\r\n'))));
    const named = changed((xml) => `<?xml version="1.0" encoding="UTF-8"?>\r\n${xml}\r\n`);
    assert.ok(await scene.getId(pool, login(named)));
  });

  describe('refuses', () => {
    const rows: readonly (readonly [string, () => string, Refusal])[] = [
      ['an ID token', () => 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln', invalid(/Not a valid SAML response: .*base64/)],
      ['base64 of something else', () => btoa('{}'), invalid(/Not a valid SAML response/)],
      ['XML of something else', () => btoa('<a/>'), invalid(/it is not a Response\.$/)],
      [
        'a bare assertion',
        () => changed((xml) => /<saml:Assertion.*<\/saml:Assertion>/.exec(xml)?.[0] ?? ''),
        invalid(/it is not a Response\.$/),
      ],
      [
        'a failure',
        () => changed((xml) => xml.replace('status:Success', 'status:Responder')),
        invalid('The SAML response is not a success.'),
      ],
      [
        'no assertion',
        () => changed((xml) => xml.replace(/<saml:Assertion.*<\/saml:Assertion>/, '')),
        invalid('The SAML response has not exactly one plain assertion.'),
      ],
      [
        'another issuer',
        () => response({}, createSamlIssuer(clock)),
        invalid("Issuer doesn't match providerName"),
      ],
      ['another key', () => response({}, createSamlIssuer(clock, ENTITY)), UNSIGNED],
      ['another subject than was signed', () => changed((xml) => xml.replace('>ada<', '>eve<')), UNSIGNED],
      ['no signature', () => changed((xml) => xml.replace(/<ds:Signature .*<\/ds:Signature>/, '')), UNSIGNED],
      [
        'a signature with a weaker algorithm',
        () => changed((xml) => xml.replace('xmldsig-more#rsa-sha256', '09/xmldsig#rsa-sha1')),
        UNSIGNED,
      ],
      [
        'a signature without its transforms',
        () => changed((xml) => xml.replace(/<ds:Transforms>.*<\/ds:Transforms>/, '')),
        UNSIGNED,
      ],
      [
        'a comment in the name',
        () => changed((xml) => xml.replace('>ada<', '>a<!-- -->da<')),
        invalid(/Not a valid SAML response/),
      ],
      [
        'a signed assertion with a forged one around it',
        () =>
          changed((xml) => {
            const [signed = ''] = /<saml:Assertion.*<\/saml:Assertion>/.exec(xml) ?? [];
            const forged = signed.replace('>ada<', '>eve<').replace(/ ID="[^"]+"/, ' ID="_forged"');
            const wrapped = forged.replace(
              '</ds:Signature>',
              `<ds:Object>${signed}</ds:Object></ds:Signature>`,
            );
            return xml.replace(signed, () => wrapped);
          }),
        UNSIGNED,
      ],
      [
        'two assertions, the first one forged',
        () =>
          changed((xml) =>
            xml.replace(
              /<saml:Assertion.*<\/saml:Assertion>/,
              (signed) => signed.replace('>ada<', '>eve<') + signed,
            ),
          ),
        invalid(/not exactly one plain assertion/),
      ],
      [
        'another audience',
        () => response({ audience: 'https://other.example' }),
        invalid('The audience of the SAML assertion is not AWS.'),
      ],
      [
        'an assertion that has expired',
        () => response({ expiresInSeconds: -1 }),
        invalid(/^Invalid login token\. Token expired: \d{10} >= \d{10}$/),
      ],
      ['nobody', () => response({ subject: '' }), invalid('Missing a required claim: sub')],
    ];
    for (const [what, token, refused] of rows) it(what, () => scene.refuses(pool, login(token()), refused));

    it('a provider that the pool does not have', () => scene.refuses(bare, login(response()), UNSUPPORTED));

    it('a provider that IAM does not have', async () => {
      const arn = `${ACCOUNT}:saml-provider/Gone`;
      const gone = await scene.pool({ SamlProviderARNs: [arn] });
      await scene.refuses(gone, { [arn]: response() }, UNSUPPORTED);
    });
  });

  describe('and its roles', () => {
    const pair = (role: string, arn = provider): string => `${ACCOUNT}:role/${role},${arn}`;
    async function enter(
      roles: readonly string[],
      CustomRoleArn?: string,
    ): Promise<{ status: number; message: unknown }> {
      const Logins = login(response({ claims: { [ROLE]: roles } }));
      const IdentityId = await scene.getId(pool, Logins);
      const { status, body } = await scene.sandbox.call('GetCredentialsForIdentity', {
        IdentityId,
        Logins,
        CustomRoleArn,
      });
      return { status, message: body['message'] };
    }

    it('come from the assertion', async () => {
      assert.deepEqual(await enter([pair('Staff')]), { status: 200, message: undefined });
      const both = [pair('Staff'), pair('Boss')];
      assert.deepEqual(await enter(both, `${ACCOUNT}:role/Boss`), { status: 200, message: undefined });
      assert.equal((await enter(both, `${ACCOUNT}:role/Other`)).status, 400);
    });

    it('count only where they are for this provider', async () => {
      const foreign = pair('Staff', `${ACCOUNT}:saml-provider/Other`);
      assert.equal((await enter([foreign])).status, 400);
      assert.equal((await enter([foreign, pair('Boss')])).status, 200);
    });
  });
});
