import * as vscode from 'vscode';

/** Names of the language-model tools; those of package.json. */
export const toolNames = ['explain_cognito_token', 'list_cognito_connections'] as const;
export type ToolName = (typeof toolNames)[number];

/** What a tool does, once somebody calls it. */
export interface Tool {
  /** What the person is asked before anything is read. Free of side effects. */
  prepare(input: unknown): vscode.PreparedToolInvocation;
  /** The answer for the model: text, without any token, password or key. */
  run(input: unknown): Promise<string>;
}

export type Tools = Readonly<Record<ToolName, Tool>>;

/** Registers the tools as promises; `load` brings what they do at the first call. */
export function registerTools(load: () => Promise<Tools>): vscode.Disposable {
  const registered = toolNames.map((name) =>
    vscode.lm.registerTool<unknown>(name, {
      prepareInvocation: async ({ input }) => (await load())[name].prepare(input),
      invoke: async ({ input }) => {
        const text = await (await load())[name].run(input);
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
      },
    }),
  );
  return vscode.Disposable.from(...registered);
}
