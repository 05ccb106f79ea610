const AMZ_DATE = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

/** `20240131T235959Z` to milliseconds since the epoch; undefined when it is not of that form or no date. */
export function parseAmzDate(text: string): number | undefined {
  const parts = AMZ_DATE.exec(text);
  if (parts === null) {
    return undefined;
  }
  const [, year, month, day, hour, minute, second] = parts;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}

/** Milliseconds since the epoch to `20240131T235959Z`. */
export function formatAmzDate(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
}
