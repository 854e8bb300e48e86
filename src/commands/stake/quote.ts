/** `tao stake quote`: what a buy, a sale or a swap would give, in several sizes. Signs nothing. */
import { readSubnet } from '../../chain/queries/read-subnets.ts';
import { optionText, type PriceOptions, parsePriceOptions } from '../../cli/option-groups.ts';
import type { CommandBody, RawInput } from '../../cli/spec.ts';
import { alpha, alphaJson, MAX_RAO, parseRao, tao, taoJson } from '../../domain/amount.ts';
import { parseNetuid } from '../../domain/netuid.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { formatPercent } from '../../pipeline/plan-rows.ts';
import { requireSubnet } from '../../pipeline/plan-stake.ts';
import { missingOptions } from '../../pipeline/position-input.ts';
import { type QuotedTrade, readQuotes, type SizedQuote } from '../../pipeline/quote-sizes.ts';
import { renderQuotes } from './quote.view.ts';

/** Of one amount a tenth, itself, and ten times as much are quoted. */
const SPREAD = 10n;

export const stakeQuote: CommandBody = {
  run: async (context, raw) => {
    const trade = readTrade(raw);
    const guard = parsePriceOptions(raw, context.settings);
    const amountsRao = readAmounts(raw);
    const chain = await context.openChain();
    const view = await chain.at('best');
    const subnets = await Promise.all(
      netuidsOf(trade).map(async (netuid) => requireSubnet(await readSubnet(view, netuid), netuid)),
    );
    const quotes = await readQuotes(view, trade, { amountsRao, guard });
    const block = { number: view.number, hash: view.hash };
    return {
      data: {
        kind: trade.kind,
        netuid: trade.netuid,
        toNetuid: trade.kind === 'swap' ? trade.toNetuid : null,
        block,
        tolerancePercent: toleranceText(guard),
        quotes: quotes.map((quote) => quoteData(trade, quote)),
      },
      view: (style) =>
        renderQuotes({ trade, subnets, quotes, style, block, tolerance: toleranceText(guard) }),
    };
  },
};

/** NETUID_INVALID, USAGE_MISSING, USAGE_CONFLICT, USAGE_INVALID (a swap to the same subnet). */
function readTrade(raw: RawInput): QuotedTrade {
  const netuidText = optionText(raw, 'netuid');
  if (netuidText === undefined) throw missingOptions(['--netuid']);
  const netuid = parseNetuid(netuidText);
  const toText = optionText(raw, 'to-netuid');
  const sells = raw.options.sell === true;
  if (toText === undefined) return { kind: sells ? 'sell' : 'buy', netuid };
  if (sells) {
    throw new TaoError('USAGE_CONFLICT', {
      message: "Couldn't quote both: --sell is a sale for TAO, --to-netuid a swap.",
      hint: 'Leave one of them out.',
    });
  }
  const toNetuid = parseNetuid(toText);
  if (toNetuid !== netuid) return { kind: 'swap', netuid, toNetuid };
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't quote a swap from subnet ${netuid} to itself.`,
    hint: 'Name another subnet after --to-netuid.',
    data: { netuid },
  });
}

/** USAGE_MISSING, AMOUNT_INVALID, AMOUNT_TOO_PRECISE. */
function readAmounts(raw: RawInput): readonly bigint[] {
  const given = raw.options.amount;
  const texts = typeof given === 'string' ? [given] : given;
  if (texts === undefined || texts === true || texts.length === 0) {
    throw missingOptions(['--amount']);
  }
  const amounts = texts.map((text) => positive(parseRao(text), text));
  const [only] = amounts;
  if (only === undefined || amounts.length > 1) return amounts;
  return [only / SPREAD, only, only * SPREAD].filter((rao) => rao > 0n && rao <= MAX_RAO);
}

function positive(rao: bigint, text: string): bigint {
  if (rao > 0n) return rao;
  throw new TaoError('AMOUNT_INVALID', {
    message: `Couldn't use the amount "${text}": it must be more than zero.`,
    hint: 'Give an amount above zero.',
    data: { value: text },
  });
}

function netuidsOf(trade: QuotedTrade): readonly number[] {
  return trade.kind === 'swap' ? [trade.netuid, trade.toNetuid] : [trade.netuid];
}

/** Null where an explicit limit takes its place. */
function toleranceText({ tolerance, limitPriceRaoPerAlpha }: PriceOptions): string | null {
  if (limitPriceRaoPerAlpha !== undefined) return null;
  const { numerator, denominator } = tolerance;
  return formatPercent((numerator * 1_000_000n) / denominator).replace(' %', '');
}

function quoteData(trade: QuotedTrade, { amountInRao, figures }: SizedQuote) {
  const into = (rao: bigint) =>
    trade.kind === 'buy' ? taoJson(tao(rao)) : alphaJson(alpha(trade.netuid, rao));
  const out = (rao: bigint) => {
    if (trade.kind === 'sell') return taoJson(tao(rao));
    return alphaJson(alpha(trade.kind === 'swap' ? trade.toNetuid : trade.netuid, rao));
  };
  if (figures === undefined) return { in: into(amountInRao), ...NOTHING };
  const { limitRao, leastOutRao } = figures;
  return {
    in: into(amountInRao),
    out: out(figures.amountOutRao),
    fee: into(figures.feeRao),
    impactPercent: formatPercent(figures.impactMillionths).replace(' %', ''),
    spotRao: figures.spotRao.toString(),
    averageRao: figures.averageRao.toString(),
    limitRao: limitRao === undefined ? null : limitRao.toString(),
    least: leastOutRao === undefined ? null : out(leastOutRao),
    isWithinLimit: leastOutRao !== undefined,
    source: figures.source,
  };
}

/** Of a size that the pool cannot serve. */
const NOTHING = {
  out: null,
  fee: null,
  impactPercent: null,
  spotRao: null,
  averageRao: null,
  limitRao: null,
  least: null,
  isWithinLimit: false,
  source: null,
} as const;
