import { beforeEach, describe, expect, test } from 'vitest';
import { ONE_64 } from './fixed.ts';
import { setTempo, triggerEpoch } from './owner-calls.ts';
import { burnedRegister, registerLimit, rootRegister, tryAssociateHotkey } from './register.ts';
import { blocksUntilAutoEpoch, capEpochs } from './schedule.ts';
import { createEconomy, type EconomyState, type Outcome } from './state.ts';
import type { Neuron, Subnet } from './subnet.ts';
import { type SetWeights, setWeights } from './weights.ts';

const TAO = 1_000_000_000n;
let state: EconomyState;

beforeEach(() => {
  state = createEconomy({
    block: 10_000,
    balances: { bob: TAO + 500n },
    subnets: [
      { netuid: 0, maxAllowedUids: 2 },
      {
        netuid: 1,
        owner: 'oc',
        ownerHotkey: 'own',
        maxAllowedUids: 4,
        burnRao: TAO,
        immunityPeriod: 100,
        commitReveal: false,
        minAllowedWeights: 2,
        lastEpochBlock: 9_900,
        neurons: [
          { hotkey: 'own', registeredAt: 0 },
          { hotkey: 'h1', registeredAt: 0, permit: true },
          { hotkey: 'h2', registeredAt: 0 },
        ],
      },
    ],
    hotkeys: { own: { owner: 'oc' }, h1: { owner: 'alice' }, h2: { owner: 'bob' } },
    stakes: [
      { hotkey: 'h1', coldkey: 'alice', netuid: 0, alphaRao: 7n },
      { hotkey: 'h2', coldkey: 'bob', netuid: 0, alphaRao: 5n },
    ],
  });
});

const one = (): Subnet => state.subnets[1] as Subnet;
const errorOf = (outcome: Outcome): string => (outcome.ok ? 'ok' : outcome.error.name);
const event = (name: string, fields: object) => ({ pallet: 'SubtensorModule', name, fields });

describe('a registration', () => {
  const CALL = { coldkey: 'bob', hotkey: 'new', netuid: 1 };
  const register = (change: object = {}) => burnedRegister(state, { ...CALL, ...change });

  test('spends the price, leaving the existential deposit, and joins as a newcomer', () => {
    expect(register()).toEqual({
      ok: true,
      uid: 3,
      events: [event('NeuronRegistered', { netuid: 1, uid: 3, hotkey: 'new' })],
    });
    expect(state.balances.bob).toBe(500n);
    expect(one().neurons[3]).toEqual({
      hotkey: 'new',
      registeredAt: 10_000,
      lastUpdate: 10_000,
      permit: false,
      weights: [],
      bonds: [],
      active: true,
      stakeWeight: 0,
      validatorTrust: 0,
      consensus: 0,
      incentive: 0,
      dividends: 0,
      emission: 0n,
    });
  });

  test('needs a rao more than it has', () => {
    state.balances.bob = TAO + 499n;
    expect(errorOf(register())).toBe('NotEnoughBalanceToStake');
    expect(errorOf(register({ hotkey: 'h2' }))).toBe('HotKeyAlreadyRegisteredInSubNet');
    one().registrationAllowed = false;
    expect(errorOf(register())).toBe('SubNetRegistrationDisabled');
  });

  test('raises the price by its factor, up to the highest', () => {
    one().burnIncreaseBits = (3n * ONE_64) / 2n;
    register();
    expect(one().burnRao).toBe((3n * TAO) / 2n);
    one().maxBurnRao = 2n * TAO;
    state.balances.bob = 9n * TAO;
    one().maxAllowedUids = 9;
    register({ hotkey: 'newer' });
    expect(one().burnRao).toBe(2n * TAO);
  });

  test('within a limit pays up to it; root and unknown subnets answer for themselves', () => {
    const limited = (change: object) => registerLimit(state, { ...CALL, limitRao: 0n, ...change });
    expect(errorOf(limited({ limitRao: TAO - 1n }))).toBe('RegistrationPriceLimitExceeded');
    expect(errorOf(limited({ netuid: 9 }))).toBe('SubnetNotExists');
    expect(errorOf(limited({ netuid: 0 }))).toBe('RegistrationNotPermittedOnRootSubnet');
    expect(errorOf(limited({ limitRao: TAO }))).toBe('ok');
    expect(() => limited({ limitRao: -1n })).toThrow("Couldn't register: limitRao must be a u64.");
  });

  describe('in a full subnet', () => {
    const replaced = (...figures: Partial<Neuron>[]): number | string => {
      one().maxAllowedUids = 3;
      for (const [uid, figure] of figures.entries()) {
        Object.assign(one().neurons[uid] as Neuron, figure);
      }
      const outcome = register();
      return outcome.ok ? outcome.uid : outcome.error.name;
    };

    test('replaces who earns least', () => {
      expect(replaced({}, { emission: 5n }, { emission: 4n })).toBe(2);
    });

    test('replaces the older of equals', () => {
      expect(replaced({}, { registeredAt: 20 }, { registeredAt: 10 })).toBe(2);
    });

    test('replaces the first of those in all alike', () => {
      expect(replaced({}, {}, {})).toBe(1);
    });

    test('spares the immune until their period is over', () => {
      expect(replaced({}, { registeredAt: 9_901 }, { emission: 4n, registeredAt: 9_900 })).toBe(2);
    });

    test('spares the owner, and fails where nobody is left', () => {
      const immune = { registeredAt: 9_901 };
      expect(replaced({ emission: -1n }, immune, immune)).toBe('NoNeuronIdAvailable');
    });
  });
});

describe('root', () => {
  const join = (hotkey: string, coldkey: string) => rootRegister(state, { hotkey, coldkey });

  test('takes members in order while there is room', () => {
    expect(join('h2', 'bob')).toEqual({
      ok: true,
      uid: 0,
      events: [event('NeuronRegistered', { netuid: 0, uid: 0, hotkey: 'h2' })],
    });
    expect(join('h2', 'bob')).toMatchObject({ error: { name: 'HotKeyAlreadyRegisteredInSubNet' } });
    expect(join('h1', 'bob')).toMatchObject({ error: { name: 'NonAssociatedColdKey' } });
    expect(join('fresh', 'carol')).toMatchObject({ uid: 1 });
    expect(state.hotkeys.fresh).toMatchObject({ owner: 'carol', take: 11_796 });
  });

  test('that is full exchanges its least staked member for more stake', () => {
    join('h2', 'bob');
    join('fresh', 'carol');
    expect(join('other', 'dave')).toMatchObject({ error: { name: 'StakeTooLowForRoot' } });
    expect(join('h1', 'alice')).toMatchObject({ uid: 1 });
    expect(state.subnets[0]?.neurons.map(({ hotkey }) => hotkey)).toEqual(['h2', 'h1']);
  });

  test('that is full does not exchange equals', () => {
    join('h1', 'alice');
    join('h2', 'bob');
    state.hotkeys.twin = { ...(state.hotkeys.h2 as object), owner: 'bob' } as never;
    expect(join('twin', 'bob')).toMatchObject({ error: { name: 'StakeTooLowForRoot' } });
  });
});

test('an unowned hotkey gets its first owner, without an event', () => {
  const call = { coldkey: 'carol', hotkey: 'x' };
  expect(tryAssociateHotkey(state, call)).toEqual({ ok: true, events: [], associated: true });
  expect(tryAssociateHotkey(state, call)).toEqual({ ok: true, events: [], associated: false });
});

describe('weights', () => {
  const CALL: SetWeights = { hotkey: 'h1', netuid: 1, uids: [0, 2], values: [1, 2] };
  const set = (change: Partial<SetWeights> = {}) => setWeights(state, { ...CALL, ...change });

  test.each([
    [{ values: [1] }, 'WeightVecNotEqualSize'],
    [{ netuid: 0 }, 'CanNotSetRootNetworkWeights'],
    [{ netuid: 9 }, 'SubnetNotExists'],
    [{ mechanism: 1 }, 'MechanismDoesNotExist'],
    [{ mechanism: -1 }, 'MechanismDoesNotExist'],
    [{ hotkey: 'nobody' }, 'HotKeyNotRegisteredInSubNet'],
    [{ uids: [0, 1, 2, 0], values: [1, 1, 1, 1] }, 'UidsLengthExceedUidsInSubNet'],
    [{ uids: [0, 0] }, 'DuplicateUids'],
    [{ uids: [0, 3] }, 'UidVecContainInvalidOne'],
    [{ hotkey: 'h2' }, 'NeuronNoValidatorPermit'],
    [{ hotkey: 'h2', uids: [2], values: [1] }, 'ok'],
    [{ hotkey: 'h2', uids: [1], values: [1] }, 'NeuronNoValidatorPermit'],
    [{ hotkey: 'own' }, 'ok'],
    [{ uids: [0], values: [1] }, 'WeightVecLengthIsLow'],
    [{ uids: [1], values: [1] }, 'ok'],
    [{ uids: [0, 1, 2], values: [1, 1, 1] }, 'ok'],
    [{}, 'ok'],
  ])('with %o: %s', (change, name) => {
    expect(errorOf(set(change))).toBe(name);
  });

  test('never have to be more than there are uids', () => {
    one().minAllowedWeights = 100;
    expect(errorOf(set())).toBe('WeightVecLengthIsLow');
    expect(errorOf(set({ uids: [0, 1, 2], values: [1, 1, 1] }))).toBe('ok');
  });

  test('are announced and dated', () => {
    const outcome = set();
    expect(outcome.ok && outcome.events).toEqual([
      event('WeightsSet', { netuid_index: 1, uid: 1 }),
    ]);
    expect(one().neurons[1]).toMatchObject({ lastUpdate: 10_000 });
  });

  test('of a second mechanism are announced under its own number', () => {
    one().mechanismCount = 2;
    const outcome = set({ mechanism: 1 });
    expect(outcome.ok && outcome.events[0]?.fields).toEqual({ netuid_index: 4_097, uid: 1 });
    expect(one().neurons[1]?.further?.[0]?.weights).toHaveLength(2);
  });

  test('that are no u16 are a fault', () => {
    const constraint = 'must be a whole number from 0 to 65535.';
    expect(() => set({ values: [1, 65_536] })).toThrow(`Couldn't set weights: value ${constraint}`);
    expect(() => set({ uids: [0, -1] })).toThrow(`Couldn't set weights: uid ${constraint}`);
  });
});

describe('the calls of an owner', () => {
  const CALL = { coldkey: 'oc', netuid: 1 };

  test('announce the tempo and the trigger', () => {
    const set = setTempo(state, { ...CALL, tempo: 360 });
    expect(set.ok && set.events).toEqual([event('TempoSet', { netuid: 1, tempo: 360 })]);
    expect(() => setTempo(state, { ...CALL, tempo: 65_536 })).toThrow(
      "Couldn't set the tempo: tempo must be a whole number from 0 to 65535.",
    );
    const fired = triggerEpoch(state, CALL);
    expect(fired.ok && fired.events).toEqual([
      event('EpochTriggered', { netuid: 1, by: 'oc', fires_at: 10_010n }),
    ]);
  });

  test.each([
    [110, 'AutoEpochAlreadyImminent'],
    [111, 'ok'],
    [0, 'ok'],
  ])('trigger an epoch unless one comes within ten blocks: tempo %i', (tempo, name) => {
    one().tempo = tempo;
    expect(errorOf(triggerEpoch(state, CALL))).toBe(name);
  });
});

test('epochs beyond a cap wait, and a tempo counts from the last epoch', () => {
  expect(capEpochs([5, 6, 7], 2)).toEqual({ run: [5, 6], deferred: [7] });
  const until = (tempo: number, block: number) =>
    blocksUntilAutoEpoch({ tempo, lastEpochBlock: 100 }, block);
  expect([until(360, 459), until(360, 460), until(360, 900), until(0, 5)]).toEqual([1, 0, 0, null]);
});
