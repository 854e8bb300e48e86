import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  cpSync,
  ftruncateSync,
  openSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { getuid } from 'node:process';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { isTaoError } from '../errors/tao-error.ts';
import { ledgerPath, openLedger } from './open-ledger.ts';
import {
  ALICE,
  createTestClock,
  GENESIS,
  intentOf,
  observationOf,
  openTestLedger,
  poolOf,
  signedOf,
  temporaryFolder,
  VALIDATOR,
} from './testing.ts';
import type { Ledger } from './types.ts';

const IMPORTS = `
  import { writeSync } from 'node:fs';
  import { openLedger } from ${JSON.stringify(new URL('./open-ledger.ts', import.meta.url).href)};
  const say = (text) => writeSync(1, text + '\\n');
  const clock = { nowMs: () => 1767225600000, sleep: (ms) => new Promise((r) => setTimeout(r, ms)) };
  const [folder, name] = process.argv.slice(1);
  const genesisHash = ${JSON.stringify(GENESIS)};
  const intent = (id, requestId) => ({
    id, requestId, command: 'stake.add', address: 'a', intent: { requestId }, summary: id,
    createdAtMs: clock.nowMs(),
  });
  const signed = (id) => ({
    extrinsic: '0x' + Buffer.from(id).toString('hex'), hash: '0x' + Buffer.from(id).toString('hex'),
    nonce: 1, bornAtBlock: 1, expiresAtBlock: 9, specVersion: 1, signedAtMs: clock.nowMs(),
  });
`;

/** Runs a script in a process of its own, with the TypeScript sources. */
function run(
  script: string,
  folder: string,
  options: { name?: string; uid?: number; maxKib?: number } = {},
): ChildProcess {
  const code = `${IMPORTS}\n${script}`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', code, folder, options.name ?? ''];
  const limited =
    options.maxKib === undefined
      ? (['node', args] as const)
      : (['bash', ['-c', `ulimit -f ${options.maxKib}; exec node "$@"`, 'bash', ...args]] as const);
  return spawn(limited[0], limited[1], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(options.uid === undefined ? {} : { uid: options.uid }),
  });
}

/** The lines a process says, until it ends. `onLine` may end it. */
async function linesOf(child: ChildProcess, onLine?: (count: number) => void): Promise<string[]> {
  const lines: string[] = [];
  if (child.stdout === null) throw new Error('no stdout');
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    onLine?.(lines.length);
  });
  await ended;
  return lines;
}

async function codeOf(opening: Promise<Ledger>): Promise<string> {
  try {
    (await opening).close();
  } catch (error) {
    if (isTaoError(error)) return error.code;
    throw error;
  }
  return 'opened';
}

function openAgain(folder: string): Promise<Ledger> {
  const clock = createTestClock();
  return openLedger({ folder, genesisHash: GENESIS, clock, busyTimeoutMs: 1_000 });
}

describe('a process that is killed', () => {
  const script = `
    const ledger = await openLedger({ folder, genesisHash, clock });
    for (let i = 0; ; i += 1) {
      const id = 'tx-' + i;
      ledger.journal.begin(intent(id, id));
      say(id + ' planned');
      ledger.journal.recordSigned(id, signed(id));
      say(id + ' signed');
      ledger.journal.recordBroadcast(id);
      say(id + ' broadcast');
    }`;

  test.each([2, 41])('after %i steps has lost none that returned', async (steps) => {
    const folder = temporaryFolder();
    const child = run(script, folder);
    const said = await linesOf(child, (count) => {
      if (count === steps) child.kill('SIGKILL');
    });
    const ledger = await openTestLedger({ folder });
    expect(ledger.wasLeftOpen).toBe(true);
    const found = ledger.journal
      .list({ limit: 10_000 })
      .toReversed()
      .flatMap((record) => record.steps.map((step) => `${record.id} ${step.kind}`));
    expect(said.length).toBeGreaterThanOrEqual(steps);
    expect(found.slice(0, said.length)).toEqual(said);
    // The last step may be on disk without having been said.
    expect(found.length - said.length).toBeLessThanOrEqual(1);
    expect(ledger.verify().steps).toBe(found.length);
    ledger.close();
    expect((await openTestLedger({ folder })).wasLeftOpen).toBe(false);
  });
});

describe('two processes at once', () => {
  test('share one journal: every request is recorded once, and the chain of steps holds', async () => {
    const folder = temporaryFolder();
    const script = `
      const ledger = await openLedger({ folder, genesisHash, clock, busyTimeoutMs: 20000 });
      for (let i = 0; i < 150; i += 1) {
        const { record, isRepeat } = ledger.journal.begin(intent(name + i, 'request-' + i));
        say(isRepeat ? 'repeat' : 'own');
        if (!isRepeat) ledger.journal.recordSigned(record.id, signed(record.id));
        ledger.facts.append({
          block: { number: i, hash: '0x' + i, timeMs: i }, source: 'observed',
          pools: [], claimable: [],
          positions: [{ coldkey: 'c', hotkey: 'h', netuid: 1, alphaRao: BigInt(i) }],
        });
      }
      ledger.close();`;
    const both = await Promise.all(
      ['left-', 'right-'].map((name) => linesOf(run(script, folder, { name }))),
    );
    const said = both.flat();
    expect(said.filter((line) => line === 'own')).toHaveLength(150);
    expect(said.filter((line) => line === 'repeat')).toHaveLength(150);
    const ledger = await openTestLedger({ folder });
    expect(ledger.wasLeftOpen).toBe(false);
    const records = ledger.journal.list({ limit: 1_000 });
    expect(new Set(records.map((record) => record.requestId)).size).toBe(150);
    expect(records.every((record) => record.state === 'signed')).toBe(true);
    expect(ledger.verify()).toEqual({ steps: 300, facts: 150 });
    expect(ledger.facts.conflicts()).toEqual([]);
  });

  test('that create the ledger together both find it whole', async () => {
    const folder = temporaryFolder();
    const script = `
      const ledger = await openLedger({ folder, genesisHash, clock, busyTimeoutMs: 20000 });
      ledger.journal.begin(intent(name, name));
      ledger.close();`;
    const names = ['one', 'two'];
    await Promise.all(names.map((name) => linesOf(run(script, folder, { name }))));
    const ledger = await openTestLedger({ folder });
    expect(
      ledger.journal
        .list({ limit: 9 })
        .map((record) => record.id)
        .sort(),
    ).toEqual([...names].sort());
  });
});

const MEGABYTE = 2 ** 20;
const PAGE_BYTES = 4_096;
/** Enough for more than two megabytes. */
const LARGE_BLOCKS = 9_000;

/**
 * Sizes to cut to, falling: every byte of the last two pages, and around every page of the last
 * megabyte. With TAO_LEDGER_CUTS=all every byte of it, which takes some minutes.
 */
function* cutsOf(length: number): Iterable<number> {
  const isAll = process.env.TAO_LEDGER_CUTS === 'all';
  for (let size = length - 1; size >= length - MEGABYTE; size -= 1) {
    const isEnd = size >= length - 2 * PAGE_BYTES;
    const inPage = size % PAGE_BYTES;
    if (isAll || isEnd || inPage <= 1 || inPage === PAGE_BYTES - 1) yield size;
  }
}

/** A ledger with 30 signed transactions and some facts; left open, so that its log is full. */
async function filledLedger(folder: string): Promise<Ledger> {
  const ledger = await openAgain(folder);
  for (let i = 0; i < 30; i += 1) {
    ledger.journal.begin(intentOf(`tx-${i}`));
    ledger.journal.recordSigned(`tx-${i}`, signedOf(`tx-${i}`));
    ledger.facts.append(
      observationOf(1_000 + i, {
        pools: [poolOf(8, 5n)],
        positions: [{ coldkey: ALICE, hotkey: VALIDATOR, netuid: 8, alphaRao: BigInt(i) }],
      }),
    );
  }
  return ledger;
}

describe('a file that is cut', () => {
  test('at any place is refused as damaged, or is whole', async () => {
    const folder = temporaryFolder();
    (await filledLedger(folder)).close();
    const whole = readFileSync(ledgerPath(folder, GENESIS));
    const copy = temporaryFolder();
    const cuts = new Set([1, 99, 100, 511, 512, 4_095, 4_096, 4_097, whole.length - 1]);
    for (let cut = 1_337; cut < whole.length; cut += 1_337) cuts.add(cut);
    for (const cut of cuts) {
      writeFileSync(ledgerPath(copy, GENESIS), whole.subarray(0, cut));
      expect(`${cut}: ${await codeOf(openAgain(copy))}`).toBe(`${cut}: LEDGER_CORRUPT`);
    }
    writeFileSync(ledgerPath(copy, GENESIS), whole);
    expect(await codeOf(openAgain(copy))).toBe('opened');
  });

  test('at any byte of its end is refused; whole again, it has lost nothing', async () => {
    const folder = temporaryFolder();
    const ledger = await filledLedger(folder);
    for (let from = 0; from < LARGE_BLOCKS; from += 500) {
      ledger.facts.appendMany(
        Array.from({ length: 500 }, (_, index) =>
          observationOf(10_000 + from + index, {
            pools: [poolOf(8, 5n)],
            positions: [{ coldkey: ALICE, hotkey: VALIDATOR, netuid: 8, alphaRao: 7n }],
            completeFor: [ALICE],
          }),
        ),
      );
    }
    const before = ledger.verify();
    ledger.close();
    const path = ledgerPath(folder, GENESIS);
    const whole = readFileSync(path);
    expect(whole.length).toBeGreaterThan(2 * MEGABYTE);
    const cut = openSync(path, 'r+');
    const wrong: string[] = [];
    for (const size of cutsOf(whole.length)) {
      ftruncateSync(cut, size);
      const code = await codeOf(openAgain(folder));
      if (code !== 'LEDGER_CORRUPT') wrong.push(`${size}: ${code}`);
    }
    closeSync(cut);
    expect(wrong).toEqual([]);
    writeFileSync(path, whole);
    const again = await openTestLedger({ folder });
    expect(again.verify()).toEqual(before);
  }, 600_000);

  test('in its log loses whole steps from the end and nothing else', async () => {
    const folder = temporaryFolder();
    const ledger = await filledLedger(folder);
    const log = readFileSync(`${ledger.path}-wal`);
    const copy = temporaryFolder();
    let before = -1;
    for (let cut = 0; cut <= log.length; cut += 20_011) {
      cpSync(ledger.path, ledgerPath(copy, GENESIS));
      writeFileSync(`${ledgerPath(copy, GENESIS)}-wal`, log.subarray(0, cut));
      const cutLedger = await openAgain(copy);
      const { steps, facts } = cutLedger.verify();
      const ids = cutLedger.journal.list({ limit: 100 }).map((record) => record.id);
      expect(ids).toEqual(Array.from({ length: ids.length }, (_, i) => `tx-${ids.length - 1 - i}`));
      expect(steps + facts).toBeGreaterThanOrEqual(before);
      before = steps + facts;
      cutLedger.close();
      truncateSync(`${ledgerPath(copy, GENESIS)}-wal`);
    }
    expect(before).toBeGreaterThan(100);
    ledger.close();
  });

  test('or changed in the middle is refused where it matters', async () => {
    const folder = temporaryFolder();
    (await filledLedger(folder)).close();
    const whole = readFileSync(ledgerPath(folder, GENESIS));
    let changes = 0;
    for (let at = whole.indexOf('Stake 2.5'); at >= 0; at = whole.indexOf('Stake 2.5', at)) {
      whole.write('Stake 9.5', at);
      changes += 1;
    }
    expect(changes).toBeGreaterThanOrEqual(30);
    const copy = temporaryFolder();
    writeFileSync(ledgerPath(copy, GENESIS), whole);
    const ledger = await openTestLedger({ folder: copy });
    expect(() => ledger.verify()).toThrow('fails its checksum');
    expect(() => ledger.journal.list({ limit: 100 })).toThrow('fails its checksum');
  });
});

describe('a full disk', () => {
  test('is told by name; nothing recorded before is lost, and later it goes on', async () => {
    const folder = temporaryFolder();
    (await filledLedger(folder)).close();
    const pages = readFileSync(ledgerPath(folder, GENESIS)).length / PAGE_BYTES;
    const clock = createTestClock();
    const maxPages = pages + 2;
    const full = await openLedger({ folder, genesisHash: GENESIS, clock, maxPages });
    const before = full.verify();
    const many = Array.from({ length: 500 }, (_, index) =>
      observationOf(10_000 + index, { pools: [poolOf(8, 5n)] }),
    );
    expect(() => full.facts.appendMany(many)).toThrow(
      expect.objectContaining({
        code: 'LEDGER_FULL',
        exitCode: 9,
        hint: 'Free some space, then try again; tao ledger path shows where the file is.',
      }),
    );
    expect(full.verify()).toEqual(before);
    full.close();
    const later = await openTestLedger({ folder });
    expect(later.verify()).toEqual(before);
    later.facts.appendMany(many);
    expect(later.verify().facts).toBe(before.facts + 500);
  });

  test('met while writing leaves every step that was said, and no half of another', async () => {
    const folder = temporaryFolder();
    (await filledLedger(folder)).close();
    const script = `
      const ledger = await openLedger({ folder, genesisHash, clock });
      try {
        for (let i = 0; i < 5000; i += 1) {
          const id = 'more-' + i;
          ledger.journal.begin(intent(id, id));
          say(id);
        }
        say('never full');
      } catch (error) { say(error.code + ' ' + error.exitCode); }`;
    // Files of this process may not grow beyond 1 MiB: what a quota and a full disk look like.
    const said = await linesOf(run(script, folder, { maxKib: 1_024 }));
    expect(said.at(-1)).toMatch(/^LEDGER_(FULL|UNREADABLE) 9$/);
    const ledger = await openTestLedger({ folder });
    const ids = ledger.journal.list({ limit: 10_000 }).map((record) => record.id);
    const more = ids.filter((id) => id.startsWith('more-')).toReversed();
    expect(more.slice(0, said.length - 1)).toEqual(said.slice(0, -1));
    expect(more.length - (said.length - 1)).toBeLessThanOrEqual(1);
    expect(ids.filter((id) => id.startsWith('tx-'))).toHaveLength(30);
    ledger.verify();
  });
});

test('a folder one may not write to is refused with what to do', async () => {
  const folder = temporaryFolder();
  (await filledLedger(folder)).close();
  copyFileSync(ledgerPath(folder, GENESIS), join(folder, 'kept'));
  chmodSync(ledgerPath(folder, GENESIS), 0o444);
  chmodSync(folder, 0o555);
  const script = `
    try { (await openLedger({ folder, genesisHash, clock })).close(); say('opened'); }
    catch (error) { say(error.code + ' ' + error.exitCode + ' ' + error.hint); }`;
  // Root may write anywhere, so as root the process runs as nobody.
  const options = getuid?.() === 0 ? { uid: 65_534 } : {};
  const [said] = await linesOf(run(script, folder, options));
  chmodSync(folder, 0o755);
  expect(said).toBe(
    'LEDGER_UNREADABLE 9 Check the folder and its permissions, or set TAO_DATA_DIR to another one.',
  );
  expect(dirname(ledgerPath(folder, GENESIS))).toBe(folder);
});
