/** Shows any token, wherever it was met; supplied by workbench.ts, so that `ui` need not know the panel. */
export interface TokenViewer {
  /**
   * Opens "Inspector: Token" with the first token of a text; a text that holds none is explained there. `source`: where
   * it comes from, in words that stand in the page's head; nothing secret.
   */
  inspect(text: string, options?: { readonly source?: string }): Promise<void>;
}
