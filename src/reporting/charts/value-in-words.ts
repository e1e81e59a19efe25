import { type Figure, figureInWords } from '../figure.ts';

/** How the numbers of a chart are written. */
export interface NumberStyle {
  /** Decimal places; none unless told. */
  readonly decimals?: number;
  /** Written after each number in the picture; the table's headings name it instead. */
  readonly unit?: '%';
}

export function valueInWords(figure: Figure, { decimals = 0, unit }: NumberStyle): string {
  return typeof figure === 'number' && unit
    ? `${figureInWords(figure, decimals)}${unit}`
    : figureInWords(figure, decimals);
}

/** The largest and the smallest of named numbers, in words; empty when there is none. */
export function extremesInWords(
  rows: readonly { readonly label: string; readonly value: Figure }[],
  style: NumberStyle,
): string {
  const known = rows.flatMap(({ label, value }) => (typeof value === 'number' ? [{ label, value }] : []));
  const [first] = known;
  if (!first) return '';
  const most = known.reduce((best, row) => (row.value > best.value ? row : best), first);
  const least = known.reduce((best, row) => (row.value < best.value ? row : best), first);
  const told = rows.some(({ value }) => value === 'hidden') ? ' Of those shown, largest' : ' Largest';
  if (known.length === 1) return ` ${first.label}: ${valueInWords(first.value, style)}.`;
  if (most.value === least.value)
    return ` All${known.length < rows.length ? ' that are shown' : ''} are ${valueInWords(most.value, style)}.`;
  return `${told}: ${most.label}, ${valueInWords(most.value, style)}. Smallest: ${least.label}, ${valueInWords(least.value, style)}.`;
}
