import type { Identities } from '../../host/identities';
import type { ConnectionSettings } from '../../host/settings';
import { explainTokenTool } from './explain-token-tool';
import { listConnectionsTool } from './list-connections-tool';
import type { Tools } from './register-tools';

export interface ToolParts {
  readonly settings: ConnectionSettings;
  readonly identities: Identities;
}

/** The tools that language models may call, each after the person has said yes. */
export function languageModelTools(parts: ToolParts): Tools {
  return {
    explain_cognito_token: explainTokenTool(parts),
    list_cognito_connections: listConnectionsTool(parts),
  };
}
