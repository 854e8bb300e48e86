/**
 * A backtest: what TAO put on a validator would have become by the recorded facts. It buys from the
 * pool as it was, grows with the validator's shares as they were, and sells to the pool as it was:
 * that it would itself have moved the pool and diluted the others is left out. Pure.
 */
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { Pool } from '../../economy/pool.ts';
import { quoteBuy, quoteSell } from '../../economy/quote.ts';
import { TaoError } from '../../errors/tao-error.ts';
import type { BlockStamp } from '../types.ts';
import { growStake, type HeldPoint, hasShares, type SharePoint } from './share-growth.ts';

export type ReplayPlace = { readonly hotkey: string; readonly netuid: number };

/** Alpha of `netuid` owed per rao of root stake since ever, I96F32 bits, at the two ends. */
export type RootRate = {
  readonly netuid: number;
  readonly startBits: bigint;
  readonly endBits: bigint;
  /** The pool that would have bought it at the end. */
  readonly pool: Pool | undefined;
};

export type ReplayFacts = {
  readonly place: ReplayPlace;
  /** Sorted by block. */
  readonly points: readonly SharePoint[];
  /** Undefined on root. */
  readonly startPool: Pool | undefined;
  readonly endPool: Pool | undefined;
  /** On root only. */
  readonly rootRates: readonly RootRate[];
};

export type Replayed = {
  readonly place: ReplayPlace;
  readonly from: BlockStamp;
  readonly to: BlockStamp;
  readonly amountRao: bigint;
  /** Alpha that the TAO buys at `from`; on root TAO. */
  readonly boughtRao: bigint;
  readonly endRao: bigint;
  readonly gainRao: bigint;
  /** Root dividends that became due in between, sold at `to`: rao of TAO. */
  readonly rootDividendsRao: bigint;
  /** What selling all of it gives at `to`, dividends on root with it. */
  readonly soldRao: bigint;
  readonly taoGainRao: bigint;
  readonly course: readonly HeldPoint[];
};

const RATE_FRACTION_BITS = 32n;

/** LEDGER_TOO_LITTLE, POOL_TOO_SMALL, LEDGER_CORRUPT. */
export function replayStake(facts: ReplayFacts, amountRao: bigint): Replayed {
  const { place } = facts;
  const known = facts.points.filter(hasShares);
  const [start, ...later] = known;
  const last = later.at(-1);
  if (start === undefined || last === undefined) throw tooFewPoints(place);
  const boughtRao = traded(facts, 'buy', facts.startPool, amountRao);
  const course = growStake({ alphaRao: boughtRao }, [start, ...later]);
  const endRao = course.at(-1)?.alphaRao ?? boughtRao;
  const rootDividendsRao = sumOfRates(facts.rootRates, boughtRao);
  const soldRao = traded(facts, 'sell', facts.endPool, endRao) + rootDividendsRao;
  return {
    place,
    from: start.block,
    to: last.block,
    amountRao,
    boughtRao,
    endRao,
    gainRao: endRao - boughtRao,
    rootDividendsRao,
    soldRao,
    taoGainRao: soldRao - amountRao,
    course,
  };
}

/** One to one on root. */
function traded(
  { place }: ReplayFacts,
  side: 'buy' | 'sell',
  pool: Pool | undefined,
  amountRao: bigint,
): bigint {
  if (place.netuid === ROOT_NETUID) return amountRao;
  const result =
    pool === undefined ? undefined : (side === 'buy' ? quoteBuy : quoteSell)(pool, amountRao);
  if (result?.ok === true && result.quote.outRao > 0n) return result.quote.outRao;
  throw new TaoError('POOL_TOO_SMALL', {
    message: `Couldn't replay: the pool of subnet ${place.netuid} could not have served the amount.`,
    hint: 'Use another amount.',
    data: { netuid: place.netuid, amountRao: amountRao.toString() },
  });
}

/** Chain rule: owed = rate × root stake, floored per subnet. Pinned by root-dividends tests. */
function sumOfRates(rates: readonly RootRate[], stakeRao: bigint): bigint {
  return rates.reduce((sum, { startBits, endBits, pool }) => {
    const owedRao = ((endBits - startBits) * stakeRao) >> RATE_FRACTION_BITS;
    const sale = pool === undefined || owedRao <= 0n ? undefined : quoteSell(pool, owedRao);
    return sum + (sale?.ok === true ? sale.quote.outRao : 0n);
  }, 0n);
}

function tooFewPoints({ hotkey, netuid }: ReplayPlace): TaoError {
  return new TaoError('LEDGER_TOO_LITTLE', {
    message: `Couldn't replay: of ${hotkey} on subnet ${netuid} fewer than two states are known in that time.`,
    hint: 'Use a node that keeps old states, such as --network archive, or a later --from.',
    data: { hotkey, netuid },
  });
}
