/** Storage of SubtensorModule, Swap and AlphaAssets that belongs to a subnet or a neuron. */
import { textHex } from '../scale/hex.ts';
import type { View } from '../state/view.ts';
import {
  type Keys,
  mapped,
  netuidThenHotkey,
  never,
  type Providers,
  perMechanism,
  perMechanismNeuron,
  perNeuron,
  perNeurons,
  perSubnet,
} from './provide.ts';

export const NOBODY = `0x${'00'.repeat(32)}`;
/** Thresholds and prices are I96F32. */
const FRACTION_BITS = 32n;
const orNobody = (account: string): string => (account === '' ? NOBODY : account);

export const poolProviders: Providers = {
  NetworksAdded: perSubnet(() => true),
  SubnetMechanism: perSubnet((subnet) => subnet.mechanism),
  SubnetTAO: perSubnet((subnet) => subnet.taoReserve),
  SubnetAlphaIn: perSubnet((subnet) => subnet.alphaIn),
  SubnetAlphaOut: perSubnet((subnet) => subnet.alphaOut),
  SubnetProtocolAlpha: perSubnet((subnet) => subnet.protocolAlpha),
  SubnetVolume: perSubnet((subnet) => subnet.volumeRao),
  SubnetMovingPrice: perSubnet((subnet) => ({ bits: subnet.emaPriceBits })),
  EMAPriceHalvingBlocks: perSubnet((subnet) => BigInt(subnet.emaHalvingBlocks)),
  SubnetTaoFlow: perSubnet((subnet) => subnet.userFlow.sinceLastStep),
  SubnetProtocolFlow: perSubnet((subnet) => subnet.protocolFlow.sinceLastStep),
  SubnetEmaTaoFlow: perSubnet(({ userFlow: { emaBlock, emaBits } }) =>
    emaBlock === null ? undefined : [BigInt(emaBlock), { bits: emaBits }],
  ),
  SubnetEmaProtocolFlow: perSubnet(({ protocolFlow: { emaBlock, emaBits } }) =>
    emaBlock === null ? undefined : [BigInt(emaBlock), { bits: emaBits }],
  ),
  SubnetAlphaInEmission: perSubnet((subnet) => subnet.lastBlock.alphaIn),
  SubnetAlphaOutEmission: perSubnet((subnet) => subnet.lastBlock.alphaOut),
  SubnetTaoInEmission: perSubnet((subnet) => subnet.lastBlock.taoIn),
  SubnetExcessTao: perSubnet((subnet) => subnet.lastBlock.excessTao),
  SubnetRootSellTao: perSubnet((subnet) => subnet.rootSellTao),
  SubnetEmissionEnabled: perSubnet((subnet) => subnet.emissionEnabled),
  SubtokenEnabled: perSubnet((subnet) => subnet.subtokenEnabled),
  TransferToggle: perSubnet((subnet) => subnet.transferToggle),
  PendingServerEmission: perSubnet((subnet) => subnet.pendings.server),
  PendingValidatorEmission: perSubnet((subnet) => subnet.pendings.validator),
  PendingRootAlphaDivs: perSubnet((subnet) => subnet.pendings.root),
  PendingOwnerCut: perSubnet((subnet) => subnet.pendings.ownerCut),
  MinerBurned: perSubnet((subnet) => ({ bits: subnet.minerBurnedBits })),
  RootProp: perSubnet((subnet) => ({ bits: subnet.rootProportionBits })),
  AlphaDividendsPerSubnet: netuidThenHotkey(
    (subnet) => subnet.alphaDividends,
    (rao) => rao,
  ),
  RootAlphaDividendsPerSubnet: netuidThenHotkey(
    (subnet) => subnet.rootAlphaDividends,
    (rao) => rao,
  ),
  RootClaimableThreshold: perSubnet((subnet) => ({
    bits: subnet.rootClaimThreshold << FRACTION_BITS,
  })),
  TokenSymbol: perSubnet((subnet, view) => {
    const profile = view.state.subnetProfiles[subnet.netuid];
    return profile === undefined ? undefined : textHex(profile.symbol);
  }),
  SubnetIdentitiesV3: perSubnet((subnet, view) => subnetIdentity(view, subnet.netuid)),
};

export const scheduleProviders: Providers = {
  SubnetworkN: perSubnet((subnet) => subnet.neurons.length),
  SubnetOwner: perSubnet((subnet) => orNobody(subnet.owner)),
  SubnetOwnerHotkey: perSubnet((subnet) => orNobody(subnet.ownerHotkey)),
  OwnerCutEnabled: perSubnet((subnet) => subnet.ownerCutEnabled),
  OwnerCutAutoLockEnabled: perSubnet((subnet) => subnet.ownerCutAutoLock),
  RecycleOrBurn: perSubnet((subnet) => ({
    type: subnet.recycleOrBurn === 'burn' ? 'Burn' : 'Recycle',
  })),
  NetworkRegisteredAt: perSubnet((subnet) => BigInt(subnet.registeredAt)),
  NetworkRegistrationAllowed: perSubnet((subnet) => subnet.registrationAllowed),
  FirstEmissionBlockNumber: perSubnet(({ firstEmissionBlock }) =>
    firstEmissionBlock === null ? undefined : BigInt(firstEmissionBlock),
  ),
  Tempo: perSubnet((subnet) => subnet.tempo),
  LastEpochBlock: perSubnet((subnet) => BigInt(subnet.lastEpochBlock)),
  PendingEpochAt: perSubnet((subnet) => BigInt(subnet.pendingEpochAt)),
  SubnetEpochIndex: perSubnet((subnet) => BigInt(subnet.epochIndex)),
  BlocksSinceLastStep: perSubnet((subnet) => BigInt(subnet.blocksSinceLastStep)),
  LastMechansimStepBlock: perSubnet((subnet) => BigInt(subnet.lastMechanismStepBlock)),
  ActivityCutoffFactorMilli: perSubnet((subnet) => subnet.activityCutoffFactorMilli),
  Kappa: perSubnet((subnet) => subnet.kappa),
  AlphaSigmoidSteepness: perSubnet((subnet) => subnet.alphaSigmoidSteepness),
  AlphaValues: perSubnet((subnet) => [subnet.alphaLow, subnet.alphaHigh]),
  LiquidAlphaOn: perSubnet((subnet) => subnet.liquidAlpha),
  Yuma3On: perSubnet((subnet) => subnet.yuma3),
  BondsMovingAverage: perSubnet((subnet) => BigInt(subnet.bondsMovingAverage)),
  BondsPenalty: perSubnet((subnet) => subnet.bondsPenalty),
  MaxAllowedUids: perSubnet((subnet) => subnet.maxAllowedUids),
  MaxAllowedValidators: perSubnet((subnet) => subnet.maxAllowedValidators),
  MinAllowedWeights: perSubnet((subnet) => subnet.minAllowedWeights),
  ImmunityPeriod: perSubnet((subnet) => subnet.immunityPeriod),
  CommitRevealWeightsEnabled: perSubnet((subnet) => subnet.commitReveal),
  MechanismCountCurrent: perSubnet(({ mechanismCount }) => mechanismCount),
  MechanismEmissionSplit: perSubnet(({ mechanismSplit }) => mechanismSplit),
  Burn: perSubnet((subnet) => subnet.burnRao),
  MinBurn: perSubnet((subnet) => subnet.minBurnRao),
  MaxBurn: perSubnet((subnet) => subnet.maxBurnRao),
  BurnHalfLife: perSubnet((subnet) => subnet.burnHalfLife),
  BurnIncreaseMult: perSubnet((subnet) => ({ bits: subnet.burnIncreaseBits })),
  MinChildkeyTakePerSubnet: perSubnet((subnet) => subnet.minChildkeyTake),
};

export const neuronProviders: Providers = {
  Keys: perNeuron((neuron) => neuron.hotkey),
  Uids: mapped(
    (view, [netuid, hotkey]) => uidOf(view, netuid as number, hotkey as string),
    (view) => neuronKeys(view, (netuid, hotkey) => [netuid, hotkey]),
  ),
  IsNetworkMember: mapped(
    (view, [hotkey, netuid]) =>
      uidOf(view, netuid as number, hotkey as string) === undefined ? undefined : true,
    (view) => neuronKeys(view, (netuid, hotkey) => [hotkey, netuid]),
  ),
  BlockAtRegistration: perNeuron((neuron) => BigInt(neuron.registeredAt)),
  Weights: perMechanismNeuron(({ weights }) => (weights.length === 0 ? undefined : weights)),
  Bonds: perMechanismNeuron(({ bonds }) => (bonds.length === 0 ? undefined : bonds)),
  Active: perNeurons((neuron) => neuron.active),
  ValidatorPermit: perNeurons((neuron) => neuron.permit),
  ValidatorTrust: perNeurons((neuron) => neuron.validatorTrust),
  Consensus: perNeurons((neuron) => neuron.consensus),
  Incentive: perMechanism(({ incentive }) => incentive),
  Dividends: perNeurons((neuron) => neuron.dividends),
  Emission: perNeurons((neuron) => neuron.emission),
  LastUpdate: perMechanism(({ lastUpdate }) => BigInt(lastUpdate)),
  StakeWeight: perNeurons((neuron) => neuron.stakeWeight),
  Axons: never,
  Prometheus: never,
  NeuronCertificates: never,
};

export const swapProviders: Providers = {
  FeeRate: perSubnet((subnet) => subnet.feeRateU16),
  SwapBalancer: perSubnet((subnet) => ({ quote: subnet.quoteWeight })),
  PalSwapInitialized: perSubnet((subnet) => subnet.mechanism === 1),
  ScrapReservoirAlpha: perSubnet((subnet) => subnet.alphaReservoir),
  BalancerTaoReservoir: perSubnet((subnet) => subnet.taoReservoir),
  BalancerAlphaReservoir: perSubnet((subnet) => subnet.alphaReservoir),
};

export const alphaAssetsProviders: Providers = {
  TotalAlphaIssuance: perSubnet((subnet) => subnet.alphaIn + subnet.alphaOut),
  AlphaBurned: perSubnet((subnet) => subnet.alphaBurned),
  AlphaRecycled: perSubnet((subnet) => subnet.alphaRecycled),
};

/** SubnetIdentityV3 in the codecs' form, or undefined. */
export function subnetIdentity(view: View, netuid: number): unknown {
  const profile = view.state.subnetProfiles[netuid];
  if (profile === undefined) return undefined;
  const none = '0x';
  return {
    subnet_name: textHex(profile.name),
    github_repo: none,
    subnet_contact: none,
    subnet_url: textHex(profile.url),
    discord: none,
    description: textHex(profile.description),
    logo_url: none,
    additional: none,
  };
}

export function uidOf(view: View, netuid: number, hotkey: string): number | undefined {
  const neurons = view.state.economy.subnets[netuid]?.neurons ?? [];
  const uid = neurons.findIndex((neuron) => neuron.hotkey === hotkey);
  return uid < 0 ? undefined : uid;
}

function* neuronKeys(view: View, make: (netuid: number, hotkey: string) => Keys): Iterable<Keys> {
  for (const netuid of view.state.economy.netuids) {
    for (const neuron of view.state.economy.subnets[netuid]?.neurons ?? []) {
      yield make(netuid, neuron.hotkey);
    }
  }
}
