/** `tao rewards replay --position`: a recorded position's rewards, replayed and compared with the record. */
import type { Context } from '../../cli/context.ts';
import type { CommandResult, RawInput } from '../../cli/spec.ts';
import { alpha, alphaJson, displayRao } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import { sparkline, thin } from '../../domain/sparkline.ts';
import { replayPosition } from '../../ledger/replay/replay-position.ts';
import { readRewards } from '../../ledger/rewards/compute-rewards.ts';
import type { Ledger } from '../../ledger/types.ts';
import { readStretches } from '../../pipeline/read-position-replay.ts';
import type { ReplaySpan } from '../../pipeline/read-replay-facts.ts';
import { readAccountArgument } from '../../pipeline/resolve-address.ts';
import type { SyncReader } from '../../pipeline/sync-reader.ts';
import type { ReplayInput } from './replay-input.ts';

const COURSE_LENGTH = 24;

export async function replayedPositionResult(parts: {
  readonly context: Context;
  readonly raw: RawInput;
  readonly reader: SyncReader;
  readonly ledger: Ledger;
  readonly input: ReplayInput;
  readonly span: ReplaySpan;
}): Promise<CommandResult> {
  const { context, raw, reader, ledger, input, span } = parts;
  const { place } = input;
  const { address: coldkey } = await readAccountArgument(context, raw);
  const stretches = await readStretches({ reader, ledger, coldkey, place, span });
  const replayed = replayPosition(stretches);
  const window = { fromBlock: span.fromBlock, toBlock: span.toBlock };
  const earnedRao = readRewards(ledger, { coldkeys: [coldkey], window })
    .filter(({ hotkey, netuid }) => hotkey === place.hotkey && netuid === place.netuid)
    .reduce((sum, rewards) => sum + rewards.emissionAlphaRao, 0n);
  const { gainRao, isExact, course } = replayed;
  const differenceRao = earnedRao - gainRao;
  const inAlpha = (rao: bigint) => alphaJson(alpha(place.netuid, rao));
  const unit = place.netuid === ROOT_NETUID ? 'TAO' : 'alpha';
  return {
    data: {
      method: "the validator's share pool between the position's own changes",
      position: {
        coldkey,
        ...place,
        fromBlock: span.fromBlock,
        toBlock: span.toBlock,
        stretches: stretches.length,
        replayed: inAlpha(gainRao),
        earned: inAlpha(earnedRao),
        difference: inAlpha(differenceRao),
        hasExactShares: isExact,
        course: course.map(({ block, alphaRao }) => ({
          block: block.number,
          alpha: inAlpha(alphaRao),
        })),
      },
    },
    view: () => [
      {
        kind: 'rows',
        rows: [
          ['Position', `${place.hotkey} on subnet ${place.netuid}`],
          ['Blocks', `${span.fromBlock} to ${span.toBlock}, ${stretches.length} stretches`],
          [
            'Replayed',
            `${displayRao(gainRao, 9)} ${unit}  ${sparkline(thin(course, COURSE_LENGTH).map((each) => each.alphaRao))}`,
          ],
          ['Really earned', `${displayRao(earnedRao, 9)} ${unit}`],
          ['Difference', `${displayRao(differenceRao, 9)} ${unit}`],
        ],
      },
    ],
  };
}
