import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { readArtefact } from '../../../../src/core/federation/providers-artefact';
import { loginFor } from '../../../../src/core/federation/providers-login';
import { readXml } from '../../../../src/core/federation/providers-xml';

const digest = {
  sha256: (data: Uint8Array) => new Uint8Array(createHash('sha256').update(data).digest()),
  hmacSha256: () => assert.fail('not needed'),
  randomBytes: () => assert.fail('not needed'),
};
const corp = { kind: 'saml', providerArn: 'arn:aws:iam::123456789012:saml-provider/Corp' } as const;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

const role = 'arn:aws:iam::123456789012:role/Editors';
const assertion = (nameId = '<saml:NameID>anna</saml:NameID>'): string => `
  <saml:Assertion ID="a1" Version="2.0">
    <saml:Issuer>https://idp.example/saml</saml:Issuer>
    <saml:Subject>${nameId}
      <saml:SubjectConfirmation>
        <saml:SubjectConfirmationData NotOnOrAfter='2026-11-21T10:05:00Z' Recipient="https://signin.aws.amazon.com/saml"/>
      </saml:SubjectConfirmation>
    </saml:Subject>
    <saml:Conditions NotBefore="2026-11-21T09:55:00Z" NotOnOrAfter="2026-11-21T11:00:00.000Z"/>
    <saml:AttributeStatement>
      <saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/Role">
        <saml:AttributeValue>${corp.providerArn},${role}</saml:AttributeValue>
      </saml:Attribute>
      <saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/RoleSessionName">
        <saml:AttributeValue>anna@corp</saml:AttributeValue>
      </saml:Attribute>
    </saml:AttributeStatement>
  </saml:Assertion>`;
const response = (inside = assertion()): string =>
  `<?xml version="1.0"?><samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"><!-- made by IdP -->
  <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>${inside}</samlp:Response>`;

describe('SAML responses', () => {
  const encodedResponse = base64(response());
  const forms: readonly (readonly [what: string, text: string, token: string])[] = [
    ['base64', encodedResponse, encodedResponse],
    ['base64 in lines', encodedResponse.replace(/.{76}/g, '$&\r\n'), encodedResponse],
    ['XML', response(), encodedResponse],
    ['a form field', `SAMLResponse=${encodeURIComponent(encodedResponse)}&RelayState=x`, encodedResponse],
    ['escaped base64', encodeURIComponent(encodedResponse), encodedResponse],
    ['JSON', JSON.stringify({ SAMLResponse: encodedResponse }), encodedResponse],
    [
      'the page that posts it',
      `<html><form><input type="hidden" name="SAMLResponse" value="${encodedResponse.replaceAll('=', '&#x3d;')}"/></form></html>`,
      encodedResponse,
    ],
  ];
  for (const [what, text, token] of forms) {
    it(`as ${what}`, () => {
      assert.deepEqual(
        { ...loginFor(corp, text, digest) },
        {
          provider: corp.providerArn,
          token,
          subject: 'anna',
          displayName: 'anna',
          expiresAt: Date.UTC(2026, 10, 21, 10, 5),
          identityId: undefined,
          roles: [role],
        },
      );
    });
  }

  const unsure: readonly (readonly [what: string, xml: string])[] = [
    ['a comment in the name', response(assertion('<NameID>anna@corp<!---->.evil.example</NameID>'))],
    ['two names', response(assertion('<NameID>anna</NameID><NameID>eve</NameID>'))],
    ['two assertions', response(assertion() + assertion('<NameID>eve</NameID>'))],
    ['an encrypted assertion', response('<EncryptedAssertion><x/></EncryptedAssertion>')],
    ['an encrypted name', response(assertion('<EncryptedID><x/></EncryptedID>'))],
  ];
  for (const [what, xml] of unsure) {
    it(`trusts no name in case of ${what}`, () => {
      assert.match(loginFor(corp, xml, digest).subject, /^[0-9a-f]{20}$/);
    });
  }

  const others: readonly (readonly [kind: string, xml: string])[] = [
    ['saml-part', assertion().trim()],
    ['saml-refusal', response('')],
    ['xml', '<samlp:AuthnRequest ID="x"/>'],
    ['xml', '<html><body>Sign in</body></html>'],
    ['xml', `<!DOCTYPE r [<!ENTITY x "y">]>${response()}`],
    ['xml', response().replace('anna<', '&evil;<')],
    ['xml', response().slice(0, -5)],
    ['xml', '<a>'.repeat(5000)],
    ['xml', `<Response>${'<a/>'.repeat(30_000)}</Response>`],
  ];
  for (const [kind, xml] of others) {
    it(`${kind}: ${xml.slice(0, 50)}`, () => {
      assert.equal(readArtefact(xml).kind, kind);
      assert.equal(readArtefact(base64(xml)).kind, kind);
      assert.throws(() => loginFor(corp, xml, digest), { code: 'federation.wrong-artefact' });
    });
  }

  it('a name with entities, CDATA and other alphabets is read', () => {
    const named = response(assertion('<NameID>&lt;Zoë &#x26; <![CDATA[Åsa]]></NameID>'));
    assert.equal(loginFor(corp, named, digest).subject, '<Zoë & Åsa');
    assert.equal(Buffer.from(loginFor(corp, named, digest).token, 'base64').toString(), named);
  });
});

describe('XML', () => {
  it('keeps elements, attributes and text apart', () => {
    const root = readXml(`<a:r x='1' y="&quot;"><b/>text<c>more</c></a:r>`);
    assert.equal(root?.name, 'r');
    assert.deepEqual(
      [...(root?.attributes ?? [])],
      [
        ['x', '1'],
        ['y', '"'],
      ],
    );
    assert.deepEqual(
      root?.children.map((child) => child.name),
      ['b', 'c'],
    );
    assert.equal(root?.text, 'text');
  });

  it('refuses what is not well formed', () => {
    for (const text of [
      '',
      'x',
      '<a></b>',
      '<a/><b/>',
      '<a>',
      '</a>',
      '<a x=1/>',
      '<a><!-- </a>',
      '<a>&x;</a>',
      '<a>& </a>',
    ]) {
      assert.equal(readXml(text), undefined, text);
    }
  });

  it('takes any text in time', () => {
    const piece = fc.constantFrom(
      '<a',
      ' b="',
      '"',
      '>',
      '</a>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '&amp;',
      '&',
      ' ',
      '<?',
      '?>',
      'x',
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => void readXml(pieces.join(''))));
    const started = Date.now();
    readXml(`<a ${'b="1" '.repeat(100_000)}`);
    readXml(`<a ${' '.repeat(500_000)}`);
    assert.ok(Date.now() - started < 2000);
  });
});
