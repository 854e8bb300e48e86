import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Facts, metadataFacts } from '../testing/metadata-facts.ts';
import { encodedMetadata } from './build.ts';

/** Facts of the real chain's metadata at spec 424, as far as this runtime declares them. */
const reference = JSON.parse(
  readFileSync(
    new URL('../../../test/fixtures/devnode/interface-424.json', import.meta.url),
    'utf8',
  ),
) as Facts;

/** Enums over all pallets: this chain has fewer of them, each as the real one has it. */
const OUTER = /^type node_subtensor_runtime::Runtime(Call|Event|Error|HoldReason)$/;

function differences(ours: Facts, expected: Facts): string[] {
  const keys = new Set([...Object.keys(ours), ...Object.keys(expected)]);
  return [...keys].flatMap((key) => {
    const mine = ours[key];
    const theirs = expected[key];
    if (mine === theirs) return [];
    if (OUTER.test(key) && mine !== undefined && theirs !== undefined) {
      const known = new Set(theirs.split(' | '));
      return mine.split(' | ').filter((variant) => variant !== '' && !known.has(variant));
    }
    return [`${key}: ${mine} instead of ${theirs}`];
  });
}

test.each([15, 16] as const)('metadata %i is that of spec 424, item by item', (version) => {
  const ours = metadataFacts(encodedMetadata(version));
  expect(differences(ours, reference)).toEqual([]);
  // What was compared, so that a shrinking list is noticed.
  expect(Object.keys(ours)).toHaveLength(1_077);
});

test('metadata 14 says the same, without runtime APIs and what only they use', () => {
  const ours = metadataFacts(encodedMetadata(14));
  const expected = Object.fromEntries(Object.entries(reference).filter(([key]) => key in ours));
  expect(differences(ours, expected)).toEqual([]);
  expect(Object.keys(ours).filter((key) => key.startsWith('api '))).toEqual([]);
  expect(Object.keys(ours).length).toBeGreaterThan(900);
});

test('a difference would be noticed', () => {
  const ours = metadataFacts(encodedMetadata(15));
  const call = 'calls SubtensorModule.add_stake';
  expect(differences({ ...ours, [call]: '3 ()' }, reference)).toHaveLength(1);
  expect(differences(ours, { ...reference, 'errors Swap.Invented': '13 ()' })).toHaveLength(1);
});
