/** Plans a swap of stake from one subnet to another with the same validator: pure, always limited. */
import { shortAddress } from '../domain/address.ts';
import { alpha, alphaJson, displayRao } from '../domain/amount.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { TxPlan } from './plan.ts';
import { subnetLabel, validatorLabel } from './plan-rows.ts';
import {
  type RelocationFacts,
  type RelocationRequest,
  rateLimitOf,
  relocationWarnings,
  requireRelocation,
  swapCall,
  swapData,
  swapRows,
  unitOf,
} from './relocation.ts';

export const SWAP_COMMAND = 'stake.swap';

/** USAGE_INVALID (one subnet), and what `requireRelocation` refuses. */
export function planSwap(request: RelocationRequest, facts: RelocationFacts): TxPlan {
  const { from, to } = request;
  requireOtherSubnet(request);
  const relocation = requireRelocation('swap', request, facts);
  const { origin, destination, amountText, isAll, swap } = relocation;
  const outRao = swap?.quote.amountOutRao ?? 0n;
  return {
    command: SWAP_COMMAND,
    summary: `Swap ${amountText} with ${shortAddress(from.hotkey)} from subnet ${from.netuid} to ${to.netuid}`,
    question: `Swap ${amountText}?`,
    call: swapCall(from.hotkey, relocation, request.guard),
    rows: [
      ['Swap', { text: isAll ? `${amountText}, the whole position` : amountText, tone: 'strong' }],
      ['With', validatorLabel(from.hotkey, facts.fromHotkey.name)],
      ['From', subnetLabel(origin)],
      ['To', subnetLabel(destination)],
      ...swapRows(relocation, 'You receive'),
    ],
    warnings: relocationWarnings(request, facts),
    spendRao: 0n,
    ...rateLimitOf(relocation),
    touches: { netuids: [from.netuid, to.netuid], hotkeys: [from.hotkey] },
    brief: `about ${displayRao(outRao)} ${unitOf(to.netuid)}`,
    data: {
      amount: alphaJson(alpha(from.netuid, relocation.amountRao)),
      hotkey: from.hotkey,
      fromNetuid: from.netuid,
      toNetuid: to.netuid,
      all: isAll,
      ...swapData(relocation),
    },
  };
}

/** USAGE_INVALID where the stake would stay on its subnet: known without the chain. */
export function requireOtherSubnet({ from, to }: Pick<RelocationRequest, 'from' | 'to'>): void {
  if (from.netuid === to.netuid) throw sameSubnet(from.netuid);
}

function sameSubnet(netuid: number): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't swap: the stake is on subnet ${netuid} already.`,
    hint: 'Name another subnet after --to-netuid; tao stake move changes the validator.',
    data: { netuid },
  });
}
