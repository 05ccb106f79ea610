import { LitElement } from 'lit';

/**
 * Base of the page's own elements. They render without a shadow root: the page is all ours, so one style sheet and one
 * space of ids (labels, tabs, descriptions) serve it, and the icon font needs to be linked only once.
 */
export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

let lastId = 0;

/** An id that is unique in this page. */
export function uniqueId(prefix: string): string {
  lastId += 1;
  return `${prefix}-${lastId}`;
}
