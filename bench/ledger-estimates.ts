/**
 * Estimates: of one position, over random courses of the price on every core, and what a recorded
 * year of a validator's epochs would have paid.
 */
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { createSimulator } from '../src/compose/simulate.ts';
import type { ProjectionInputs } from '../src/domain/projection-inputs.ts';
import { distributionOf } from '../src/ledger/estimate/distribution.ts';
import { estimateRewards } from '../src/ledger/estimate/estimate-rewards.ts';
import { givenVolatility } from '../src/ledger/estimate/volatility.ts';
import { replayStake } from '../src/ledger/replay/replay-stake.ts';

const TAO = 1_000_000_000n;
/** What a year's estimate may take. */
const ESTIMATE_TARGET_MS = 2_000;
/** What a thousand runs of ninety days may take on two cores. */
const RUNS_TARGET_MS = 20_000;
const RUNS = 1_000;
const RUN_DAYS = 90;
/** What the replay of a year's epochs may take. */
const REPLAY_TARGET_MS = 1_000;
const EPOCHS_A_YEAR = 7_300;
/** Bundled, as the tool runs it: `npm run bench` builds first. */
const WORKER = new URL('../dist/simulate-worker.js', import.meta.url);

export async function run(): Promise<void> {
  benchEstimates();
  await benchRuns();
  benchReplay();
  const rss = process.resourceUsage().maxRSS / 1024;
  console.log(`memory at most, this script and its loader with it: ${rss.toFixed(0)} MiB`);
}

async function benchRuns(): Promise<void> {
  const estimate = { inputs: projection(8), amountRao: 100n * TAO, days: RUN_DAYS };
  const simulate = createSimulator(WORKER, new AbortController().signal);
  const start = performance.now();
  const parts = await simulate(
    {
      estimate,
      variances: [[8, givenVolatility(4).variancePerBlock]],
      seed: 1,
      first: 0,
      count: RUNS,
    },
    () => undefined,
  );
  const took = performance.now() - start;
  const { runs } = distributionOf(parts);
  const threads = `${parts.length} threads of ${availableParallelism()} cores`;
  console.log(
    `${runs} runs of ${RUN_DAYS} days on ${threads}: ${ms(took)}, target ${RUNS_TARGET_MS} ms: ${verdict(took, RUNS_TARGET_MS)}`,
  );
}

function benchReplay(): void {
  const pool = {
    mechanism: 1,
    taoReserve: 100_000n * TAO,
    alphaIn: 2_000_000n * TAO,
    quoteWeight: 500_000_000_000_000_000n,
    feeRateU16: 33,
  } as const;
  const points = Array.from({ length: EPOCHS_A_YEAR }, (_, index) => ({
    block: { number: index * 360, hash: `0x${index}`, timeMs: index * 4_320_000 },
    totalAlphaRao: 400_000n * TAO + BigInt(index) * 16_000_000_000n,
    totalShares: '400000000000000000000e-6',
  }));
  const place = { hotkey: 'validator', netuid: 8 };
  const facts = { place, points, startPool: pool, endPool: pool, rootRates: [] };
  const took = median(5, () => replayStake(facts, 100n * TAO));
  console.log(
    `replay of ${EPOCHS_A_YEAR} epochs: ${ms(took)}, target ${REPLAY_TARGET_MS} ms: ${verdict(took, REPLAY_TARGET_MS)}`,
  );
}

function benchEstimates(): void {
  const alpha = projection(8);
  const root = projection(0);
  console.log('estimates, 128 subnets, 20 validators each');
  for (const [name, inputs, days] of [
    ['subnet, 1 day, block by block', alpha, 1],
    ['subnet, 30 days', alpha, 30],
    ['subnet, 365 days', alpha, 365],
    ['root, 30 days', root, 30],
    ['root, 365 days', root, 365],
    ['root, 3650 days', root, 3_650],
  ] as const) {
    const took = median(3, () => estimateRewards({ inputs, amountRao: 100n * TAO, days }));
    const met = verdict(took, ESTIMATE_TARGET_MS);
    const target = days === 365 ? `, target ${ESTIMATE_TARGET_MS} ms: ${met}` : '';
    console.log(`  ${name}: ${ms(took)}${target}`);
  }
}

/** A network of mainnet's size. */
function projection(netuid: number): ProjectionInputs {
  const netuids = Array.from({ length: 128 }, (_, index) => index + 1);
  const hotkeys = Array.from({ length: 20 }, (_, index) => `validator ${index}`);
  return {
    blockNumber: 9_000_000,
    netuid,
    hotkey: 'validator 3',
    global: {
      issuanceRao: 11_219_409n * TAO,
      taoWeightU64: 3_320_413_933_267_719_290n,
      rootTaoRao: 5_400_000n * TAO,
      ownerCutU16: 11_796,
    },
    subnets: netuids.map((id) => ({
      netuid: id,
      mechanism: 1,
      taoReserveRao: 20_000n * TAO,
      alphaInRao: 1_900_000n * TAO,
      alphaOutRao: 2_600_000n * TAO,
      quoteWeight: 500_000_000_000_000_000n,
      feeRateU16: 33,
      emaPriceBits: (1n << 32n) / 95n,
      tempo: 360,
      lastEpochBlock: 9_000_000 - (id % 360),
      blocksSinceLastStep: id % 360,
      firstEmissionBlock: 6_000_000,
      registrationAllowed: true,
      subtokenEnabled: true,
      emissionEnabled: true,
      ownerCutEnabled: true,
      pendingServerRao: 0n,
      pendingValidatorRao: 0n,
      pendingRootRao: 0n,
      pendingOwnerCutRao: 0n,
      taoInEmissionRao: 2_000_000n,
      alphaInEmissionRao: 150_000_000n,
      alphaOutEmissionRao: TAO,
      lastDividendsRao: 100n * TAO,
      lastRootDividendsRao: 20n * TAO,
    })),
    validators: hotkeys.map((hotkey) => ({
      hotkey,
      owner: `owner of ${hotkey}`,
      takeU16: 6_000,
      rootRao: 250_000n * TAO,
      onSubnets: netuids
        .filter((id) => netuid === 0 || id === netuid)
        .map((id) => ({
          netuid: id,
          alphaRao: 100_000n * TAO,
          lastDividendRao: 5n * TAO,
          lastRootDividendRao: TAO,
          hasPermit: true,
        })),
    })),
  };
}

function verdict(took: number, target: number): string {
  return took <= target ? 'met' : 'MISSED';
}

function median(times: number, body: () => unknown): number {
  const took = Array.from({ length: times }, () => {
    const start = performance.now();
    body();
    return performance.now() - start;
  });
  return took.sort((a, b) => a - b)[times >> 1] as number;
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}
