/** Twenty tempos of the small chain: the estimate beside the exact machine, block by block. */
import { describe, expect, test } from 'vitest';
import { smallGenesis } from '../../devnode/genesis/small.ts';
import { refreshAutopilots } from '../../devnode/runtime/autopilot.ts';
import type { ChainState } from '../../devnode/state/chain-state.ts';
import { applyBlock } from '../block.ts';
import { linkChildren } from '../children.ts';
import { toDouble } from '../fixed.ts';
import { mechanismsOf, setMechanismCount, setMechanismSplit } from '../mechanisms.ts';
import type { EmissionRules } from '../parameters.ts';
import { poolPriceBits } from '../pool.ts';
import { hotkeyStake, stakeOf } from '../stake-ledger.ts';
import type { EconomyState } from '../state.ts';
import type { Subnet } from '../subnet.ts';
import type { FastForwardEstimate, WatchedPosition } from './estimate-types.ts';
import { fastForward } from './fast-forward.ts';

const TEMPOS = 20;
const BLOCKS = 360 * TEMPOS;

function exactAfter(chain: ChainState, blocks: number): EconomyState {
  const { economy } = chain;
  for (let block = 0; block < blocks; block += 1) {
    applyBlock(economy);
    refreshAutopilots(chain, economy.block);
  }
  return economy;
}

const relative = (estimate: number, exact: number): number =>
  Math.abs(exact === 0 ? estimate : estimate / exact - 1);
const rao = (exact: bigint): number => toDouble(exact, 0);

function everyPosition(state: EconomyState): WatchedPosition[] {
  return Object.entries(state.hotkeys).flatMap(([hotkey, { pools }]) =>
    Object.entries(pools).flatMap(([netuid, pool]) =>
      Object.keys(pool.shares).map((coldkey) => ({ hotkey, coldkey, netuid: Number(netuid) })),
    ),
  );
}

/** The largest relative deviation of the figures of each kind. */
function deviations(estimate: FastForwardEstimate, exact: EconomyState) {
  const worst = { tao: 0, pool: 0, price: 0, ema: 0, alpha: 0, position: 0 };
  const note = (kind: keyof typeof worst, off: number): void => {
    worst[kind] = Math.max(worst[kind], off);
  };
  note('tao', relative(estimate.taoIssuanceRaoEstimate, rao(exact.taoIssuance)));
  for (const one of estimate.subnets) {
    const subnet = exact.subnets[one.netuid] as Subnet;
    expect(one.epochs).toBe(subnet.epochIndex);
    note('tao', relative(one.taoReserveRaoEstimate, rao(subnet.taoReserve)));
    note('pool', relative(one.alphaInRaoEstimate, rao(subnet.alphaIn)));
    note('pool', relative(one.alphaOutRaoEstimate, rao(subnet.alphaOut)));
    note('price', relative(one.priceEstimate, toDouble(poolPriceBits(subnet), 64)));
    note('ema', relative(one.emaPriceEstimate, toDouble(subnet.emaPriceBits, 32)));
    for (const { hotkey, alphaRaoEstimate } of one.hotkeys) {
      note('alpha', relative(alphaRaoEstimate, rao(hotkeyStake(exact, hotkey, one.netuid))));
    }
  }
  for (const { hotkey, coldkey, netuid, stakeRaoEstimate } of estimate.positions) {
    note('position', relative(stakeRaoEstimate, rao(stakeOf(exact, hotkey, coldkey, netuid))));
  }
  return worst;
}

const RULES: readonly EmissionRules[] = ['2025-02', '2025-11', '2026-06', '2026-08'];

function small(rules: EmissionRules): ChainState {
  const chain = smallGenesis();
  chain.economy.parameters.emissionRules = rules;
  if (rules === '2026-08') chain.economy.parameters.rootRules = 'baskets';
  return chain;
}

describe('twenty tempos of the small chain, fast-forwarded', () => {
  test.each(RULES)('lie where the exact machine arrives under the rules of %s', (rules) => {
    const chain = small(rules);
    const { economy } = chain;
    const watch = everyPosition(economy);
    const usual = fastForward(economy, { blocks: BLOCKS, watch });
    const close = fastForward(economy, { blocks: BLOCKS, watch, tolerance: 0 });
    const exact = exactAfter(chain, BLOCKS);
    // Measured 9e-11, 1.2e-10, 6e-11, 5.3e-7, 5.6e-6, 5.6e-6; the promise is 1e-4.
    const far = deviations(usual, exact);
    expect(far.tao).toBeLessThan(1e-9);
    expect(far.pool).toBeLessThan(1e-9);
    expect(far.price).toBeLessThan(1e-9);
    expect(far.ema).toBeLessThan(1e-6);
    expect(far.alpha).toBeLessThan(1e-5);
    expect(far.position).toBeLessThan(1e-5);
    // With every epoch run only rounding is left.
    const near = deviations(close, exact);
    expect(near.alpha).toBeLessThan(1e-8);
    expect(near.position).toBeLessThan(1e-8);
    expect(close.subnets.every(({ epochs, epochsRun }) => epochs === epochsRun)).toBe(true);
    expect(usual.subnets.every(({ epochs, epochsRun }) => epochsRun < epochs)).toBe(true);
  });

  test('follow children, auto-stake, withheld incentive and two mechanisms', () => {
    const chain = small('2026-06');
    const { economy } = chain;
    const subnet = economy.subnets[4] as Subnet;
    const key = (uid: number): string => subnet.neurons[uid]?.hotkey as string;
    const half = 2n ** 63n;
    linkChildren(economy, key(1), 4, [{ proportion: half, hotkey: key(2) }]);
    (economy.hotkeys[key(2)] as { childkeyTakes: object }).childkeyTakes = { 4: 6_000 };
    const miner = economy.hotkeys[key(7)]?.owner as string;
    (economy.coldkeys[miner] as { autoStake: object }).autoStake = { 4: key(3) };
    subnet.recycleOrBurn = 'recycle';
    (subnet.neurons[3] as { weights: object }).weights = [
      [0, 65_535],
      [8, 65_535],
    ];
    subnet.maxAllowedUids = 128;
    const owner = { coldkey: subnet.owner, netuid: 4 };
    expect(setMechanismCount(economy, { ...owner, count: 2 }).ok).toBe(true);
    expect(setMechanismSplit(economy, { ...owner, split: [40_000, 25_535] }).ok).toBe(true);
    for (const uid of [1, 2]) {
      const links = { weights: [[7 + uid, 65_535]], bonds: [], lastUpdate: 1e6, incentive: 0 };
      Object.assign(subnet.neurons[uid] as object, { further: [links] });
    }
    expect(mechanismsOf(subnet)).toBe(2);
    const watch = everyPosition(economy);
    const estimate = fastForward(economy, { blocks: BLOCKS, watch, tolerance: 0 });
    const worst = deviations(estimate, exactAfter(chain, BLOCKS));
    expect(Math.max(...Object.values(worst))).toBeLessThan(1e-6);
    expect(worst.position).toBeLessThan(1e-8);
  });
});
