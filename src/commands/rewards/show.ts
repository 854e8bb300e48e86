/** `tao rewards show`: looks once, records what it saw, and replays the facts. */
import type { Context } from '../../cli/context.ts';
import type { CommandBody, RawInput } from '../../cli/spec.ts';
import type { BasisMethod } from '../../ledger/cost-basis/types.ts';
import { readRewardFacts } from '../../ledger/rewards/evidence.ts';
import {
  type RewardsSummary,
  summarizeRewards,
  type WindowRequest,
} from '../../ledger/rewards/summarize-rewards.ts';
import type { Ledger, Observation } from '../../ledger/types.ts';
import { lookNow } from '../../pipeline/look-now.ts';
import { readAccountArgument } from '../../pipeline/resolve-address.ts';
import { type ExitValues, readExitValues } from './exit-values.ts';
import { renderRewards } from './show.view.ts';
import { showData, warningsOf } from './show-data.ts';
import { readMethod, readWindows } from './window-option.ts';

export type Shown = {
  readonly address: string;
  readonly block: Observation['block'];
  readonly method: BasisMethod;
  readonly windows: readonly WindowRequest[];
  readonly summary: RewardsSummary;
  readonly exits: ExitValues;
  /** Of the look itself. */
  readonly warnings: readonly string[];
};

export const rewardsShow: CommandBody = {
  run: async (context, raw) => {
    const shown = await look(context, raw);
    return {
      data: showData(shown),
      warnings: [...shown.warnings, ...warningsOf(shown)],
      view: (style) => renderRewards(shown, style),
    };
  },
};

async function look(context: Context, raw: RawInput): Promise<Shown> {
  const windows = readWindows(raw);
  const method = readMethod(raw);
  const owner = await readAccountArgument(context, raw);
  const chain = await context.openChain();
  const ledger = await context.openLedger(chain.genesisHash);
  const coldkeys = [owner.address];
  const { view, seen, warnings } = await lookNow({ context, chain, ledger, coldkeys });
  const { block } = seen;
  const summary = readSummary(ledger, { address: owner.address, method, windows, block });
  const exits = await readExitValues(view, seen.positions);
  return { address: owner.address, block, method, windows, summary, exits, warnings };
}

/** The same summary for every command that needs it. LEDGER_CORRUPT. */
export function readSummary(
  ledger: Ledger,
  query: Pick<Shown, 'address' | 'method' | 'windows' | 'block'>,
): RewardsSummary {
  const { address } = query;
  const linked = ledger.facts.readLinked(address);
  return summarizeRewards({
    facts: readRewardFacts(ledger, [address, ...linked]),
    ...(linked.length === 0 ? {} : { coldkey: address }),
    method: query.method,
    windows: query.windows,
    nowMs: query.block.timeMs,
  });
}
