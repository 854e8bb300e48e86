/**
 * A small economy in the economy's own state: root, the subnets that matter, each validator as one
 * holder, and one more coldkey that is the position's. What it leaves out is in the pseudo-subnets.
 */
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { ProjectionInputs, ProjectionSubnet } from '../../domain/projection-inputs.ts';
import { fromDouble } from '../../economy/fixed.ts';
import {
  createEconomy,
  type EconomyState,
  type StakeGenesis,
  type SubnetGenesis,
} from '../../economy/state.ts';
import type { CoarseModel } from './coarse-model.ts';
import type { Earner } from './earning.ts';

/** The position's coldkey, and what stands for miners. No ss58 address looks like these. */
export const OWN_COLDKEY = 'the position';
export const MINERS = 'the miners';
/** Netuids of the pseudo-subnets that only carry the EMA prices of subnets left out. */
export const OTHERS_EMITTING = 65_534;
export const OTHERS_SILENT = 65_533;

const OUTSIDE = 'nobody listed';

/** Builds the state at the inputs' block, with the position's TAO in its coldkey's balance. */
export function buildReducedState(
  inputs: ProjectionInputs,
  model: CoarseModel,
  amountRao: bigint,
): EconomyState {
  const earnersOf = new Map(model.subnets.map((subnet) => [subnet.netuid, subnet.earners]));
  const walked = inputs.subnets.filter((subnet) => earnersOf.has(subnet.netuid));
  const stakes = walked.flatMap((subnet) =>
    alphaStakes(subnet, earnersOf.get(subnet.netuid) ?? []),
  );
  const roots = rootStakes(model);
  const state = createEconomy({
    block: inputs.blockNumber,
    parameters: {
      taoWeight: inputs.global.taoWeightU64,
      ownerCut: inputs.global.ownerCutU16,
      emissionRules: '2025-02',
    },
    balances: { [OWN_COLDKEY]: 2n * amountRao },
    hotkeys: hotkeysOf(inputs, model),
    subnets: [
      rootSubnet(inputs, roots),
      ...walked.map((subnet) => walkedSubnet(subnet, stakes)),
      ...otherSubnets(model),
    ],
    stakes: [...roots, ...stakes],
  });
  state.taoIssuance = inputs.global.issuanceRao;
  return state;
}

function hotkeysOf(
  inputs: ProjectionInputs,
  model: CoarseModel,
): Record<string, { owner: string; take?: number }> {
  const hotkeys: Record<string, { owner: string; take?: number }> = {
    [MINERS]: { owner: MINERS },
    [OUTSIDE]: { owner: OUTSIDE },
  };
  for (const { netuid } of inputs.subnets) hotkeys[ownerOf(netuid)] = { owner: ownerOf(netuid) };
  for (const { earners } of model.subnets) {
    for (const earner of earners) {
      hotkeys[earner.hotkey] = { owner: holderOf(earner), take: earner.takeU16 };
    }
  }
  return hotkeys;
}

/** Who holds a validator's stake: its owner, so that takes land where they belong. */
export function holderOf(earner: Pick<Earner, 'hotkey' | 'owner'>): string {
  return earner.owner === '' ? earner.hotkey : earner.owner;
}

function ownerOf(netuid: number): string {
  return `the owner of subnet ${netuid}`;
}

function alphaStakes(subnet: ProjectionSubnet, earners: readonly Earner[]): StakeGenesis[] {
  return earners.flatMap((earner) => {
    const alphaRao = fromDouble(Math.floor(earner.alpha), 0);
    const at = { hotkey: earner.hotkey, coldkey: holderOf(earner), netuid: subnet.netuid };
    return alphaRao === 0n ? [] : [{ ...at, alphaRao }];
  });
}

function rootStakes(model: CoarseModel): StakeGenesis[] {
  const owners = new Map<string, string>();
  for (const { earners } of model.subnets) {
    for (const earner of earners) owners.set(earner.hotkey, holderOf(earner));
  }
  return model.rootHotkeys.flatMap((hotkey, place) => {
    const alphaRao = fromDouble(Math.floor(model.roots[place] ?? 0), 0);
    const coldkey = owners.get(hotkey) ?? hotkey;
    return alphaRao === 0n ? [] : [{ hotkey, coldkey, netuid: ROOT_NETUID, alphaRao }];
  });
}

/** Root with the stake that no listed validator has, so that the whole is the chain's. */
function rootSubnet(inputs: ProjectionInputs, roots: readonly StakeGenesis[]): SubnetGenesis {
  const listed = roots.reduce((sum, stake) => sum + stake.alphaRao, 0n);
  const rest = inputs.global.rootTaoRao - listed;
  const outside = rest > 0n ? rest : 0n;
  return { netuid: ROOT_NETUID, taoReserve: outside, alphaOut: outside, emissionEnabled: false };
}

function walkedSubnet(subnet: ProjectionSubnet, stakes: readonly StakeGenesis[]): SubnetGenesis {
  const { netuid } = subnet;
  const listed = stakes
    .filter((stake) => stake.netuid === netuid)
    .reduce((sum, stake) => sum + stake.alphaRao, 0n);
  const outside = subnet.alphaOutRao - listed;
  return {
    netuid,
    mechanism: subnet.mechanism === 0 ? 0 : 1,
    owner: ownerOf(netuid),
    ownerHotkey: ownerOf(netuid),
    taoReserve: subnet.taoReserveRao,
    alphaIn: subnet.alphaInRao,
    // Stakes are added on top.
    alphaOut: outside > 0n ? outside : 0n,
    quoteWeight: subnet.quoteWeight,
    feeRateU16: subnet.feeRateU16,
    emaPriceBits: subnet.emaPriceBits,
    tempo: subnet.tempo,
    lastEpochBlock: subnet.lastEpochBlock,
    blocksSinceLastStep: subnet.blocksSinceLastStep,
    firstEmissionBlock: subnet.firstEmissionBlock ?? null,
    registrationAllowed: subnet.registrationAllowed,
    subtokenEnabled: subnet.subtokenEnabled,
    emissionEnabled: subnet.emissionEnabled,
    ownerCutEnabled: subnet.ownerCutEnabled,
    pendings: {
      server: subnet.pendingServerRao,
      validator: subnet.pendingValidatorRao,
      root: subnet.pendingRootRao,
      ownerCut: subnet.pendingOwnerCutRao,
    },
  };
}

/** The subnets left out, as the sums of their EMA prices: they share in TAO and hold the root gate. */
function otherSubnets(model: CoarseModel): SubnetGenesis[] {
  const { eligible, emitting } = model.otherPrices;
  const pool = { taoReserve: 1_000_000_000n, alphaIn: 1_000_000_000n, tempo: 0 };
  const base = { ...pool, firstEmissionBlock: 0, ownerCutEnabled: false };
  return [
    {
      ...base,
      netuid: OTHERS_EMITTING,
      emaPriceBits: fromDouble(emitting, 32),
      emissionEnabled: true,
    },
    {
      ...base,
      netuid: OTHERS_SILENT,
      emaPriceBits: fromDouble(Math.max(0, eligible - emitting), 32),
      emissionEnabled: false,
    },
  ];
}
