import assert from 'node:assert/strict';
import { canonicalXml } from '../../../../../sandbox/identitypools/providers/saml/canonical-xml';
import { readXmlTree, type XmlElement } from '../../../../../sandbox/identitypools/providers/saml/xml-tree';

const first = (element: XmlElement): XmlElement =>
  element.children.find((child) => typeof child !== 'string') ?? assert.fail('there is an element');

describe('sandbox SAML: XML', () => {
  it('canonicalises the example of the specification (xml-exc-c14n, 2.2)', () => {
    const inner = `<n1:elem2 xmlns:n1="http://example.net"
         xml:lang="en">
       <n3:stuff xmlns:n3="ftp://example.org"/>
    </n1:elem2>`;
    const wanted = `<n1:elem2 xmlns:n1="http://example.net" xml:lang="en">
       <n3:stuff xmlns:n3="ftp://example.org"></n3:stuff>
    </n1:elem2>`;
    for (const outer of [
      `<n0:local xmlns:n0="foo:bar" xmlns:n3="ftp://example.org">${inner}</n0:local>`,
      `<n2:pdu xmlns:n1="http://example.com" xmlns:n2="http://foo.example" xml:lang="fr">${inner}</n2:pdu>`,
    ])
      assert.equal(canonicalXml(first(readXmlTree(outer))), wanted);
  });

  const forms: readonly (readonly [what: string, source: string, wanted: string])[] = [
    ['sorts attributes', '<a c="3" b="2"/>', '<a b="2" c="3"></a>'],
    [
      'sorts by namespace before the name',
      '<a xmlns:z="urn:a" xmlns:y="urn:b" y:k="1" z:l="2" m="3"/>',
      '<a xmlns:y="urn:b" xmlns:z="urn:a" m="3" z:l="2" y:k="1"></a>',
    ],
    ['drops declarations that nobody uses', '<a xmlns:p="urn:p"><b/></a>', '<a><b></b></a>'],
    [
      'declares a prefix where it is used first, and once',
      '<a xmlns:p="urn:p"><p:b><p:c/></p:b></a>',
      '<a><p:b xmlns:p="urn:p"><p:c></p:c></p:b></a>',
    ],
    [
      'takes the default namespace back',
      '<a xmlns="urn:a"><b xmlns=""><c/></b></a>',
      '<a xmlns="urn:a"><b xmlns=""><c></c></b></a>',
    ],
    ['escapes text', '<a>&lt;&gt;&amp;"&#13;&#x41;</a>', '<a>&lt;&gt;&amp;"&#xD;A</a>'],
    ['escapes attributes', `<a b='&lt;"&gt;&amp;&#9;&#xA;'/>`, '<a b="&lt;&quot;>&amp;&#x9;&#xA;"></a>'],
    ['normalises line ends', '<a>1\r\n2\r3</a>', '<a>1\n2\n3</a>'],
    ['drops the declaration of XML', '<?xml version="1.0" encoding="UTF-8"?>\n<a/>\n', '<a></a>'],
  ];
  for (const [what, source, wanted] of forms)
    it(what, () => assert.equal(canonicalXml(readXmlTree(source)), wanted));

  const refused: readonly (readonly [string, string])[] = [
    ['nothing', ''],
    ['text', 'text'],
    ['a comment', '<a>ada<!-- x -->@example.com</a>'],
    ['CDATA', '<a><![CDATA[x]]></a>'],
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['an entity of its own', '<a>&x;</a>'],
    ['an entity without end', '<a>&amp</a>'],
    ['a processing instruction', '<a><?x y?></a>'],
    ['two roots', '<a/><b/>'],
    ['text after the root', '<a/>x'],
    ['an open element', '<a><b></b>'],
    ['crossed elements', '<a><b></a></b>'],
    ['an end without a beginning', '</a>'],
    ['a prefix that is not declared', '<p:a/>'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['an attribute twice by its namespace', '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>'],
    ['an attribute with a tag in it', '<a b="<"/>'],
    ['a thousand levels', '<a>'.repeat(1000) + '</a>'.repeat(1000)],
  ];
  for (const [what, source] of refused)
    it(`refuses ${what}`, () => assert.throws(() => readXmlTree(source), { name: 'XmlRefused' }));
});
