/** unstake_all and unstake_all_alpha: every position of a coldkey on one hotkey at market. */
import { atomically } from './atomically.ts';
import { failed, failure, success } from './outcome.ts';
import { ROOT } from './parameters.ts';
import { checkRemoveStake } from './remove-stake.ts';
import { stakeOf } from './stake-ledger.ts';
import { stakeInto, unstakeFrom } from './stake-swap.ts';
import type { Account, EconomyEvent, EconomyState, Outcome } from './state.ts';

export type UnstakeAll = {
  readonly coldkey: Account;
  readonly hotkey: Account;
  /** Account of the block's author, who gets the pool fees; absent: they are burned. */
  readonly author?: Account | undefined;
};

/** TAO from all sales, rao. */
export type UnstakeAllResult = { readonly taoRao: bigint };

/** Sells everywhere, root included, to free TAO. Positions that fail the checks are skipped. */
export function unstakeAll(state: EconomyState, call: UnstakeAll): Outcome<UnstakeAllResult> {
  return sellEverywhere(state, call, state.netuids, (_events, taoRao) => taoRao);
}

/** Sells every alpha position and stakes the TAO on root under the same hotkey. */
export function unstakeAllAlpha(state: EconomyState, call: UnstakeAll): Outcome<UnstakeAllResult> {
  const netuids = state.netuids.filter((netuid) => netuid !== ROOT);
  return sellEverywhere(state, call, netuids, (events, taoRao) => {
    if (taoRao === 0n) return failure('AmountTooLow');
    const { coldkey, hotkey, author } = call;
    const leg = { coldkey, hotkey, author, netuid: ROOT, amountRao: taoRao };
    const staked = stakeInto(state, events, leg);
    return staked.ok ? taoRao : failed(staked.error);
  });
}

type Finish = (events: EconomyEvent[], taoRao: bigint) => bigint | ReturnType<typeof failure>;

function sellEverywhere(
  state: EconomyState,
  call: UnstakeAll,
  netuids: readonly number[],
  finish: Finish,
): Outcome<UnstakeAllResult> {
  const { coldkey, hotkey, author } = call;
  const record = state.hotkeys[hotkey];
  if (record === undefined) return failure('HotKeyAccountNotExists');
  const held = netuids.filter((netuid) => record.pools[netuid]?.shares[coldkey] !== undefined);
  const scope = { hotkeys: [hotkey], coldkeys: [coldkey], accounts: [author], netuids: held };
  return atomically(state, scope, () => {
    const events: EconomyEvent[] = [];
    let taoRao = 0n;
    for (const netuid of held) {
      if (state.subnets[netuid]?.subtokenEnabled !== true) continue;
      const amountRao = stakeOf(state, hotkey, coldkey, netuid);
      const leg = { coldkey, hotkey, netuid, author, amountRao };
      if (checkRemoveStake(state, leg) !== undefined) continue;
      const sold = unstakeFrom(state, events, leg);
      if (!sold.ok) return failed(sold.error);
      taoRao += sold.out;
    }
    const result = finish(events, taoRao);
    return typeof result === 'bigint' ? success(events, { taoRao: result }) : result;
  });
}
