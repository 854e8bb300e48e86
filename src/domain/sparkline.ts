/** A row of figures as a line of blocks, for terminals. Pure. */

const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** One character a figure, lowest to highest; all equal figures are a line at half height. */
export function sparkline(figures: readonly bigint[]): string {
  const [first] = figures;
  if (first === undefined) return '';
  const least = figures.reduce((found, each) => (each < found ? each : found), first);
  const most = figures.reduce((found, each) => (each > found ? each : found), first);
  const span = most - least;
  const top = BigInt(LEVELS.length - 1);
  return figures
    .map((each) => {
      const level = span === 0n ? top / 2n : ((each - least) * top) / span;
      return LEVELS[Number.parseInt(level.toString(), 10)];
    })
    .join('');
}

/** At most `count` figures of a longer row, evenly spaced, the first and the last among them. */
export function thin<T>(row: readonly T[], count: number): readonly T[] {
  if (row.length <= count || count < 2) return row.slice(-count);
  return Array.from({ length: count }, (_, index) => {
    const at = Math.round((index * (row.length - 1)) / (count - 1));
    return row[at] as T;
  });
}
