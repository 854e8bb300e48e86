/** Finds the alpha whose sale brings a wanted amount of TAO, by asking for quotes. */
import type { QuoteFacts } from '../chain/facts.ts';
import { formatRao, RAO_PER_UNIT } from '../domain/amount.ts';
import { TaoError } from '../errors/tao-error.ts';

/** Most quotes asked for; on an even pool the third is right but for rounding. */
export const MAX_QUOTES = 12;

export type TaoWanted = {
  readonly wantedRao: bigint;
  /** What the position holds. */
  readonly stakeRao: bigint;
  readonly spotRaoPerAlpha: bigint;
  readonly quote: (alphaRao: bigint) => Promise<QuoteFacts>;
};

/**
 * The least alpha found that brings at least the wanted TAO, within a few rao. STAKE_TOO_LOW when
 * the whole position brings less.
 */
export async function alphaForTao(wanted: TaoWanted): Promise<bigint> {
  const { wantedRao, stakeRao, quote } = wanted;
  if (stakeRao === 0n || wantedRao === 0n) return stakeRao === 0n ? 1n : 0n;
  const whole = await quote(stakeRao);
  if (whole.amountOutRao < wantedRao) throw positionTooSmall(wanted, whole.amountOutRao);
  // Between two amounts of which the lower brings too little and the upper enough.
  let lower = { alphaRao: 0n, outRao: 0n };
  let upper = { alphaRao: stakeRao, outRao: whole.amountOutRao };
  for (let asked = 1; asked < MAX_QUOTES && upper.alphaRao - lower.alphaRao > 1n; asked += 1) {
    const guess = between(
      lower,
      upper,
      wantedRao,
      asked === 1 ? wanted.spotRaoPerAlpha : undefined,
    );
    const { amountOutRao: outRao } = await quote(guess);
    const point = { alphaRao: guess, outRao };
    if (outRao >= wantedRao) upper = point;
    else lower = point;
    if (outRao === wantedRao) break;
  }
  return upper.alphaRao;
}

type Point = { readonly alphaRao: bigint; readonly outRao: bigint };

/** First at the spot price, then by the two points; never one of them. */
function between(lower: Point, upper: Point, wantedRao: bigint, spot: bigint | undefined): bigint {
  const guess =
    spot !== undefined && spot > 0n
      ? (wantedRao * RAO_PER_UNIT) / spot
      : interpolate(lower, upper, wantedRao);
  if (guess <= lower.alphaRao) return lower.alphaRao + 1n;
  return guess >= upper.alphaRao ? upper.alphaRao - 1n : guess;
}

const SCALE = 10n ** 30n;

/** On a pool, alpha ÷ TAO grows in a straight line with the alpha: exact where weights are even. */
function interpolate(lower: Point, upper: Point, wantedRao: bigint): bigint {
  const ratioOf = ({ alphaRao, outRao }: Point): bigint => (alphaRao * SCALE) / outRao;
  if (lower.outRao === 0n) return (lower.alphaRao + upper.alphaRao) / 2n;
  const start = ratioOf(lower);
  const slope = (ratioOf(upper) - start) / (upper.alphaRao - lower.alphaRao);
  const divisor = SCALE - slope * wantedRao;
  if (divisor <= 0n) return (lower.alphaRao + upper.alphaRao) / 2n;
  return (wantedRao * (start - slope * lower.alphaRao)) / divisor + 1n;
}

function positionTooSmall({ wantedRao, stakeRao }: TaoWanted, mostRao: bigint): TaoError {
  return new TaoError('STAKE_TOO_LOW', {
    message: `Couldn't unstake for ${formatRao(wantedRao)} TAO: the whole position, ${formatRao(stakeRao)} alpha, brings ${formatRao(mostRao)}.`,
    hint: 'Use --all for the whole position, or a smaller --tao.',
    data: { wantedRao: wantedRao.toString(), mostRao: mostRao.toString() },
  });
}
