/** From what `tao unstake` was asked to its plan: reads one block, and asks about unclaimed dividends. */
import type { BlockView } from '../chain/types.ts';
import type { Context } from '../cli/context.ts';
import { displayRao } from '../domain/amount.ts';
import { isTaoError } from '../errors/tao-error.ts';
import type { TxPlan } from './plan.ts';
import { chooseClaim, MAX_CLAIMED_SUBNETS, planClaim } from './plan-claim.ts';
import { readClaimPlanFacts } from './plan-claim-facts.ts';
import { planUnstakes, type UnstakesRequest } from './plan-unstakes.ts';
import { readSelectedPositions } from './read-unstake-facts.ts';
import type { FeeOf } from './transact.ts';

export type UnstakesWish = UnstakesRequest & {
  /** `--claim-first`: claims root dividends in the same transaction without asking. */
  readonly claimFirst: boolean;
};

export async function composeUnstakes(
  context: Context,
  at: { readonly view: BlockView; readonly coldkey: string; readonly feeOf: FeeOf },
  wish: UnstakesWish,
): Promise<TxPlan> {
  const { view, coldkey } = at;
  const positions = await readSelectedPositions(view, coldkey, wish.selection);
  const unclaimedRao = positions.reduce((sum, { facts }) => sum + facts.unclaimedRao, 0n);
  const isWanted = wish.claimFirst || (await wantsClaim(context, unclaimedRao));
  const claims = isWanted ? await readClaimPlans(at) : [];
  const plan = planUnstakes(wish, { positions, claims });
  if (!wish.claimFirst || claims.length > 0) return plan;
  const warning = 'No root dividend has reached its threshold: there is nothing to claim first.';
  return { ...plan, warnings: [...plan.warnings, warning] };
}

/** Asked only where somebody can answer and has not said yes to everything already. */
async function wantsClaim(context: Context, unclaimedRao: bigint): Promise<boolean> {
  const { streams, mode } = context;
  if (unclaimedRao === 0n || !streams.canAsk || mode.assumeYes) return false;
  const worth = displayRao(unclaimedRao);
  return streams.prompts.confirm(
    `About ${worth} TAO of root dividends is unclaimed and lost in part. Claim it first?`,
  );
}

/** Claims of everything that is due, as many as it takes; none where nothing is. */
async function readClaimPlans({
  view,
  coldkey,
  feeOf,
}: {
  readonly view: BlockView;
  readonly coldkey: string;
  readonly feeOf: FeeOf;
}): Promise<readonly TxPlan[]> {
  const facts = await readClaimPlanFacts(view, coldkey);
  const plans: TxPlan[] = [];
  let left: readonly number[] | 'all' = 'all';
  try {
    while (left === 'all' || left.length > 0) {
      const netuids: readonly number[] | 'all' =
        left === 'all' ? left : left.slice(0, MAX_CLAIMED_SUBNETS);
      const chosen = chooseClaim({ netuids, hotkey: undefined }, facts);
      const feeRao = await feeOf(chosen.call);
      plans.push(planClaim({ ...chosen, leftNetuids: [] }, facts, feeRao));
      left = left === 'all' ? chosen.leftNetuids : left.slice(MAX_CLAIMED_SUBNETS);
    }
  } catch (error) {
    if (!isTaoError(error, 'CLAIM_NOTHING_DUE')) throw error;
  }
  return plans;
}
