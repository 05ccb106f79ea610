import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { TabId } from '../protocol';

export const tabIds: readonly TabId[] = ['tokens', 'credentials', 's3'];

export function tabLabel(tab: TabId): string {
  switch (tab) {
    case 'tokens':
      return l10n.t('Tokens');
    case 'credentials':
      return l10n.t('Credentials');
    case 's3':
      return l10n.t('S3');
  }
}

/** The tabs: one stop in the tab order, arrow keys move and select at once. */
export function tabBar(selected: TabId, select: (tab: TabId) => void): TemplateResult {
  const onKey = (event: KeyboardEvent) => {
    const next = tabAfter(event.key, selected);
    if (next === undefined) return;
    event.preventDefault();
    select(next);
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return html`
    <div class="tabs" role="tablist" aria-label=${l10n.t('Inspector')} @keydown=${onKey}>
      ${tabIds.map(
        (tab) => html`
          <button
            role="tab"
            id="tab-${tab}"
            aria-controls="panel-${tab}"
            aria-selected=${tab === selected ? 'true' : 'false'}
            tabindex=${tab === selected ? 0 : -1}
            @click=${() => select(tab)}
          >
            ${tabLabel(tab)}
          </button>
        `,
      )}
    </div>
  `;
}

/** Which tab a key leads to; undefined for other keys. */
export function tabAfter(key: string, selected: TabId): TabId | undefined {
  const index = tabIds.indexOf(selected);
  const count = tabIds.length;
  switch (key) {
    case 'ArrowRight':
      return tabIds[(index + 1) % count];
    case 'ArrowLeft':
      return tabIds[(index + count - 1) % count];
    case 'Home':
      return tabIds[0];
    case 'End':
      return tabIds[count - 1];
    default:
      return undefined;
  }
}
