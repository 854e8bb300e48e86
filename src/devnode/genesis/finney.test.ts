import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { poolPriceRao } from '../../economy/pool.ts';
import { stakeOf } from '../../economy/stake-ledger.ts';
import type { EconomyState } from '../../economy/state.ts';
import type { Subnet } from '../../economy/subnet.ts';
import { advanceChain, openChain } from '../blocks/chain.ts';
import { stateDigest } from '../state/digest.ts';
import { devAccounts } from './accounts.ts';
import { subnetFigures } from './finney-figures.ts';
import { canonicalPreset, presetState } from './presets.ts';

type Snapshot = {
  readonly totalIssuanceRao: number;
  readonly rootTao: number;
  readonly subnets: readonly { netuid: number; emaPrice: number; emissionEnabled: boolean }[];
  readonly pools: readonly {
    netuid: number;
    name: string;
    taoIn: number;
    alphaIn: number;
    alphaOut: number;
  }[];
};

const snapshot = JSON.parse(
  readFileSync('test/fixtures/finney-2026-08-10.json', 'utf8'),
) as Snapshot;
const state = presetState('finney');
const { economy } = state;
const subnet = (netuid: number): Subnet => economy.subnets[netuid] as Subnet;

function alphaHeld(of: EconomyState, netuid: number): bigint {
  let held = 0n;
  for (const [hotkey, { pools }] of Object.entries(of.hotkeys)) {
    for (const coldkey of Object.keys(pools[netuid]?.shares ?? {})) {
      held += stakeOf(of, hotkey, coldkey, netuid);
    }
  }
  return held;
}

describe('the preset finney', () => {
  it('has the prices and switches of the snapshot on its 127 subnets', () => {
    expect(subnetFigures).toHaveLength(127);
    expect(
      subnetFigures.map(({ netuid, emaMicroTao, emissionEnabled }) => ({
        netuid,
        emaPrice: emaMicroTao / 1e6,
        emissionEnabled,
      })),
    ).toEqual(snapshot.subnets);
    expect(economy.netuids).toEqual([0, ...snapshot.subnets.map(({ netuid }) => netuid)]);
    for (const { netuid, emaPrice, emissionEnabled } of snapshot.subnets) {
      expect(subnet(netuid).emissionEnabled).toBe(emissionEnabled);
      // Published reserves give the spot price, which was within a few percent of the average.
      expect(Number(poolPriceRao(subnet(netuid))) / 1e9 / emaPrice).toBeCloseTo(1, 1);
    }
  });

  it('has the issuance, the root stake and the published pools of the snapshot', () => {
    const held = Object.values(economy.balances).reduce((sum, free) => sum + free, 0n);
    expect(Number(economy.taoIssuance)).toBe(snapshot.totalIssuanceRao);
    expect(held).toBe(economy.taoIssuance);
    expect(subnet(0).taoReserve).toBe(BigInt(Math.round(snapshot.rootTao * 100)) * 10_000_000n);
    const rao = (whole: number) => BigInt(Math.round(whole * 100)) * 10_000_000n;
    for (const { netuid, name, taoIn, alphaIn, alphaOut } of snapshot.pools) {
      const { taoReserve, alphaIn: reserve, alphaOut: outside } = subnet(netuid);
      expect([taoReserve, reserve, outside]).toEqual([rao(taoIn), rao(alphaIn), rao(alphaOut)]);
      expect(state.subnetProfiles[netuid]?.name).toBe(name);
    }
  });

  it('lets positions hold exactly the alpha outside each pool', () => {
    for (const netuid of [1, 64, 86, 128]) {
      expect(alphaHeld(economy, netuid)).toBe(economy.subnets[netuid]?.alphaOut ?? 0n);
      expect(economy.subnets[netuid]?.unassignedAlpha ?? 0n).toBe(0n);
    }
  });

  it('gives //Fiona 500 positions, over all subnets and many validators', () => {
    const fiona = devAccounts['//Fiona'];
    const positions = Object.entries(economy.hotkeys).flatMap(([hotkey, { pools }]) =>
      Object.entries(pools).flatMap(([netuid, pool]) =>
        pool.shares[fiona] === undefined ? [] : [{ hotkey, netuid }],
      ),
    );
    expect(positions).toHaveLength(500);
    expect(new Set(positions.map(({ netuid }) => netuid)).size).toBe(127);
    expect(new Set(positions.map(({ hotkey }) => hotkey)).size).toBeGreaterThan(20);
  });

  it('is the same for the same seed, and another chain for another', () => {
    expect(canonicalPreset('finney@1')).toBe('finney');
    const others = ['finney@7', 'finney@7', 'finney@8'].map((name) =>
      stateDigest(presetState(name)),
    );
    expect(others[0]).toBe(others[1]);
    expect(new Set([...others, stateDigest(state)]).size).toBe(3);
  });

  it.each(['finney@', 'finney@x', 'finney@4294967296', 'finney@1@2', 'small@1', 'big', '@1'])(
    'refuses %s with what there is',
    (name) => {
      expect(() => presetState(name)).toThrow(
        expect.objectContaining({ code: 'DEV_PRESET_UNKNOWN' }),
      );
    },
  );
});

describe('blocks of finney', () => {
  it('run an epoch on every subnet within a tempo, none put off, and pay its validators', () => {
    const chain = openChain({ preset: 'finney' });
    advanceChain(chain, FIRST_EPOCHS);
    const live = chain.live.state;
    for (const netuid of live.economy.netuids.slice(1)) {
      const { epochIndex, neurons, alphaDividends } = live.economy.subnets[netuid] as Subnet;
      expect(epochIndex, `subnet ${netuid}`).toBeGreaterThanOrEqual(1);
      expect(Object.keys(alphaDividends).length, `subnet ${netuid}`).toBeGreaterThan(5);
      expect(neurons.filter(({ incentive }) => incentive > 0).length).toBeGreaterThan(5);
    }
  });
});

/** Blocks after which every subnet had its first epoch. */
const FIRST_EPOCHS = 381;
