import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { economicsOps } from '../../scripts/vectors/ops-economics.ts';
import { runEconomicsVector } from '../../scripts/vectors/run-vectors.ts';

type Vector = Parameters<typeof runEconomicsVector>[0];

const path = new URL('../../test/fixtures/vectors-economics.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(path, 'utf8')) as { vectors: Vector[] };

describe('reference vectors', () => {
  test('are all there and every operation is known', () => {
    expect(vectors).toHaveLength(168);
    const known = new Set(Object.keys(economicsOps));
    expect(vectors.filter(({ op }) => !known.has(op))).toEqual([]);
  });

  test.each(vectors.map((vector) => [vector.op, vector.name, vector] as const))(
    '%s: %s',
    (_op, _name, vector) => {
      expect(runEconomicsVector(vector).details).toEqual([]);
    },
  );

  test('a wrong answer and an unknown operation are failures', () => {
    const [vector] = vectors as [Vector];
    expect(runEconomicsVector({ ...vector, op: 'nothing' }).passed).toBe(false);
    const wrong = { ...vector, expected: { emission_rao: 7 } };
    expect(runEconomicsVector(wrong).details).toEqual([
      'emission_rao: got "1000000000", expected 7',
    ]);
  });
});

describe('docs/economy.md', () => {
  const folder = new URL('../../docs/', import.meta.url);
  const page = readFileSync(new URL('economy.md', folder), 'utf8');

  test('names every operation that has vectors', () => {
    const ops = new Set(vectors.map(({ op }) => op));
    expect([...ops].filter((op) => !page.includes(`\`${op}\``))).toEqual([]);
  });

  test('links to files that are there', () => {
    const links = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link as string);
    expect(links.length).toBeGreaterThan(30);
    expect(links.filter((link) => !existsSync(new URL(link, folder)))).toEqual([]);
  });
});
