import { describe, expect, test } from 'vitest';
import { applyBlock } from './block.ts';
import { checkConservation } from './conservation.ts';
import {
  changeOwnerIfConvicted,
  lockStake,
  OWNERSHIP_AGE_BLOCKS,
  setPerpetualLock,
} from './lock-stake.ts';
import { currentLock } from './locks.ts';
import { payTempo } from './payout.ts';
import { claimRoot, setRootClaimType } from './root-claims.ts';
import { hotkeyStake, stakeOf } from './stake-ledger.ts';
import {
  createEconomy,
  type EconomyEvent,
  type EconomyGenesis,
  type EconomyState,
} from './state.ts';
import type { Subnet } from './subnet.ts';

const TAO = 1_000_000_000n;
const EVEN_PRICE = 1n << 32n;

function network(extra: EconomyGenesis = {}): EconomyState {
  return createEconomy({
    block: 100,
    issuanceElsewhere: 11_000_000n * TAO,
    subnets: [
      {
        netuid: 1,
        taoReserve: 100_000n * TAO,
        alphaIn: 2_000_000n * TAO,
        firstEmissionBlock: 1,
        tempo: 5,
        lastEpochBlock: 100,
        emaPriceBits: 2n * EVEN_PRICE,
        owner: 'oc',
        ownerHotkey: 'own',
        neurons: [
          { hotkey: 'own', registeredAt: 0 },
          { hotkey: 'val', registeredAt: 0, permit: true, lastUpdate: 50, weights: [[2, 65_535]] },
          { hotkey: 'miner', registeredAt: 0 },
        ],
      },
    ],
    hotkeys: {
      own: { owner: 'oc' },
      val: { owner: 'vc', take: 11_796 },
      miner: { owner: 'mc' },
    },
    stakes: [
      { hotkey: 'val', coldkey: 'alice', netuid: 1, alphaRao: 400_000n * TAO },
      { hotkey: 'val', coldkey: 'rita', netuid: 0, alphaRao: 500_000n * TAO },
    ],
    ...extra,
  });
}

const one = (state: EconomyState): Subnet => state.subnets[1] as Subnet;

describe('a block', () => {
  test('issues what entered the pool and recycles the rest', () => {
    const state = network();
    const before = { issued: state.taoIssuance, tao: one(state).taoReserve };
    applyBlock(state);
    const { taoIn, excessTao } = one(state).lastBlock;
    expect(state.block).toBe(101);
    expect(one(state).taoReserve - before.tao).toBe(taoIn + excessTao);
    expect(state.taoIssuance - before.issued).toBe(taoIn + excessTao);
    expect(taoIn + excessTao <= 500_000_000n && taoIn + excessTao >= 499_999_998n).toBe(true);
  });

  test('accrues owner cut, miners, validators and root, and drops a few rao', () => {
    const state = network();
    applyBlock(state);
    const { ownerCut, server, validator, root } = one(state).pendings;
    expect([ownerCut, server]).toEqual([179_995_422n, 410_002_288n]);
    expect(validator + root).toBe(410_002_288n);
    expect(one(state).unassignedAlpha).toBe(2n);
  });

  test('recycles the root part while prices sum to one or less', () => {
    const state = network();
    one(state).emaPriceBits = EVEN_PRICE;
    applyBlock(state);
    expect(one(state).pendings.root).toBe(0n);
    expect(one(state).alphaRecycled > 0n).toBe(true);
  });

  test('gives nothing to a subnet that has not started', () => {
    const state = network();
    one(state).firstEmissionBlock = null;
    applyBlock(state);
    expect(one(state).lastBlock.alphaOut).toBe(0n);
    expect(one(state).pendings.server).toBe(0n);
  });

  test('lets the registration price fall to its minimum', () => {
    const state = network();
    const subnet = one(state);
    Object.assign(subnet, { burnRao: 1_000_000n, minBurnRao: 999_000n, burnHalfLife: 360 });
    applyBlock(state);
    expect(subnet.burnRao).toBe(999_000n);
  });
});

describe('an epoch', () => {
  test('comes with the tempo and pays validator, miner and owner', () => {
    const state = network();
    for (let i = 0; i < 4; i += 1) applyBlock(state);
    expect(one(state).epochIndex).toBe(0);
    applyBlock(state);
    expect(one(state)).toMatchObject({
      epochIndex: 1,
      lastEpochBlock: 105,
      blocksSinceLastStep: 0,
    });
    expect(one(state).pendings.server).toBe(0n);
    expect(stakeOf(state, 'own', 'oc', 1)).toBe(5n * 179_995_422n);
    // Floors: the fraction 1/2 of the epoch's total, not the sum of five server parts.
    expect(stakeOf(state, 'miner', 'mc', 1)).toBe(2_050_011_439n);
    expect(stakeOf(state, 'val', 'alice', 1) > 400_000n * TAO).toBe(true);
    expect(one(state).alphaDividends.val).toBe(
      stakeOf(state, 'val', 'alice', 1) - 400_000n * TAO + stakeGrowthOfTake(state),
    );
    expect(checkConservation(state)).toEqual([]);
  });

  test('locks the owner cut for its owner where that is switched on', () => {
    const state = network();
    one(state).ownerCutAutoLock = true;
    const names: string[] = [];
    for (let i = 0; i < 5; i += 1) names.push(...applyBlock(state).map((event) => event.name));
    expect(names).toEqual(['StakeLocked']);
    expect(currentLock(state, 'oc', 1)?.lockedMass).toBe(stakeOf(state, 'own', 'oc', 1));
  });

  test('beyond the cap of a block waits for the next and says so', () => {
    const state = network();
    state.parameters.maxEpochsPerBlock = 0;
    for (let i = 0; i < 4; i += 1) applyBlock(state);
    const events = applyBlock(state);
    expect(events).toEqual([
      {
        pallet: 'SubtensorModule',
        name: 'EpochDeferred',
        fields: { netuid: 1, from_block: 105n, to_block: 106n },
      },
    ]);
    expect(one(state).pendingEpochAt).toBe(106);
  });

  test('with two uids of one hotkey is skipped, and nothing is drained', () => {
    const state = network();
    one(state).neurons[2] = { ...(one(state).neurons[1] as Subnet['neurons'][number]) };
    for (let i = 0; i < 4; i += 1) applyBlock(state);
    expect(applyBlock(state).map((event) => event.name)).toEqual(['EpochSkipped']);
    expect(one(state).pendings.server).toBe(5n * 410_002_288n);
    expect(one(state).lastEpochBlock).toBe(105);
  });

  test('withholds incentive from the owner and remembers how much', () => {
    const state = network();
    (one(state).neurons[1] as Subnet['neurons'][number]).weights = [
      [0, 65_535],
      [2, 65_535],
    ];
    for (let i = 0; i < 5; i += 1) applyBlock(state);
    expect(one(state).minerBurnedBits).toBe(1n << 31n);
    expect(one(state).alphaBurned).toBe(stakeOf(state, 'miner', 'mc', 1));
  });
});

/** The take of the owner shares in the same tempo's dividend; that part is not alice's. */
function stakeGrowthOfTake(state: EconomyState): bigint {
  const rest = one(state).alphaDividends.val ?? 0n;
  const gained = stakeOf(state, 'val', 'alice', 1) - 400_000n * TAO;
  const take = stakeOf(state, 'val', 'vc', 1);
  expect(hotkeyStake(state, 'val', 1) - 400_000n * TAO - gained - take <= 1n).toBe(true);
  return rest - gained;
}

describe('the worked example of one tempo', () => {
  test('grows 2,000 alpha by the last rao', () => {
    const state = createEconomy({
      subnets: [{ netuid: 1, ownerHotkey: 'own', owner: 'oc' }],
      hotkeys: { own: { owner: 'oc' }, val: { owner: 'vc', take: 11_796 }, rest: { owner: 'rc' } },
      stakes: [
        { hotkey: 'val', coldkey: 'me', netuid: 1, alphaRao: 1_996_996_913_230n },
        { hotkey: 'val', coldkey: 'all', netuid: 1, alphaRao: 400_000n * TAO - 1_996_996_913_230n },
        { hotkey: 'rest', coldkey: 'rc', netuid: 1, alphaRao: 2_100_000n * TAO },
      ],
    });
    payTempo(state, [], {
      subnet: one(state),
      drained: { server: 1n, validator: 125_085_443_760n, root: 0n, ownerCut: 0n },
      emissions: [
        { hotkey: 'rest', incentive: 1n, dividend: 84n * TAO },
        { hotkey: 'val', incentive: 0n, dividend: 16n * TAO },
      ],
    });
    expect(one(state).alphaDividends.val).toBe(16_411_301_830n);
    expect(stakeOf(state, 'val', 'me', 1) - 1_996_996_913_230n).toBe(81_932_559n);
  });
});

describe('root dividends', () => {
  function earned(): EconomyState {
    const state = network();
    state.parameters.rootClaimsPerBlock = 0;
    for (let i = 0; i < 5; i += 1) applyBlock(state);
    return state;
  }

  test('are kept as alpha, or sold and restaked on root', () => {
    const kept = earned();
    setRootClaimType(kept, { coldkey: 'rita', type: { kind: 'keep' } });
    const keep = claimRoot(kept, { coldkey: 'rita', netuids: [1] });
    const paid = keep.ok ? keep.payments[0] : undefined;
    expect(paid?.alphaRao).toBe(stakeOf(kept, 'val', 'rita', 1));
    const sold = earned();
    const swap = claimRoot(sold, { coldkey: 'rita', netuids: [1] });
    expect(swap.ok && swap.payments[0]?.alphaRao).toBe(paid?.alphaRao);
    expect(stakeOf(sold, 'val', 'rita', 0) - 500_000n * TAO).toBe(
      swap.ok && swap.payments[0]?.taoRao,
    );
    expect(checkConservation(sold)).toEqual([]);
    expect(claimRoot(sold, { coldkey: 'rita', netuids: [1] })).toMatchObject({ payments: [] });
  });

  test('are claimed for one to five subnets', () => {
    const state = earned();
    const error = { ok: false, error: { name: 'InvalidSubnetNumber' } };
    expect(claimRoot(state, { coldkey: 'rita', netuids: [] })).toMatchObject(error);
    expect(claimRoot(state, { coldkey: 'rita', netuids: [1, 2, 3, 4, 5, 6] })).toMatchObject(error);
    const none = { coldkey: 'rita', type: { kind: 'keep-subnets', netuids: [] } } as const;
    expect(setRootClaimType(state, none)).toMatchObject(error);
  });

  test('come by themselves to coldkeys in the index', () => {
    const state = network();
    state.rootClaimers = ['rita'];
    const names: string[] = [];
    for (let i = 0; i < 5; i += 1) names.push(...applyBlock(state).map((event) => event.name));
    expect(names).toContain('RootClaimed');
    expect(stakeOf(state, 'val', 'rita', 0) > 500_000n * TAO).toBe(true);
    expect(checkConservation(state)).toEqual([]);
  });
});

describe('ownership', () => {
  test('passes to the most convicted hotkey of an old subnet', () => {
    const state = network();
    state.block = OWNERSHIP_AGE_BLOCKS + 100;
    one(state).registeredAt = 100;
    const lock = { coldkey: 'alice', hotkey: 'val', netuid: 1, amountRao: 100_000n * TAO };
    lockStake(state, lock);
    changeOwnerIfConvicted(state, [], one(state));
    expect(one(state).owner).toBe('oc');
    setPerpetualLock(state, { coldkey: 'alice', netuid: 1, enabled: true });
    state.block += 934_866;
    const events: EconomyEvent[] = [];
    changeOwnerIfConvicted(state, events, one(state));
    expect(one(state)).toMatchObject({ owner: 'vc', ownerHotkey: 'val' });
    expect(events.map((event) => event.name)).toEqual(['SubnetOwnerChanged']);
  });
});
