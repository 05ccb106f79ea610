import * as vscode from 'vscode';

/**
 * Stands in for `@vscode/l10n` where code of the core runs in the entry (`scripts/build.mjs` puts it in its place): VS
 * Code has read the translations already, and the library would load Node's file system for them.
 */
export const { t } = vscode.l10n;
