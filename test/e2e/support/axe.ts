import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { VsCodeWindow } from '../../support/vscode-window';

const source = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResults {
  passes: unknown[];
  violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
}

/** What axe objects to in the Inspector's page, as `rule: element: why`. */
export async function accessProblems(window: VsCodeWindow): Promise<string[]> {
  const body = await window.inspectorFrame().locator('body').elementHandle();
  const frame = await body?.ownerFrame();
  if (!frame) throw new Error('The Inspector has no page.');
  // As an expression of the debugger, which the page's policy for scripts does not concern.
  await frame.evaluate(source);
  const results: AxeResults = await frame.evaluate('axe.run(document)');
  if (results.passes.length < 10) throw new Error('axe has looked at nothing.');
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)}: ${failureSummary ?? ''}`),
  );
}
