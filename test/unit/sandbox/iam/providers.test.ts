import assert from 'node:assert/strict';
import { NOW, start } from './scene';

const OIDC = 'arn:aws:iam::123456789012:oidc-provider/id.example.com/app';
const SAML = 'arn:aws:iam::123456789012:saml-provider/Staff';
const METADATA = `<md:EntityDescriptor entityID="urn:staff"><md:IDPSSODescriptor><ds:X509Certificate>${'A'.repeat(1000)}</ds:X509Certificate></md:IDPSSODescriptor></md:EntityDescriptor>`;
const CREATE = {
  Url: 'https://id.example.com/app/',
  ClientIDList: ['one'],
  ThumbprintList: ['ab'.repeat(20)],
};
const CREATE_SAML = { Name: 'Staff', SAMLMetadataDocument: METADATA };

describe('sandbox iam: identity providers', () => {
  let { iam, call } = start();
  beforeEach(() => {
    ({ iam, call } = start());
    call('CreateOpenIDConnectProvider', CREATE);
    call('CreateSAMLProvider', CREATE_SAML);
  });

  it('of OpenID Connect are described without their scheme, and listed', () => {
    assert.deepEqual(call('GetOpenIDConnectProvider', { OpenIDConnectProviderArn: OIDC }), {
      Url: 'id.example.com/app',
      ClientIDList: ['one'],
      ThumbprintList: ['ab'.repeat(20)],
      CreateDate: new Date(NOW),
    });
    assert.deepEqual(call('ListOpenIDConnectProviders', {}), { OpenIDConnectProviderList: [{ Arn: OIDC }] });
  });

  it('of OpenID Connect are found by ARN and by address', () => {
    for (const name of [
      OIDC,
      'https://id.example.com/app',
      'https://id.example.com/app/',
      'id.example.com/app',
    ]) {
      assert.equal(iam.findOidcProvider(name)?.url, 'https://id.example.com/app', name);
    }
    assert.equal(iam.findOidcProvider('id.example.com'), undefined);
  });

  it('of OpenID Connect take and lose client ids', () => {
    const named = { OpenIDConnectProviderArn: OIDC };
    call('AddClientIDToOpenIDConnectProvider', { ...named, ClientID: 'two' });
    call('AddClientIDToOpenIDConnectProvider', { ...named, ClientID: 'two' });
    assert.deepEqual(iam.findOidcProvider(OIDC)?.clientIds, ['one', 'two']);
    call('RemoveClientIDFromOpenIDConnectProvider', { ...named, ClientID: 'one' });
    assert.deepEqual(iam.findOidcProvider(OIDC)?.clientIds, ['two']);
  });

  it('of OpenID Connect are deleted, also when they are gone already', () => {
    for (const _ of [1, 2]) call('DeleteOpenIDConnectProvider', { OpenIDConnectProviderArn: OIDC });
    assert.equal(iam.findOidcProvider(OIDC), undefined);
  });

  it('of OpenID Connect may be served by this machine, without TLS and without clients', () => {
    call('CreateOpenIDConnectProvider', { Url: 'http://127.0.0.1:4455/id', ClientIDList: '' });
    const found = iam.findOidcProvider('127.0.0.1:4455/id');
    assert.deepEqual([found?.url, found?.clientIds], ['http://127.0.0.1:4455/id', []]);
  });

  it('of SAML keep their metadata as it came', () => {
    const described = call('GetSAMLProvider', { SAMLProviderArn: SAML });
    assert.deepEqual([described['SAMLMetadataDocument'], described['CreateDate']], [METADATA, new Date(NOW)]);
    const SAMLMetadataDocument = METADATA.replace('urn:staff', 'urn:other');
    call('UpdateSAMLProvider', { SAMLProviderArn: SAML, SAMLMetadataDocument });
    assert.equal(iam.findSamlProvider(SAML)?.metadata, SAMLMetadataDocument);
    assert.equal((call('ListSAMLProviders', {})['SAMLProviderList'] as unknown[]).length, 1);
    call('DeleteSAMLProvider', { SAMLProviderArn: SAML });
    assert.equal(iam.findSamlProvider(SAML), undefined);
  });

  for (const [operation, input, code, message] of [
    [
      'CreateOpenIDConnectProvider',
      CREATE,
      'EntityAlreadyExists',
      /^Provider with url .*\/app already exists/,
    ],
    [
      'CreateOpenIDConnectProvider',
      { Url: 'http://id.example.com' },
      'ValidationError',
      /^Invalid Open ID Connect/,
    ],
    ['CreateOpenIDConnectProvider', { Url: 'id.example.com' }, 'ValidationError', /^Invalid Open ID Connect/],
    [
      'CreateOpenIDConnectProvider',
      { Url: 'https://id.example.com/?a=b' },
      'ValidationError',
      /^Invalid Open ID Connect/,
    ],
    ['CreateOpenIDConnectProvider', {}, 'ValidationError', /'url'/],
    [
      'CreateOpenIDConnectProvider',
      { Url: 'https://a.example', ThumbprintList: ['z'.repeat(40)] },
      'ValidationError',
      /hexadecimal/,
    ],
    [
      'CreateOpenIDConnectProvider',
      { Url: 'https://a.example', ClientIDList: Array.from({ length: 101 }, (_, index) => String(index)) },
      'LimitExceeded',
      /100/,
    ],
    [
      'GetOpenIDConnectProvider',
      { OpenIDConnectProviderArn: `${OIDC}x` },
      'NoSuchEntity',
      /^OpenIDConnect Provider not found for arn arn:aws:iam::123456789012:oidc-provider\/id\.example\.com\/appx$/,
    ],
    ['CreateSAMLProvider', CREATE_SAML, 'EntityAlreadyExists', /Staff/],
    ['CreateSAMLProvider', { ...CREATE_SAML, Name: 'a b' }, 'ValidationError', /'name'/],
    [
      'CreateSAMLProvider',
      { Name: 'x', SAMLMetadataDocument: 'x'.repeat(1000) },
      'InvalidInput',
      /^Could not parse metadata$/,
    ],
    ['CreateSAMLProvider', { Name: 'x', SAMLMetadataDocument: 'x' }, 'ValidationError', /1000/],
    ['GetSAMLProvider', { SAMLProviderArn: `${SAML}x` }, 'NoSuchEntity', /^Manifest not found for arn/],
    ['DeleteSAMLProvider', { SAMLProviderArn: `${SAML}x` }, 'NoSuchEntity', /Manifest/],
  ] as const) {
    it(`${operation} refuses with ${code}: ${message.source}`, () => {
      assert.throws(() => call(operation, input), { code, message });
    });
  }
});
