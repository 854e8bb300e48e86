import { describe, expect, it } from 'vitest';
import { decodeLog, encodeRecord } from '../folder/block-log.ts';
import { devAccounts } from '../genesis/accounts.ts';
import { presetState } from '../genesis/presets.ts';
import { encode } from '../scale/codec.ts';
import { toHex } from '../scale/hex.ts';
import { applyAction, type DevAction } from './dev-actions.ts';

const ember = devAccounts['//Ember//hot'];
const call = (name: string, args: unknown): string =>
  toHex(encode('RuntimeCall', { type: 'SubtensorModule', value: { type: name, value: args } }));

const actions: readonly DevAction[] = [
  { kind: 'set-balance', account: devAccounts['//Bob'], freeRao: 5n },
  {
    kind: 'call',
    signer: devAccounts['//Ember'],
    call: call('decrease_take', { hotkey: ember, take: 5 }),
  },
  { kind: 'set-conduct', netuid: 8, hotkey: ember, conduct: { kind: 'lazy' } },
  { kind: 'dissolve-subnet', netuid: 4 },
  { kind: 'set-profile', profile: '425' },
];

describe('what a developer does to the chain', () => {
  it('changes the state', () => {
    const state = presetState('arena');
    for (const action of actions) applyAction(state, action);
    expect(state.economy.balances[devAccounts['//Bob']]).toBe(5n);
    expect(state.economy.hotkeys[ember]?.take).toBe(5);
    const validators = state.market?.subnets.find(({ netuid }) => netuid === 8)?.validators;
    expect(validators?.find(({ hotkey }) => hotkey === ember)?.conduct).toEqual({ kind: 'lazy' });
    expect(state.economy.netuids).toEqual([0, 8, 64]);
    expect(state.profile).toBe('425');
  });

  it('survives the log', () => {
    const record = { kind: 'block', body: { actions, extrinsics: [] }, hash: '0x00' } as const;
    const { records } = decodeLog(new TextEncoder().encode(encodeRecord(record)));
    expect(records).toEqual([record]);
  });

  it.each([
    { kind: 'dissolve-subnet', netuid: 77 },
    { kind: 'set-conduct', netuid: 77, hotkey: ember, conduct: { kind: 'lazy' } },
    {
      kind: 'call',
      signer: devAccounts['//Bob'],
      call: call('decrease_take', { hotkey: ember, take: 5 }),
    },
  ] satisfies DevAction[])('is a defect of its maker when the state refuses it', (action) => {
    expect(() => applyAction(presetState('arena'), action)).toThrow('refuses the action');
  });
});
