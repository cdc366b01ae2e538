const format = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });

/** A score as people compare them: four digits, no trailing noise. */
export function score(value: number | null | undefined): string {
  return value === null || value === undefined ? 'none' : format.format(value);
}

/** A share of a whole in percent. */
export function share(part: number, whole: number): string {
  return whole === 0 ? '0 %' : `${format.format(Math.round((1000 * part) / whole) / 10)} %`;
}
