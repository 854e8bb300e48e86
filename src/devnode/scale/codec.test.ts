import { expect, test } from 'vitest';
import { codecOf, decodeExactly, encode } from './codec.ts';
import { fromHex, parseHex, toHex } from './hex.ts';

const BOB = '0x8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48';
const CHARLIE = '0x90b5ab205c6974c9ea841be688864633dc9ca8a357843eeacf2314649965fe22';

const call = (pallet: string, name: string, args: unknown) => ({
  type: pallet,
  value: { type: name, value: args },
});
const addStake = call('SubtensorModule', 'add_stake', {
  hotkey: BOB,
  netuid: 1,
  amount_staked: 1_000_000_000n,
});

/** Bytes that two independent libraries made from the real chain's metadata. */
const vectors: readonly [string, unknown, string][] = [
  [
    'add_stake',
    addStake,
    '0x07028eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48010000ca9a3b00000000',
  ],
  [
    'add_stake_limit',
    call('SubtensorModule', 'add_stake_limit', {
      hotkey: BOB,
      netuid: 1,
      amount_staked: 1_000_000_000n,
      limit_price: 25_000_000n,
      allow_partial: false,
    }),
    '0x07588eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48010000ca9a3b0000000040787d010000000000',
  ],
  [
    'remove_stake_full_limit without a limit',
    call('SubtensorModule', 'remove_stake_full_limit', { hotkey: BOB, netuid: 1 }),
    '0x07678eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48010000',
  ],
  [
    'move_stake',
    call('SubtensorModule', 'move_stake', {
      origin_hotkey: BOB,
      destination_hotkey: CHARLIE,
      origin_netuid: 1,
      destination_netuid: 2,
      alpha_amount: 5_000_000_000n,
    }),
    '0x07558eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a4890b5ab205c6974c9ea841be688864633dc9ca8a357843eeacf2314649965fe220100020000f2052a01000000',
  ],
  [
    'claim_root',
    call('SubtensorModule', 'claim_root', { subnets: [1, 2, 3] }),
    '0x07790c010002000300',
  ],
  [
    'set_root_claim_type',
    call('SubtensorModule', 'set_root_claim_type', {
      new_root_claim_type: { type: 'KeepSubnets', value: { subnets: [1, 3] } },
    }),
    '0x077a020801000300',
  ],
  [
    'transfer_keep_alive',
    call('Balances', 'transfer_keep_alive', {
      dest: { type: 'Id', value: BOB },
      value: 1_000_000_000n,
    }),
    '0x0503008eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a4802286bee',
  ],
  [
    'add_proxy',
    call('Proxy', 'add_proxy', {
      delegate: { type: 'Id', value: BOB },
      proxy_type: { type: 'Staking' },
      delay: 0,
    }),
    '0x1001008eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a480800000000',
  ],
  [
    'batch_all',
    call('Utility', 'batch_all', { calls: [addStake] }),
    '0x0b020407028eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48010000ca9a3b00000000',
  ],
];

test.each(vectors)('%s is encoded and read back as the real chain does', (_name, value, hex) => {
  expect(toHex(encode('RuntimeCall', value))).toBe(hex);
  expect(decodeExactly('RuntimeCall', fromHex(hex))).toEqual(value);
});

test('a share of the real chain is its mantissa and exponent', () => {
  const bytes = '0x0000a0dec5adc9353600000000000000f4ffffffffffffff';
  expect(codecOf('SafeFloat').dec(bytes)).toEqual({ mantissa: 10n ** 21n, exponent: -12n });
});

test('bytes that are left over, or missing, are refused', () => {
  expect(() => decodeExactly('u16', fromHex('0x010203'))).toThrow(/not one u16/);
  expect(() => decodeExactly('(u64, u64)', fromHex('0x0102'))).toThrow();
});

test('bytes inside a longer buffer are read from their own start', () => {
  const buffer = fromHex('0xffff2a00ffff');
  expect(decodeExactly('u16', buffer.subarray(2, 4))).toBe(42);
});

test('an absent value inside a present option differs from an absent option', () => {
  const type = 'Option<Option<u8>>';
  for (const [value, hex] of [
    [undefined, '0x00'],
    [null, '0x0100'],
    [7, '0x010107'],
  ] as const) {
    expect(toHex(encode(type, value))).toBe(hex);
    expect(codecOf(type).dec(hex)).toBe(value);
  }
});

test('an unknown variant, type or index is refused', () => {
  expect(() => encode('RuntimeCall', { type: 'Nowhere' })).toThrow(/no variant Nowhere/);
  expect(() => codecOf('RuntimeCall').dec('0xff')).toThrow(/no variant 255/);
  expect(() => codecOf('Invented')).toThrow(/Undeclared type: Invented/);
});

test('whole bytes of digits are hex, with 0x or without', () => {
  expect(parseHex('0x0aFF')).toEqual(Uint8Array.of(10, 255));
  expect(parseHex('0aFF')).toEqual(Uint8Array.of(10, 255));
  expect(parseHex('')).toEqual(new Uint8Array());
  for (const text of ['0x0', '0xzz', 'nothing', 'x0a']) expect(parseHex(text)).toBeUndefined();
});
