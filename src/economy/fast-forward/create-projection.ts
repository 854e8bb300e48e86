/** Builds a projection from an exact state, which stays as it is. The doubles begin here. */
import type { SparseLinks } from '../epoch/epoch-types.ts';
import { sparseLinks } from '../epoch/sparse-links.ts';
import { createEpochWorkspace } from '../epoch/workspace.ts';
import { toDouble } from '../fixed.ts';
import { linksOn, mechanismsOf } from '../mechanisms.ts';
import { ROOT } from '../parameters.ts';
import type { Account, EconomyState } from '../state.ts';
import type { Subnet } from '../subnet.ts';
import { isEligible } from '../subnet-shares.ts';
import { createStake, type RootIndex } from './create-stake.ts';
import {
  BOARD_WIDTH,
  BURNED,
  EMA_PRICE,
  type EpochEstimate,
  type MechanismEstimate,
  type PoolEstimate,
  PROTOCOL_FLOW,
  type Projection,
  type ProjectionRules,
  type ProjectionSettings,
  type SubnetProjection,
  USER_FLOW,
} from './projection-types.ts';

const WEIGHT_ONE = 1e18;
const U16_ONE = 65_535;
const U64_ONE = 2 ** 64;
const FLOW_FACTOR_ONE = 2 ** 63;
const MAX_BLOCKS_WITHOUT_EPOCH = 50_400;
const VALIDATORS = 64;
const UIDS = 256;

/** Hotkeys to give a place where nothing else does, by netuid. */
export type Watched = ReadonlyMap<number, readonly Account[]>;

/**
 * A projection at the state's block. `board` is the memory that subnets share: with one behind a
 * SharedArrayBuffer several threads can each walk some subnets of equal projections.
 */
export function createProjection(
  state: EconomyState,
  settings: ProjectionSettings,
  { watched = new Map(), board }: { watched?: Watched; board?: Float64Array } = {},
): Projection {
  const netuids = state.netuids.filter((netuid) => netuid !== ROOT);
  const roots: RootIndex = { byHotkey: new Map(), hotkeys: [], stakes: [] };
  const subnets = netuids.map((netuid, row) =>
    createSubnetProjection(state, state.subnets[netuid] as Subnet, {
      row,
      roots,
      watched: watched.get(netuid) ?? [],
    }),
  );
  const projection: Projection = {
    settings,
    rules: rulesOf(state),
    startBlock: state.block,
    startIssuance: toDouble(state.taoIssuance, 0),
    block: state.block,
    subnets,
    board: board ?? new Float64Array(boardLength(state)),
    rootHotkeys: roots.hotkeys,
    rootStake: Float64Array.from(roots.stakes),
    rootTao: toDouble(state.subnets[ROOT]?.taoReserve ?? 0n, 0),
    emissionBar: toDouble(state.emissionBarBits, 64),
    taoPerBlock: new Float64Array(subnets.length),
    isRootGateOpen: false,
    weightedRoot: 0,
    workspace: createEpochWorkspace(VALIDATORS, UIDS),
  };
  for (const { row, netuid } of subnets) fillRow(projection, row, state.subnets[netuid] as Subnet);
  return projection;
}

/** Numbers on the board of a state's projection. */
export function boardLength({ netuids }: EconomyState): number {
  return netuids.filter((netuid) => netuid !== ROOT).length * BOARD_WIDTH;
}

function rulesOf({ parameters }: EconomyState): ProjectionRules {
  return {
    emissionRules: parameters.emissionRules,
    holdsBaskets: parameters.rootRules === 'baskets',
    taoWeight: toDouble(parameters.taoWeight, 0) / U64_ONE,
    childkeyBurn: toDouble(parameters.childkeyBurn, 0) / U64_ONE,
    stakeThreshold: toDouble(parameters.stakeThreshold, 0),
    minimumReserve: toDouble(parameters.minimumReserveRao, 0),
    smoothing: toDouble(parameters.movingAlphaBits, 32),
    flowFactor: toDouble(parameters.flowEmaFactor, 0) / FLOW_FACTOR_ONE,
    netFlow: parameters.netFlowEnabled,
    flowExponent: parameters.flowExponent,
    barRank: parameters.emissionBarRank,
    barQuantile: parameters.emissionBarQuantile,
    gateExponent: parameters.emissionGateExponent,
    maxEpochsPerBlock: parameters.maxEpochsPerBlock,
  };
}

function createSubnetProjection(
  state: EconomyState,
  subnet: Subnet,
  place: { readonly row: number; readonly roots: RootIndex; readonly watched: readonly Account[] },
): SubnetProjection {
  const { pendings } = subnet;
  return {
    netuid: subnet.netuid,
    row: place.row,
    isEligible: isEligible(subnet),
    isEmitting: isEligible(subnet) && subnet.emissionEnabled,
    startedAt: (subnet.firstEmissionBlock ?? 0) - 1,
    emaHalvingBlocks: subnet.emaHalvingBlocks,
    ownerCut: subnet.ownerCutEnabled ? state.parameters.ownerCut / U16_ONE : 0,
    recycles: subnet.recycleOrBurn === 'recycle',
    tempo: subnet.tempo,
    nextEpoch: firstEpoch(state, subnet),
    due: [],
    epochsPaid: 0,
    epochsRun: 0,
    pool: poolOf(subnet),
    pending: {
      server: toDouble(pendings.server, 0),
      validator: toDouble(pendings.validator, 0),
      root: toDouble(pendings.root, 0),
      ownerCut: toDouble(pendings.ownerCut, 0),
    },
    stake: createStake(state, subnet, place),
    epoch: epochOf(subnet),
  };
}

/** Infinity: with a tempo of zero there never is one. */
function firstEpoch(state: EconomyState, subnet: Subnet): number {
  if (subnet.tempo === 0) return Number.POSITIVE_INFINITY;
  const overdue = state.block + MAX_BLOCKS_WITHOUT_EPOCH + 1 - subnet.blocksSinceLastStep;
  const next = Math.min(subnet.lastEpochBlock + subnet.tempo, overdue);
  return subnet.pendingEpochAt > 0 ? Math.min(next, subnet.pendingEpochAt) : next;
}

function poolOf(subnet: Subnet): PoolEstimate {
  return {
    isStable: subnet.mechanism === 0,
    tao: toDouble(subnet.taoReserve, 0),
    alpha: toDouble(subnet.alphaIn, 0),
    alphaOut: toDouble(subnet.alphaOut, 0),
    quoteWeight: toDouble(subnet.quoteWeight, 0) / WEIGHT_ONE,
    taoReservoir: toDouble(subnet.taoReservoir, 0),
    alphaReservoir: toDouble(subnet.alphaReservoir, 0),
  };
}

function epochOf(subnet: Subnet): EpochEstimate {
  const { neurons } = subnet;
  const owner = neurons.findIndex(({ hotkey }) => hotkey === subnet.ownerHotkey);
  // The epoch reads settings only; the links are kept in arrays.
  const settings: Subnet = { ...subnet, neurons: [] };
  return {
    subnet: settings,
    registeredAt: Float64Array.from(neurons, ({ registeredAt }) => registeredAt),
    permits: Uint8Array.from(neurons, ({ permit }) => (permit ? 1 : 0)),
    mechanisms: Array.from({ length: mechanismsOf(subnet) }, (_, i) => mechanismOf(subnet, i)),
    server: new Float64Array(neurons.length),
    validator: new Float64Array(neurons.length),
    stakeAtRun: new Float64Array(neurons.length),
    ownerUid: owner < 0 ? null : owner,
    lastStepBlock: subnet.lastMechanismStepBlock,
    age: -1,
    isSettled: false,
    staleFrom: 0,
  };
}

function mechanismOf({ neurons }: Subnet, mechanism: number): MechanismEstimate {
  const links = neurons.map((neuron) => linksOn(neuron, mechanism));
  const rows = (of: 'weights' | 'bonds'): SparseLinks => sparseLinks(links.map((one) => one[of]));
  return {
    weights: rows('weights'),
    repeats: Uint8Array.from(links, ({ weights }) => (weights.length > 0 ? 1 : 0)),
    lastUpdate: Float64Array.from(links, ({ lastUpdate }) => lastUpdate),
    bonds: rows('bonds'),
  };
}

function fillRow({ board, rules }: Projection, row: number, subnet: Subnet): void {
  const at = row * BOARD_WIDTH;
  board[at + EMA_PRICE] = toDouble(subnet.emaPriceBits, 32);
  board[at + BURNED] = toDouble(subnet.minerBurnedBits, 32);
  for (const [field, flow] of [
    [USER_FLOW, subnet.userFlow],
    [PROTOCOL_FLOW, subnet.protocolFlow],
  ] as const) {
    const fresh = toDouble(flow.sinceLastStep, 0);
    const ema = flow.emaBlock === null ? fresh : toDouble(flow.emaBits, 64);
    board[at + field] = ema + (fresh - ema) * rules.flowFactor;
  }
}
