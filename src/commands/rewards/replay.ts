/** `tao rewards replay`: what a stake would have earned by the record, and how good the estimate was. */
import { readProjectionInputs } from '../../chain/queries/read-projection-inputs.ts';
import type { BlockView, Chain } from '../../chain/types.ts';
import type { Context } from '../../cli/context.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import { isTaoError } from '../../errors/tao-error.ts';
import { BLOCKS_PER_DAY } from '../../ledger/estimate/course.ts';
import { estimateRewards } from '../../ledger/estimate/estimate-rewards.ts';
import { type Grade, gradeEstimate } from '../../ledger/replay/grade-estimate.ts';
import { type Replayed, type ReplayPlace, replayStake } from '../../ledger/replay/replay-stake.ts';
import type { Ledger } from '../../ledger/types.ts';
import {
  type ReplaySpan,
  readFees,
  readReplayFacts,
  recordForReplay,
} from '../../pipeline/read-replay-facts.ts';
import { createSyncReader, type SyncReader } from '../../pipeline/sync-reader.ts';
import { renderReplay, replayData } from './replay.view.ts';
import { type ReplayInput, readReplayInput, readReplaySpan } from './replay-input.ts';
import { replayedPositionResult } from './replay-position.ts';

export const rewardsReplay: CommandBody = {
  run: async (context, raw) => {
    const input = await readReplayInput(context, raw);
    const chain = await context.openChain();
    const ledger = await context.openLedger(chain.genesisHash);
    const { clock, signal } = context;
    const reader = createSyncReader({ chain, clock, signal });
    const head = await chain.at('best');
    const span = await readReplaySpan(reader, head, input);
    if (input.kind === 'position') {
      return replayedPositionResult({ context, raw, reader, ledger, input, span });
    }
    return replayHypothesis({ context, chain, reader, ledger, head, span, input });
  },
};

async function replayHypothesis(parts: {
  readonly context: Context;
  readonly chain: Chain;
  readonly reader: SyncReader;
  readonly ledger: Ledger;
  readonly head: BlockView;
  readonly span: ReplaySpan;
  readonly input: Extract<ReplayInput, { kind: 'amount' }>;
}) {
  const { context, reader, ledger, head, span, input } = parts;
  const places = [input.place, ...input.against];
  await record(context, { reader, ledger, places, span });
  const netuids = [
    ...new Set([...places.map(({ netuid }) => netuid), ...rootNetuids(ledger, places, span)]),
  ];
  const feeOf = await readFees(
    head,
    netuids.filter((netuid) => netuid !== ROOT_NETUID),
  );
  const replayed = places.map((place) =>
    replayStake(readReplayFacts(ledger, place, { span, feeOf }), input.amountRao),
  );
  const [main, ...others] = replayed as [Replayed, ...Replayed[]];
  const grade = await gradeAtStart(reader, main);
  const told = { replayed: main, others, grade };
  return { data: replayData(told), view: () => renderReplay(told) };
}

async function record(
  context: Context,
  recording: Omit<Parameters<typeof recordForReplay>[0], 'onLook'>,
): Promise<void> {
  const progress = context.streams.progress('Reading the chain');
  try {
    const onLook = (done: number, total: number) =>
      progress.update(`Reading the chain: ${done} of ${total} states`);
    await recordForReplay({ ...recording, onLook });
  } finally {
    progress.stop();
  }
}

/** Subnets whose root dividends a place on root would have got. */
function rootNetuids(
  ledger: Ledger,
  places: readonly ReplayPlace[],
  span: ReplaySpan,
): readonly number[] {
  const hotkeys = places.flatMap(({ hotkey, netuid }) => (netuid === ROOT_NETUID ? [hotkey] : []));
  if (hotkeys.length === 0) return [];
  return ledger.facts
    .readRootRates({ blocks: { from: span.fromBlock, to: span.toBlock } })
    .flatMap(({ hotkey, netuid }) => (hotkeys.includes(hotkey) ? [netuid] : []));
}

/**
 * What would have been estimated in time for the first block, so at the one before it; undefined
 * where the node no longer has that state.
 */
async function gradeAtStart(reader: SyncReader, replayed: Replayed): Promise<Grade | undefined> {
  const { place, from, to, amountRao } = replayed;
  const days = (to.number - from.number) / BLOCKS_PER_DAY;
  try {
    const view = await reader.view(from.number - 1);
    const inputs = await readProjectionInputs(view, place.netuid, place.hotkey);
    return gradeEstimate(estimateRewards({ inputs, amountRao, days }), replayed);
  } catch (error) {
    if (isTaoError(error, 'CHAIN_UNKNOWN_BLOCK') || isTaoError(error, 'RPC_REFUSED')) {
      return undefined;
    }
    throw error;
  }
}
