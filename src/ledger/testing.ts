/** Ledgers, clocks and records for the tests of this folder. Never imported by the tool itself. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock } from '../domain/ports.ts';
import { openLedger } from './open-ledger.ts';
import type {
  Intent,
  Ledger,
  Observation,
  RecordedOutcome,
  SignedBytes,
  StakeFlow,
} from './types.ts';

export const GENESIS = `0x${'a1b2c3d4e5f60718'.repeat(4)}`;
export const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
export const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
export const VALIDATOR = '5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y';
export const OTHER_VALIDATOR = '5DAAnrj7VHTznn2AWBemMuyBwZWs6FNFjdyVXUeYum3PTXFy';

/** 2026-01-01, the time every test starts at. */
export const START_MS = 1_767_225_600_000;

/** A clock that moves only when told. */
export function createTestClock(
  startMs = START_MS,
): Clock & { readonly set: (ms: number) => void } {
  let now = startMs;
  return {
    nowMs: () => now,
    sleep: (ms) => {
      now += ms;
      return Promise.resolve();
    },
    set: (ms) => {
      now = ms;
    },
  };
}

/** A new folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An empty ledger in a folder of its own, closed after the test. */
export async function openTestLedger(
  options: {
    readonly folder?: string;
    readonly clock?: Clock;
    readonly busyTimeoutMs?: number;
  } = {},
): Promise<Ledger> {
  const ledger = await openLedger({
    folder: options.folder ?? temporaryFolder(),
    genesisHash: GENESIS,
    clock: options.clock ?? createTestClock(),
    busyTimeoutMs: options.busyTimeoutMs ?? 1_000,
  });
  onTestFinished(ledger.close);
  return ledger;
}

export function intentOf(id: string, changes: Partial<Intent> = {}): Intent {
  return {
    id,
    requestId: undefined,
    command: 'stake.add',
    address: ALICE,
    intent: { amountRao: '2500000000', netuid: 8, hotkey: VALIDATOR },
    summary: 'Stake 2.5 TAO to 5FLS…S59Y on subnet 8',
    createdAtMs: START_MS,
    ...changes,
  };
}

/** Signed bytes that differ by `seed`. */
export function signedOf(seed: string, changes: Partial<SignedBytes> = {}): SignedBytes {
  return {
    extrinsic: `0x84${Buffer.from(seed).toString('hex')}`,
    hash: `0x${Buffer.from(seed).toString('hex').padEnd(64, '0')}`,
    nonce: 7,
    bornAtBlock: 1_000,
    expiresAtBlock: 1_128,
    specVersion: 424,
    signedAtMs: START_MS + 1,
    ...changes,
  };
}

export function outcomeOf(changes: Partial<RecordedOutcome> = {}): RecordedOutcome {
  const isIncluded = changes.state === undefined || /succeeded|failed/.test(changes.state);
  return {
    state: 'succeeded',
    atMs: START_MS + 12_000,
    blockNumber: isIncluded ? 1_001 : undefined,
    blockHash: isIncluded ? blockHash(1_001) : undefined,
    blockTimeMs: isIncluded ? START_MS + 12_000 : undefined,
    finalized: false,
    feeRao: isIncluded ? 137_000n : undefined,
    failure: undefined,
    events: [],
    flows: [],
    ...changes,
  };
}

/** A block's hash; `fork` gives another block of the same number. */
export function blockHash(number: number, fork = 0): string {
  return `0x${number.toString(16).padStart(60, '0')}${fork.toString(16).padStart(4, '0')}`;
}

/** An observation at block `number`, 12 seconds a block from block 1,000. */
export function observationOf(number: number, changes: Partial<Observation> = {}): Observation {
  return {
    block: { number, hash: blockHash(number), timeMs: START_MS + (number - 1_000) * 12_000 },
    source: 'observed',
    pools: [],
    positions: [],
    claimable: [],
    ...changes,
  };
}

export function poolOf(netuid: number, priceRaoPerAlpha: bigint): Observation['pools'][number] {
  return {
    netuid,
    priceRaoPerAlpha,
    taoReserveRao: 1_000_000_000_000n,
    alphaInRao: 20_000_000_000_000n,
    alphaOutRao: 30_000_000_000_000n,
  };
}

export function flowOf(changes: Partial<StakeFlow> = {}): StakeFlow {
  return {
    coldkey: ALICE,
    hotkey: VALIDATOR,
    netuid: 8,
    direction: 'in',
    alphaRao: 41_070_000_000n,
    taoRao: 2_500_000_000n,
    ...changes,
  };
}
