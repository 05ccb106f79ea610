import * as vscode from 'vscode';
import { settings } from '../ids';

export type TokenSetting = 'tokensHover' | 'tokensCodeLens' | 'tokensLeakGuard';

/** Whether a feature is on for a document; on where the setting is no boolean. */
export function tokenSetting(name: TokenSetting, scope?: vscode.TextDocument): boolean {
  return (
    vscode.workspace.getConfiguration(settings.section, scope ?? null).get<unknown>(settings[name]) !== false
  );
}

export function affectsTokenSettings(event: vscode.ConfigurationChangeEvent): boolean {
  return event.affectsConfiguration(`${settings.section}.tokens`);
}
