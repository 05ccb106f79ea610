// Who may import whom: the table of the house, checked on every import, type-only and dynamic ones too.
import { builtinModules } from 'node:module';
import path from 'node:path';

/**
 * `rooms` are those that a room may walk into besides itself, `types` those of which it may use types only.
 * A package stands for its sub-paths too, a pattern ending in `*` for everything that begins so. `anything` frees a room of all limits.
 * @typedef {{ at: string[], rooms?: string[], types?: string[], packages?: string[], anything?: boolean }} Room
 */

/** Everything under src/, in the order in which it may be used. */
const inner = ['core', 'aws', 'node', 'ids', 'host', 'ui', 'panel/protocol', 'panel/host', 'panel/app'];

/** `at` ends in `/` for a folder; anything else is one file. @type {Record<string, Room>} */
export const rooms = {
  core: { at: ['src/core/'], packages: ['valibot', '@vscode/l10n'] },
  aws: { at: ['src/aws/'], rooms: ['core'], packages: ['@aws-sdk/*', '@smithy/*'] },
  node: { at: ['src/node/'], rooms: ['core'], packages: ['node:*', 'openid-client', 'aws-jwt-verify'] },
  ids: { at: ['src/ids.ts'] },
  host: { at: ['src/host/'], rooms: ['core', 'ids'], packages: ['vscode'] },
  // The QR code of an authenticator's secret is drawn beside the input that asks for its first code.
  ui: { at: ['src/ui/'], rooms: ['core', 'ids', 'host'], packages: ['vscode', 'qrcode-generator'] },
  'panel/protocol': { at: ['src/panel/protocol.ts', 'src/panel/protocol/'], types: ['core'] },
  'panel/host': {
    at: ['src/panel/host/'],
    rooms: ['core', 'host', 'ids', 'panel/protocol'],
    // valibot: the page's messages are checked like anything from outside.
    packages: ['vscode', 'valibot'],
  },
  'panel/app': {
    at: ['src/panel/app/'],
    rooms: ['panel/protocol', 'core'],
    packages: ['lit', '@vscode-elements/*', '@vscode/l10n'],
  },
  services: { at: ['src/services.ts', 'src/workbench.ts', 'src/deferred.ts'], rooms: inner, packages: ['*'] },
  extension: { at: ['src/extension.ts'], rooms: [...inner, 'services'], packages: ['*'] },
  sandbox: { at: ['sandbox/'], packages: ['node:*'] },
  test: { at: ['test/'], anything: true },
  bench: { at: ['bench/'], anything: true },
  scripts: { at: ['scripts/', 'eslint/', 'eslint.config.mjs'], anything: true },
};

/**
 * The room of a file, by its path from the root of the project.
 * @param {string} file with forward slashes, with or without ending
 * @returns {string | undefined}
 */
export function roomOf(file) {
  const found = Object.entries(rooms).find(([, { at }]) =>
    at.some((place) =>
      place.endsWith('/') ? file.startsWith(place) : file === place || `${file}.ts` === place,
    ),
  );
  return found?.[0];
}

/** @param {string} name @param {string[]} patterns */
function allows(name, patterns) {
  return patterns.some((pattern) =>
    pattern.endsWith('*')
      ? name.startsWith(pattern.slice(0, -1))
      : name === pattern || name.startsWith(`${pattern}/`),
  );
}

const builtins = new Set(builtinModules);

/** `fs/promises` and `node:fs/promises` are the same. @param {string} specifier */
function withNodePrefix(specifier) {
  return builtins.has(specifier) || builtins.has(specifier.split('/')[0] ?? '')
    ? `node:${specifier}`
    : specifier;
}

/**
 * What is wrong with an import, if anything.
 * @param {string} file the importing file, from the root
 * @param {string} specifier
 * @param {boolean} typeOnly
 * @returns {{ messageId: string, data: Record<string, string> } | undefined}
 */
function complaint(file, specifier, typeOnly) {
  const from = roomOf(file);
  const room = from && rooms[from];
  if (!from || !room || room.anything) return undefined;
  if (!specifier.startsWith('.') && !path.isAbsolute(specifier)) {
    const name = withNodePrefix(specifier);
    if (allows(name, room.packages ?? [])) return undefined;
    return { messageId: 'package', data: { from, name } };
  }
  const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
  const to = roomOf(target) ?? roomOf(`${target}/`);
  if (!to) return { messageId: 'nowhere', data: { from, name: target } };
  if (to === from || room.rooms?.includes(to)) return undefined;
  if (room.types?.includes(to)) {
    return typeOnly ? undefined : { messageId: 'typesOnly', data: { from, to } };
  }
  return { messageId: 'room', data: { from, to } };
}

/** @param {any} node an import or export declaration */
function isTypeOnly(node) {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const specifiers = node.specifiers ?? [];
  return (
    specifiers.length > 0 &&
    specifiers.every((/** @type {any} */ one) => one.importKind === 'type' || one.exportKind === 'type')
  );
}

/** @type {import('eslint').Rule.RuleModule} */
export const roomsRule = {
  meta: {
    type: 'problem',
    docs: { description: 'Keeps every import within the table of who may import whom' },
    schema: [],
    messages: {
      room: 'The room "{{from}}" may not import from "{{to}}".',
      typesOnly: 'The room "{{from}}" may import nothing but types from "{{to}}".',
      package: 'The room "{{from}}" may not import the package "{{name}}".',
      nowhere: 'The room "{{from}}" may not import "{{name}}", which is in no room.',
      computed: 'The room "{{from}}" may not import what only the running program knows.',
      unknown: '"{{file}}" is in no room: give its folder a rule in eslint/rooms.mjs.',
    },
  },
  create(context) {
    const file = path.relative(context.cwd, context.filename).replaceAll('\\', '/');
    const from = roomOf(file);

    /** @param {any} node @param {any} source @param {boolean} typeOnly */
    function check(node, source, typeOnly) {
      if (typeof source?.value === 'string') {
        const found = complaint(file, source.value, typeOnly);
        if (found) context.report({ node, ...found });
      } else if (from && !rooms[from]?.anything) {
        context.report({ node, messageId: 'computed', data: { from } });
      }
    }

    return {
      Program(/** @type {any} */ node) {
        if (!from && /^(src|sandbox)\//.test(file)) {
          context.report({ node, messageId: 'unknown', data: { file } });
        }
      },
      ImportDeclaration: (/** @type {any} */ node) => check(node, node.source, isTypeOnly(node)),
      ExportAllDeclaration: (/** @type {any} */ node) => check(node, node.source, isTypeOnly(node)),
      ExportNamedDeclaration(/** @type {any} */ node) {
        if (node.source) check(node, node.source, isTypeOnly(node));
      },
      ImportExpression: (/** @type {any} */ node) => check(node, node.source, false),
      TSImportType: (/** @type {any} */ node) => check(node, node.source ?? node.argument?.literal, true),
      TSExternalModuleReference: (/** @type {any} */ node) => check(node, node.expression, false),
      "CallExpression[callee.name='require']": (/** @type {any} */ node) =>
        check(node, node.arguments[0], false),
    };
  },
};
