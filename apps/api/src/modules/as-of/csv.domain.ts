export type CsvValue = string | number | null;

/** What spreadsheets take for the beginning of a formula. */
const formula = /^[=+\-@\t\r\n]/;

/**
 * One field as RFC 4180 has it: quoted where it holds a comma, a quote or a line end. Text that a spreadsheet would run
 * as a formula gets an apostrophe in front, which spreadsheets do not show.
 */
export function csvField(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One record with its line end, which is CRLF. */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(csvField).join(',')}\r\n`;
}
