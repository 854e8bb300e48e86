/** A whole economy with miners and validators, and what a chain reader would read of it. For tests. */
import type { ProjectionInputs, ProjectionSubnet } from '../../domain/projection-inputs.ts';
import { applyBlock } from '../../economy/block.ts';
import { hotkeyStake } from '../../economy/stake-ledger.ts';
import { createEconomy, type EconomyState, type SubnetGenesis } from '../../economy/state.ts';
import type { Subnet } from '../../economy/subnet.ts';

export const TAO = 1_000_000_000n;
export const VALIDATORS = ['v1', 'v2', 'v3'] as const;

const MINERS = ['m1', 'm2'] as const;
/** Whole alpha on subnet 8 and 9, whole TAO on root, and the take, by validator. */
const STAKES = {
  v1: { alpha: 400_000n, root: 800_000n, take: 11_796 },
  v2: { alpha: 1_200_000n, root: 2_500_000n, take: 6_000 },
  v3: { alpha: 900_000n, root: 1_700_000n, take: 0 },
} as const;

/** Two subnets, three validators of one opinion, two miners each; 8 blocks in. */
export function createTestEconomy(changes: Partial<SubnetGenesis> = {}): EconomyState {
  const validators = VALIDATORS.map((name) => ({
    hotkey: name,
    permit: true,
    lastUpdate: 1,
    weights: [[3, 65_535] as const, [4, 30_000] as const],
  }));
  const subnet = (netuid: number, taoReserve: bigint): SubnetGenesis => ({
    netuid,
    owner: `owner ${netuid}`,
    ownerHotkey: `owner key ${netuid}`,
    taoReserve: taoReserve * TAO,
    alphaIn: 2_000_000n * TAO,
    alphaOut: 500_000n * TAO,
    emaPriceBits: (taoReserve << 32n) / 2_000_000n,
    firstEmissionBlock: 1,
    commitReveal: false,
    neurons: [...validators, ...MINERS.map((name) => ({ hotkey: `${name} ${netuid}` }))],
    ...changes,
  });
  const hotkeys: Record<string, { owner: string; take?: number }> = {};
  for (const name of VALIDATORS) {
    hotkeys[name] = { owner: `owner of ${name}`, take: STAKES[name].take };
  }
  for (const netuid of [8, 9]) {
    hotkeys[`owner key ${netuid}`] = { owner: `owner ${netuid}` };
    for (const name of MINERS) hotkeys[`${name} ${netuid}`] = { owner: `owner of ${name}` };
  }
  const state = createEconomy({
    balances: { me: 10_000n * TAO },
    hotkeys,
    subnets: [subnet(8, 100_000n), subnet(9, 2_500_000n)],
    stakes: VALIDATORS.flatMap((hotkey) => {
      const { alpha, root } = STAKES[hotkey];
      const at = { hotkey, coldkey: `owner of ${hotkey}` };
      return [
        { ...at, netuid: 0, alphaRao: root * TAO },
        { ...at, netuid: 8, alphaRao: alpha * TAO },
        { ...at, netuid: 9, alphaRao: alpha * TAO },
      ];
    }),
    issuanceElsewhere: 4_000_000n * TAO,
  });
  // Root stakers claim by lot, as on the chain.
  state.rootClaimers = VALIDATORS.map((hotkey) => `owner of ${hotkey}`);
  return state;
}

/** Runs blocks with validators that keep their weights fresh. */
export function advance(state: EconomyState, blocks: number): void {
  for (let i = 0; i < blocks; i += 1) {
    state.parentHash = `0x${(state.block * 2_654_435_761).toString(16).padStart(64, '7')}`;
    applyBlock(state);
    for (const netuid of [8, 9]) {
      for (const neuron of (state.subnets[netuid] as Subnet).neurons)
        neuron.lastUpdate = state.block;
    }
  }
}

/** The inputs as a reader would find them at the state's block. */
export function inputsOf(state: EconomyState, netuid: number, hotkey: string): ProjectionInputs {
  const dynamic = Object.values(state.subnets).filter((subnet) => subnet.netuid !== 0);
  return {
    blockNumber: state.block,
    netuid,
    hotkey,
    global: {
      issuanceRao: state.taoIssuance,
      taoWeightU64: state.parameters.taoWeight,
      rootTaoRao: state.subnets[0]?.taoReserve ?? 0n,
      ownerCutU16: state.parameters.ownerCut,
    },
    subnets: dynamic.map(subnetInputs),
    validators: VALIDATORS.map((name) => ({
      hotkey: name,
      owner: `owner of ${name}`,
      takeU16: STAKES[name].take,
      rootRao: hotkeyStake(state, name, 0),
      onSubnets: dynamic
        .filter((subnet) => netuid === 0 || subnet.netuid === netuid)
        .map((subnet) => ({
          netuid: subnet.netuid,
          alphaRao: hotkeyStake(state, name, subnet.netuid),
          lastDividendRao: subnet.alphaDividends[name] ?? 0n,
          lastRootDividendRao: subnet.rootAlphaDividends[name] ?? 0n,
          hasPermit: true,
        })),
    })),
  };
}

function subnetInputs(subnet: Subnet): ProjectionInputs['subnets'][number] {
  const sum = (dividends: Readonly<Record<string, bigint>>): bigint =>
    Object.values(dividends).reduce((total, rao) => total + rao, 0n);
  return {
    netuid: subnet.netuid,
    mechanism: subnet.mechanism,
    taoReserveRao: subnet.taoReserve,
    alphaInRao: subnet.alphaIn,
    alphaOutRao: subnet.alphaOut,
    quoteWeight: subnet.quoteWeight,
    feeRateU16: subnet.feeRateU16,
    emaPriceBits: subnet.emaPriceBits,
    tempo: subnet.tempo,
    lastEpochBlock: subnet.lastEpochBlock,
    blocksSinceLastStep: subnet.blocksSinceLastStep,
    firstEmissionBlock: subnet.firstEmissionBlock ?? undefined,
    registrationAllowed: subnet.registrationAllowed,
    subtokenEnabled: subnet.subtokenEnabled,
    emissionEnabled: subnet.emissionEnabled,
    ownerCutEnabled: subnet.ownerCutEnabled,
    pendingServerRao: subnet.pendings.server,
    pendingValidatorRao: subnet.pendings.validator,
    pendingRootRao: subnet.pendings.root,
    pendingOwnerCutRao: subnet.pendings.ownerCut,
    taoInEmissionRao: subnet.lastBlock.taoIn,
    alphaInEmissionRao: subnet.lastBlock.alphaIn,
    alphaOutEmissionRao: subnet.lastBlock.alphaOut,
    lastDividendsRao: sum(subnet.alphaDividends),
    lastRootDividendsRao: sum(subnet.rootAlphaDividends),
  };
}

/** The worked example of the economics: a pool at 0.05 TAO and a validator with 16 % of the stake. */
export function workedInputs(
  changes: {
    readonly subnet?: Partial<ProjectionSubnet>;
    readonly validators?: ProjectionInputs['validators'];
  } = {},
): ProjectionInputs {
  const subnet: ProjectionSubnet = {
    netuid: 8,
    mechanism: 1,
    taoReserveRao: 100_000n * TAO,
    alphaInRao: 2_000_000n * TAO,
    alphaOutRao: 3_000_000n * TAO,
    quoteWeight: 500_000_000_000_000_000n,
    feeRateU16: 33,
    emaPriceBits: (1n << 32n) / 20n,
    tempo: 360,
    lastEpochBlock: 9_000_000,
    blocksSinceLastStep: 0,
    firstEmissionBlock: 5_000_000,
    registrationAllowed: true,
    subtokenEnabled: true,
    emissionEnabled: true,
    ownerCutEnabled: true,
    pendingServerRao: 0n,
    pendingValidatorRao: 0n,
    pendingRootRao: 0n,
    pendingOwnerCutRao: 0n,
    taoInEmissionRao: 7_627_118n,
    alphaInEmissionRao: 152_542_372n,
    alphaOutEmissionRao: TAO,
    lastDividendsRao: 102_570_636_488n,
    lastRootDividendsRao: 18_462_610_000n,
    ...changes.subnet,
  };
  return {
    blockNumber: 9_000_000,
    netuid: 8,
    hotkey: 'v1',
    global: {
      issuanceRao: 11_219_409n * TAO,
      taoWeightU64: 3_320_413_933_267_719_290n,
      rootTaoRao: 5_000_000n * TAO,
      ownerCutU16: 11_796,
    },
    subnets: [
      subnet,
      {
        ...subnet,
        netuid: 9,
        taoReserveRao: 2_400_000n * TAO,
        emaPriceBits: (12n << 32n) / 10n,
        lastDividendsRao: 0n,
        lastRootDividendsRao: 0n,
      },
    ],
    validators: changes.validators ?? [
      validatorInputs('v1', 400_000n, 16_411_301_838n),
      validatorInputs('v2', 2_100_000n, 86_159_334_650n),
    ],
  };
}

/** A validator with two TAO on root for each alpha on subnet 8, and the maximum take. */
export function validatorInputs(
  hotkey: string,
  alpha: bigint,
  lastDividendRao: bigint,
): ProjectionInputs['validators'][number] {
  const alphaRao = alpha * TAO;
  return {
    hotkey,
    owner: `owner of ${hotkey}`,
    takeU16: 11_796,
    rootRao: 2n * alphaRao,
    onSubnets: [{ netuid: 8, alphaRao, lastDividendRao, lastRootDividendRao: 0n, hasPermit: true }],
  };
}
