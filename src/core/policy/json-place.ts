/** Where a text stops being JSON, counted from 0; its length where it only breaks off. The engine's own message does not always tell. */
export function brokenAt(text: string): number {
  let [good, bad] = [0, text.length + 1];
  // The longest beginning that more text could still make JSON.
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isBeginning(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function isBeginning(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const [, position] = /position (\d+)/.exec(String(error)) ?? [];
    return position === undefined
      ? /end of (JSON|input)/i.test(String(error))
      : Number(position) >= text.length || /unterminated/i.test(String(error));
  }
}
