/** Every epoch vector, within the tolerance for exact fixed-point arithmetic. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { epochOps } from '../../../scripts/vectors/ops-epoch.ts';

type Tolerance = { kind: 'exact' | 'abs' | 'rel'; value?: number };
type Vector = {
  name: string;
  op: string;
  inputs: unknown;
  expected: unknown;
  tolerance: Tolerance;
};

const file = new URL('../../../test/fixtures/vectors-economics.json', import.meta.url);
const vectors: Vector[] = JSON.parse(readFileSync(file, 'utf8')).vectors;
const mine = vectors.filter(({ op }) => epochOps[op] !== undefined);

/** Paths whose values differ by more than the tolerance. */
function differences(actual: unknown, expected: unknown, allowed: number, path = ''): string[] {
  if (typeof expected === 'number') {
    const value = typeof actual === 'bigint' ? Number(actual) : actual;
    const near = typeof value === 'number' && Math.abs(value - expected) <= allowed;
    return near ? [] : [`${path}: ${String(actual)} is not ${expected}`];
  }
  if (typeof expected !== 'object' || expected === null) {
    return actual === expected ? [] : [`${path}: ${String(actual)} is not ${String(expected)}`];
  }
  if (typeof actual !== 'object' || actual === null) return [`${path} is missing`];
  const extra = Array.isArray(expected) || path.endsWith('bonds') ? Object.keys(actual) : [];
  const keys = new Set([...Object.keys(expected), ...extra]);
  return [...keys].flatMap((key) =>
    differences(
      (actual as Record<string, unknown>)[key],
      (expected as Record<string, unknown>)[key],
      allowed,
      `${path}.${key}`,
    ),
  );
}

describe('epoch vectors', () => {
  it('cover every epoch operation', () => {
    expect(new Set(mine.map(({ op }) => op))).toEqual(new Set(Object.keys(epochOps)));
    expect(mine.length).toBeGreaterThanOrEqual(36);
  });

  it.each(mine)('$op: $name', ({ op, inputs, expected, tolerance }) => {
    const run = epochOps[op] as (inputs: unknown) => unknown;
    const allowed = op === 'epoch' ? 0 : (tolerance.value ?? 0);
    expect(differences(run(inputs), expected, allowed)).toEqual([]);
  });
});
