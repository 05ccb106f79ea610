import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type DecodedToken, decodeToken } from '../../../../src/core/tokens/decode';
import { type ExplainedClaim, explainClaims, explainHeader } from '../../../../src/core/tokens/explain';
import { formatClock, formatDate } from '../../../../src/core/time';
import { accessClaims, idClaims, ISSUED, openIdClaims, refreshToken, tokenOf, tokenOfText } from './make';

const NOW = (ISSUED + 60) * 1000;
const explain = (claims: object): ExplainedClaim[] =>
  explainClaims(decodeToken(tokenOf(claims)), NOW).flatMap((group) => group.claims);
const one = (claims: object, name: string): ExplainedClaim => {
  const found = explain(claims).find((claim) => claim.name === name);
  assert.ok(found);
  return found;
};
/** What makes a token Cognito's, whichever of its claims is another. */
const cognitos = { token_use: 'id', iss: idClaims.iss };
/** With a blank after each name, for the sake of `__proto__`. */
const byName = (decoded: DecodedToken): Record<string, ExplainedClaim> =>
  Object.fromEntries(
    explainClaims(decoded, NOW).flatMap(({ claims }) => claims.map((claim) => [`${claim.name} `, claim])),
  );

/** Registered JWT claims, OpenID Connect's standard claims, and those that Cognito's documentation lists. */
const DOCUMENTED = {
  jwt: ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'],
  openid: [
    'name',
    'given_name',
    'family_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'website',
    'email',
    'email_verified',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
    'phone_number',
    'phone_number_verified',
    'address',
    'updated_at',
    'azp',
    'nonce',
    'auth_time',
    'at_hash',
    'c_hash',
    'acr',
    'amr',
  ],
  idToken: [
    'token_use',
    'origin_jti',
    'event_id',
    'cognito:username',
    'cognito:groups',
    'cognito:roles',
    'cognito:preferred_role',
    'identities',
    'custom:plan',
  ],
  accessToken: ['client_id', 'scope', 'username', 'device_key', 'version'],
  identityPool: ['https://aws.amazon.com/tags'],
};

/** IANA's registry "JSON Web Token Claims", without those above. */
const IANA =
  'sub_jwk cnf sip_from_tag sip_date sip_callid sip_cseq_num sip_via_branch orig dest mky events toe txn rph sid vot vtm attest origid act scope client_id may_act jcard at_use_nbr div opt vc vp sph ace_profile cnonce exi roles groups entitlements token_introspection eat_nonce ueid sueids oemid hwmodel hwversion oemboot dbgstat location eat_profile submods uptime bootcount bootseed dloas swname swversion manifests measurements measres intuse cdniv cdnicrit cdniip cdniuc cdniets cdnistt cdnistd sig_val_claims authorization_details verified_claims place_of_birth nationalities birth_family_name birth_given_name birth_middle_name salutation title msisdn also_known_as htm htu ath atc sub_id rcd rcdi crn msgi _claim_names _claim_sources rdap_allowed_purposes rdap_dnt_allowed geohash _sd ... _sd_alg sd_hash consumerPlmnId consumerSnpnId producerPlmnId producerSnpnId producerSnssaiList producerNsiList producerNfSetId producerNfServiceSetId sourceNfInstanceId analyticsIdList resOwnerId cmw jwks metadata constraints crit ref delegation logo_uri authority_hints trust_anchor_hints trust_marks trust_mark_issuers trust_mark_owners metadata_policy metadata_policy_crit source_endpoint keys trust_mark_type trust_chain trust_anchor'.split(
    ' ',
  );

describe('core/tokens/explain', () => {
  for (const [family, names] of Object.entries(DOCUMENTED)) {
    for (const name of names) {
      it(`explains ${name} (${family})`, () => {
        const { meaning } = one({ ...cognitos, [name]: 'x' }, name);
        assert.match(meaning, /^[A-Z].{8,}\.$/);
        assert.doesNotMatch(meaning, /^Not a claim of Cognito/);
      });
    }
  }

  it('explains every registered claim, with a link to its source', () => {
    const all = [...Object.values(DOCUMENTED).flat(), ...IANA, 'cognito:groups', 'dev:custom:x', 's_hash'];
    for (const name of all) {
      const { meaning, source } = one({ ...cognitos, [name]: 'x' }, name);
      assert.match(meaning, /^[A-Z].{8,}\.$/, name);
      assert.doesNotMatch(meaning, /^Not a claim of Cognito/, name);
      assert.ok(source !== undefined && new URL(source).protocol === 'https:', name);
    }
    assert.equal(
      one({ exp: 'x' }, 'exp').source,
      'https://www.rfc-editor.org/rfc/rfc7519.html#section-4.1.4',
    );
    assert.equal(one({ tenant: 'x' }, 'tenant').source, undefined);
    const header = { alg: 'x', kid: 'x', 'x5t#S256': 'x', enc: 'x', epk: {}, b64: true, own: 1 };
    const sources = explainHeader(decodeToken(tokenOf({}, header)))[0]?.claims.map(({ source }) => source);
    assert.deepEqual(sources?.slice(0, 2), [
      'https://www.rfc-editor.org/rfc/rfc7515.html#section-4.1.1',
      'https://www.rfc-editor.org/rfc/rfc7515.html#section-4.1.4',
    ]);
    assert.deepEqual(
      sources.map((source) => source !== undefined),
      [true, true, true, true, true, true, false],
    );
  });

  it('opens JSON that stands in a text, unless it is none or hostile', () => {
    const nested = one({ 'custom:plan': '{"id":12345678901234567890}' }, 'custom:plan');
    assert.deepEqual(
      [nested.kind, nested.inText, nested.value],
      ['json', true, '{"id":12345678901234567890}'],
    );
    const plain = ['{"a":', '[1', '{}x', '12', '"x"', 'null', `${'['.repeat(101)}${']'.repeat(101)}`];
    for (const text of [...plain, `[${'1,'.repeat(40_000)}1]`]) {
      assert.equal(one({ 'custom:plan': text }, 'custom:plan').kind, 'text');
    }
  });

  it('explains another issuer’s token without a word of Cognito', () => {
    const names =
      'sub aud exp nbf iat jti azp nonce auth_time acr amr client_id scope username version token_use groups roles email_verified preferred_username custom:plan https://tenant.example/x __proto__';
    const text = names.split(' ').map((name) => `,"${name}":"x"`);
    const header =
      '{"alg":"x","kid":"x","typ":"x","jku":"x","jwk":{},"x5u":"x","x5c":[],"x5t":"x","x5t#S256":"x","own":1}';
    const decoded = decodeToken(tokenOfText(header, `{"iss":"https://tenant.auth0.com/"${text.join('')}}`));
    const explained = [...explainClaims(decoded, NOW), ...explainHeader(decoded)].flatMap(
      ({ claims }) => claims,
    );
    assert.equal(explained.length, 34);
    for (const { name, meaning, source } of explained)
      assert.doesNotMatch(`${meaning} ${source}`, /cognito|user pool|identity|S3|trigger/i, name);
  });

  it('says of other claims that they are unknown', () => {
    for (const name of ['tenant', 'toString', 'constructor', 'customer', 'Custom:x']) {
      assert.equal(
        one({ token_use: 'id', [name]: 'x' }, name).meaning,
        'Not a claim of Cognito: added by a pre token generation trigger or a provider.',
      );
    }
  });

  it('knows what sub and aud are in each kind of token', () => {
    assert.match(one(idClaims, 'sub').meaning, /user’s ID.*not the identity ID/);
    assert.match(one(openIdClaims, 'sub').meaning, /identity ID/);
    assert.match(one({ token_use: 'access', sub: 'c1', client_id: 'c1' }, 'sub').meaning, /application/);
    assert.match(one(accessClaims, 'sub').meaning, /user’s ID/);
    const google = { iss: 'https://accounts.google.com', sub: '1', aud: 'app' };
    assert.match(one(google, 'sub').meaning, /user’s ID at the issuer/);
    assert.doesNotMatch(one(google, 'iss').meaning, /user pool/);
    assert.match(one(idClaims, 'aud').meaning, /app client/);
    assert.match(one(openIdClaims, 'aud').meaning, /identity pool/);
    assert.match(one({ ...accessClaims, aud: 'https://api' }, 'aud').meaning, /resource/);
  });

  it('groups: who, groups and roles, audience, times, the rest', () => {
    const claims = {
      tenant: 1,
      exp: 1,
      aud: 'x',
      'cognito:roles': [],
      'cognito:groups': [],
      email: 'x',
      sub: 'x',
      'custom:plan': 'x',
    };
    const groups = explainClaims(decodeToken(tokenOf(claims)), NOW);
    assert.deepEqual(
      groups.map((group) => [group.id, group.title, group.claims.map((claim) => claim.name)]),
      [
        ['who', 'Who', ['sub', 'email']],
        ['roles', 'Groups and roles', ['cognito:groups', 'cognito:roles']],
        ['audience', 'Issuer and audience', ['aud']],
        ['times', 'Times', ['exp']],
        ['rest', 'Other claims', ['tenant', 'custom:plan']],
      ],
    );
    assert.deepEqual(explainClaims(decodeToken(refreshToken), NOW), []);
  });

  it('shows every value of a name that stands there more than once, the last as the one that counts', () => {
    const text =
      '{"sub":"a","exp":1,"n":12345678901234567890,"sub":["b"],"n":1,"exp":2,"sub":"c","in":{"x":1,"x":2}}';
    const decoded = decodeToken(tokenOfText('{"alg":"none","alg":"RS256"}', text));
    const shown = byName(decoded);
    assert.equal(shown['sub ']?.value, 'c');
    assert.deepEqual(shown['sub '].earlier, {
      values: [
        { raw: 'a', value: 'a', kind: 'text' },
        { raw: ['b'], value: 'b', kind: 'list' },
      ],
      count: 2,
    });
    assert.equal(shown['n ']?.earlier?.values[0]?.value, '12345678901234567890');
    assert.equal(shown['exp ']?.earlier?.values[0]?.timeMs, 1000);
    assert.equal(shown['in ']?.earlier, undefined);
    assert.match(shown['in ']?.meaning ?? '', /more than once: in\.x\./);
    assert.equal(shown['in ']?.value, '{"x":1,"x":2}');
    const [header] = explainHeader(decoded);
    assert.deepEqual(header?.claims[0]?.earlier?.values, [{ raw: 'none', value: 'none', kind: 'text' }]);
  });

  it('counts the values of a name without showing thousands of them', () => {
    const many = Array.from({ length: 5000 }, (_, at) => `"sub":"${at}"`).join(',');
    const shown = byName(decodeToken(tokenOfText('{"alg":"none"}', `{${many}}`)));
    assert.equal(shown['sub ']?.value, '4999');
    assert.equal(shown['sub '].earlier?.count, 4999);
    assert.equal(shown['sub '].earlier?.values.length, 20);
  });

  it('shows times as local time and distance', () => {
    const exp = one(idClaims, 'exp');
    const end = idClaims.exp * 1000;
    assert.equal(exp.kind, 'time');
    assert.equal(exp.timeMs, end);
    assert.ok(exp.value.endsWith(`${formatClock(end)} (in 59 min)`));
    assert.ok(
      one({ auth_time: ISSUED - 3 * 86_400 }, 'auth_time').value.startsWith(
        formatDate((ISSUED - 3 * 86_400) * 1000),
      ),
    );
    assert.deepEqual([one({ exp: 'soon' }, 'exp').kind, one({ exp: 1e20 }, 'exp').kind], ['text', 'text']);
  });

  const values: [string, unknown, ExplainedClaim['kind'], string][] = [
    ['cognito:groups', ['a', 'b'], 'list', 'a, b'],
    ['cognito:groups', [], 'list', ''],
    ['scope', 'openid email', 'list', 'openid, email'],
    [
      'cognito:preferred_role',
      'arn:aws:iam::123456789012:role/Readers',
      'arn',
      'arn:aws:iam::123456789012:role/Readers',
    ],
    ['cognito:roles', ['arn:aws:iam::123456789012:role/A'], 'list', 'arn:aws:iam::123456789012:role/A'],
    ['identities', [{ userId: '1' }], 'json', '[{"userId":"1"}]'],
    [
      'https://aws.amazon.com/tags',
      { principal_tags: { team: ['a'] } },
      'json',
      '{"principal_tags":{"team":["a"]}}',
    ],
    ['email_verified', true, 'text', 'true'],
    ['tenant', null, 'text', 'null'],
    ['name', '<img src=x>', 'text', '<img src=x>'],
    ['version', 2, 'text', '2'],
  ];
  for (const [name, value, kind, text] of values) {
    it(`shows ${name} ${JSON.stringify(value)} as ${kind}`, () => {
      const claim = one({ [name]: value }, name);
      assert.deepEqual([claim.kind, claim.value, claim.raw], [kind, text, value]);
    });
  }

  it('shows every digit, and tells of doubled and trapped names', () => {
    const decoded = decodeToken(
      tokenOfText(
        '{"alg":"RS256"}',
        '{"tenant":12345678901234567890,"sub":"a","sub":"b","__proto__":{"x":1}}',
      ),
    );
    const shown = byName(decoded);
    assert.equal(shown['tenant ']?.value, '12345678901234567890');
    assert.match(shown['sub ']?.meaning ?? '', /more than once/);
    assert.equal(shown['__proto__ ']?.raw, '{"x":1}');
  });

  it('explains the header', () => {
    const [group] = explainHeader(
      decodeToken(tokenOf({}, { kid: 'k1', alg: 'RS256', jwk: { kty: 'RSA' }, x: 1 })),
    );
    assert.deepEqual(
      group?.claims.map((claim) => [claim.name, claim.value]),
      [
        ['kid', 'k1'],
        ['alg', 'RS256'],
        ['jwk', '{"kty":"RSA"}'],
        ['x', '1'],
      ],
    );
    assert.match(group.claims[2]?.meaning ?? '', /must not be trusted/);
    assert.deepEqual(explainHeader(decodeToken(tokenOf({}, {}))), []);
  });

  it('loses no claim, whatever they are, and all of it can be sent to a page', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.oneof(fc.string(), fc.constantFrom(...DOCUMENTED.jwt)), fc.jsonValue()),
        (claims) => {
          const groups = explainClaims(decodeToken(tokenOf(claims)), NOW);
          const names = groups.flatMap((group) => group.claims.map((claim) => claim.name));
          assert.deepEqual(names.sort(), Object.keys(claims).sort());
          assert.deepEqual(JSON.parse(JSON.stringify(groups)), groups);
        },
      ),
    );
  });
});
