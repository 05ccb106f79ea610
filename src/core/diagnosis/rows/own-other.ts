import * as l10n from '@vscode/l10n';
import type { ErrorCode } from '../../errors';
import { formatBytes } from '../../s3/files';
import { number, textOf } from '../case';
import type { Case } from '../case';
import { address, client, userPool } from '../names';
import type { Words } from '../row';

type OtherCode = Extract<ErrorCode, `token.${string}` | `s3.${string}` | `sandbox.${string}`> | 'internal';

/** The product's own refusals around tokens, S3 and the sandbox. */
export const otherWords: Readonly<Record<OtherCode, (c: Case) => Words>> = {
  'token.malformed': () => ({
    title: l10n.t('This is not a token'),
    why: l10n.t(
      'A token is three parts of base64url text with dots between them (five for an encrypted one). Copies lose parts at line breaks and at dots.',
    ),
    fix: l10n.t('Copy the whole token again, from "eyJ" to its last character.'),
    actions: ['retry', 'show-details'],
  }),
  'token.too-large': (c) => ({
    title: l10n.t('This text is too long for a token'),
    why: limitReason(c, l10n.t('Tokens of Cognito have a few thousand characters.')),
    fix: l10n.t('Copy the token alone, without what stands around it.'),
    actions: ['retry'],
  }),
  'token.invalid': (c) => ({
    title: l10n.t('The token is not accepted'),
    why:
      textOf(c, 'reason', 'detail') ??
      l10n.t('It does not fit {0} of {1}, or one of its checks failed.', client(c), userPool(c)),
    fix: l10n.t(
      'The Inspector lists each check with what was expected and what was found. A new sign-in gives new tokens.',
    ),
    actions: ['sign-in-again', 'show-details'],
  }),
  'token.keys-unavailable': (c) =>
    pastedKeys(c) ??
    endlessKeys(c) ?? {
      title: l10n.t('The keys that verify the signature could not be fetched'),
      why: l10n.t(
        'They are published by {0}{1}. Until they arrive, nothing can be said about the signature; it is neither right nor wrong.',
        userPool(c),
        place(c),
      ),
      fix: l10n.t('Check the network, and "endpoints" of the connection if it has any, then try again.'),
      actions: ['retry', 'edit-connection'],
    },
  's3.address-invalid': (c) => ({
    title: l10n.t('This is not an address in S3'),
    why: addressReason(c),
    fix: l10n.t('Write it as s3://bucket/folder/, or paste an ARN or a link from the S3 console.'),
    actions: ['retry', 'edit-connection'],
  }),
  's3.too-large': (c) => ({
    title: l10n.t('{0} is too large to be shown here', address(c)),
    why: limitReason(
      c,
      l10n.t('Previews are limited, so that one object cannot fill the memory of VS Code.'),
    ),
    fix: l10n.t('Download the object instead; downloads have no such limit.'),
    actions: ['show-details'],
  }),
  's3.download-failed': (c) => ({
    title: l10n.t('{0} could not be downloaded', address(c)),
    why:
      textOf(c, 'detail', 'reason') ??
      l10n.t('The transfer broke off or the file could not be written. The unfinished file was removed.'),
    fix: l10n.t('Check that the folder can be written to and has room, then try again.'),
    actions: ['retry', 'show-log'],
  }),
  'sandbox.gone': () => ({
    title: l10n.t('The sandbox has ended'),
    why: l10n.t(
      'It ends half a minute after the last window that uses it was closed, and with the machine. Its users and sessions went with it.',
    ),
    fix: l10n.t('Start the sandbox again and sign in anew.'),
    actions: ['start-sandbox'],
  }),
  'sandbox.failed': (c) => ({
    title: l10n.t('The sandbox did not start'),
    why: textOf(c, 'detail', 'reason') ?? l10n.t('It did not say why.'),
    fix: l10n.t('Start it again. The log has what it wrote.'),
    actions: ['start-sandbox', 'show-log'],
  }),
  internal: () => ({
    title: l10n.t('Cognito Workbench has a fault in itself'),
    why: l10n.t(
      'The program reached a state that it does not provide for. Your sessions and settings were left as they are.',
    ),
    fix: l10n.t(
      'Try again. If it stays so, please report it with the lines of the log, which hold no secrets.',
    ),
    actions: ['show-log', 'retry'],
  }),
};

function limitReason(c: Case, general: string): string {
  const found = number(c.data['size']);
  const limit = number(c.data['limit']) ?? number(c.data['maxBytes']);
  if (found === undefined || limit === undefined) return general;
  return l10n.t('It has {0}; the limit is {1}.', formatBytes(found), formatBytes(limit));
}

function place(c: Case): string {
  const host = textOf(c, 'host');
  return host === undefined ? '' : l10n.t(' at {0}', host);
}

function addressReason(c: Case): string {
  switch (textOf(c, 'reason')) {
    case 'empty':
      return l10n.t('Nothing was given.');
    case 'bucket':
      return l10n.t(
        'The name of the bucket is not possible: it has letters, digits, dots and hyphens, and begins and ends with a letter or digit.',
      );
    case 'escape':
      return l10n.t(
        'It holds a percent sign that is not followed by two hexadecimal digits of an escaped character.',
      );
    default:
      return l10n.t('The form is not one that S3 knows.');
  }
}

/** Keys that a person gave; undefined for those of an issuer. */
function pastedKeys(c: Case): Words | undefined {
  const why = pastedKeysReason(textOf(c, 'reason'));
  if (why === undefined) return undefined;
  return {
    title: l10n.t('There are no keys in this text'),
    why,
    fix: l10n.t(
      'Paste what the issuer publishes: a JWK Set ({"keys": […]}), one JWK, or PEM from "-----BEGIN" to the end of its last line.',
    ),
    actions: ['show-details'],
  };
}

/** An answer that went on behind the limit; undefined for any other. */
function endlessKeys(c: Case): Words | undefined {
  const limit = number(c.data['limit']);
  if (limit === undefined) return undefined;
  return {
    title: l10n.t('The keys that verify the signature could not be fetched'),
    why: l10n.t(
      'The answer{0} is longer than {1}, so reading it was given up; no pool has so many keys. Nothing can be said about the signature; it is neither right nor wrong.',
      place(c),
      formatBytes(limit),
    ),
    fix: l10n.t('See whether "endpoints" of the connection, if it has any, lead to something else.'),
    actions: ['retry', 'edit-connection'],
  };
}

function pastedKeysReason(reason: string | undefined): string | undefined {
  switch (reason) {
    case 'empty':
      return l10n.t('It is empty.');
    case 'too-large':
      return l10n.t('It is longer than any set of keys.');
    case 'json':
      return l10n.t('It begins as JSON and is none: it is cut, or changed by a copy.');
    case 'no-keys':
      return l10n.t('It is JSON without a key that can check a signature.');
    case 'pem':
      return l10n.t('It is PEM that holds no public key or certificate that can be read.');
    case 'unknown-form':
      return l10n.t('It is neither JSON nor PEM.');
    default:
      return undefined;
  }
}
