import { describe, expect, test } from 'vitest';
import { applyBlock } from './block.ts';
import { setTempo, triggerEpoch } from './owner-calls.ts';
import { isEpochDue, type Schedule } from './schedule.ts';
import { createEconomy, type EconomyState, type Outcome } from './state.ts';
import type { Subnet } from './subnet.ts';

const IDLE: Schedule = {
  tempo: 360,
  pendingEpochAt: 0,
  blocksSinceLastStep: 1,
  lastEpochBlock: 100,
};

function errorOf(outcome: Outcome): string {
  return outcome.ok ? 'ok' : outcome.error.name;
}

function owned(): EconomyState {
  return createEconomy({
    block: 100,
    subnets: [
      {
        netuid: 1,
        owner: 'oc',
        ownerHotkey: 'own',
        lastEpochBlock: 100,
        commitReveal: false,
        neurons: [{ hotkey: 'own' }],
      },
    ],
    hotkeys: { own: { owner: 'oc' } },
  });
}

const one = (state: EconomyState): Subnet => state.subnets[1] as Subnet;
const CALL = { coldkey: 'oc', netuid: 1 };

describe('an epoch is due', () => {
  test.each([
    [{}, 459, false],
    [{}, 460, true],
    [{ tempo: 0 }, 100_000, false],
    [{ pendingEpochAt: 200 }, 199, false],
    [{ pendingEpochAt: 200 }, 200, true],
    [{ tempo: 60_000, blocksSinceLastStep: 50_400 }, 200, false],
    [{ tempo: 60_000, blocksSinceLastStep: 50_401 }, 200, true],
  ])('with %o at block %i: %s', (change, block, due) => {
    expect(isEpochDue({ ...IDLE, ...change }, block)).toBe(due);
  });
});

describe('the owner', () => {
  test('pulls an epoch forward by a call, once', () => {
    const state = owned();
    expect(triggerEpoch(state, CALL)).toMatchObject({ ok: true, firesAt: 110 });
    expect(errorOf(triggerEpoch(state, CALL))).toBe('EpochTriggerAlreadyPending');
    for (let i = 0; i < 9; i += 1) applyBlock(state);
    expect(one(state).epochIndex).toBe(0);
    applyBlock(state);
    expect(one(state)).toMatchObject({ epochIndex: 1, pendingEpochAt: 0, lastEpochBlock: 110 });
  });

  test.each([
    [{ netuid: 9 }, {}, 'SubnetNotExists'],
    [{ coldkey: 'x' }, {}, 'NotSubnetOwner'],
    [{}, { commitReveal: true }, 'DynamicTempoBlockedByCommitReveal'],
    [{}, { tempo: 10 }, 'AutoEpochAlreadyImminent'],
  ])('with %o on %o is %s', (change, fields, name) => {
    const state = owned();
    Object.assign(one(state), fields);
    expect(errorOf(triggerEpoch(state, { ...CALL, ...change }))).toBe(name);
  });

  test('sets a tempo within bounds', () => {
    const state = owned();
    expect(errorOf(setTempo(state, { ...CALL, tempo: 359 }))).toBe('TempoOutOfBounds');
    expect(errorOf(setTempo(state, { ...CALL, tempo: 50_401 }))).toBe('TempoOutOfBounds');
    expect(errorOf(setTempo(state, { ...CALL, tempo: 50_400 }))).toBe('ok');
    expect(errorOf(setTempo(state, { ...CALL, coldkey: 'x', tempo: 400 }))).toBe('NotSubnetOwner');
    expect(errorOf(setTempo(state, { ...CALL, netuid: 9, tempo: 400 }))).toBe('SubnetNotExists');
    expect(one(state).tempo).toBe(50_400);
  });
});
