import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import * as ts from 'typescript';
import { decodeToken } from '../../../../src/core/tokens/decode';
import { findTokens } from '../../../../src/core/tokens/find';
import { redactToken } from '../../../../src/core/tokens/redact-token';
import { claimsFilter, claimsJson, claimsType } from '../../../../src/core/tokens/share';
import { accessClaims, idClaims, ISSUED, openIdClaims, refreshToken, tokenOf, tokenOfText } from './make';

const personal = {
  ...idClaims,
  email: 'ann@corp.example',
  email_verified: true,
  phone_number: '+491701234567',
  name: 'Ann Example',
  given_name: 'Ann',
  birthdate: '1990-02-03',
  picture: 'https://pics.example/ann.png',
  address: { formatted: '1 Main Street', country: 'DE' },
  'custom:salary': '123456',
  'custom:plan': '{"boss":"Bob"}',
  nonce: 'n-0S6_WzA2Mj',
  tenant: { owner: 'ann@corp.example', seats: 7, trial: true, tags: ['secret-project', null] },
  identities: [
    {
      userId: '1234567890',
      providerName: 'Google',
      providerType: 'Google',
      issuer: null,
      primary: 'true',
      dateCreated: '1690000000000',
    },
  ],
};
const claimsOf = (token: string): Record<string, unknown> => ({ ...decodeToken(token).claims });
const redacted = (claims: object): Record<string, unknown> => claimsOf(redactToken(tokenOf(claims)));

describe('core/tokens/share', () => {
  describe('a redacted token', () => {
    it('still is the same kind of token, and is found as one', () => {
      for (const token of [tokenOf(personal), tokenOf(accessClaims), tokenOf(openIdClaims), refreshToken]) {
        const shared = redactToken(token);
        assert.equal(decodeToken(shared).kind, decodeToken(token).kind);
        assert.deepEqual(decodeToken(shared).header, decodeToken(token).header);
        assert.equal(findTokens(`"${shared}"`).length, 1);
        assert.equal(redactToken(shared), shared);
      }
    });

    it('has no signature, and nothing of the encrypted parts', () => {
      assert.equal(decodeToken(redactToken(tokenOf(personal))).signature, 'redacted');
      assert.doesNotMatch(redactToken(refreshToken), /a2V5|aXY|Y2lwaGVy|dGFn/);
      const unsigned = tokenOfText('{"alg":"none"}', '{"sub":"x"}', '');
      assert.match(redactToken(unsigned), /\.$/);
    });

    it('says nothing of the person, and keeps what is no one’s', () => {
      assert.deepEqual(redacted(personal), {
        sub: '00000000-0000-0000-0000-000000000000',
        iss: idClaims.iss,
        aud: idClaims.aud,
        token_use: 'id',
        'cognito:username': 'redacted',
        'cognito:groups': ['readers'],
        auth_time: ISSUED,
        iat: ISSUED,
        exp: ISSUED + 3600,
        email: 'redacted@example.com',
        email_verified: true,
        phone_number: '+10000000000',
        name: 'redacted',
        given_name: 'redacted',
        birthdate: '0000-01-01',
        picture: 'https://example.com/redacted',
        address: { formatted: 'redacted', country: 'redacted' },
        'custom:salary': 'redacted',
        'custom:plan': 'redacted',
        nonce: 'redacted',
        tenant: { owner: 'redacted@example.com', seats: 0, trial: false, tags: ['redacted', null] },
        identities: [
          {
            userId: 'redacted',
            providerName: 'Google',
            providerType: 'Google',
            issuer: null,
            primary: 'true',
            dateCreated: '1690000000000',
          },
        ],
      });
    });

    it('knows an application’s ID from a person’s', () => {
      const machine = { ...accessClaims, sub: 'app1', client_id: 'app1', username: undefined };
      assert.equal(redacted(machine)['sub'], 'app1');
      assert.equal(redacted(accessClaims)['username'], 'redacted');
    });

    it('finds the person in claims that are kept', () => {
      const amr = [
        ...openIdClaims.amr,
        `cognito-idp.us-east-1.amazonaws.com/us-east-1_S:CognitoSignIn:${idClaims.sub}`,
      ];
      const shared = redacted({ ...openIdClaims, amr });
      assert.equal(shared['sub'], 'us-east-1:00000000-0000-0000-0000-000000000000');
      assert.deepEqual(shared['amr'], [
        ...openIdClaims.amr,
        'cognito-idp.us-east-1.amazonaws.com/us-east-1_S:CognitoSignIn:redacted',
      ]);
      const groups = redacted({
        ...personal,
        'cognito:groups': ['all', 'of-ann@corp.example', 'x+491701234567'],
      });
      assert.deepEqual(groups['cognito:groups'], ['all', 'of-redacted', 'xredacted']);
      assert.doesNotMatch(JSON.stringify(groups), /ann@|corp|49170/);
    });

    it('finds the person’s names in claims that are kept', () => {
      for (const name of ['cognito:username', 'username', 'preferred_username', 'email', 'sub']) {
        const shared = redacted({
          [name]: 'jane.doe',
          'cognito:groups': ['jane.doe', 'team-Jane.Doe', 'jane.does'],
          scope: 'openid api/jane.doe',
          jti: 'jane.doe',
          iss: 'https://id.example/jane.doe',
          aud: ['web', 'jane.doe'],
          groups: { owner: 'jane.doe', n: 1 },
        });
        const text = JSON.stringify(shared);
        // An ID is taken out of the middle of words too, as it is written.
        const isId = name === 'email' || name === 'sub';
        assert.deepEqual(
          shared['cognito:groups'],
          isId ? ['redacted', 'team-Jane.Doe', 'redacteds'] : ['redacted', 'team-redacted', 'jane.does'],
        );
        assert.doesNotMatch(text.replace('team-Jane.Doe', '').replace('jane.does', ''), /jane\.doe/, name);
        assert.deepEqual(shared['groups'], { owner: 'redacted', n: 0 });
      }
      const linked = redacted({
        identities: [{ userId: 'j77', providerName: 'Okta' }],
        'cognito:groups': ['okta_j77', 'j777'],
      });
      assert.deepEqual(linked['cognito:groups'], ['okta_redacted', 'j777']);
    });

    it('finds them in names of keys, too', () => {
      const header = { alg: 'RS256', kid: 'jane@corp.example', typ: 'JWT' };
      assert.deepEqual(decodeToken(redactToken(tokenOf({ sub: 'x' }, header))).header, {
        alg: 'RS256',
        kid: 'redacted@example.com',
        typ: 'JWT',
      });
      const named = decodeToken(redactToken(tokenOf({ username: 'ann' }, { alg: 'HS256', kid: 'key-ann' })));
      assert.equal(named.header['kid'], 'key-redacted');
    });

    const poolId = 'us-east-1:12345678-1234-1234-1234-123456789012';
    for (const [method, shared] of [
      ['authenticated', 'authenticated'],
      ['login.myapp', 'login.myapp'],
      [`login.myapp:${poolId}:jane.doe`, `login.myapp:${poolId}:redacted`],
      [`login.myapp:${poolId}:a:b:jane`, `login.myapp:${poolId}:redacted`],
      [
        'accounts.google.com:1234.apps:10769150350006150715113082367',
        'accounts.google.com:1234.apps:redacted',
      ],
      ['id.example:8443', 'id.example:8443'],
      ['id.example:8443:client:jane', 'id.example:8443:client:redacted'],
      ['cognito-idp.x/us-east-1_S:CognitoSignIn:jane', 'cognito-idp.x/us-east-1_S:CognitoSignIn:redacted'],
      ['arn:aws:iam::123456789012:saml-provider/Okta', 'arn:aws:iam::123456789012:saml-provider/Okta'],
      [
        'arn:aws:iam::123456789012:saml-provider/Okta:aud:jane',
        'arn:aws:iam::123456789012:saml-provider/Okta:aud:redacted',
      ],
    ] as const) {
      it(`keeps who vouched for the person, and hides the person: ${method}`, () => {
        const amr = ['authenticated', 'login.myapp', 'id.example:8443', method];
        const masked = redacted({ ...openIdClaims, amr });
        assert.deepEqual(masked['amr'], [...amr.slice(0, 3), shared]);
        assert.deepEqual(redacted(masked), masked);
      });
    }

    it('takes no number apart that looks like the person, and stays JSON', () => {
      const number = redacted({ sub: '1767225600', username: '3600', iat: 1_767_225_600, exp: 3600 });
      assert.deepEqual(number, { sub: 'redacted', username: 'redacted', iat: 1_767_225_600, exp: 3600 });
      const kinds = redacted({ ...idClaims, 'cognito:username': 'id', email: ISSUED.toString() });
      assert.equal(kinds['token_use'], 'id');
      assert.equal(kinds['iss'], idClaims.iss);
      const odd = redacted({ username: '(+[a', 'cognito:groups': ['x (+[a y', '(+[ab'] });
      assert.deepEqual(odd['cognito:groups'], ['x redacted y', '(+[ab']);
    });

    it('masks the header too, where it speaks of the person', () => {
      const header = { alg: 'RS256', kid: 'k1', sub: 'ann', x5c: ['MIIB'], jwk: { n: 'abc' } };
      assert.deepEqual(decodeToken(redactToken(tokenOf({}, header))).header, {
        alg: 'RS256',
        kid: 'k1',
        sub: 'redacted',
        x5c: ['redacted'],
        jwk: { n: 'redacted' },
      });
    });

    it('keeps the digits of kept numbers, and drops doubled and trapped claims', () => {
      const token = tokenOfText(
        '{"alg":"RS256"}',
        '{"exp":12345678901234567890,"name":"Ann","name":"Bob","__proto__":{"name":"Eve"}}',
      );
      const shared = decodeToken(redactToken(token));
      assert.equal(shared.claimsText, '{"exp":12345678901234567890,"name":"redacted"}');
    });

    it('lets through no text of a claim that is not known to be harmless', () => {
      const secret = fc.stringMatching(/^[A-Za-z0-9]{12,20}$/);
      const value = fc.letrec((tie) => ({
        any: fc.oneof(
          { depthSize: 'small' },
          secret,
          fc.array(tie('any'), { maxLength: 3 }),
          fc.dictionary(fc.constantFrom('a', 'b'), tie('any')),
        ),
      })).any;
      const name = fc.oneof(
        fc.stringMatching(/^[a-z:]{1,9}$/),
        fc.constantFrom('email', 'name', 'sub', 'username', 'identities', 'address'),
      );
      const kept = new Set([
        'acr',
        'amr',
        'jti',
        'iss',
        'aud',
        'azp',
        'scope',
        'roles',
        'groups',
        'exp',
        'iat',
        'nbf',
        'toe',
      ]);
      fc.assert(
        fc.property(
          fc.dictionary(
            name.filter((one) => !kept.has(one)),
            value,
          ),
          (claims) => {
            const text = JSON.stringify(redacted(claims));
            for (const found of JSON.stringify(claims).matchAll(/"([A-Za-z0-9]{12,20})"/g)) {
              assert.ok(!text.includes(found[1] ?? ''));
            }
          },
        ),
      );
    });

    it('refuses what is no token, as decodeToken does', () => {
      assert.throws(() => redactToken('a.b'), { code: 'token.malformed' });
    });
  });

  describe('claims to copy', () => {
    it('as JSON, with each digit', () => {
      const token = tokenOfText('{"alg":"RS256"}', '{"a":12345678901234567890,"b":[1]}');
      assert.equal(
        claimsJson(decodeToken(token)),
        '{\n  "a": 12345678901234567890,\n  "b": [\n    1\n  ]\n}',
      );
      assert.equal(claimsJson(decodeToken(refreshToken)), '{}');
    });

    it('as a TypeScript type', () => {
      const claims = {
        sub: 'x',
        token_use: 'id',
        exp: 1,
        email_verified: true,
        'cognito:groups': ['a'],
        none: [],
        mixed: [1, 'a', null],
        address: { country: 'DE', 'zip code': '1' },
        empty: {},
        identities: [{ userId: '1' }, { userId: '2' }],
      };
      const text = claimsType(decodeToken(tokenOf(claims)));
      assert.match(text, /^export interface IdTokenClaims \{\n {2}\/\*\* The user’s ID/);
      const members = text
        .split('\n')
        .filter((line) => !line.includes('/**'))
        .join('\n');
      assert.equal(
        members,
        `export interface IdTokenClaims {
  sub: string;
  token_use: 'id';
  exp: number;
  email_verified: boolean;
  'cognito:groups': string[];
  none: unknown[];
  mixed: (number | string | null)[];
  address: {
    country: string;
    'zip code': string;
  };
  empty: Record<string, never>;
  identities: ({
    userId: string;
  })[];
}
`,
      );
    });

    const names = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom("'", '"', '\\', '*/', '\\(env)', '\n', "\\'", 'a b'),
    );
    const hostile = fc.dictionary(
      names.filter((name) => name !== '__proto__'),
      fc.jsonValue({ maxDepth: 3 }),
    );

    it('as a type that is TypeScript, whatever the claims are called', () => {
      fc.assert(
        fc.property(hostile, (claims) => {
          const source = claimsType(decodeToken(tokenOf(claims)));
          const { diagnostics } = ts.transpileModule(source, { reportDiagnostics: true });
          assert.deepEqual(
            diagnostics?.map(({ messageText }) => messageText),
            [],
          );
          const file = ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest);
          assert.equal(file.statements.length, 1);
          const [declared] = file.statements;
          assert.ok(declared && ts.isInterfaceDeclaration(declared));
          assert.deepEqual(
            declared.members.map((member) => (member.name as ts.StringLiteral | ts.Identifier).text),
            Object.keys(decodeToken(tokenOf(claims)).claims),
          );
        }),
        { numRuns: 60 },
      );
    });

    it('as a jq filter that takes such a token apart', function () {
      const jq = (token: string, filter: string): unknown => {
        const { stdout, stderr, error } = spawnSync('jq', ['-R', '-c', filter], {
          input: token,
          encoding: 'utf8',
        });
        if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return this.skip();
        assert.equal(stderr, '');
        return JSON.parse(stdout);
      };
      const odd = {
        sub: 'ü?>~',
        exp: ISSUED,
        "it's \\(env)": { a: [1] },
        'cognito:groups': ['a'],
        auth_time: 'then',
      };
      for (const padding of ['', 'x', 'xx']) {
        const claims = { ...odd, padding };
        const filter = claimsFilter(decodeToken(tokenOf(claims)));
        assert.ok(!filter.includes("'"));
        assert.deepEqual(jq(tokenOf(claims), filter), { ...claims, exp: '2026-01-01T00:00:00Z' });
      }
      assert.deepEqual(jq(refreshToken, claimsFilter(decodeToken(refreshToken))), {
        cty: 'JWT',
        enc: 'A256GCM',
        alg: 'RSA-OAEP',
      });
    });
  });
});
