/** Which rows of a long list are drawn. Never more than a few screens' worth, whatever the list's length. */
export interface ListWindow {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
}

const overscan = 12;
/** Together with the focused row, which always stays, this keeps well below 200 row elements. */
const mostRows = 160;

export function listWindow(scrollTop: number, height: number, rowHeight: number, count: number): ListWindow {
  const visible = Math.ceil(height / rowHeight) + 1;
  const top = Math.max(0, Math.min(Math.floor(scrollTop / rowHeight), count - visible));
  const first = Math.max(0, top - overscan);
  return { first, end: Math.min(count, first + Math.min(mostRows, visible + 2 * overscan)) };
}

/** The row that a key moves the focus to; undefined for keys that move nothing. */
export function moveFocus(key: string, active: number, count: number, page: number): number | undefined {
  if (count === 0) return undefined;
  const clamp = (index: number) => Math.max(0, Math.min(count - 1, index));
  switch (key) {
    case 'ArrowDown':
      return clamp(active + 1);
    case 'ArrowUp':
      return clamp(active - 1);
    case 'PageDown':
      return clamp(active + page);
    case 'PageUp':
      return clamp(active - page);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
