/** The worst case that the plan of a swap promises, against the economy of the embedded chain. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MoveQuoteFacts } from '../../src/chain/facts.ts';
import { presetState } from '../../src/devnode/genesis/presets.ts';
import { swapStakeLimit } from '../../src/economy/move-stake.ts';
import { poolPriceRao } from '../../src/economy/pool.ts';
import { quoteBuy, quoteSell } from '../../src/economy/quote.ts';
import { stakeOf } from '../../src/economy/stake-ledger.ts';
import type { EconomyState } from '../../src/economy/state.ts';
import type { Subnet } from '../../src/economy/subnet.ts';
import { guardSwap } from '../../src/pipeline/swap-guard.ts';

/** `TAO_ADVERSE_RUNS=10000` takes half a minute. */
const RUNS = Number.parseInt(process.env.TAO_ADVERSE_RUNS ?? '300', 10);
const WEIGHT_ONE = 10n ** 18n;
const BASALT = '0xec423d1b448bf2207e8c89e92723ed516819f7eacba59b6a7cd52a3bfd38b125';
const DELEGATOR2 = '0x24d1fa3bfe366d5dd91213916d228d59ce9b02a7631b7bf3ca0e366782acf132';
const WHALE = '0xce6b582ddde17670cac84ec9de09dffbf78eeea333d21a41455a2edd06532358';
const AMOUNT = 50_000_000_000n;

const percent = (numerator: bigint) => ({
  tolerance: { numerator, denominator: 1_000n },
  limitPriceRaoPerAlpha: undefined,
  partial: false,
});

/** What the chain would say, of any two pools, with the exact figures of the economy. */
function quoteOf(economy: EconomyState, from: number, to: number): MoveQuoteFacts | undefined {
  const origin = economy.subnets[from] as Subnet;
  const destination = economy.subnets[to] as Subnet;
  const sold = quoteSell(origin, AMOUNT);
  if (!sold.ok) return undefined;
  const bought = quoteBuy({ ...destination, feeRateU16: 0 }, sold.quote.outRao);
  if (!bought.ok) return undefined;
  const common = { netuid: 0, side: 'sell', feeRao: 0n, source: 'node' } as const;
  const [fromPrice, toPrice] = [poolPriceRao(origin), poolPriceRao(destination)];
  return {
    sale: {
      ...common,
      amountInRao: AMOUNT,
      amountOutRao: sold.quote.outRao,
      spotRaoPerAlpha: fromPrice,
    },
    purchase: {
      ...common,
      amountInRao: sold.quote.outRao,
      amountOutRao: bought.quote.outRao,
      spotRaoPerAlpha: toPrice,
    },
    amountInRao: AMOUNT,
    amountOutRao: bought.quote.outRao,
    feeRao: sold.quote.feeRao,
    spotRatio: (fromPrice * 1_000_000_000n) / toPrice,
    originReserves: { taoRao: origin.taoReserve, alphaRao: origin.alphaIn },
    destinationReserves: { taoRao: destination.taoReserve, alphaRao: destination.alphaIn },
    source: 'node',
  };
}

const genesis = presetState('small').economy;

/** The two subnets with pools of any weights, priced by them. */
function marketOf(weights: readonly [number, number]): EconomyState {
  const economy = structuredClone(genesis);
  for (const [index, netuid] of [1, 8].entries()) {
    const subnet = economy.subnets[netuid] as Subnet;
    subnet.quoteWeight = (WEIGHT_ONE * BigInt(weights[index] ?? 50)) / 100n;
  }
  return economy;
}

describe('the worst case', () => {
  const weight = fc.oneof(fc.constant(50), fc.integer({ min: 20, max: 80 }));
  // Others sell what we sell and buy what we buy, up to far more than the tolerance.
  const pushes = fc.array(fc.integer({ min: 1, max: 30_000 }), { maxLength: 3 });

  it('is never passed, whatever the weights and whatever others do before', () => {
    let filled = 0;
    let refused = 0;
    fc.assert(
      fc.property(
        fc.tuple(weight, weight),
        fc.bigInt({ min: 2n, max: 100n }),
        pushes,
        (weights, tolerance, sizes) => {
          const economy = marketOf(weights);
          const quote = quoteOf(economy, 1, 8);
          if (quote === undefined) return;
          const guard = { ...percent(tolerance), partial: true };
          const { limitRatio, leastOutRao } = guardSwap(quote, guard);
          for (const size of sizes) {
            swapStakeLimit(economy, {
              coldkey: WHALE,
              hotkey: BASALT,
              originNetuid: 1,
              destinationNetuid: 8,
              amountRao: BigInt(size) * 1_000_000_000n,
              limitRatio: 0n,
              allowPartial: true,
            });
          }
          const before = stakeOf(economy, BASALT, DELEGATOR2, 8);
          const outcome = swapStakeLimit(economy, {
            coldkey: DELEGATOR2,
            hotkey: BASALT,
            originNetuid: 1,
            destinationNetuid: 8,
            amountRao: AMOUNT,
            limitRatio,
            allowPartial: false,
          });
          if (!outcome.ok) {
            refused += 1;
            expect(['SlippageTooHigh', 'PriceLimitExceeded']).toContain(outcome.error.name);
            return;
          }
          filled += 1;
          const received = stakeOf(economy, BASALT, DELEGATOR2, 8) - before;
          expect(received >= leastOutRao).toBe(true);
        },
      ),
      { numRuns: RUNS },
    );
    expect(filled).toBeGreaterThan(RUNS / 20);
    expect(refused).toBeGreaterThan(RUNS / 20);
  });

  it('refuses in the plan what the chain would refuse when nothing happens between', () => {
    fc.assert(
      fc.property(fc.tuple(weight, weight), fc.bigInt({ min: 1n, max: 60n }), (weights, tol) => {
        const economy = marketOf(weights);
        const quote = quoteOf(economy, 1, 8);
        if (quote === undefined) return;
        let limitRatio: bigint;
        try {
          limitRatio = guardSwap(quote, percent(tol)).limitRatio;
        } catch {
          return;
        }
        const outcome = swapStakeLimit(economy, {
          coldkey: DELEGATOR2,
          hotkey: BASALT,
          originNetuid: 1,
          destinationNetuid: 8,
          amountRao: AMOUNT,
          limitRatio,
          allowPartial: false,
        });
        expect(outcome.ok).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });
});
