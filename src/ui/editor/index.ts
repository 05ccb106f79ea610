/** Entry of the side bundle `dist/editor.js`: tokens in editors and terminals, loaded when the first is looked at. */
import * as vscode from 'vscode';
import { configureText } from '../../core/text';

if (vscode.l10n.bundle) configureText({ contents: vscode.l10n.bundle });

export { valueHover } from '../debug/value-hover';
export { codeLenses } from './code-lens';
export { DocumentWatch } from './document-watch';
export { hoverAt } from './hover';
export { redactActions, withEdit } from './redact-action';
export { TokenLink, tokenLinks } from '../terminal/token-links';
