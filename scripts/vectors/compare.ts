/** Compares an answer with a vector's `expected` under its tolerance; names every difference. */

export type Tolerance = {
  readonly kind: 'exact' | 'abs' | 'rel';
  readonly value?: number;
  readonly note?: string;
};

export type Difference = { readonly path: string; readonly got: string; readonly expected: string };

/** Differences between `got` and `expected`; keys that only `got` has do not count. */
export function compare(got: unknown, expected: unknown, tolerance: Tolerance): Difference[] {
  const differences: Difference[] = [];
  walk(got, expected, { path: '', tolerance, differences });
  return differences;
}

type Walk = {
  readonly path: string;
  readonly tolerance: Tolerance;
  readonly differences: Difference[];
};

function walk(got: unknown, expected: unknown, at: Walk): void {
  if (Array.isArray(expected)) {
    const list = Array.isArray(got) ? got : [];
    if (list.length !== expected.length) differ(got, expected, at);
    expected.slice(0, list.length).forEach((value, i) => {
      walk(list[i], value, { ...at, path: `${at.path}[${i}]` });
    });
  } else if (typeof expected === 'object' && expected !== null) {
    const record = (typeof got === 'object' && got !== null ? got : {}) as Record<string, unknown>;
    for (const [key, value] of Object.entries(expected)) {
      walk(record[key], value, { ...at, path: at.path === '' ? key : `${at.path}.${key}` });
    }
  } else if (!same(got, expected, toleranceAt(at))) differ(got, expected, at);
}

/** Where a note names a tolerance for one kind of figure, that figure gets it. */
function toleranceAt({ path, tolerance }: Walk): Tolerance {
  const note = tolerance.note ?? '';
  if (path.endsWith('_bits')) return tolerance;
  if (/(^|\.)price(_after)?$/.test(path)) {
    const match = /price relative (1e-\d+)/.exec(note);
    if (match !== null) return { kind: 'rel', value: Number.parseFloat(match[1] as string) };
  }
  if (/(rate|rate_increment_float\..*)$/.test(path) && note.includes('rate relative 1e-6')) {
    return { kind: 'rel', value: 1e-6 };
  }
  if (path === 'miner_withheld_fraction' && note.includes('withheld fraction abs 1e-9')) {
    return { kind: 'abs', value: 1e-9 };
  }
  return tolerance;
}

function same(got: unknown, expected: unknown, tolerance: Tolerance): boolean {
  const a = integerOf(got);
  const b = integerOf(expected);
  if (a !== undefined && b !== undefined) return integersAgree(a, b, tolerance);
  if (isNumeric(got) && isNumeric(expected)) {
    return realsAgree(realOf(got), realOf(expected), tolerance);
  }
  return got === expected;
}

function integersAgree(a: bigint, b: bigint, { kind, value = 0 }: Tolerance): boolean {
  if (a === b) return true;
  if (kind === 'exact') return false;
  const gap = a > b ? a - b : b - a;
  if (kind === 'abs') return gap <= BigInt(Math.floor(value));
  return Number(gap) <= value * Math.abs(Number(b));
}

function realsAgree(a: number, b: number, { kind, value = 0 }: Tolerance): boolean {
  if (a === b) return true;
  if (kind === 'exact' || Number.isNaN(a)) return false;
  return Math.abs(a - b) <= (kind === 'abs' ? value : value * Math.abs(b));
}

function integerOf(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return BigInt(value);
  return undefined;
}

function isNumeric(value: unknown): value is number | bigint | string {
  return typeof value === 'number' || integerOf(value) !== undefined;
}

function realOf(value: number | bigint | string): number {
  return Number(value);
}

function differ(got: unknown, expected: unknown, at: Walk): void {
  at.differences.push({ path: at.path, got: show(got), expected: show(expected) });
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? part.toString() : part));
}
