/**
 * Plans a move of stake to another validator: pure. Within one subnet nothing is traded. To another
 * subnet the chain's own move has no limit, so it becomes a move and a limited swap, both or none.
 */
import type { Call } from '../chain/types.ts';
import { shortAddress } from '../domain/address.ts';
import { alpha, alphaJson } from '../domain/amount.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { TxPlan } from './plan.ts';
import { subnetLabel, validatorLabel } from './plan-rows.ts';
import {
  type Relocation,
  type RelocationFacts,
  type RelocationRequest,
  rateLimitOf,
  relocationWarnings,
  requireRelocation,
  swapCall,
  swapData,
  swapRows,
} from './relocation.ts';

export const MOVE_COMMAND = 'stake.move';

/** USAGE_INVALID (the same validator), and what `requireRelocation` refuses. */
export function planMove(request: RelocationRequest, facts: RelocationFacts): TxPlan {
  const { from, to } = request;
  requireOtherValidator(request);
  const relocation = requireRelocation('move', request, facts);
  const { origin, destination, amountText, isAll, swap } = relocation;
  const isElsewhere = swap !== undefined;
  const where = isElsewhere ? ` on subnet ${to.netuid}` : '';
  const plan: TxPlan = {
    command: MOVE_COMMAND,
    summary: `Move ${amountText} of subnet ${from.netuid} from ${shortAddress(from.hotkey)} to ${shortAddress(to.hotkey)}${where}`,
    question: `Move ${amountText}?`,
    call: moveCall(request, relocation),
    rows: [
      ['Move', { text: isAll ? `${amountText}, the whole position` : amountText, tone: 'strong' }],
      ['Of', subnetLabel(origin)],
      ['From', validatorLabel(from.hotkey, facts.fromHotkey.name)],
      ['To', validatorLabel(to.hotkey, facts.toHotkey.name)],
      ...(isElsewhere
        ? [['On', subnetLabel(destination)] as const, ...swapRows(relocation, 'You receive')]
        : [['You keep', `${amountText}: nothing is traded, there is no pool fee`] as const]),
    ],
    warnings: relocationWarnings(request, facts),
    spendRao: 0n,
    ...rateLimitOf(relocation),
    touches: {
      netuids: [...new Set([from.netuid, to.netuid])],
      hotkeys: [from.hotkey, to.hotkey],
    },
    data: {
      amount: alphaJson(alpha(from.netuid, relocation.amountRao)),
      fromHotkey: from.hotkey,
      toHotkey: to.hotkey,
      fromNetuid: from.netuid,
      toNetuid: to.netuid,
      all: isAll,
      ...swapData(relocation),
    },
  };
  return isElsewhere ? together(plan, [swapCall(to.hotkey, relocation, request.guard)]) : plan;
}

/** USAGE_INVALID where the stake would stay with its validator: known without the chain. */
export function requireOtherValidator({ from, to }: Pick<RelocationRequest, 'from' | 'to'>): void {
  if (from.hotkey === to.hotkey) throw sameValidator(from.hotkey);
}

/** Within the origin subnet: what arrives is known to the rao, and can then be swapped. */
function moveCall({ from, to }: RelocationRequest, { amountRao }: Relocation): Call {
  return {
    pallet: 'SubtensorModule',
    name: 'move_stake',
    args: {
      origin_hotkey: from.hotkey,
      destination_hotkey: to.hotkey,
      origin_netuid: from.netuid,
      destination_netuid: from.netuid,
      alpha_amount: amountRao,
    },
  };
}

/** The plan's call and what has to follow it in one transaction: all of it or nothing. */
export function together(plan: TxPlan, following: readonly Call[]): TxPlan {
  const calls = [plan.call, ...following];
  return {
    ...plan,
    call: { pallet: 'Utility', name: 'batch_all', args: { calls } },
    rows: [...plan.rows, ['Together', `${calls.length} calls in one transaction, all or none`]],
  };
}

function sameValidator(hotkey: string): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't move: the stake is with ${hotkey} already.`,
    hint: 'Name another validator after --to; tao stake swap changes the subnet.',
    data: { hotkey },
  });
}
