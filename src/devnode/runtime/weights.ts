/**
 * What calls weigh, in rao of fee: the chain turns ref_time into rao at 0.0005. Figures of spec 424
 * where they are known; for the rest the price of the storage they touch.
 */
import type { RuntimeCall } from './extrinsic.ts';

/** ref_time per rao of fee. */
export const REF_TIME_PER_RAO = 2_000n;
/** Base weight of an extrinsic: 108,157,000 ref_time, floored to rao. */
export const BASE_FEE_RAO = 54_078n;
/** The coldkey-swap check and the fee wrapper, part of every signed extrinsic. */
const EXTENSION_RAO = 33_792n + 37_500n;
/** One database read is 25,000,000 ref_time, one write 100,000,000. */
const TRANSFER_RAO = 87_500n;
const SETTING_RAO = 166_926n;
const REMARK_RAO = 3_500n;
const BATCH_RAO = 4_000n;
const BATCH_ITEM_RAO = 2_500n;
const PROXY_RAO = 100_000n;

const CALL_RAO: Readonly<Record<string, bigint>> = {
  add_stake: 1_532_032n,
  add_stake_limit: 1_626_502n,
  remove_stake: 1_284_599n,
  remove_stake_limit: 1_357_848n,
  remove_stake_full_limit: 1_364_646n,
  unstake_all: 88_415n,
  unstake_all_alpha: 2_137_936n,
  move_stake: 695_530n,
  transfer_stake: 666_770n,
  swap_stake: 2_158_510n,
  swap_stake_limit: 2_259_758n,
  claim_root: 469_500n,
  set_root_claim_type: 234_142n,
  set_coldkey_auto_stake_hotkey: 166_926n,
  lock_stake: 420_498n,
  move_lock: 549_910n,
  recycle_alpha: 548_570n,
  burn_alpha: 434_482n,
  add_stake_burn: 1_746_154n,
  burned_register: 2_043_408n,
  register_limit: 2_043_408n,
  root_register: 1_089_467n,
  announce_coldkey_swap: 223_624n,
  register: 2_043_408n,
};

/** Chain rule: calls whose fee nobody pays (Pays::No). */
const FREE_CALLS = new Set([
  'SubtensorModule.set_weights',
  'SubtensorModule.set_mechanism_weights',
  'SubtensorModule.increase_take',
  'SubtensorModule.decrease_take',
  'Commitments.set_commitment',
]);

/** Fee of the call's own weight, nested calls included; rao. */
export function callWeightRao(call: RuntimeCall): bigint {
  const { type: pallet, value } = call;
  const inner = nestedCalls(call);
  if (pallet === 'Utility') {
    return inner.reduce((sum, one) => sum + BATCH_ITEM_RAO + callWeightRao(one), BATCH_RAO);
  }
  if (pallet === 'Proxy' || pallet === 'Multisig') {
    return inner.reduce((sum, one) => sum + callWeightRao(one), PROXY_RAO);
  }
  if (pallet === 'SubtensorModule') return CALL_RAO[value.type] ?? SETTING_RAO;
  return pallet === 'Balances' ? TRANSFER_RAO : REMARK_RAO;
}

/** Weight of a signed extrinsic's dispatch as ref_time, extensions included. */
export function dispatchRefTime(call: RuntimeCall): bigint {
  return (callWeightRao(call) + EXTENSION_RAO) * REF_TIME_PER_RAO;
}

/** Whether the call costs no fee: a batch or proxy is free when everything inside is. */
export function isFree(call: RuntimeCall): boolean {
  const inner = nestedCalls(call);
  if (inner.length > 0) return inner.every(isFree);
  return FREE_CALLS.has(`${call.type}.${call.value.type}`);
}

/** The calls that a call carries, one level down. */
export function nestedCalls(call: RuntimeCall): readonly RuntimeCall[] {
  const args = call.value.value as Readonly<Record<string, unknown>> | undefined;
  if (args === undefined) return [];
  if (Array.isArray(args.calls)) return args.calls as readonly RuntimeCall[];
  const single = [args.call, args.main, args.fallback];
  return single.filter((one): one is RuntimeCall => isCall(one));
}

function isCall(value: unknown): value is RuntimeCall {
  return typeof value === 'object' && value !== null && 'type' in value && 'value' in value;
}

export type FeeParts = {
  readonly baseRao: bigint;
  readonly lengthRao: bigint;
  readonly weightRao: bigint;
  readonly tipRao: bigint;
};

/** The fee of a signed extrinsic of `lengthBytes`; all zero but the tip for a free call. */
export function feeParts(call: RuntimeCall, lengthBytes: number, tipRao: bigint): FeeParts {
  if (isFree(call)) return { baseRao: 0n, lengthRao: 0n, weightRao: 0n, tipRao };
  return {
    baseRao: BASE_FEE_RAO,
    lengthRao: BigInt(lengthBytes),
    weightRao: callWeightRao(call) + EXTENSION_RAO,
    tipRao,
  };
}

export function totalFee(parts: FeeParts): bigint {
  return parts.baseRao + parts.lengthRao + parts.weightRao + parts.tipRao;
}
