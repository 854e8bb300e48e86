/**
 * Fees taken in alpha. Chain rule: only when free TAO cannot pay, and the call itself, not one
 * inside a batch or proxy, takes alpha from exactly one position of the signer.
 */
import { poolPriceRao } from '../../economy/pool.ts';
import { stakeOf } from '../../economy/stake-ledger.ts';
import { unstakeFrom } from '../../economy/stake-swap.ts';
import type { Account, EconomyEvent, EconomyState } from '../../economy/state.ts';
import type { RuntimeCall } from './extrinsic.ts';

export type AlphaPosition = {
  readonly coldkey: Account;
  readonly hotkey: Account;
  readonly netuid: number;
};

const RAO = 1_000_000_000n;
const ROOT = 0;

/** Which arguments name the position that a call takes alpha from. */
const ORIGINS: Readonly<Record<string, readonly [hotkey: string, netuid: string]>> = {
  remove_stake: ['hotkey', 'netuid'],
  remove_stake_limit: ['hotkey', 'netuid'],
  remove_stake_full_limit: ['hotkey', 'netuid'],
  recycle_alpha: ['hotkey', 'netuid'],
  burn_alpha: ['hotkey', 'netuid'],
  move_stake: ['origin_hotkey', 'origin_netuid'],
  transfer_stake: ['hotkey', 'origin_netuid'],
  swap_stake: ['hotkey', 'origin_netuid'],
  swap_stake_limit: ['hotkey', 'origin_netuid'],
};

/** The position whose alpha can pay `feeRao` of TAO, or undefined. */
export function alphaPayer(
  economy: EconomyState,
  signer: Account,
  call: RuntimeCall,
  feeRao: bigint,
): AlphaPosition | undefined {
  const positions = positionsOf(economy, signer, call);
  const [position] = positions;
  if (position === undefined || positions.length > 1) return undefined;
  return alphaValue(economy, position) >= feeRao ? position : undefined;
}

export type AlphaPaid = { readonly alphaRao: bigint; readonly taoRao: bigint };

/** Sells the fee's worth without pool fee to the author; undefined when the pool refuses. */
export function payWithAlpha(
  economy: EconomyState,
  events: EconomyEvent[],
  payment: { readonly position: AlphaPosition; readonly feeRao: bigint; readonly author: Account },
): AlphaPaid | undefined {
  const { position, feeRao, author } = payment;
  const subnet = economy.subnets[position.netuid];
  if (subnet === undefined) return undefined;
  const price = poolPriceRao(subnet);
  const wanted = price === 0n ? 0n : (feeRao * RAO) / price;
  const held = heldAlpha(economy, position);
  const alphaRao = wanted < held ? wanted : held;
  const leg = { ...position, amountRao: alphaRao, dropFees: true, author, beneficiary: author };
  const sold = unstakeFrom(economy, events, leg);
  return sold.ok ? { alphaRao, taoRao: sold.out } : undefined;
}

function positionsOf(economy: EconomyState, coldkey: Account, call: RuntimeCall): AlphaPosition[] {
  if (call.type !== 'SubtensorModule') return [];
  const { type: name, value } = call.value;
  const args = value as Readonly<Record<string, unknown>>;
  const origin = Object.hasOwn(ORIGINS, name) ? ORIGINS[name] : undefined;
  if (origin !== undefined) {
    const [hotkey, netuid] = origin;
    return [{ coldkey, hotkey: args[hotkey] as Account, netuid: args[netuid] as number }];
  }
  if (name !== 'unstake_all' && name !== 'unstake_all_alpha') return [];
  return economy.netuids
    .filter((netuid) => name === 'unstake_all' || netuid !== ROOT)
    .map((netuid) => ({ coldkey, hotkey: args.hotkey as Account, netuid }))
    .filter((position) => heldAlpha(economy, position) > 0n);
}

function heldAlpha(economy: EconomyState, { hotkey, coldkey, netuid }: AlphaPosition): bigint {
  return stakeOf(economy, hotkey, coldkey, netuid);
}

/** Worth at the pool's price, rao of TAO. */
function alphaValue(economy: EconomyState, position: AlphaPosition): bigint {
  const subnet = economy.subnets[position.netuid];
  return subnet === undefined ? 0n : (heldAlpha(economy, position) * poolPriceRao(subnet)) / RAO;
}
