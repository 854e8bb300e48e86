import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addStake, addStakeLimit } from './add-stake.ts';
import { applyBlock } from './block.ts';
import { checkConservation } from './conservation.ts';
import { increaseTake, setAutoStake, setChildren } from './delegate.ts';
import { addStakeBurn, burnOwnAlpha, recycleOwnAlpha } from './destroy-alpha.ts';
import { lockStake, moveLock, setPerpetualLock, setRejectLockedAlpha } from './lock-stake.ts';
import { moveStake, swapStake, swapStakeLimit, transferStake } from './move-stake.ts';
import { dissolveNetwork, registerNetwork, startCall } from './network.ts';
import type { EmissionRules } from './parameters.ts';
import { type Pool, poolPriceBits, swapOnPool } from './pool.ts';
import { burnedRegister, rootRegister } from './register.ts';
import { removeStake, removeStakeFullLimit, removeStakeLimit } from './remove-stake.ts';
import { claimRoot, setRootClaimType } from './root-claims.ts';
import { depositShare, shareValue, withdrawShare } from './share-pool.ts';
import {
  createEconomy,
  type EconomyState,
  newSharePool,
  type Outcome,
  type SharePool,
} from './state.ts';
import { unstakeAll, unstakeAllAlpha } from './unstake-all.ts';
import { setWeights } from './weights.ts';

const TAO = 1_000_000_000n;
const COLDKEYS = ['alice', 'bob', 'carol', 'owner', 'miner'] as const;
const HOTKEYS = ['h1', 'h2', 'h3', 'm1', 'own'] as const;
const NETUIDS = [0, 1, 2, 3] as const;

/** Two dynamic subnets with an epoch every few blocks, one that has not started, and root. */
function world(emissionRules: EmissionRules): EconomyState {
  const subnet = {
    firstEmissionBlock: 1,
    tempo: 3,
    owner: 'owner',
    ownerHotkey: 'own',
    commitReveal: false,
    minAllowedWeights: 1,
    emaPriceBits: 1n << 31n,
    burnRao: 5n * TAO,
    rootClaimThreshold: 10n,
  };
  const weights = [[3, 65_535]] as const;
  const neurons = [
    { hotkey: 'own' },
    { hotkey: 'h1', permit: true, weights, registeredAt: 0, lastUpdate: 5 },
    { hotkey: 'h2', permit: true, weights, registeredAt: 0, lastUpdate: 5 },
    { hotkey: 'm1', registeredAt: 0 },
  ];
  return createEconomy({
    block: 10,
    parameters: {
      emissionRules,
      rootRules: emissionRules === '2026-08' ? 'baskets' : 'claims',
      startCallDelay: 2,
      pendingChildCooldown: 4,
      networkLastLockBlock: 1,
    },
    balances: Object.fromEntries(COLDKEYS.map((coldkey) => [coldkey, 10_000n * TAO])),
    subnets: [
      { netuid: 0, neurons: [{ hotkey: 'h1' }] },
      { netuid: 1, ...subnet, taoReserve: 5_000n * TAO, alphaIn: 6_000n * TAO, neurons },
      {
        netuid: 2,
        ...subnet,
        taoReserve: 900n * TAO,
        alphaIn: 9_000n * TAO,
        alphaOut: 77n,
        neurons,
      },
      {
        netuid: 3,
        owner: 'owner',
        taoReserve: 10n * TAO,
        alphaIn: 10n * TAO,
        subtokenEnabled: false,
      },
    ],
    hotkeys: {
      h1: { owner: 'alice', take: 6_000 },
      h2: { owner: 'bob' },
      h3: { owner: 'carol' },
      m1: { owner: 'miner' },
      own: { owner: 'owner' },
    },
    stakes: [
      { hotkey: 'h1', coldkey: 'alice', netuid: 1, alphaRao: 500n * TAO },
      { hotkey: 'h1', coldkey: 'carol', netuid: 1, alphaRao: 50n * TAO },
      { hotkey: 'h2', coldkey: 'bob', netuid: 2, alphaRao: 3_000n * TAO },
      { hotkey: 'h1', coldkey: 'bob', netuid: 0, alphaRao: 4_000n * TAO },
      { hotkey: 'h2', coldkey: 'alice', netuid: 0, alphaRao: 1_000n * TAO },
    ],
  });
}

type Step = { readonly name: string; readonly run: (state: EconomyState) => unknown };

const coldkey = fc.constantFrom(...COLDKEYS);
const hotkey = fc.constantFrom(...HOTKEYS);
const netuid = fc.constantFrom(...NETUIDS);
const amountRao = fc.oneof(
  fc.bigInt(0n, 10_000_000n),
  fc.bigInt(0n, 50n * TAO),
  fc.bigInt(0n, 20_000n * TAO),
);
const author = fc.constantFrom('author', undefined);
const limitRaoPerAlpha = fc.bigInt(0n, 3n * TAO);
const at = { coldkey, hotkey, netuid, amountRao, author };
const move = {
  coldkey,
  hotkey,
  originHotkey: hotkey,
  destinationHotkey: hotkey,
  destinationColdkey: coldkey,
  originNetuid: netuid,
  destinationNetuid: netuid,
  amountRao,
  author,
  limitRatio: fc.bigInt(0n, 4n * TAO),
  allowPartial: fc.boolean(),
};

function step<T>(
  name: string,
  shape: { [K in keyof T]: fc.Arbitrary<T[K]> },
  run: (state: EconomyState, call: T) => unknown,
): fc.Arbitrary<Step> {
  return fc.record(shape).map((call) => ({
    name: `${name} ${JSON.stringify(call, (_, v) => (typeof v === 'bigint' ? `${v}n` : v))}`,
    run: (state: EconomyState) => run(state, call as T),
  }));
}

const limited = { ...at, limitRaoPerAlpha, allowPartial: fc.boolean() };
const proportion = fc.bigInt(0n, 2n ** 63n);
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: step('block', {}, (state) => applyBlock(state)) },
  { weight: 4, arbitrary: step('add', at, addStake) },
  { weight: 3, arbitrary: step('remove', at, removeStake) },
  step('addLimit', limited, addStakeLimit),
  step('removeLimit', limited, removeStakeLimit),
  step('removeFull', { coldkey, hotkey, netuid, author, limitRaoPerAlpha }, removeStakeFullLimit),
  step('unstakeAll', { coldkey, hotkey, author }, unstakeAll),
  step('unstakeAllAlpha', { coldkey, hotkey, author }, unstakeAllAlpha),
  step('move', move, moveStake),
  step('transfer', move, transferStake),
  step('swap', move, swapStake),
  step('swapLimit', move, swapStakeLimit),
  step('burn', at, burnOwnAlpha),
  step('recycle', at, recycleOwnAlpha),
  step('addBurn', at, addStakeBurn),
  step('lock', at, lockStake),
  step('moveLock', { coldkey, destinationHotkey: hotkey, netuid }, moveLock),
  step('perpetual', { coldkey, netuid, enabled: fc.boolean() }, setPerpetualLock),
  step('reject', { coldkey, enabled: fc.boolean() }, setRejectLockedAlpha),
  step('register', { coldkey, hotkey, netuid }, burnedRegister),
  step('rootRegister', { coldkey, hotkey }, rootRegister),
  step('claim', { coldkey, netuids: fc.constantFrom([1], [1, 2], [2]) }, claimRoot),
  step('keep', { coldkey }, (state, call) =>
    setRootClaimType(state, { ...call, type: { kind: 'keep' } }),
  ),
  step('take', { coldkey, hotkey, takeU16: fc.nat(11_796) }, increaseTake),
  step('autoStake', { coldkey, hotkey, netuid }, setAutoStake),
  step('children', { coldkey, hotkey, netuid, child: hotkey, proportion }, (state, call) =>
    setChildren(state, {
      ...call,
      children: [{ proportion: call.proportion, hotkey: call.child }],
    }),
  ),
  step('weights', { hotkey, netuid, uids: fc.constantFrom([0], [3], [1, 3]) }, (state, call) =>
    setWeights(state, { ...call, values: call.uids.map((uid) => uid + 1) }),
  ),
  step('start', { netuid }, (state, call) => startCall(state, { ...call, coldkey: 'owner' })),
  step('newSubnet', { coldkey, hotkey }, (state, call) =>
    registerNetwork(state, { ...call, accountOf: (id) => `subnet:${id}` }),
  ),
  step('dissolve', { netuid: fc.constantFrom(0, 2, 4, 9) }, (state, call) =>
    dissolveNetwork(state, call),
  ),
);

const RULES: readonly EmissionRules[] = ['2025-02', '2025-11', '2026-06', '2026-08'];

describe('whatever happens', () => {
  test.each(RULES)(
    'under the rules of %s every rao of TAO and alpha stays accounted for',
    (rules) => {
      fc.assert(
        fc.property(fc.array(steps, { maxLength: 60, size: 'max' }), (sequence) => {
          const state = world(rules);
          for (const { name, run } of sequence) {
            run(state);
            expect(checkConservation(state), name).toEqual([]);
          }
        }),
        { numRuns: 60 },
      );
    },
  );

  test.each(RULES)(
    'under the rules of %s that stays so over 2,500 blocks with an operation in each',
    (rules) => {
      const blocks = 2_500;
      const state = world(rules);
      const start = state.block;
      for (const { name, run } of fc.sample(steps, { numRuns: blocks, seed: 20_260_810 })) {
        run(state);
        applyBlock(state);
        if (state.block % 10 === 0) expect(checkConservation(state), name).toEqual([]);
      }
      expect(state.block - start).toBeGreaterThanOrEqual(blocks);
      expect(checkConservation(state)).toEqual([]);
    },
    20_000,
  );

  test('a refused operation leaves the state as it was', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 30, size: 'max' }), (sequence) => {
        const state = world('2026-06');
        for (const { name, run } of sequence) {
          const before = structuredClone(state);
          const outcome = run(state) as Outcome | unknown[];
          if (!Array.isArray(outcome) && !outcome.ok)
            expect(withoutEmpty(state), name).toEqual(withoutEmpty(before));
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** A coldkey's empty record says nothing more than its absence. */
function withoutEmpty(state: EconomyState): EconomyState {
  const copy = structuredClone(state);
  for (const [key, record] of Object.entries(copy.coldkeys)) {
    const lists = record.stakingHotkeys.length + record.ownedHotkeys.length;
    const maps = Object.keys({ ...record.locks, ...record.perpetualLock, ...record.autoStake });
    if (lists + maps.length === 0 && !record.acceptsLockedAlpha) delete copy.coldkeys[key];
  }
  return copy;
}

const reserve = fc.bigInt(10n * TAO, 3_000_000n * TAO);
const pool: fc.Arbitrary<Pool> = fc.record({
  mechanism: fc.constant(1 as const),
  taoReserve: reserve,
  alphaIn: reserve,
  quoteWeight: fc.bigInt(400_000_000_000_000_000n, 600_000_000_000_000_000n),
  feeRateU16: fc.constantFrom(0, 33, 10_000),
});
const trade = fc.bigInt(1_000_000n, 5n * TAO);

function buy(from: Pool, amountIn: bigint) {
  const request = { side: 'buy', amountIn, limitRaoPerAlpha: 10n ** 15n } as const;
  return swapOnPool(from, { ...request, minimumReserveRao: 1_000_000n });
}

describe('the pool', () => {
  test('never gets cheaper by a purchase', () => {
    fc.assert(
      fc.property(pool, trade, (before, amountIn) => {
        const result = buy(before, amountIn);
        if (!result.ok) return;
        const { paidIn, paidOut } = result.swap;
        const after = {
          ...before,
          taoReserve: before.taoReserve + paidIn,
          alphaIn: before.alphaIn - paidOut,
        };
        expect(poolPriceBits(after) >= poolPriceBits(before)).toBe(true);
      }),
    );
  });

  test('never pays more back than was put in', () => {
    fc.assert(
      fc.property(pool, trade, (before, amountIn) => {
        const bought = buy(before, amountIn);
        if (!bought.ok) return;
        const after = {
          ...before,
          taoReserve: before.taoReserve + bought.swap.paidIn,
          alphaIn: before.alphaIn - bought.swap.paidOut,
        };
        const sold = swapOnPool(after, {
          side: 'sell',
          amountIn: bought.swap.paidOut,
          limitRaoPerAlpha: 0n,
          minimumReserveRao: 1n,
        });
        if (sold.ok) expect(sold.swap.paidOut <= amountIn).toBe(true);
      }),
    );
  });

  test('splits no better than it trades at once', () => {
    fc.assert(
      fc.property(pool, trade, trade, (before, first, second) => {
        const whole = buy({ ...before, feeRateU16: 0 }, first + second);
        const one = buy({ ...before, feeRateU16: 0 }, first);
        if (!whole.ok || !one.ok) return;
        const middle = {
          ...before,
          feeRateU16: 0,
          taoReserve: before.taoReserve + first,
          alphaIn: before.alphaIn - one.swap.paidOut,
        };
        const two = buy(middle, second);
        if (!two.ok) return;
        // 18-decimal powers: each leg may be off by one part in 10^18 of the reserve, and a rao.
        const slack = before.alphaIn / 10n ** 17n + 2n;
        expect(one.swap.paidOut + two.swap.paidOut <= whole.swap.paidOut + slack).toBe(true);
      }),
    );
  });
});

describe('a share pool', () => {
  function filled(deposits: readonly bigint[]): SharePool {
    const shares = newSharePool();
    deposits.forEach((amount, i) => {
      depositShare(shares, `holder${i}`, amount);
    });
    return shares;
  }

  test('keeps everybody else whole, to one rao, when someone comes or goes', () => {
    const deposit = fc.bigInt(1n, 10n ** 16n);
    fc.assert(
      fc.property(
        fc.array(deposit, { minLength: 1, maxLength: 6 }),
        fc.bigInt(0n, 10n ** 15n),
        fc.array(fc.tuple(fc.boolean(), deposit), { maxLength: 8 }),
        (deposits, credit, moves) => {
          const shares = filled(deposits);
          shares.value += credit;
          for (const [comes, amount] of moves) {
            const before = deposits.map((_, i) => shareValue(shares, `holder${i}`));
            if (comes) depositShare(shares, 'guest', amount);
            else withdrawShare(shares, 'guest', amount % (shareValue(shares, 'guest') + 1n));
            deposits.forEach((_, i) => {
              const now = shareValue(shares, `holder${i}`);
              expect(now >= (before[i] as bigint) - 1n).toBe(true);
            });
          }
        },
      ),
    );
  });

  test('never owes more than it holds', () => {
    const deposit = fc.bigInt(1n, 10n ** 16n);
    fc.assert(
      fc.property(
        fc.array(deposit, { minLength: 1, maxLength: 8 }),
        deposit,
        (deposits, credit) => {
          const shares = filled(deposits);
          shares.value += credit;
          const owed = deposits.reduce((sum, _, i) => sum + shareValue(shares, `holder${i}`), 0n);
          expect(owed <= shares.value).toBe(true);
        },
      ),
    );
  });
});
