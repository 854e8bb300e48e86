/** Every declared storage item with its provider, by pallet and name. */
import type { StorageDeclaration } from '../metadata/declare.ts';
import { perProfile, type RuntimeProfile } from '../metadata/profiles/profile.ts';
import { baseProfile } from '../metadata/runtime.ts';
import {
  auraProviders,
  balancesProviders,
  multisigProviders,
  proxyProviders,
  quietProviders,
  systemProviders,
  timestampProviders,
  transactionPaymentProviders,
} from './frame-providers.ts';
import { lockProviders } from './lock-providers.ts';
import { networkProviders } from './network-providers.ts';
import { commitmentProviders, crowdloanProviders, shieldProviders } from './pallet-providers.ts';
import { never, type Provider, type Providers } from './provide.ts';
import {
  childProviders,
  claimProviders,
  coldkeyProviders,
  stakeProviders,
} from './stake-providers.ts';
import {
  alphaAssetsProviders,
  neuronProviders,
  poolProviders,
  scheduleProviders,
  swapProviders,
} from './subnet-providers.ts';

const providers: Readonly<Record<string, Providers>> = {
  System: systemProviders,
  Timestamp: timestampProviders,
  Balances: balancesProviders,
  TransactionPayment: transactionPaymentProviders,
  SubtensorModule: {
    ...networkProviders,
    ...poolProviders,
    ...scheduleProviders,
    ...neuronProviders,
    ...stakeProviders,
    ...childProviders,
    ...claimProviders,
    ...coldkeyProviders,
    ...lockProviders,
  },
  Swap: swapProviders,
  Proxy: proxyProviders,
  Multisig: multisigProviders,
  Commitments: commitmentProviders,
  Crowdloan: crowdloanProviders,
  MevShield: shieldProviders,
  AlphaAssets: alphaAssetsProviders,
  Aura: auraProviders,
  ...quietProviders,
};

/**
 * SubtensorModule's items the dev chain never writes: settings that stay at their default, and
 * records of features nobody can use here (serving, weight commits).
 */
const untouched = new Set(
  (
    'MinActivityCutoff AdminFreezeWindow OwnerHyperparamRateLimit ' +
    'ColdkeySwapAnnouncementDelay ColdkeySwapReannouncementDelay TaoFlowCutoff FlowNormExponent ' +
    'MaxRegistrationsPerBlock NetworkImmunityPeriod NetworkRateLimit WeightsVersionKeyRateLimit ' +
    'SubnetLocked LargestLocked NetworkPowRegistrationAllowed RegisteredSubnetCounter ' +
    'ServingRateLimit Rho RegistrationsThisInterval POWRegistrationsThisInterval ' +
    'BurnRegistrationsThisInterval MinAllowedUids ActivityCutoff MaxWeightsLimit ' +
    'WeightsVersionKey AdjustmentInterval BondsResetOn WeightsSetRateLimit ValidatorPruneLen ' +
    'ScalingLawPower TargetRegistrationsPerInterval AdjustmentAlpha Difficulty MinDifficulty ' +
    'MaxDifficulty LastAdjustmentBlock RegistrationsThisBlock RAORecycledForRegistration ' +
    'TxRateLimit VotingPower VotingPowerTrackingEnabled VotingPowerDisableAtBlock ' +
    'VotingPowerEmaAlpha ImmuneOwnerUidsLimit LastTxBlock LastTxBlockChildKeyTake ' +
    'LastTxBlockDelegateTake WeightCommits TimelockedWeightCommits CRV3WeightCommitsV2 ' +
    'RevealPeriodEpochs CommitRevealWeightsVersion NetworkRegistrationStartBlock ' +
    'MinNonImmuneUids MaxMechanismCount'
  ).split(' '),
);

export type StorageItem = {
  readonly pallet: string;
  readonly name: string;
  readonly declaration: StorageDeclaration;
  readonly provider: Provider;
};

/** All items in the order of their declaration. A declaration without provider throws. */
export function storageItems(profile: RuntimeProfile = baseProfile): readonly StorageItem[] {
  return itemsOf(profile);
}

const itemsOf = perProfile<readonly StorageItem[]>(({ pallets }) =>
  pallets.flatMap((pallet) =>
    Object.entries(pallet.storage).map(([name, declaration]) => ({
      pallet: pallet.name,
      name,
      declaration,
      provider: providerOf(pallet.name, name),
    })),
  ),
);

function providerOf(pallet: string, name: string): Provider {
  const provider = providers[pallet]?.[name];
  if (provider !== undefined) return provider;
  if (pallet === 'SubtensorModule' && untouched.has(name)) return never;
  throw new TypeError(`No provider for ${pallet}.${name}`);
}
