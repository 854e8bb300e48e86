/** Every command of the tool, as data, in the order in which help lists them. */
import type { CommandSpec } from '../cli/spec.ts';
import { completionSpec } from './completion/specs.ts';
import { configSpecs } from './config/specs.ts';
import {
  delegateCompareSpec,
  delegateListSpec,
  delegateRecommendSpec,
  delegateShowSpec,
} from './delegate/specs.ts';
import { delegateSwitchSpec, delegateTakeSetSpec } from './delegate/specs-take.ts';
import { demoSpec } from './demo/specs.ts';
import {
  devAdvanceSpec,
  devFundSpec,
  devResetSpec,
  devRunSpec,
  devStatusSpec,
} from './dev/specs.ts';
import { devScenarioSpecs } from './dev/specs-scenario.ts';
import { devStateSpecs } from './dev/specs-state.ts';
import { ledgerSpecs } from './ledger/specs.ts';
import { multisigSpecs } from './multisig/specs.ts';
import { policySpecs } from './policy/specs.ts';
import { proxySpecs } from './proxy/specs.ts';
import { rewardsEstimateSpec } from './rewards/specs.ts';
import { rewardsClaimSpecs } from './rewards/specs-claim.ts';
import { rewardsExportSpec } from './rewards/specs-export.ts';
import { rewardsReplaySpec } from './rewards/specs-replay.ts';
import { rewardsSyncSpecs } from './rewards/specs-sync.ts';
import { rewardsViewSpecs } from './rewards/specs-view.ts';
import { stakeAddSpec } from './stake/specs.ts';
import { stakeLockSpecs } from './stake/specs-lock.ts';
import { stakeLookSpecs } from './stake/specs-look.ts';
import { stakeMoveSpecs } from './stake/specs-move.ts';
import { subnetListSpec } from './subnet/specs.ts';
import { subnetMetagraphSpec } from './subnet/specs-metagraph.ts';
import { subnetPriceSpec, subnetShowSpec } from './subnet/specs-show.ts';
import { txListSpec, txResumeSpec, txShowSpec } from './tx/specs.ts';
import { txBatchSpec, txDecodeSpec, txSignSpec, txSubmitSpec } from './tx/specs-file.ts';
import { unstakeSpec } from './unstake/specs.ts';
import {
  walletBalanceSpec,
  walletCreateSpec,
  walletImportSpec,
  walletListSpec,
  walletShowSpec,
  walletTransferSpec,
} from './wallet/specs.ts';
import { walletAddressBookSpecs } from './wallet/specs-address-book.ts';
import { walletHotkeySpecs } from './wallet/specs-hotkey.ts';
import { walletKeySpecs } from './wallet/specs-keys.ts';

export const specs: readonly CommandSpec[] = [
  walletCreateSpec,
  walletImportSpec,
  walletListSpec,
  walletShowSpec,
  walletBalanceSpec,
  walletTransferSpec,
  ...walletHotkeySpecs,
  ...walletKeySpecs,
  ...walletAddressBookSpecs,
  stakeAddSpec,
  ...stakeLookSpecs,
  ...stakeMoveSpecs,
  ...stakeLockSpecs,
  unstakeSpec,
  delegateListSpec,
  delegateShowSpec,
  delegateCompareSpec,
  delegateRecommendSpec,
  delegateSwitchSpec,
  delegateTakeSetSpec,
  ...rewardsViewSpecs,
  rewardsEstimateSpec,
  rewardsReplaySpec,
  ...rewardsClaimSpecs,
  rewardsExportSpec,
  ...rewardsSyncSpecs,
  subnetListSpec,
  subnetShowSpec,
  subnetPriceSpec,
  subnetMetagraphSpec,
  txListSpec,
  txShowSpec,
  txResumeSpec,
  txSignSpec,
  txSubmitSpec,
  txBatchSpec,
  txDecodeSpec,
  ...policySpecs,
  ...proxySpecs,
  ...multisigSpecs,
  ...ledgerSpecs,
  devRunSpec,
  devAdvanceSpec,
  devStatusSpec,
  devResetSpec,
  devFundSpec,
  ...devStateSpecs,
  ...devScenarioSpecs,
  ...configSpecs,
  completionSpec,
  demoSpec,
];
