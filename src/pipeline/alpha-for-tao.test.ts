import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QuoteFacts } from '../chain/facts.ts';
import { isTaoError } from '../errors/tao-error.ts';
import { alphaForTao, MAX_QUOTES } from './alpha-for-tao.ts';

const RAO = 1_000_000_000n;

/** A constant-product pool with the chain's fee, that counts how often it was asked. */
function createPool(taoRao: bigint, alphaRao: bigint) {
  const pool = {
    asked: 0,
    spot: (taoRao * RAO) / alphaRao,
    quote: async (amountInRao: bigint): Promise<QuoteFacts> => {
      pool.asked += 1;
      const feeRao = (amountInRao * 33n) / 65_535n;
      const net = amountInRao - feeRao;
      const amountOutRao = (taoRao * net) / (alphaRao + net);
      return {
        ...{ netuid: 8, side: 'sell', amountInRao, amountOutRao, feeRao, source: 'node' as const },
        spotRaoPerAlpha: pool.spot,
      } as QuoteFacts;
    },
  };
  return pool;
}

describe('the alpha that brings a wanted amount of TAO', () => {
  it('brings it, and no more than a few rao above, with few questions', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.bigInt({ min: 1_000n * RAO, max: 1_000_000n * RAO }),
        fc.bigInt({ min: 1_000n * RAO, max: 10_000_000n * RAO }),
        fc.integer({ min: 1, max: 999 }),
        async (taoRao, alphaRao, permille) => {
          const pool = createPool(taoRao, alphaRao);
          const stakeRao = alphaRao / 10n;
          const whole = await pool.quote(stakeRao);
          const wantedRao = (whole.amountOutRao * BigInt(permille)) / 1_000n;
          pool.asked = 0;
          const found = await alphaForTao({
            ...{ wantedRao, stakeRao, spotRaoPerAlpha: pool.spot },
            quote: pool.quote,
          });
          expect(pool.asked).toBeLessThanOrEqual(MAX_QUOTES);
          const { amountOutRao } = await pool.quote(found);
          expect(amountOutRao >= wantedRao).toBe(true);
          // One rao of alpha may be many rao of TAO.
          expect(amountOutRao - wantedRao <= 4n + (2n * taoRao) / alphaRao).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is refused where the whole position brings less', async () => {
    const pool = createPool(100n * RAO, 1_000n * RAO);
    const wanted = { wantedRao: 50n * RAO, stakeRao: 10n * RAO, spotRaoPerAlpha: pool.spot };
    const refusal = await alphaForTao({ ...wanted, quote: pool.quote }).catch((error) => error);
    expect(isTaoError(refusal, 'STAKE_TOO_LOW')).toBe(true);
    expect(refusal.data.wantedRao).toBe(String(50n * RAO));
  });

  it('is the whole position where it brings just that', async () => {
    const pool = createPool(100n * RAO, 1_000n * RAO);
    const stakeRao = 10n * RAO;
    const { amountOutRao: wantedRao } = await pool.quote(stakeRao);
    const found = await alphaForTao({
      ...{ wantedRao, stakeRao, spotRaoPerAlpha: pool.spot },
      quote: pool.quote,
    });
    expect((await pool.quote(found)).amountOutRao).toBe(wantedRao);
  });
});
