/**
 * A story with every way in which stake passes by one event for everybody, some of it in the same
 * block as other trades of the same account. Three validators change their hotkey and one keeps the
 * stake where it is, a coldkey hands over to another, and a subnet is removed.
 */
import { blake2 } from '../../src/devnode/blocks/header.ts';
import { devAccounts } from '../../src/devnode/genesis/accounts.ts';
import { fromHex, toHex } from '../../src/devnode/scale/hex.ts';
import { type PassagesWorld, TEMPO_BLOCKS, type WorldCall } from './passages-world.ts';

export const RAO = 1_000_000_000n;
export const [alice, bob, charlie, dave] = [
  devAccounts['//Alice'],
  devAccounts['//Bob'],
  devAccounts['//Charlie'],
  devAccounts['//Dave'],
];
export const [aurora, basalt, cobalt, dunlin] = [
  devAccounts['//Aurora//hot'],
  devAccounts['//Basalt//hot'],
  devAccounts['//Cobalt//hot'],
  devAccounts['//Dunlin//hot'],
];
const fresh = (byte: string): string => `0x${byte.repeat(32)}`;
export const [newAurora, newBasalt, newCobalt, newDunlin, newBob] = [
  '61',
  '62',
  '63',
  '64',
  '65',
].map(fresh) as [string, string, string, string, string];
const add = (from: string, hotkey: string, netuid: number, tao: bigint): WorldCall => [
  from,
  'add_stake',
  { hotkey, netuid, amount_staked: tao * RAO },
];
const remove = (from: string, hotkey: string, netuid: number, alpha: bigint): WorldCall => [
  from,
  'remove_stake',
  { hotkey, netuid, amount_unstaked: alpha * RAO },
];
const swap = (
  name: '//Aurora' | '//Basalt' | '//Cobalt' | '//Dunlin',
  to: string,
  over: { readonly netuid?: number; readonly keep_stake?: boolean } = {},
): WorldCall => {
  const hotkeys = { hotkey: devAccounts[`${name}//hot`], new_hotkey: to };
  const how = { netuid: undefined, keep_stake: false, ...over };
  return [devAccounts[name], 'swap_hotkey_v2', { ...hotkeys, ...how }];
};

/** Numbers of the blocks in which something happened, and what it paid. */
export type Story = {
  readonly first: number;
  readonly second: number;
  /** Aurora on subnet 8, Basalt everywhere, Dunlin in a block that pays an epoch. */
  readonly onSubnet: number;
  readonly everywhere: number;
  readonly inEpoch: number;
  /** Bob hands over to `newBob`. */
  readonly coldkey: number;
  readonly charlie: number;
  /** Subnet 4 is removed; what that did to Charlie's free balance, rao. */
  readonly removed: number;
  readonly paidOut: bigint;
};

/** Plays all of it. */
export function playPassages(world: PassagesWorld): Story {
  const { block, advance } = world;
  const first = block([
    add(alice, aurora, 8, 50n),
    add(alice, aurora, 4, 20n),
    add(alice, aurora, 0, 30n),
    add(alice, dunlin, 8, 12n),
  ]);
  block([add(bob, aurora, 8, 10n), add(bob, basalt, 0, 40n), add(bob, cobalt, 4, 7n)]);
  advance(2 * TEMPO_BLOCKS);
  const second = block([
    add(alice, aurora, 8, 10n),
    add(alice, basalt, 1, 15n),
    add(alice, basalt, 0, 25n),
  ]);
  advance(2 * TEMPO_BLOCKS);
  // In one block: more stake, the swap, and some of it sold under its new name.
  const onSubnet = block([
    add(alice, aurora, 8, 5n),
    swap('//Aurora', newAurora, { netuid: 8 }),
    remove(alice, newAurora, 8, 3n),
  ]);
  advance(2 * TEMPO_BLOCKS);
  const everywhere = block([swap('//Basalt', newBasalt)]);
  advance(3 * TEMPO_BLOCKS);
  block([add(alice, cobalt, 4, 6n), swap('//Cobalt', newCobalt, { keep_stake: true })]);
  advance(world.untilEpoch(8) - 1);
  const inEpoch = block([swap('//Dunlin', newDunlin)]);
  const hash = toHex(blake2(fromHex(newBob)));
  block([[bob, 'announce_coldkey_swap', { new_coldkey_hash: hash }]]);
  // The wait, without making its blocks.
  world.set('ColdkeySwapAnnouncements', [bob], [world.head(), hash]);
  const coldkey = block([[bob, 'swap_coldkey_announced', { new_coldkey: newBob }]]);
  advance(2 * TEMPO_BLOCKS);
  const charlies = block([
    add(charlie, aurora, 4, 9n),
    add(charlie, cobalt, 4, 11n),
    add(charlie, newAurora, 8, 3n),
    add(dave, aurora, 4, 5n),
  ]);
  advance(2 * TEMPO_BLOCKS);
  const before = world.freeOf(charlie);
  const removed = block([], [{ kind: 'dissolve-subnet', netuid: 4 }]);
  const paidOut = world.freeOf(charlie) - before;
  advance(2 * TEMPO_BLOCKS);
  const swaps = { onSubnet, everywhere, inEpoch, coldkey };
  return { first, second, ...swaps, charlie: charlies, removed, paidOut };
}
