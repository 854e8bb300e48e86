/**
 * The figures of one epoch, by name: `Label earned`, `Ember trust`, `subnet 4 price`. Amounts are
 * bigint rao, everything else numbers; the report turns both into text. Reads, never changes.
 */
import { blockEmission } from '../../economy/emission-curve.ts';
import { toDouble } from '../../economy/fixed.ts';
import { linksOn } from '../../economy/mechanisms.ts';
import { poolPriceRao } from '../../economy/pool.ts';
import { stakeOf } from '../../economy/stake-ledger.ts';
import type { Subnet } from '../../economy/subnet.ts';
import { devAccounts } from '../genesis/accounts.ts';
import type { ChainState } from '../state/chain-state.ts';
import { profileOf } from '../state/view.ts';
import type { Delegator, Scenario } from './scenario.ts';

export type Figure = bigint | number;
export type Figures = Readonly<Record<string, Figure>>;

/** What is known of each delegator when an epoch begins: alpha and free TAO, rao. */
export type Holdings = ReadonlyMap<string, { readonly alpha: bigint; readonly free: bigint }>;

const U16 = 65_535;
const MILLION = 1_000_000;

/** By the last words of a figure's name. */
const UNITS: readonly (readonly [ending: string, unit: string])[] = [
  [' alpha', 'alpha'],
  [' earned', 'alpha an epoch'],
  [' rate', 'ppm an epoch'],
  [' value', 'TAO'],
  [' free', 'TAO'],
  [' price', 'TAO per alpha'],
  [' TAO in', 'TAO a block'],
  [' emission', 'TAO a block'],
];

/** The unit of a figure; empty for a fraction of one and for counts. */
export function unitOf(figure: string): string {
  return UNITS.find(([ending]) => figure.endsWith(ending))?.[1] ?? '';
}

export function holdingsOf({ economy }: ChainState, delegators: readonly Delegator[]): Holdings {
  return new Map(
    delegators.map(({ label, account, validator, netuid }) => {
      const coldkey = devAccounts[account];
      const hotkey = devAccounts[`//${validator}//hot`];
      const alpha = stakeOf(economy, hotkey, coldkey, netuid);
      return [label, { alpha, free: economy.balances[coldkey] ?? 0n }];
    }),
  );
}

/** All figures after an epoch that began with `before`. */
export function recordFigures(state: ChainState, scenario: Scenario, before: Holdings): Figures {
  const figures: Record<string, Figure> = {};
  const after = holdingsOf(state, scenario.delegators);
  for (const { label, netuid } of scenario.delegators) {
    const start = before.get(label)?.alpha ?? 0n;
    const { alpha, free } = after.get(label) ?? { alpha: 0n, free: 0n };
    const subnet = state.economy.subnets[netuid];
    const priceRao = subnet === undefined ? 0n : poolPriceRao(subnet);
    figures[`${label} alpha`] = alpha;
    figures[`${label} earned`] = alpha > start ? alpha - start : 0n;
    figures[`${label} rate`] =
      start === 0n ? 0 : (toDouble(alpha - start, 0) / toDouble(start, 0)) * MILLION;
    figures[`${label} value`] = (alpha * priceRao) / 1_000_000_000n;
    figures[`${label} free`] = free;
  }
  for (const { name, netuid } of scenario.watch.validators) {
    Object.assign(figures, validatorFigures(state, name, netuid));
  }
  for (const netuid of scenario.watch.subnets) Object.assign(figures, subnetFigures(state, netuid));
  figures['chain emission'] = blockEmission(state.economy.taoIssuance);
  figures['chain spec version'] = profileOf(state).specVersion;
  return figures;
}

function validatorFigures(state: ChainState, name: string, netuid: number): Figures {
  const hotkey = devAccounts[`//${name}//hot` as keyof typeof devAccounts];
  const neurons = state.economy.subnets[netuid]?.neurons ?? [];
  const neuron = neurons.find((one) => one.hotkey === hotkey);
  const dividends = (neuron?.dividends ?? 0) / U16;
  const stakes = neurons.reduce((sum, one) => sum + one.stakeWeight, 0);
  const stake = stakes === 0 ? 0 : (neuron?.stakeWeight ?? 0) / stakes;
  return {
    [`${name} trust`]: (neuron?.validatorTrust ?? 0) / U16,
    [`${name} dividends`]: dividends,
    [`${name} stake share`]: stake,
    [`${name} take`]: (state.economy.hotkeys[hotkey]?.take ?? 0) / U16,
  };
}

function subnetFigures(state: ChainState, netuid: number): Figures {
  const subnet = state.economy.subnets[netuid];
  const market = state.market?.subnets.find((one) => one.netuid === netuid);
  const name = `subnet ${netuid}`;
  if (subnet === undefined) return { [`${name} price`]: 0n };
  return {
    [`${name} price`]: poolPriceRao(subnet),
    [`${name} TAO in`]: subnet.lastBlock.taoIn + subnet.lastBlock.excessTao,
    [`${name} routed quality`]: market?.last?.routedQuality ?? 0,
    [`${name} best single quality`]: market?.last?.bestSingleQuality ?? 0,
    [`${name} replaced miners`]: market?.last?.replacedMiners ?? 0,
    ...cronyFigures(state, subnet),
  };
}

/**
 * What the crony of a dishonest validator got of the incentive, and what it would have got if
 * weights were averaged by stake without any clipping; over all kinds of tasks.
 */
function cronyFigures(state: ChainState, subnet: Subnet): Figures {
  const market = state.market?.subnets.find((one) => one.netuid === subnet.netuid);
  const dishonest = market?.validators.find(({ conduct }) => conduct.kind === 'dishonest');
  if (market === undefined || dishonest?.conduct.kind !== 'dishonest') return {};
  const { crony } = dishonest.conduct;
  const uid = subnet.neurons.findIndex((neuron) => neuron.hotkey === crony);
  const paid = market.demand.reduce((sum, part, kind) => {
    const row = subnet.neurons.map((one) => linksOn(one, kind).incentive);
    return sum + part * shareOf(row, uid);
  }, 0);
  const unclipped = market.demand.reduce((sum, part, kind) => {
    const average = subnet.neurons.map(() => 0);
    for (const { stakeWeight, further, weights } of subnet.neurons) {
      const row = kind === 0 ? weights : (further?.[kind - 1]?.weights ?? []);
      const total = row.reduce((all, [, value]) => all + value, 0);
      for (const [target, value] of row) {
        average[target] = (average[target] ?? 0) + (stakeWeight * value) / total;
      }
    }
    return sum + part * shareOf(average, uid);
  }, 0);
  return {
    [`subnet ${subnet.netuid} crony share`]: paid,
    [`subnet ${subnet.netuid} crony share without clipping`]: unclipped,
  };
}

function shareOf(values: readonly number[], index: number): number {
  const total = values.reduce((sum, value) => sum + value, 0);
  return total === 0 ? 0 : (values[index] ?? 0) / total;
}
