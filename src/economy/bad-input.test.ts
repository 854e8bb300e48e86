import { describe, expect, test } from 'vitest';
import { TaoError } from '../errors/tao-error.ts';
import { mintTao, recycleTao, transferTao } from './accounts.ts';
import { addStake, addStakeLimit } from './add-stake.ts';
import { applyBlock } from './block.ts';
import { checkConservation } from './conservation.ts';
import {
  decreaseTake,
  increaseTake,
  setAutoStake,
  setChildkeyTake,
  setChildren,
} from './delegate.ts';
import { addStakeBurn, burnOwnAlpha, recycleOwnAlpha } from './destroy-alpha.ts';
import { lockStake, moveLock, setPerpetualLock } from './lock-stake.ts';
import { setMechanismCount, setMechanismSplit } from './mechanisms.ts';
import { moveStake, swapStake, swapStakeLimit, transferStake } from './move-stake.ts';
import { dissolveNetwork, registerNetwork, startCall } from './network.ts';
import { setTempo, triggerEpoch } from './owner-calls.ts';
import { burnedRegister, registerLimit, rootRegister } from './register.ts';
import { removeStake, removeStakeFullLimit, removeStakeLimit } from './remove-stake.ts';
import { claimRoot, setRootClaimType } from './root-claims.ts';
import { createEconomy, type EconomyState, type Outcome } from './state.ts';
import { unstakeAll, unstakeAllAlpha } from './unstake-all.ts';
import { setWeights } from './weights.ts';

const TAO = 1_000_000_000n;
const U64 = 2n ** 64n;

function world(): EconomyState {
  const subnet = {
    firstEmissionBlock: 1,
    tempo: 3,
    owner: 'alice',
    ownerHotkey: 'h1',
    commitReveal: false,
    maxAllowedUids: 64,
    emaPriceBits: 1n << 31n,
    taoReserve: 5_000n * TAO,
    alphaIn: 6_000n * TAO,
    neurons: [
      { hotkey: 'h1', permit: true, registeredAt: 0 },
      { hotkey: 'h2', registeredAt: 0 },
    ],
  };
  return createEconomy({
    block: 10,
    balances: { alice: 10_000n * TAO, bob: 10_000n * TAO },
    subnets: [
      { netuid: 1, ...subnet },
      { netuid: 2, ...subnet },
    ],
    hotkeys: { h1: { owner: 'alice', take: 5_000 }, h2: { owner: 'bob' } },
    stakes: [
      { hotkey: 'h1', coldkey: 'alice', netuid: 1, alphaRao: 500n * TAO },
      { hotkey: 'h1', coldkey: 'alice', netuid: 0, alphaRao: 500n * TAO },
    ],
  });
}

type Run = (state: EconomyState, call: never) => Outcome;

const keys = { coldkey: 'alice', hotkey: 'h1' };
const at = { ...keys, netuid: 1, amountRao: 10n * TAO };
const limit = { ...at, limitRaoPerAlpha: 2n * TAO, allowPartial: true };
const move = { originNetuid: 1, destinationNetuid: 2, amountRao: 10n * TAO };
const owner = { coldkey: 'alice', netuid: 1 };

/** Every operation with a call it would take. */
const operations: readonly (readonly [string, Run, object])[] = [
  ['addStake', addStake, at],
  ['addStakeLimit', addStakeLimit, limit],
  ['removeStake', removeStake, at],
  ['removeStakeLimit', removeStakeLimit, { ...limit, limitRaoPerAlpha: 1n }],
  ['removeStakeFullLimit', removeStakeFullLimit, { ...limit, limitRaoPerAlpha: 1n }],
  ['unstakeAll', unstakeAll, keys],
  ['unstakeAllAlpha', unstakeAllAlpha, keys],
  ['moveStake', moveStake, { ...move, ...keys, originHotkey: 'h1', destinationHotkey: 'h2' }],
  ['transferStake', transferStake, { ...move, ...keys, destinationColdkey: 'bob' }],
  ['swapStake', swapStake, { ...move, ...keys }],
  ['swapStakeLimit', swapStakeLimit, { ...move, ...keys, limitRatio: 1n, allowPartial: true }],
  ['recycleOwnAlpha', recycleOwnAlpha, at],
  ['burnOwnAlpha', burnOwnAlpha, at],
  ['addStakeBurn', addStakeBurn, { ...at, limitRaoPerAlpha: 2n * TAO }],
  ['lockStake', lockStake, at],
  ['moveLock', moveLock, { ...at, destinationHotkey: 'h2' }],
  ['setPerpetualLock', setPerpetualLock, { ...owner, enabled: true }],
  ['burnedRegister', burnedRegister, { coldkey: 'bob', hotkey: 'new', netuid: 1 }],
  ['registerLimit', registerLimit, { coldkey: 'bob', hotkey: 'new', netuid: 1, limitRao: TAO }],
  ['rootRegister', rootRegister, keys],
  ['increaseTake', increaseTake, { ...keys, takeU16: 6_000 }],
  ['decreaseTake', decreaseTake, { ...keys, takeU16: 4_000 }],
  ['setChildkeyTake', setChildkeyTake, { ...keys, netuid: 1, takeU16: 4_000 }],
  ['setChildren', setChildren, { ...at, children: [{ proportion: 5n, hotkey: 'h2' }] }],
  ['setAutoStake', setAutoStake, { ...keys, netuid: 1 }],
  ['setWeights', setWeights, { hotkey: 'h1', netuid: 1, uids: [1], values: [7], mechanism: 0 }],
  ['setMechanismCount', setMechanismCount, { ...owner, count: 2 }],
  ['setMechanismSplit', setMechanismSplit, { ...owner, split: [65_535] }],
  ['setTempo', setTempo, { ...owner, tempo: 720 }],
  ['triggerEpoch', triggerEpoch, owner],
  ['startCall', startCall, owner],
  ['claimRoot', claimRoot, { coldkey: 'alice', netuids: [1] }],
  ['setRootClaimType', setRootClaimType, { coldkey: 'alice', type: { kind: 'keep' } }],
  [
    'setRootClaimType of subnets',
    setRootClaimType,
    { coldkey: 'alice', type: { kind: 'keep-subnets', netuids: [1] } },
  ],
  ['registerNetwork', registerNetwork, { ...keys, accountOf: (id: number) => `subnet:${id}` }],
  ['dissolveNetwork', dissolveNetwork, { netuid: 2 }],
];

const badNumbers = [Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5, 65_536, 2 ** 60];
const badAmounts = [-1n, -(10n ** 30n), U64, 10n ** 40n, Number.NaN];

/** The call with each number or amount in it, however deep, replaced by each bad one. */
function spoiled(value: unknown): unknown[] {
  if (typeof value === 'bigint') return badAmounts;
  if (typeof value === 'number') return badNumbers;
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    spoiled(part).map((bad) => {
      if (!Array.isArray(value)) return { ...value, [key]: bad };
      return value.map((one, i) => (String(i) === key ? bad : one));
    }),
  );
}

const shown = (call: unknown): string =>
  JSON.stringify(call, (_, v) =>
    typeof v === 'bigint' || (typeof v === 'number' && !Number.isFinite(v)) ? `${v}` : v,
  );

/** Every figure of a state is a number, and no amount on an account or position is out of u64. */
function expectSound(state: EconomyState, what: string): void {
  expect(checkConservation(state), what).toEqual([]);
  const visit = (value: unknown): void => {
    if (typeof value === 'number') expect(Number.isFinite(value), what).toBe(true);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(state);
  const amounts = [
    ...Object.values(state.balances),
    ...Object.values(state.hotkeys).flatMap((one) => Object.values(one.pools).map((p) => p.value)),
  ];
  expect(
    amounts.every((amount) => amount >= 0n && amount < U64),
    what,
  ).toBe(true);
}

describe.each(operations)('%s', (_, run, call) => {
  test('does what it is asked with figures a chain can have', () => {
    const state = world();
    const outcome = run(state, call as never);
    expect(outcome.ok || outcome.error.name).toSatisfy(
      (one: unknown) =>
        // Refused for what the world is, not for its figures.
        [
          true,
          'DelegateTakeTooLow',
          'NoExistingLock',
          'FirstEmissionBlockNumberAlreadySet',
        ].includes(one as string) ||
        one === 'AutoEpochAlreadyImminent' ||
        one === 'CannotAffordLockCost',
    );
    expectSound(state, 'good');
  });

  test('names an error, or gives a sound state, whatever figures it is given', () => {
    for (const bad of spoiled(call)) {
      const what = shown(bad);
      const state = world();
      try {
        const outcome = run(state, bad as never);
        if (!outcome.ok) expect(outcome.error.name, what).toMatch(/^[A-Z]\w+$/);
        for (let block = 0; block < 4; block += 1) applyBlock(state);
        expectSound(state, what);
      } catch (error) {
        if (!(error instanceof TaoError)) throw error;
        expect(error.code, what).toBe('ECONOMY_INVALID_INPUT');
        expect(state, what).toEqual(world());
      }
    }
  });
});

describe('an operation on a world that is hardly there', () => {
  const empty = (): EconomyState =>
    createEconomy({
      balances: { alice: 10n * TAO },
      subnets: [
        { netuid: 1, firstEmissionBlock: 0, tempo: 1 },
        { netuid: 2, firstEmissionBlock: 0, tempo: 1, taoReserve: TAO, alphaIn: 0n },
        { netuid: 3, firstEmissionBlock: 0, tempo: 0, taoReserve: 0n, alphaIn: TAO },
      ],
      hotkeys: { h1: { owner: 'alice' } },
    });

  test.each(operations)('%s names an error or does it', (what, run, call) => {
    const state = empty();
    const outcome = run(state, call as never);
    if (!outcome.ok) expect(outcome.error.name).toMatch(/^[A-Z]\w+$/);
    expectSound(state, what);
  });

  test('gets its blocks', () => {
    for (const rules of ['2025-02', '2025-11', '2026-06', '2026-08'] as const) {
      const state = empty();
      state.parameters.emissionRules = rules;
      for (let block = 0; block < 20; block += 1) applyBlock(state);
      expectSound(state, rules);
    }
  });
});

describe('free TAO', () => {
  const refused: [string, (state: EconomyState) => void][] = [
    ['minted below zero', (state) => mintTao(state, 'alice', -1n)],
    ['recycled below zero', (state) => recycleTao(state, 'alice', -1n)],
    ['recycled beyond what is there', (state) => recycleTao(state, 'alice', U64)],
    ['sent below zero', (s) => transferTao(s, [], { from: 'alice', to: 'bob', amountRao: -1n })],
    ['sent beyond what is there', (s) => transferTao(s, [], { from: 'a', to: 'b', amountRao: 1n })],
  ];
  test.each(refused)('is never %s', (_, run) => {
    const state = world();
    expect(() => run(state)).toThrow(RangeError);
    expect(state).toEqual(world());
  });
});
