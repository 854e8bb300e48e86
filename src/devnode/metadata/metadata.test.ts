import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Facts, metadataFacts } from '../testing/metadata-facts.ts';
import { encodedMetadata } from './build.ts';

/** Facts of the real chain's metadata at spec 424, without its EVM, contracts and randomness. */
const reference = JSON.parse(
  readFileSync(
    new URL('../../../test/fixtures/devnode/interface-424.json', import.meta.url),
    'utf8',
  ),
) as Facts;

/** Enums over all pallets: this chain has fewer of them, each as the real one has it. */
const OUTER = /^type node_subtensor_runtime::Runtime(Call|Event|Error|HoldReason)$/;

/** What this runtime says otherwise than the real one; what it does not say is no difference. */
function differences(ours: Facts, expected: Facts): string[] {
  return Object.entries(ours).flatMap(([key, mine]) => {
    const theirs = expected[key];
    if (mine === theirs) return [];
    if (OUTER.test(key) && theirs !== undefined) {
      const known = new Set(theirs.split(' | '));
      return mine.split(' | ').filter((variant) => variant !== '' && !known.has(variant));
    }
    return [`${key}: ${mine} instead of ${theirs}`];
  });
}

/** Per kind and pallet what the real chain has and this one has not; types belong to those. */
function leftOut(ours: Facts, expected: Facts): Readonly<Record<string, readonly string[]>> {
  const missing: Record<string, string[]> = {};
  for (const key of Object.keys(expected)) {
    const [kind = '', name = ''] = key.split(' ');
    if (key in ours || kind === 'type') continue;
    const [pallet = '', item = pallet] = name.split('.');
    const group = `${kind} ${pallet}`;
    missing[group] = [...(missing[group] ?? []), item];
  }
  return missing;
}

/** Pallets of spec 424 that say nothing a delegator's tool would read. */
const ABSENT = 'AdminUtils EVMChainId Grandpa LimitOrders Preimage Scheduler Sudo'.split(' ');

test.each([15, 16] as const)('metadata %i is that of spec 424, item by item', (version) => {
  const ours = metadataFacts(encodedMetadata(version));
  expect(differences(ours, reference)).toEqual([]);
  // What was compared, so that a shrinking list is noticed.
  expect(Object.keys(ours)).toHaveLength(1_214);
  expect(Object.keys(reference)).toHaveLength(1_783);
});

test('what is left out is known: whole pallets, calls for root, and what only authors touch', () => {
  const ours = metadataFacts(encodedMetadata(16));
  const missing = leftOut(ours, reference);
  const count = Object.values(missing).reduce((sum, items) => sum + items.length, 0);
  const lines = Object.entries(missing).map(([group, items]) =>
    ABSENT.includes(group.split(' ')[1] as string)
      ? `  ${group}: ${items.length}`
      : `  ${group}: ${items.join(', ')}`,
  );
  process.stdout.write(
    `metadata: ${Object.keys(ours).length} items equal those of spec 424; ${count} left out:\n${lines.join('\n')}\n`,
  );
  const absent = Object.keys(missing).filter((group) => group.startsWith('pallet '));
  expect(absent.map((group) => group.slice('pallet '.length)).sort()).toEqual(ABSENT);
  // Of a pallet that is here, every event and every error is.
  const partial = Object.keys(missing).filter(
    (group) => !ABSENT.includes(group.split(' ')[1] ?? ''),
  );
  expect(partial.filter((group) => /^(events|errors|constant) /.test(group)).sort()).toEqual([
    'errors Drand',
    'errors SafeMode',
    'events Drand',
    'events SafeMode',
  ]);
});

test('metadata 14 says the same, without runtime APIs and what only they use', () => {
  const ours = metadataFacts(encodedMetadata(14));
  expect(differences(ours, reference)).toEqual([]);
  expect(Object.keys(ours).filter((key) => key.startsWith('api '))).toEqual([]);
  expect(Object.keys(ours).length).toBeGreaterThan(1_000);
});

test('a difference would be noticed', () => {
  const ours = metadataFacts(encodedMetadata(15));
  const call = 'calls SubtensorModule.add_stake';
  expect(differences({ ...ours, [call]: '3 ()' }, reference)).toHaveLength(1);
  expect(differences({ ...ours, 'errors Swap.Invented': '13 ()' }, reference)).toHaveLength(1);
  const { 'errors Swap.Deprecated': _gone, ...less } = ours;
  expect(leftOut(less, reference)['errors Swap']).toEqual(['Deprecated']);
});
