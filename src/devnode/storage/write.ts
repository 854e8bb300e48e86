/**
 * Sets a storage item from outside, which no runtime would do: for tests that need a state no call
 * leads to. Where the state holds what the item shows, the chain goes on with the new value; any
 * other item is laid over, seen by readers alone.
 */
import type { EconomyState } from '../../economy/state.ts';
import type { Subnet } from '../../economy/subnet.ts';
import { codecOf } from '../scale/codec.ts';
import { fromHex } from '../scale/hex.ts';
import type { ChainState } from '../state/chain-state.ts';
import { profileOf } from '../state/view.ts';
import type { StorageItem } from './items.ts';
import { decodeKey, itemAt } from './keys.ts';
import type { Keys } from './provide.ts';

export type StorageWrite = {
  /** The full key, 0x hex. */
  readonly key: string;
  /** SCALE bytes as 0x hex; null removes. */
  readonly value: string | null;
};

/** `chain`: the chain itself goes on with the value. `readers`: it only shows it. */
export type WriteReach = 'chain' | 'readers';

/** Sets an item in a state. Throws a TypeError for a key of no item. */
export function writeStorage(state: ChainState, { key, value }: StorageWrite): WriteReach {
  const profile = profileOf(state);
  const bytes = fromHex(key);
  const item = itemAt(bytes, profile);
  const keys = item === undefined ? undefined : decodeKey(item, bytes);
  if (item === undefined || keys === undefined) throw new TypeError(`No storage item has ${key}`);
  if (value !== null) {
    const decoded = codecOf(item.declaration.value, profile).dec(fromHex(value));
    if (writeThrough(state, item, keys, decoded)) {
      delete state.storageOverlay?.[key];
      return 'chain';
    }
  }
  state.storageOverlay = { ...state.storageOverlay, [key]: value };
  return 'readers';
}

/** Whether a key that was set is part of the chain's own state, not laid over it. */
export function isWrittenThrough({ storageOverlay = {} }: ChainState, key: string): boolean {
  return !(key in storageOverlay);
}

function writeThrough(state: ChainState, item: StorageItem, keys: Keys, value: unknown): boolean {
  const { economy } = state;
  const name = `${item.pallet}.${item.name}`;
  if (name === 'System.Account') return writeAccount(state, keys, value);
  if (name === 'SubtensorModule.ColdkeySwapAnnouncements') {
    const [executableAt, hash] = value as readonly [number, string];
    state.coldkeySwaps[keys[0] as string] = { executableAt, hash };
    return true;
  }
  const parameter = PARAMETERS[item.name];
  if (item.pallet === 'SubtensorModule' && parameter !== undefined) {
    return assign(economy.parameters, parameter, value);
  }
  const field = SUBNET_FIELDS[name];
  const subnet = economy.subnets[keys[0] as number];
  if (field === undefined || subnet === undefined || keys.length !== 1) return false;
  const before = subnet[field];
  if (!assign(subnet, field, value)) return false;
  keepSums(economy, subnet, field, before);
  return true;
}

/** Free TAO, reserved TAO and the nonce; the issuance follows. */
function writeAccount(state: ChainState, [account]: Keys, value: unknown): boolean {
  const { economy, nonces } = state;
  const { nonce, data } = value as {
    readonly nonce: number;
    readonly data: { readonly free: bigint; readonly reserved: bigint };
  };
  const who = account as string;
  const before = (economy.balances[who] ?? 0n) + (economy.reserved[who] ?? 0n);
  economy.taoIssuance += data.free + data.reserved - before;
  put(economy.balances, who, data.free);
  put(economy.reserved, who, data.reserved);
  nonces[who] = nonce;
  return true;
}

function put(record: Record<string, bigint>, key: string, value: bigint): void {
  if (value === 0n) delete record[key];
  else record[key] = value;
}

/** What is summed up elsewhere stays in step: TAO of a pool is on its account and issued. */
function keepSums(economy: EconomyState, subnet: Subnet, field: keyof Subnet, before: unknown) {
  if (field === 'alphaOut') subnet.unassignedAlpha += subnet.alphaOut - (before as bigint);
  if (field !== 'taoReserve') return;
  const more = subnet.taoReserve - (before as bigint);
  const { account } = subnet;
  put(economy.balances, account, (economy.balances[account] ?? 0n) + more);
  economy.taoIssuance += more;
}

/** Sets a field that holds a number, a bigint, a flag or fixed-point bits, in its own kind. */
function assign<Record extends object>(
  record: Record,
  field: keyof Record,
  value: unknown,
): boolean {
  const plain = typeof value === 'object' && value !== null && 'bits' in value ? value.bits : value;
  const current: unknown = record[field];
  if (typeof current === typeof plain) record[field] = plain as Record[keyof Record];
  else if (typeof current === 'number' && typeof plain === 'bigint') {
    record[field] = Number.parseInt(plain.toString(), 10) as Record[keyof Record];
  } else if (typeof current === 'bigint' && typeof plain === 'number') {
    record[field] = BigInt(plain) as Record[keyof Record];
  } else return false;
  return true;
}

const PARAMETERS: Readonly<Record<string, keyof EconomyState['parameters']>> = {
  NumRootClaim: 'rootClaimsPerBlock',
  TaoWeight: 'taoWeight',
  CKBurn: 'childkeyBurn',
  MinDelegateTake: 'minDelegateTake',
  MaxDelegateTake: 'maxDelegateTake',
  MinChildkeyTake: 'minChildkeyTake',
  MaxChildkeyTake: 'maxChildkeyTake',
  SubnetOwnerCut: 'ownerCut',
  SubnetMovingAlpha: 'movingAlphaBits',
  FlowEmaSmoothingFactor: 'flowEmaFactor',
  NetTaoFlowEnabled: 'netFlowEnabled',
  NominatorMinRequiredStake: 'nominatorMinFactor',
  StakeThreshold: 'stakeThreshold',
  MaxEpochsPerBlock: 'maxEpochsPerBlock',
  MaturityRate: 'maturityRate',
  UnlockRate: 'unlockRate',
  TxDelegateTakeRateLimit: 'txDelegateTakeRateLimit',
  TxChildkeyTakeRateLimit: 'txChildkeyTakeRateLimit',
  PendingChildKeyCooldown: 'pendingChildCooldown',
  StartCallDelay: 'startCallDelay',
  SubnetLimit: 'subnetLimit',
  NetworkMinLockCost: 'networkMinLockRao',
  NetworkLastLockCost: 'networkLastLockRao',
  NetworkLockReductionInterval: 'networkLockReductionBlocks',
};

const SUBNET_FIELDS: Readonly<Record<string, keyof Subnet>> = {
  'SubtensorModule.SubnetTAO': 'taoReserve',
  'SubtensorModule.SubnetAlphaIn': 'alphaIn',
  'SubtensorModule.SubnetAlphaOut': 'alphaOut',
  'SubtensorModule.SubnetProtocolAlpha': 'protocolAlpha',
  'SubtensorModule.SubnetVolume': 'volumeRao',
  'SubtensorModule.SubnetMovingPrice': 'emaPriceBits',
  'SubtensorModule.EMAPriceHalvingBlocks': 'emaHalvingBlocks',
  'SubtensorModule.SubtokenEnabled': 'subtokenEnabled',
  'SubtensorModule.SubnetEmissionEnabled': 'emissionEnabled',
  'SubtensorModule.TransferToggle': 'transferToggle',
  'SubtensorModule.NetworkRegistrationAllowed': 'registrationAllowed',
  'SubtensorModule.OwnerCutEnabled': 'ownerCutEnabled',
  'SubtensorModule.OwnerCutAutoLockEnabled': 'ownerCutAutoLock',
  'SubtensorModule.NetworkRegisteredAt': 'registeredAt',
  'SubtensorModule.Tempo': 'tempo',
  'SubtensorModule.LastEpochBlock': 'lastEpochBlock',
  'SubtensorModule.PendingEpochAt': 'pendingEpochAt',
  'SubtensorModule.BlocksSinceLastStep': 'blocksSinceLastStep',
  'SubtensorModule.ActivityCutoffFactorMilli': 'activityCutoffFactorMilli',
  'SubtensorModule.Kappa': 'kappa',
  'SubtensorModule.LiquidAlphaOn': 'liquidAlpha',
  'SubtensorModule.Yuma3On': 'yuma3',
  'SubtensorModule.BondsMovingAverage': 'bondsMovingAverage',
  'SubtensorModule.BondsPenalty': 'bondsPenalty',
  'SubtensorModule.MaxAllowedUids': 'maxAllowedUids',
  'SubtensorModule.MaxAllowedValidators': 'maxAllowedValidators',
  'SubtensorModule.MinAllowedWeights': 'minAllowedWeights',
  'SubtensorModule.ImmunityPeriod': 'immunityPeriod',
  'SubtensorModule.CommitRevealWeightsEnabled': 'commitReveal',
  'SubtensorModule.Burn': 'burnRao',
  'SubtensorModule.MinBurn': 'minBurnRao',
  'SubtensorModule.MaxBurn': 'maxBurnRao',
  'SubtensorModule.BurnHalfLife': 'burnHalfLife',
  'SubtensorModule.MinChildkeyTakePerSubnet': 'minChildkeyTake',
  'Swap.FeeRate': 'feeRateU16',
};
