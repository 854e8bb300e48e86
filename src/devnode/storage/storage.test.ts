import { getDynamicBuilder, getLookupFn } from '@polkadot-api/metadata-builders';
import { decAnyMetadata, unifyMetadata } from '@polkadot-api/substrate-bindings';
import { expect, test } from 'vitest';
import { advanceChain, openChain, viewAt } from '../blocks/chain.ts';
import { devAccounts } from '../genesis/accounts.ts';
import { encodedMetadata } from '../metadata/build.ts';
import { fromHex, toHex } from '../scale/hex.ts';
import type { View } from '../state/view.ts';
import { storageItems } from './items.ts';
import { decodeKey, encodeKey, itemAt, itemPrefix } from './keys.ts';
import { listKeys, readStorage } from './read.ts';

const ALICE = devAccounts['//Alice'];
const BOB = devAccounts['//Bob'];

/** A chain after its first epochs, made once: reading leaves it as it is. */
let made: View | undefined;
function busyView(): View {
  if (made !== undefined) return made;
  const chain = openChain({ preset: 'small' });
  advanceChain(chain, 400);
  made = viewAt(chain, 400);
  return made;
}

const item = (pallet: string, name: string) => {
  const found = storageItems().find((one) => one.pallet === pallet && one.name === name);
  if (found === undefined) throw new Error(`no ${pallet}.${name}`);
  return found;
};

test.each([
  [
    'System',
    'Account',
    [ALICE],
    '0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9de1e86a9a8c739864cf3cc5ec2bea59fd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d',
  ],
  [
    'SubtensorModule',
    'TotalHotkeyAlpha',
    [BOB, 1],
    '0x658faa385070e074c85bf6b568cf0555ee25c3b5b1886863480497907f1829e64f9aea1afa791265fae359272badc1cf8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a480100',
  ],
  [
    'SubtensorModule',
    'AlphaV2',
    [BOB, ALICE, 1],
    '0x658faa385070e074c85bf6b568cf0555421d8174603a6a6036511a7619b402f04f9aea1afa791265fae359272badc1cf8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48de1e86a9a8c739864cf3cc5ec2bea59fd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d0100',
  ],
  [
    'SubtensorModule',
    'Lock',
    [ALICE, 1, BOB],
    '0x658faa385070e074c85bf6b568cf0555fb1ef94455cc6b5a3840206754686d98de1e86a9a8c739864cf3cc5ec2bea59fd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d01004f9aea1afa791265fae359272badc1cf8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48',
  ],
  [
    'SubtensorModule',
    'SubnetTAO',
    [1],
    '0x658faa385070e074c85bf6b568cf05557a57dce016211512d1700561066b85a30100',
  ],
  [
    'Swap',
    'FeeRate',
    [1],
    '0x746cc6d1e9dbcf1d03868e492c1d836e9e110c291062e3d22e10ec17c4e83ebdf1577fbf1d628fdd0100',
  ],
  [
    'MevShield',
    'NextKey',
    [],
    '0x9e94fc9ecf3c8d51c7baba39080fb4339ab50f1d245f1373b95e2a965fa883ac',
  ],
] as const)('the key of %s.%s is the real one and reads back', (pallet, name, keys, hex) => {
  const found = item(pallet, name);
  expect(toHex(encodeKey(found, keys))).toBe(hex);
  expect(itemAt(fromHex(hex))).toBe(found);
  expect(decodeKey(found, fromHex(hex))).toEqual(keys);
});

test('every key that is listed has a value, in the order of the bytes', () => {
  const view = busyView();
  const keys = listKeys(view, { prefix: new Uint8Array() });
  expect(keys.length).toBeGreaterThan(1_000);
  expect([...keys].sort()).toEqual(keys);
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) expect(readStorage(view, fromHex(key)), key).toBeDefined();
});

test("every value decodes with codecs built from this chain's own metadata", () => {
  const view = busyView();
  const metadata = unifyMetadata(decAnyMetadata(encodedMetadata(15)));
  const builder = getDynamicBuilder(getLookupFn(metadata));
  let compared = 0;
  for (const { pallet, name } of storageItems()) {
    const codec = builder.buildStorage(pallet, name);
    for (const key of listKeys(view, { prefix: itemPrefix(item(pallet, name)) })) {
      const value = readStorage(view, fromHex(key)) as string;
      expect(toHex(codec.value.enc(codec.value.dec(value))), `${pallet}.${name}`).toBe(value);
      expect(codec.keys.enc(...codec.keys.dec(key))).toBe(key);
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(1_000);
});

test('pages follow each other without a gap or a repetition', () => {
  const view = busyView();
  const prefix = itemPrefix(item('SubtensorModule', 'AlphaV2'));
  const all = listKeys(view, { prefix });
  const paged: string[] = [];
  for (let after: Uint8Array | undefined; ; ) {
    const page = listKeys(view, { prefix, after, limit: 7 });
    paged.push(...page);
    if (page.length < 7) break;
    after = fromHex(page.at(-1) as string);
  }
  expect(paged).toEqual(all);
});

test('a longer prefix lists the keys below it alone', () => {
  const view = busyView();
  const found = item('SubtensorModule', 'AlphaV2');
  const hotkey = devAccounts['//Aurora//hot'];
  const whole = encodeKey(found, [hotkey, ALICE, 1]);
  const below = listKeys(view, { prefix: whole.subarray(0, 32 + 16 + 32) });
  const all = listKeys(view, { prefix: itemPrefix(found) });
  expect(below.length).toBeGreaterThan(3);
  expect(below).toEqual(all.filter((key) => key.includes(hotkey.slice(2))));
});

test('unknown keys, keys with a wrong hash and keys that are too long have no value', () => {
  const view = busyView();
  const key = encodeKey(item('System', 'Account'), [ALICE]);
  expect(readStorage(view, key)).toBeDefined();
  const wrongHash = Uint8Array.from(key);
  wrongHash[40] = (wrongHash[40] as number) ^ 1;
  expect(readStorage(view, wrongHash)).toBeUndefined();
  expect(readStorage(view, Uint8Array.of(...key, 0))).toBeUndefined();
  expect(readStorage(view, key.subarray(0, 60))).toBeUndefined();
  expect(readStorage(view, new Uint8Array(32))).toBeUndefined();
});

test('a subnet that does not exist and an account without TAO read as missing', () => {
  const view = busyView();
  expect(readStorage(view, encodeKey(item('SubtensorModule', 'Tempo'), [77]))).toBeUndefined();
  const nobody = `0x${'11'.repeat(32)}`;
  expect(readStorage(view, encodeKey(item('System', 'Account'), [nobody]))).toBeUndefined();
});
