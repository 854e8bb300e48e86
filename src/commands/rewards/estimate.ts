/** `tao rewards estimate`: the chain's state in, a range out. Never a bare percentage. */
import { readHotkeyOwner } from '../../chain/queries/read-limits.ts';
import { readProjectionInputs } from '../../chain/queries/read-projection-inputs.ts';
import { readSubnet } from '../../chain/queries/read-subnets.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody, RawInput } from '../../cli/spec.ts';
import { parseTao } from '../../domain/amount.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { estimateRewards } from '../../ledger/estimate/estimate-rewards.ts';
import { hotkeyUnknown, requireSubnet } from '../../pipeline/plan-stake.ts';
import { readPosition } from '../../pipeline/position-input.ts';
import { estimateData, renderEstimate } from './estimate.view.ts';
import { MAX_ESTIMATE_DAYS } from './specs.ts';

export const rewardsEstimate: CommandBody = {
  run: async (context, raw) => {
    const days = readDays(raw);
    const position = await readPosition(context, raw, { amountUnit: 'TAO' });
    const amountRao = parseTao(position.amountText).rao;
    const { netuid, hotkey } = position;
    const chain = await context.openChain();
    const view = await chain.at('best');
    const [subnet, owner] = await Promise.all([
      readSubnet(view, netuid),
      readHotkeyOwner(view, hotkey),
    ]);
    requireSubnet(subnet, netuid);
    if (owner === undefined) throw hotkeyUnknown(hotkey);
    const inputs = await readProjectionInputs(view, netuid, hotkey);
    const estimate = estimateRewards({ inputs, amountRao, days });
    return {
      data: { block: { number: view.number, hash: view.hash }, estimate: estimateData(estimate) },
      view: () => renderEstimate(estimate),
    };
  },
};

/** A horizon with at most one decimal. USAGE_MISSING, USAGE_INVALID. */
function readDays(raw: RawInput): number {
  const text = optionText(raw, 'days');
  if (text === undefined) {
    throw new TaoError('USAGE_MISSING', {
      message: "Couldn't estimate: --days is missing.",
      hint: 'Add --days, such as --days 30.',
      data: { missing: ['--days'] },
    });
  }
  const days = /^\d{1,4}(\.\d)?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (days > 0 && days <= MAX_ESTIMATE_DAYS) return days;
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't use --days "${text}": it must be more than 0 and at most ${MAX_ESTIMATE_DAYS}, with at most one decimal.`,
    hint: 'Use a horizon such as --days 30.',
    data: { option: 'days', value: text },
  });
}
