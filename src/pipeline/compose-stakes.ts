/** From what `tao stake add` was asked to its plan: amounts become numbers, facts are read at one block. */
import type { AccountFacts } from '../chain/facts.ts';
import type { BlockView } from '../chain/types.ts';
import type { PriceOptions } from '../cli/option-groups.ts';
import { formatRao } from '../domain/amount.ts';
import { shareFloor } from '../domain/price.ts';
import { TaoError } from '../errors/tao-error.ts';
import { combinePlans } from './combine-plans.ts';
import { EXISTENTIAL_DEPOSIT_RAO } from './perform.ts';
import type { BatchMode, TxPlan } from './plan.ts';
import { planStake, type StakeRequest } from './plan-stake.ts';
import { requireOnePrice } from './price-guard.ts';
import { readStakePlanFacts } from './read-plan-facts.ts';
import type { StakeTarget } from './stake-input.ts';
import type { FeeOf } from './transact.ts';

/** What `all` leaves free for later fees, rao: several transactions' worth. */
export const FEE_RESERVE_RAO = 10_000_000n;

export type StakesRequest = {
  readonly targets: readonly StakeTarget[];
  readonly mode: BatchMode;
  readonly guard: PriceOptions;
};

/** Facts of one block, and the plan from them. As `planStake`; BALANCE_TOO_LOW for `all` of too little. */
export async function composeStakes(
  view: BlockView,
  account: AccountFacts,
  { targets, mode, guard }: StakesRequest,
  feeOf: FeeOf,
): Promise<TxPlan> {
  requireOnePrice(
    guard,
    targets.map(({ netuid }) => netuid),
  );
  const requests = await Promise.all(
    targets.map((target) => resolveTarget({ target, account, guard }, feeOf)),
  );
  const facts = await readStakePlanFacts(view, account, requests);
  const plans = requests.map((request, index) => {
    const own = facts[index];
    if (own === undefined) throw new TypeError('A stake without its facts.');
    return planStake(request, own);
  });
  const totalRao = plans.reduce((sum, plan) => sum + plan.spendRao, 0n);
  const what = `Stake ${formatRao(totalRao)} TAO on ${plans.length} positions`;
  const plan = combinePlans(plans, {
    command: 'stake.add',
    summary: what,
    question: `${what}?`,
    mode,
  });
  return targets.some(({ amount }) => amount.kind === 'all') ? withReserve(plan) : plan;
}

type Resolving = {
  readonly target: StakeTarget;
  readonly account: AccountFacts;
  readonly guard: PriceOptions;
};

async function resolveTarget(
  { target, account, guard }: Resolving,
  feeOf: FeeOf,
): Promise<StakeRequest> {
  const { hotkey, netuid, amount } = target;
  const common = { hotkey, netuid, guard };
  if (amount.kind === 'tao') return { ...common, amountRao: amount.rao };
  if (amount.kind === 'percent') {
    return { ...common, amountRao: shareFloor(account.freeRao, amount.ratio) };
  }
  // The fee depends on which call it is, and not on the figures in it.
  const args = {
    hotkey,
    netuid,
    amount_staked: account.freeRao,
    limit_price: 1n,
    allow_partial: false,
  };
  const feeRao = await feeOf({ pallet: 'SubtensorModule', name: 'add_stake_limit', args });
  const amountRao = account.freeRao - feeRao - EXISTENTIAL_DEPOSIT_RAO - FEE_RESERVE_RAO;
  if (amountRao > 0n) return { ...common, amountRao };
  throw new TaoError('BALANCE_TOO_LOW', {
    message: `Couldn't stake everything: of ${formatRao(account.freeRao)} TAO free, ${formatRao(feeRao)} is the fee and ${formatRao(FEE_RESERVE_RAO)} is kept for later fees.`,
    hint: 'Move TAO to this account first.',
    data: { freeRao: account.freeRao.toString(), feeRao: feeRao.toString() },
  });
}

function withReserve(plan: TxPlan): TxPlan {
  const kept = `${formatRao(FEE_RESERVE_RAO)} TAO, for later fees`;
  return {
    ...plan,
    rows: [...plan.rows, ['Kept free', kept]],
    data: { ...plan.data, all: true },
  };
}
