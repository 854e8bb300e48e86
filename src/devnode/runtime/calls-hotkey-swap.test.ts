import { describe, expect, it } from 'vitest';
import { devAccounts } from '../genesis/accounts.ts';
import { presetState } from '../genesis/presets.ts';
import { encode } from '../scale/codec.ts';
import { toHex } from '../scale/hex.ts';
import type { ChainState } from '../state/chain-state.ts';
import { startDevChain } from '../testing/dev-chain.ts';
import { alice } from '../testing/dev-client.ts';
import { applyAction } from './dev-actions.ts';

const ember = devAccounts['//Ember//hot'];
const renamed = `0x${'77'.repeat(32)}`;

function swap(state: ChainState, netuid: number | undefined) {
  const args = { hotkey: ember, new_hotkey: renamed, netuid, keep_stake: false };
  const call = { type: 'SubtensorModule', value: { type: 'swap_hotkey_v2', value: args } };
  const signer = devAccounts['//Ember'];
  return applyAction(state, { kind: 'call', signer, call: toHex(encode('RuntimeCall', call)) });
}

/** Where each name is known beside the economy. */
function known(state: ChainState) {
  const netuids = (hotkey: string) => ({
    autopilots: state.autopilots.flatMap((one) => (one.hotkey === hotkey ? [one.netuid] : [])),
    market: (state.market?.subnets ?? []).flatMap(({ netuid, validators }) =>
      validators.some((one) => one.hotkey === hotkey) ? [netuid] : [],
    ),
    commitments: Object.entries(state.commitments).flatMap(([netuid, byHotkey]) =>
      byHotkey[hotkey] === undefined ? [] : [netuid],
    ),
  });
  return { old: netuids(ember), next: netuids(renamed) };
}

function arena(): ChainState {
  const state = presetState('arena');
  const entry = { block: 1, fields: [], epoch: 0, usedBytes: 0 };
  state.commitments = { 4: { [ember]: entry }, 8: { [ember]: entry } };
  return state;
}

describe('a hotkey that is swapped', () => {
  it('everywhere is known by its new name to everybody', () => {
    const state = arena();
    const before = known(state).old;
    expect(before.autopilots.length + before.market.length).toBeGreaterThan(0);
    expect(swap(state, undefined).map(({ name }) => name)).toContain('HotkeySwapped');
    const nothing = { autopilots: [], market: [], commitments: [] };
    expect(known(state)).toEqual({ old: nothing, next: before });
  });

  it('on one subnet is known by both names', () => {
    const state = arena();
    const before = known(state).old;
    swap(state, 8);
    const { old, next } = known(state);
    expect(next.commitments).toEqual(['8']);
    expect(old.commitments).toEqual(['4']);
    for (const what of ['autopilots', 'market'] as const) {
      expect(next[what]).toEqual(before[what].filter((netuid) => netuid === 8));
      expect(old[what]).toEqual(before[what].filter((netuid) => netuid !== 8));
    }
  });

  it('leaves the block of the swap where clients look for it', async () => {
    const chain = await startDevChain();
    const [own, next] = [`0x${'44'.repeat(32)}`, `0x${'55'.repeat(32)}`];
    await chain.send('SubtensorModule', 'try_associate_hotkey', { hotkey: own });
    const args = { hotkey: own, new_hotkey: next, netuid: 4, keep_stake: false };
    const events = await chain.send('SubtensorModule', 'swap_hotkey_v2', args);
    expect(events.map(({ name }) => name)).toContain('SubtensorModule.HotkeySwappedOnSubnet');
    const block = BigInt(chain.node.status().number);
    expect(await chain.read('SubtensorModule', 'LastHotkeySwapOnNetuid', 4, alice.account)).toBe(
      block,
    );
    const key = { type: 'LastTxBlock', value: alice.account };
    expect(await chain.read('SubtensorModule', 'LastRateLimitedBlock', key)).toBe(block);
    expect(await chain.read('SubtensorModule', 'Owner', next)).toBe(alice.account);
  });
});
