/** What is particular to one subnet: its switches, its seats, its epoch and what the last block gave it. */
import type { BlockView } from '../types.ts';
import { type NetuidItem, readColumn } from './read-column.ts';
import { readNetuids, WEIGHT_UNIT } from './read-prices.ts';
import { asCount, asFlag, asRao } from './shape.ts';

const PALLET = 'SubtensorModule';

export type SubnetState = {
  readonly neurons: number;
  readonly maxNeurons: number;
  readonly maxValidators: number;
  readonly isTokenEnabled: boolean;
  readonly isEmissionEnabled: boolean;
  readonly isRegistrationAllowed: boolean;
  readonly isTransferAllowed: boolean;
  readonly burnRao: bigint;
  /** 0: stable, one to one. 1: pool. */
  readonly mechanism: number;
  /** TAO weight of the pool in parts of 10^18. */
  readonly quoteWeight: bigint;
  readonly feeRateU16: number;
  /** Block at which the next epoch falls due. */
  readonly nextEpochBlock: number;
  /** Root's share of dividends: raw U96F32 bits (value = bits ÷ 2^32). */
  readonly rootShareBits: bigint;
  /** TAO that went to this subnet in the last block, injected or spent on buying its token. */
  readonly taoEmissionRao: bigint;
  /** The same of all subnets together. */
  readonly allTaoEmissionRao: bigint;
  /** Alpha waiting for the next epoch: miners, validators, root, owner. */
  readonly pendingRao: {
    readonly miners: bigint;
    readonly validators: bigint;
    readonly root: bigint;
    readonly owner: bigint;
  };
};

/** Storage items by netuid, and what a runtime without the item means. */
const items = {
  neurons: [PALLET, 'SubnetworkN', 0],
  maxNeurons: [PALLET, 'MaxAllowedUids', 0],
  maxValidators: [PALLET, 'MaxAllowedValidators', 0],
  token: [PALLET, 'SubtokenEnabled', true],
  emission: [PALLET, 'SubnetEmissionEnabled', true],
  registration: [PALLET, 'NetworkRegistrationAllowed', true],
  transfer: [PALLET, 'TransferToggle', true],
  burn: [PALLET, 'Burn', 0n],
  mechanism: [PALLET, 'SubnetMechanism', 1],
  quoteWeight: ['Swap', 'SwapBalancer', WEIGHT_UNIT / 2n],
  feeRate: ['Swap', 'FeeRate', 0],
  tempo: [PALLET, 'Tempo', 0],
  lastEpoch: [PALLET, 'LastEpochBlock', 0n],
  lastStep: [PALLET, 'LastMechansimStepBlock', 0n],
  triggered: [PALLET, 'PendingEpochAt', 0n],
  rootShare: [PALLET, 'RootProp', 0n],
  pendingMiners: [PALLET, 'PendingServerEmission', 0n],
  pendingValidators: [PALLET, 'PendingValidatorEmission', 0n],
  pendingRoot: [PALLET, 'PendingRootAlphaDivs', 0n],
  pendingOwner: [PALLET, 'PendingOwnerCut', 0n],
} as const satisfies Record<string, NetuidItem>;

type Item = keyof typeof items;

export async function readSubnetState(view: BlockView, netuid: number): Promise<SubnetState> {
  const names = Object.keys(items) as Item[];
  const [values, emissions] = await Promise.all([
    Promise.all(names.map((name) => readColumn(view, items[name], [netuid]))),
    readTaoEmissions(view),
  ]);
  const byName = new Map(names.map((name, index) => [name, values[index]?.[0]]));
  const rao = (name: Item): bigint => asRao(byName.get(name));
  const count = (name: Item): number => asCount(byName.get(name));
  const flag = (name: Item): boolean => asFlag(byName.get(name));
  const triggered = count('triggered');
  const due = (count('lastEpoch') || count('lastStep')) + count('tempo');
  return {
    neurons: count('neurons'),
    maxNeurons: count('maxNeurons'),
    maxValidators: count('maxValidators'),
    isTokenEnabled: flag('token'),
    isEmissionEnabled: flag('emission'),
    isRegistrationAllowed: flag('registration'),
    isTransferAllowed: flag('transfer'),
    burnRao: rao('burn'),
    mechanism: count('mechanism'),
    quoteWeight: rao('quoteWeight'),
    feeRateU16: count('feeRate'),
    nextEpochBlock: triggered > 0 ? Math.min(triggered, due) : due,
    rootShareBits: rao('rootShare'),
    taoEmissionRao: emissions.get(netuid) ?? 0n,
    allTaoEmissionRao: [...emissions.values()].reduce((sum, each) => sum + each, 0n),
    pendingRao: {
      miners: rao('pendingMiners'),
      validators: rao('pendingValidators'),
      root: rao('pendingRoot'),
      owner: rao('pendingOwner'),
    },
  };
}

/** TAO of the last block by netuid: what was injected, and what bought the token. */
export async function readTaoEmissions(view: BlockView): Promise<ReadonlyMap<number, bigint>> {
  const netuids = await readNetuids(view);
  const [injected, excess] = await Promise.all([
    view.readMany(
      PALLET,
      'SubnetTaoInEmission',
      netuids.map((netuid) => [netuid]),
    ),
    readColumn(view, [PALLET, 'SubnetExcessTao', 0n], netuids),
  ]);
  return new Map(
    netuids.map((netuid, index) => [netuid, asRao(injected[index]) + asRao(excess[index])]),
  );
}
