/**
 * A million facts: taking them in, deriving days from them, reading those, rebuilding, checking,
 * exporting. Times are of the processor, so that a busy machine counts less; memory is the most
 * this process ever held.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeLines } from '../src/ledger/lines-file.ts';
import { openLedger } from '../src/ledger/open-ledger.ts';
import type { Observation } from '../src/ledger/types.ts';

const TAO = 1_000_000_000n;
const GENESIS = `0x${'5e'.repeat(32)}`;
/** Blocks looked at, ten positions with their hotkeys and five pools each: a million facts. */
const LOOKS = 40_000;
const POSITIONS = 10;
const SUBNETS = 5;
const LOOKS_PER_CHUNK = 100;

const TARGETS = { ingestPerSecond: 100_000, historyMs: 400, rebuildMs: 10_000, memoryMib: 250 };

/** Prints the figures; takes about half a minute. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-store-bench-'));
  const clock = { nowMs: () => 0, sleep: () => Promise.resolve() };
  const ledger = await openLedger({ folder, genesisHash: GENESIS, clock });
  try {
    let facts = 0;
    const ingestMs = cpuMs(() => {
      for (let look = 0; look < LOOKS; look += LOOKS_PER_CHUNK) {
        const chunk = Array.from({ length: LOOKS_PER_CHUNK }, (_, index) => looked(look + index));
        ledger.facts.appendMany(chunk);
        facts += LOOKS_PER_CHUNK * (SUBNETS + 2 * POSITIONS);
      }
    });
    const rate = Math.round((facts * 1_000) / ingestMs);
    const isQuick = rate >= TARGETS.ingestPerSecond;
    console.log(
      `${facts} facts taken in: ${rate}/s, target ${TARGETS.ingestPerSecond}: ${met(isQuick)}`,
    );
    const coldkeys = ['coldkey'];
    const derive = cpuMs(() => ledger.facts.readDays({ coldkeys }));
    console.log(`days derived the first time: ${ms(derive)}`);
    judge('history by day over them', () => ledger.facts.readDays({ coldkeys }), TARGETS.historyMs);
    const last = looked(LOOKS);
    const next = cpuMs(() => {
      ledger.facts.append(last);
      ledger.facts.readDays({ coldkeys, fromMs: last.block.timeMs });
    });
    console.log(`one more look, and the day it changed: ${ms(next)}`);
    judge('rebuild', () => ledger.rebuild(), TARGETS.rebuildMs);
    console.log(`check of every checksum: ${ms(cpuMs(() => ledger.verify()))}`);
    const month = { from: last.block.number - 30 * 7_200 };
    console.log(
      `facts of the last 30 days: ${ms(cpuMs(() => ledger.facts.read(coldkeys, month)))}`,
    );
    const out = join(folder, 'export.json');
    console.log(`export: ${ms(cpuMs(() => writeLines(out, ledger.exportLines())))}`);
    const mib = process.resourceUsage().maxRSS / 1_024;
    const isSmall = mib <= TARGETS.memoryMib;
    console.log(
      `memory at most: ${mib.toFixed(0)} MiB, target ${TARGETS.memoryMib}: ${met(isSmall)}`,
    );
    console.log(`file: ${(statSync(ledger.path).size / 2 ** 20).toFixed(0)} MiB`);
  } finally {
    ledger.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function looked(look: number): Observation {
  const number = 1_000 + look * 360;
  const positions = Array.from({ length: POSITIONS }, (_, index) => ({
    hotkey: `5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS5${index}`,
    netuid: (index % SUBNETS) + 1,
  }));
  return {
    block: { number, hash: `0x${number.toString(16).padStart(64, '0')}`, timeMs: number * 12_000 },
    source: 'archive',
    pools: Array.from({ length: SUBNETS }, (_, index) => ({
      netuid: index + 1,
      priceRaoPerAlpha: 50_000_000n + BigInt(look),
      taoReserveRao: 100_000n * TAO,
      alphaInRao: 2_000_000n * TAO,
      alphaOutRao: 3_000_000n * TAO,
    })),
    positions: positions.map((position) => ({
      ...position,
      coldkey: 'coldkey',
      alphaRao: 1_000n * TAO + BigInt(look) * 40_000_000n,
    })),
    hotkeys: positions.map((position) => ({
      ...position,
      totalAlphaRao: 1_000_000n * TAO + BigInt(look) * 400_000_000n,
      totalShares: '1000000000000000000e-3',
      takeU16: 11_796,
      lastDividendRao: 5n * TAO,
      lastRootDividendRao: TAO,
    })),
    claimable: [],
    completeFor: ['coldkey'],
  };
}

function judge(what: string, body: () => unknown, targetMs: number): void {
  const took = cpuMs(body);
  console.log(`${what}: ${ms(took)}, target ${targetMs} ms: ${met(took <= targetMs)}`);
}

function met(isMet: boolean): string {
  return isMet ? 'met' : 'MISSED';
}

function cpuMs(body: () => unknown): number {
  const start = process.cpuUsage();
  body();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}
