/** A small economy with everything in it, for tests that walk it in several ways. */
import { linkChildren } from '../../src/economy/children.ts';
import type { EconomyParameters } from '../../src/economy/parameters.ts';
import { createEconomy, type EconomyState } from '../../src/economy/state.ts';

const TAO = 1_000_000_000n;
const HALF = 2n ** 63n;

/** Three subnets with neurons, one without emission of TAO, one that waits; a family on the first. */
export function smallEconomy(parameters: Partial<EconomyParameters> = {}): EconomyState {
  const started = {
    firstEmissionBlock: 900,
    owner: 'oc',
    ownerHotkey: 'own',
    activityCutoffFactorMilli: 10_000_000,
    maxAllowedValidators: 3,
  };
  const validator = { registeredAt: 0, permit: true, lastUpdate: 1_070 };
  const miner = { registeredAt: 0, lastUpdate: 1_000 };
  const neurons = [
    { ...miner, hotkey: 'own' },
    { ...validator, hotkey: 'v1', weights: [[3, 65_535]] as const },
    {
      ...validator,
      hotkey: 'v2',
      weights: [
        [0, 20_000],
        [3, 30_000],
        [4, 65_535],
      ] as const,
    },
    { ...miner, hotkey: 'm1' },
    { ...miner, hotkey: 'm2' },
    { ...miner, hotkey: 'stranger' },
  ];
  const economy = createEconomy({
    block: 1_070,
    issuanceElsewhere: 11_000_000n * TAO,
    parameters: { childkeyBurn: HALF / 8n, emissionBarRank: 2, ...parameters },
    subnets: [
      { netuid: 0, neurons: [{ hotkey: 'v1' }] },
      {
        netuid: 1,
        ...started,
        tempo: 4,
        lastEpochBlock: 1_069,
        taoReserve: 9_000n * TAO,
        alphaIn: 20_000n * TAO,
        protocolAlpha: 7n * TAO,
        alphaOut: 7n * TAO,
        emaPriceBits: 3n << 31n,
        userFlow: { sinceLastStep: 5n * TAO, emaBits: TAO << 64n, emaBlock: 1_069 },
        protocolFlow: { sinceLastStep: TAO, emaBits: TAO << 62n, emaBlock: 1_069 },
        pendings: { server: TAO, validator: TAO, root: TAO / 4n, ownerCut: TAO / 2n },
        neurons,
      },
      {
        netuid: 2,
        ...started,
        tempo: 5,
        lastEpochBlock: 1_068,
        taoReserve: 500n * TAO,
        alphaIn: 90_000n * TAO,
        quoteWeight: 300_000_000_000_000_000n,
        emaPriceBits: 1n << 30n,
        minerBurnedBits: 1n << 30n,
        recycleOrBurn: 'recycle',
        userFlow: { sinceLastStep: -TAO, emaBits: 3n * (TAO << 64n), emaBlock: 1_069 },
        protocolFlow: { sinceLastStep: -TAO, emaBits: -(TAO << 63n), emaBlock: 1_069 },
        neurons: neurons.slice(0, 5),
      },
      {
        netuid: 3,
        ...started,
        tempo: 7,
        pendingEpochAt: 1_073,
        lastEpochBlock: 1_069,
        emissionEnabled: false,
        ownerCutEnabled: false,
        taoReserve: 60_000n * TAO,
        alphaIn: 70_000n * TAO,
        emaPriceBits: 1n << 31n,
        userFlow: { sinceLastStep: 2n * TAO, emaBits: 0n, emaBlock: null },
        neurons: neurons.slice(0, 5),
      },
      { netuid: 4, taoReserve: 5n * TAO, alphaIn: 5n * TAO, subtokenEnabled: false, tempo: 0 },
    ],
    hotkeys: {
      own: { owner: 'oc' },
      v1: { owner: 'c1', take: 6_000 },
      v2: { owner: 'c2' },
      p1: { owner: 'pc', take: 0 },
      p2: { owner: 'c2', take: 1_000 },
      m1: { owner: 'mc' },
      m2: { owner: 'oc' },
    },
    stakes: [
      { hotkey: 'v1', coldkey: 'c1', netuid: 1, alphaRao: 3_000n * TAO },
      { hotkey: 'v1', coldkey: 'nom', netuid: 1, alphaRao: 2_000n * TAO },
      { hotkey: 'v2', coldkey: 'nom', netuid: 1, alphaRao: 4_000n * TAO },
      { hotkey: 'p1', coldkey: 'pc', netuid: 1, alphaRao: 1_500n * TAO },
      { hotkey: 'p2', coldkey: 'nom', netuid: 1, alphaRao: 500n * TAO },
      { hotkey: 'v1', coldkey: 'nom', netuid: 2, alphaRao: 100n * TAO },
      { hotkey: 'v2', coldkey: 'c2', netuid: 3, alphaRao: 900n * TAO },
      { hotkey: 'v1', coldkey: 'rita', netuid: 0, alphaRao: 2_000n * TAO },
      { hotkey: 'v2', coldkey: 'rita', netuid: 0, alphaRao: 1_000n * TAO },
      { hotkey: 'p1', coldkey: 'nom', netuid: 0, alphaRao: 700n * TAO },
    ],
  });
  linkChildren(economy, 'p1', 1, [{ proportion: HALF, hotkey: 'v2' }]);
  linkChildren(economy, 'p2', 1, [{ proportion: HALF, hotkey: 'v2' }]);
  linkChildren(economy, 'v2', 1, [{ proportion: HALF / 2n, hotkey: 'm1' }]);
  (economy.hotkeys.v2 as { childkeyTakes: object }).childkeyTakes = { 1: 9_000 };
  (economy.coldkeys.mc as { autoStake: object }).autoStake = { 1: 'v1', 2: 'nowhere' };
  return economy;
}
