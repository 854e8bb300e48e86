/** Storage of SubtensorModule that belongs to the whole network: totals and parameters. */
import { economy, mapped, type Providers } from './provide.ts';

type RateLimitKey = { readonly type: string; readonly value?: unknown };

export const networkProviders: Providers = {
  TotalIssuance: economy((state) => state.taoIssuance),
  TotalStake: economy((state) => state.totalStake),
  BlockEmission: economy((state) => state.blockEmission),
  TotalNetworks: economy((state) => state.netuids.length),
  NumStakingColdkeys: economy((state) => BigInt(state.rootClaimers.length)),
  NumRootClaim: economy(({ parameters }) => BigInt(parameters.rootClaimsPerBlock)),
  TaoWeight: economy(({ parameters }) => parameters.taoWeight),
  CKBurn: economy(({ parameters }) => parameters.childkeyBurn),
  MinDelegateTake: economy(({ parameters }) => parameters.minDelegateTake),
  MaxDelegateTake: economy(({ parameters }) => parameters.maxDelegateTake),
  MinChildkeyTake: economy(({ parameters }) => parameters.minChildkeyTake),
  MaxChildkeyTake: economy(({ parameters }) => parameters.maxChildkeyTake),
  SubnetOwnerCut: economy(({ parameters }) => parameters.ownerCut),
  SubnetMovingAlpha: economy(({ parameters }) => ({ bits: parameters.movingAlphaBits })),
  FlowEmaSmoothingFactor: economy(({ parameters }) => parameters.flowEmaFactor),
  NetTaoFlowEnabled: economy(({ parameters }) => parameters.netFlowEnabled),
  NominatorMinRequiredStake: economy(({ parameters }) => parameters.nominatorMinFactor),
  StakeThreshold: economy(({ parameters }) => parameters.stakeThreshold),
  MaxEpochsPerBlock: economy(({ parameters }) => parameters.maxEpochsPerBlock),
  MaturityRate: economy(({ parameters }) => BigInt(parameters.maturityRate)),
  UnlockRate: economy(({ parameters }) => BigInt(parameters.unlockRate)),
  TxDelegateTakeRateLimit: economy(({ parameters }) => BigInt(parameters.txDelegateTakeRateLimit)),
  TxChildkeyTakeRateLimit: economy(({ parameters }) => BigInt(parameters.txChildkeyTakeRateLimit)),
  PendingChildKeyCooldown: economy(({ parameters }) => BigInt(parameters.pendingChildCooldown)),
  StartCallDelay: economy(({ parameters }) => BigInt(parameters.startCallDelay)),
  SubnetLimit: economy(({ parameters }) => parameters.subnetLimit),
  NetworkMinLockCost: economy(({ parameters }) => parameters.networkMinLockRao),
  NetworkLastLockCost: economy(({ parameters }) => parameters.networkLastLockRao),
  NetworkLockReductionInterval: economy(({ parameters }) =>
    BigInt(parameters.networkLockReductionBlocks),
  ),
  LastRateLimitedBlock: mapped(
    ({ state }, [key]) => {
      const { type, value } = key as RateLimitKey;
      if (type === 'NetworkLastRegistered') {
        const block = state.economy.parameters.networkLastLockBlock;
        return block === 0 ? undefined : BigInt(block);
      }
      const { coldkeys, hotkeys } = state.economy;
      const changedAt =
        type === 'LastTxBlock'
          ? coldkeys[value as string]?.hotkeySwappedAt
          : type === 'LastTxBlockDelegateTake'
            ? hotkeys[value as string]?.takeChangedAt
            : undefined;
      return changedAt === undefined ? undefined : BigInt(changedAt);
    },
    ({ state }) => {
      const changed = Object.entries(state.economy.hotkeys)
        .filter(([, { takeChangedAt }]) => takeChangedAt !== undefined)
        .map(([hotkey]) => [{ type: 'LastTxBlockDelegateTake', value: hotkey }]);
      const swapped = Object.entries(state.economy.coldkeys)
        .filter(([, { hotkeySwappedAt }]) => hotkeySwappedAt !== undefined)
        .map(([coldkey]) => [{ type: 'LastTxBlock', value: coldkey }]);
      const registered = state.economy.parameters.networkLastLockBlock > 0;
      const each = [...changed, ...swapped];
      return registered ? [[{ type: 'NetworkLastRegistered' }], ...each] : each;
    },
  ),
};
