/**
 * A text for VS Code's notifications, picks and status bar that may hold names out of settings, pools or buckets:
 * `[text](command:…)` becomes no link, and `$(icon)` no icon.
 */
export function plain(text: string): string {
  return text.replaceAll('](', '] (').replaceAll('$(', '$ (');
}
