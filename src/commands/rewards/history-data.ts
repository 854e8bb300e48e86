/** A history for machines, and what it could not explain. Pure. */
import { alpha, alphaJson, formatRao, tao, taoJson } from '../../domain/amount.ts';
import { isoTime } from '../../domain/time.ts';
import { divideFloor } from '../../ledger/rewards/divide.ts';
import type { HistoryBucket, HistoryRow } from '../../ledger/rewards/history-rows.ts';
import type { History } from './history.ts';
import { METHOD } from './show-data.ts';

export function historyData(history: History): Readonly<Record<string, unknown>> {
  const { address, block, unit, buckets } = history;
  return {
    address,
    block: { number: block.number, hash: block.hash },
    by: unit,
    method: METHOD,
    buckets: buckets.map(bucketData),
    totals: {
      earnedValue: inTao(sum(buckets, (bucket) => bucket.earnedRao)),
      priceGain: inTao(sum(buckets, (bucket) => bucket.priceGainRao)),
      paid: inTao(sum(buckets, (bucket) => bucket.paidRao)),
      returned: inTao(sum(buckets, (bucket) => bucket.receivedRao)),
    },
  };
}

function bucketData(bucket: HistoryBucket): Readonly<Record<string, unknown>> {
  return {
    from: isoTime(bucket.fromMs),
    until: bucket.untilMs === undefined ? null : isoTime(bucket.untilMs),
    earnedValue: inTao(bucket.earnedRao),
    priceGain: inTao(bucket.priceGainRao),
    paid: inTao(bucket.paidRao),
    returned: inTao(bucket.receivedRao),
    positions: bucket.rows.map(rowData),
  };
}

function rowData(row: HistoryRow): Readonly<Record<string, unknown>> {
  const inAlpha = (rao: bigint) => alphaJson(alpha(row.netuid, rao));
  return {
    netuid: row.netuid,
    hotkey: row.hotkey,
    lastBlock: row.lastBlock.number,
    samples: row.sampleCount,
    before: inAlpha(row.alphaStartRao),
    after: inAlpha(row.alphaEndRao),
    added: inAlpha(row.addedRao),
    removed: inAlpha(row.removedRao),
    earned: inAlpha(row.earnedRao),
    earnedValue: row.hasPrice ? inTao(divideFloor(row.earnedProduct)) : null,
    priceGain: row.hasPrice ? inTao(divideFloor(row.priceProduct)) : null,
    unexplained: inAlpha(row.unexplainedRao),
  };
}

export function historyWarnings({ buckets }: History): readonly string[] {
  return buckets.flatMap(({ rows }) =>
    rows.flatMap((row) =>
      row.unexplainedRao === 0n
        ? []
        : [
            `Unexplained on subnet ${row.netuid} up to block ${row.lastBlock.number}: ${formatRao(row.unexplainedRao)} alpha; it is in no figure.`,
          ],
    ),
  );
}

const inTao = (rao: bigint) => taoJson(tao(rao));

function sum(buckets: readonly HistoryBucket[], of: (bucket: HistoryBucket) => bigint): bigint {
  return buckets.reduce((total, bucket) => total + of(bucket), 0n);
}
