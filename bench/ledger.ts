/**
 * The ledger: opening it, taking facts in, journalling with every step on disk, rewards over many
 * facts. Medians where a run is short.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openLedger } from '../src/ledger/open-ledger.ts';
import { computeRewards, readRewards } from '../src/ledger/rewards/compute-rewards.ts';
import type { Ledger, Observation } from '../src/ledger/types.ts';

const TAO = 1_000_000_000n;
const GENESIS = `0x${'5e'.repeat(32)}`;
/** A year of hourly looks at ten positions on five subnets. */
const LOOKS = 8_760;
const POSITIONS = 10;
const SUBNETS = 5;
const STEPS = 300;

/** Prints the figures; takes about ten seconds on an idle machine. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-bench-'));
  try {
    await benchLedger(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchLedger(folder: string): Promise<void> {
  const clock = { nowMs: () => 0, sleep: () => Promise.resolve() };
  const open = (): Promise<Ledger> => openLedger({ folder, genesisHash: GENESIS, clock });
  const start = performance.now();
  const ledger = await open();
  console.log(`first open, library and tables: ${ms(performance.now() - start)}`);
  const facts = LOOKS * (POSITIONS + SUBNETS);
  const took = timed(() => {
    for (let look = 0; look < LOOKS; look += 1) ledger.facts.append(observation(look));
  });
  const each = perSecond(facts, took);
  console.log(`${facts} facts in ${LOOKS} looks, each on disk: ${ms(took)}, ${each} facts/s`);
  const journalled = timed(() => journal(ledger));
  console.log(`journal: ${STEPS} steps, each on disk: ${perSecond(STEPS, journalled)} steps/s`);
  const coldkeys = ['coldkey'];
  const whole = median(5, () => readRewards(ledger, { coldkeys }));
  const known = ledger.facts.read(coldkeys);
  const replayed = median(5, () => computeRewards(known));
  console.log(`rewards over ${facts} facts: ${ms(whole)}, of which replay ${ms(replayed)}`);
  console.log(`check of every checksum: ${ms(timed(() => ledger.verify()))}`);
  ledger.close();
  const size = statSync(ledger.path).size / 2 ** 20;
  const opened: number[] = [];
  for (let i = 0; i < 9; i += 1) {
    const before = performance.now();
    (await open()).close();
    opened.push(performance.now() - before);
  }
  console.log(`opening it again (${size.toFixed(1)} MiB): ${ms(middle(opened))}`);
}

function observation(look: number): Observation {
  const number = 1_000 + look * 300;
  const subnets = Array.from({ length: SUBNETS }, (_, netuid) => netuid);
  const positions = Array.from({ length: POSITIONS }, (_, index) => index);
  return {
    block: { number, hash: `0x${number.toString(16).padStart(64, '0')}`, timeMs: number * 12_000 },
    source: 'observed',
    pools: subnets.map((netuid) => ({
      netuid,
      priceRaoPerAlpha: 50_000_000n + BigInt(look),
      taoReserveRao: 100_000n * TAO,
      alphaInRao: 2_000_000n * TAO,
      alphaOutRao: 3_000_000n * TAO,
    })),
    positions: positions.map((index) => ({
      coldkey: 'coldkey',
      hotkey: `hotkey ${index}`,
      netuid: index % SUBNETS,
      alphaRao: 1_000n * TAO + BigInt(look) * 40_000_000n,
    })),
    claimable: [],
  };
}

function journal(ledger: Ledger): void {
  for (let i = 0; i < STEPS / 3; i += 1) {
    const id = `transaction-${i}`;
    const hash = `0x${i.toString(16).padStart(64, '0')}`;
    ledger.journal.begin({
      id,
      requestId: id,
      command: 'stake.add',
      address: 'coldkey',
      intent: { amountRao: '1' },
      summary: 'Stake',
      createdAtMs: 0,
    });
    ledger.journal.recordSigned(id, {
      extrinsic: hash,
      hash,
      nonce: i,
      bornAtBlock: 1,
      expiresAtBlock: 129,
      specVersion: 424,
      signedAtMs: 0,
    });
    ledger.journal.recordBroadcast(id);
  }
}

function timed(body: () => unknown): number {
  const start = performance.now();
  body();
  return performance.now() - start;
}

function median(runs: number, body: () => unknown): number {
  return middle(Array.from({ length: runs }, () => timed(body)));
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}

function perSecond(count: number, tookMs: number): string {
  return Math.round((count * 1_000) / tookMs).toString();
}
