/** `tao rewards history`: looks once, and says what was earned per epoch, day, week or month. */
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody, RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import {
  HISTORY_UNITS,
  type HistoryBucket,
  type HistoryUnit,
} from '../../ledger/rewards/history-rows.ts';
import { readHistory } from '../../ledger/rewards/read-history.ts';
import type { Observation } from '../../ledger/types.ts';
import { lookNow } from '../../pipeline/look-now.ts';
import { readAccountArgument } from '../../pipeline/resolve-address.ts';
import { renderHistory } from './history.view.ts';
import { historyData, historyWarnings } from './history-data.ts';
import { DEFAULT_HISTORY_ROWS, MAX_HISTORY_ROWS } from './specs-view.ts';

export type History = {
  readonly address: string;
  readonly block: Observation['block'];
  readonly unit: HistoryUnit;
  readonly buckets: readonly HistoryBucket[];
};

export const rewardsHistory: CommandBody = {
  run: async (context, raw) => {
    const unit = HISTORY_UNITS.find((one) => one === optionText(raw, 'by')) ?? 'day';
    const last = readLast(raw);
    const owner = await readAccountArgument(context, raw);
    const chain = await context.openChain();
    const ledger = await context.openLedger(chain.genesisHash);
    const coldkeys = [owner.address];
    const { seen, warnings } = await lookNow({ context, chain, ledger, coldkeys });
    const { block } = seen;
    const buckets = readHistory(ledger, { coldkey: owner.address, unit, last, now: block });
    const history: History = { address: owner.address, block, unit, buckets };
    return {
      data: historyData(history),
      warnings: [...warnings, ...historyWarnings(history)],
      view: (style) => renderHistory(history, style),
    };
  },
};

/** How many buckets. USAGE_INVALID. */
function readLast(raw: RawInput): number {
  const text = optionText(raw, 'last');
  if (text === undefined) return DEFAULT_HISTORY_ROWS;
  const last = /^\d{1,6}$/.test(text) ? Number.parseInt(text, 10) : 0;
  if (last >= 1 && last <= MAX_HISTORY_ROWS) return last;
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't use --last "${text}": it must be a whole number from 1 to ${MAX_HISTORY_ROWS}.`,
    hint: 'Write a number such as --last 12.',
    data: { option: 'last', value: text },
  });
}
