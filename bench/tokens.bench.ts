// Tokens: finding them in a log beside ripgrep or grep, decoding and verifying beside aws-jwt-verify and jose.
import { strict as assert } from 'node:assert';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { JwtVerifier } from 'aws-jwt-verify/jwt-verifier';
import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
import type { Jwks } from 'aws-jwt-verify/jwk';
import { decodeToken } from '../src/core/tokens/decode';
import { findTokens, TokenScanner } from '../src/core/tokens/find';
import { createSignatureVerifier } from '../src/node/verify';
import { verifyWithKeys } from '../src/node/verify-with-keys';
import { race, raceTable, type Placing } from './support/race';
import { measure, type Table } from './support/report';
import { ISSUER, keySet, signer, writeLog, type SignedWith } from './support/token-log';
import { searchTool, toolCount } from './support/search-tool';

const ROUNDS = 7;
const TOKENS = 100_000;
const MEGABYTES = 50;
const EACH = 1000;

measure(async () => {
  const scan = await scanning();
  const decode = await decoding();
  const verify = await verifying();
  const many = await manyKeys();
  return {
    tables: [scan.table, decode.table, verify.table, many.table],
    figures: {
      scan: scan.figures,
      decode: decode.placings,
      verify: verify.placings,
      manyKeys: many.placings,
    },
  };
});

async function scanning(): Promise<{ table: Table; figures: unknown }> {
  const log = writeLog(MEGABYTES, TOKENS);
  const text = readFileSync(log.file, 'utf8');
  const tool = await searchTool();
  try {
    const placings = await race(
      [
        {
          name: 'Cognito Workbench, text in memory',
          run: () => assert.equal(findTokens(text).length, TOKENS),
        },
        {
          name: 'Cognito Workbench, file streamed',
          run: async () => {
            const scanner = new TokenScanner();
            let found = 0;
            const stream = createReadStream(log.file, { encoding: 'latin1', highWaterMark: 1 << 20 });
            for await (const chunk of stream) found += scanner.push(String(chunk)).length;
            assert.equal(found + scanner.end().length, TOKENS);
          },
        },
        ...(tool ? [{ name: tool.name, run: () => assert.equal(toolCount(tool, log.file), TOKENS) }] : []),
      ],
      ROUNDS,
    );
    const size = statSync(log.file).size / 1e6;
    const rates = placings.map(
      ({ name, total }) => `${name}: ${Math.round(size / (total.median / 1000))} MB/s`,
    );
    return {
      table: raceTable(
        `Finding ${TOKENS.toLocaleString('en')} tokens in a log of ${Math.round(size)} MB`,
        placings,
        [
          `${rates.join('; ')}.`,
          'The tool counts what looks like a token, with its process started each time; ours decodes each kind of header and gives the places.',
          ...(tool
            ? [`Expression: ${tool.expression}`]
            : ['Neither ripgrep nor grep -P is on this machine.']),
        ],
      ),
      figures: { megabytes: size, tokens: TOKENS, tool: tool?.name, placings },
    };
  } finally {
    log.remove();
  }
}

async function decoding(): Promise<{ table: Table; placings: Placing[] }> {
  const jose = await import('jose');
  const tokens = signedTokens(signer('k1'));
  const placings = await race(
    [
      {
        name: 'Cognito Workbench',
        run: () => tokens.forEach((token) => assert.ok(decodeToken(token).claims['sub'])),
      },
      {
        name: 'aws-jwt-verify',
        run: () => tokens.forEach((token) => assert.ok(decomposeUnverifiedJwt(token).payload.sub)),
      },
      {
        name: 'jose',
        run: () =>
          tokens.forEach((token) =>
            assert.ok(jose.decodeJwt(token).sub && jose.decodeProtectedHeader(token).kid),
          ),
      },
    ],
    ROUNDS,
  );
  return {
    placings,
    table: raceTable(
      `Decoding ${EACH.toLocaleString('en')} ID tokens of ${tokens[0]?.length} characters`,
      placings,
      ['Ours also keeps each claim’s text (exact numbers) and looks for doubled names; theirs do not.'],
    ),
  };
}

async function verifying(): Promise<{ table: Table; placings: Placing[] }> {
  const jose = await import('jose');
  const key = signer('k1');
  const tokens = signedTokens(key);
  const text = keySet([key]);
  const { keys } = JSON.parse(text) as { keys: [] };
  const ours = createSignatureVerifier({ get: () => Promise.resolve({ keys }) });
  const theirs = JwtVerifier.create({ issuer: ISSUER, audience: null, jwksUri: `${ISSUER}/keys` });
  theirs.cacheJwks(JSON.parse(text) as Jwks);
  const local = jose.createLocalJWKSet({ keys });
  const placings = await race(
    [
      {
        name: 'Cognito Workbench, keys of an issuer',
        run: async () => {
          for (const token of tokens) assert.ok((await ours.verify(token, `${ISSUER}/keys`)).ok);
        },
      },
      {
        name: 'Cognito Workbench, pasted keys',
        run: () => tokens.forEach((token) => assert.ok(verifyWithKeys(token, text).ok)),
      },
      {
        name: 'aws-jwt-verify',
        run: () => tokens.forEach((token) => assert.ok(theirs.verifySync(token).sub)),
      },
      {
        name: 'jose',
        run: async () => {
          for (const token of tokens) assert.ok((await jose.jwtVerify(token, local)).payload.sub);
        },
      },
    ],
    ROUNDS,
  );
  return {
    placings,
    table: raceTable(`Verifying ${EACH.toLocaleString('en')} ID tokens (RS256, 2,048 bits)`, placings, [
      'Pasted keys are read anew for each token; the others keep theirs.',
    ]),
  };
}

async function manyKeys(): Promise<{ table: Table; placings: Placing[] }> {
  const jose = await import('jose');
  const key = signer('k1');
  const others = Array.from({ length: 10_000 }, (_, index) => ({ ...key, kid: `other-${index}` }));
  const text = keySet([...others, key]);
  const [token = ''] = signedTokens(key);
  const placings = await race(
    [
      { name: 'Cognito Workbench', run: () => assert.ok(verifyWithKeys(token, text).ok) },
      {
        name: 'aws-jwt-verify',
        run: () => {
          const verifier = JwtVerifier.create({ issuer: ISSUER, audience: null, jwksUri: `${ISSUER}/keys` });
          verifier.cacheJwks(JSON.parse(text) as Jwks);
          assert.ok(verifier.verifySync(token).sub);
        },
      },
      {
        name: 'jose',
        run: async () => {
          const local = jose.createLocalJWKSet(JSON.parse(text) as { keys: [] });
          assert.ok((await jose.jwtVerify(token, local)).payload.sub);
        },
      },
    ],
    ROUNDS,
  );
  return {
    placings,
    table: raceTable('One token against a key set of 10,000 keys, read from its text', placings, [
      `The text has ${Math.round(text.length / 1e6)} MB.`,
    ]),
  };
}

function signedTokens(key: SignedWith): string[] {
  return Array.from({ length: EACH }, (_, index) => key.sign(`user-${index}`));
}
