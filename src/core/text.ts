/** Sets the translations of the core's sentences. Each side bundle has its own copy of @vscode/l10n, so each calls it. */
export { config as configureText } from '@vscode/l10n';
